/** A sandbox with a receiver for its webhooks, both on free ports, for the tests of the sandbox. */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from '../../platform/log.ts';
import { createSandbox, type RunningSandbox, type SandboxOptions } from '../../sandbox/sandbox.ts';

export const token = 'EAAG-test';
export const numberId = '106540352242922';
export const secret = 's3cr3t';

export type Json = Record<string, unknown>;

interface Received {
  /** The bytes as they came. */
  readonly body: string;
  readonly signature: string | undefined;
  readonly value: Json;
}

export interface Change {
  readonly value: {
    readonly metadata: Json;
    readonly contacts?: readonly Json[];
    readonly messages?: readonly Json[];
    readonly statuses?: readonly Json[];
  };
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** Which status the next webhooks are answered with. */
  answer: number;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
      if (request.method === 'GET') {
        response.end(query.get('hub.verify_token') === 'verify' ? query.get('hub.challenge') : 'no');
        return;
      }
      const signature = request.headers['x-hub-signature-256'];
      received.push({
        body,
        signature: Array.isArray(signature) ? signature[0] : signature,
        value: JSON.parse(body) as Json,
      });
      response.statusCode = receiver.answer;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/whatsapp`,
    received,
    answer: 200,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}

export const changesOf = (receiver: Receiver): Change[] =>
  receiver.received.flatMap(({ value }) =>
    (value['entry'] as { changes: Change[] }[]).flatMap(({ changes }) => changes),
  );
export const messagesOf = (receiver: Receiver): Json[] =>
  changesOf(receiver).flatMap(({ value }) => value.messages ?? []);
export const statusesOf = (receiver: Receiver): Json[] =>
  changesOf(receiver).flatMap(({ value }) => value.statuses ?? []);

export const signatureOf = (body: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

export function startSandbox(
  webhookUrl: string,
  more: Partial<SandboxOptions> = {},
): Promise<RunningSandbox> {
  return createSandbox({
    phoneNumberId: numberId,
    accessToken: token,
    appSecrets: [secret, 'an-older-one'],
    verifyToken: 'verify',
    webhookUrl,
    corporationNumber: '83359 99111',
    log: createLogger('sandbox', 'fatal'),
    pace: { sent: 5, delivered: 5, read: 5 },
    retry: { first: 20, cap: 80 },
    ...more,
  }).listen(0);
}

export interface Answer {
  readonly status: number;
  readonly body: Json;
}

export async function call(url: string, method: string, body?: unknown, bearer = token): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${bearer}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  try {
    return { status: response.status, body: JSON.parse(text) as Json };
  } catch {
    return { status: response.status, body: { text } };
  }
}

export const errorOf = (answer: Answer): Json => (answer.body['error'] ?? {}) as Json;
export const wamidOf = (answer: Answer): string => String((answer.body['messages'] as Json[])[0]?.['id']);

/** Waits until something holds, or says after ten seconds that it never did. */
export async function until<T>(
  what: string,
  find: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const found = await find();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
