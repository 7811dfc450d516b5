/**
 * Opens encrypted payloads for the Temporal Web UI, as its codec server. Only in the sandbox, where the key is made on
 * this machine and nothing listens beyond it; in production that needs a login.
 */
import proto from '@temporalio/proto';
import express, { Router } from 'express';
import { createEncryptionCodec } from '../platform/encryption.ts';
import type { PayloadKey } from '../platform/settings.ts';

const { Payloads } = proto.temporal.api.common.v1;

/** @param uiOrigin where the Web UI is served: the only page whose browser may ask */
export function codecRouter(keys: readonly PayloadKey[], uiOrigin: string): Router {
  const [first, ...others] = keys;
  const codec = first && createEncryptionCodec([first, ...others]);
  const router = Router();
  router.use((request, response, next) => {
    response.set({
      'access-control-allow-origin': uiOrigin,
      'access-control-allow-headers': 'content-type,x-namespace,authorization',
      'access-control-allow-credentials': 'true',
      vary: 'origin',
    });
    if (request.method === 'OPTIONS') response.sendStatus(204);
    else next();
  });
  router.post('/decode', express.json({ limit: '8mb' }), async (request, response) => {
    const { payloads } = Payloads.fromObject(request.body as Record<string, unknown>);
    const opened = await codec?.decode(payloads);
    response.json(Payloads.toObject(Payloads.create({ payloads: opened }), { bytes: String }));
  });
  return router;
}
