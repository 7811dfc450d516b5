/**
 * Opens and seals payloads for the Temporal Web UI and command line, as their codec server. Only in the sandbox, where
 * the key is made on this machine and nothing listens beyond it; in production that needs a login.
 */
import proto from '@temporalio/proto';
import express, { Router } from 'express';
import { createEncryptionCodec } from '../platform/encryption.ts';
import type { PayloadKeys } from '../platform/settings.ts';

const { Payloads } = proto.temporal.api.common.v1;

export interface CodecOptions {
  readonly keys: PayloadKeys;
  /** Where the Web UI is served: the only pages whose scripts may ask. */
  readonly uiPort: number;
}

export function codecRouter({ keys, uiPort }: CodecOptions): Router {
  const codec = createEncryptionCodec(keys);
  const origins = ['127.0.0.1', 'localhost'].map((host) => `http://${host}:${uiPort}`);
  const router = Router();
  router.use((request, response, next) => {
    const origin = request.get('origin');
    if (origin !== undefined && origins.includes(origin)) {
      response.set({
        'access-control-allow-origin': origin,
        'access-control-allow-headers': 'content-type,x-namespace,authorization',
        'access-control-allow-credentials': 'true',
      });
    }
    response.vary('origin');
    if (request.method === 'OPTIONS') response.sendStatus(204);
    else next();
  });
  for (const act of ['encode', 'decode'] as const) {
    router.post(`/${act}`, express.json({ limit: '8mb' }), async (request, response) => {
      const { payloads } = Payloads.fromObject(request.body as Record<string, unknown>);
      try {
        const made = await codec[act](payloads);
        response.json(Payloads.toObject(Payloads.create({ payloads: made }), { bytes: String }));
      } catch (error) {
        response.status(400).json({ error: error instanceof Error ? error.message : 'cannot be read' });
      }
    });
  }
  return router;
}
