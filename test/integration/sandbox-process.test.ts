/** The sandbox as a process: it starts from the environment, and ends when asked or when its parent is gone. */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { until } from './sandbox-support.ts';

let folder: string;
let child: ChildProcess;
let url: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  child = fork(fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      LOG_LEVEL: 'error',
      DATABASE_URL: inject('databaseUrl'),
      BACK_OFFICE_TOKEN: 'token',
      BILLDESK_MERCHANTS:
        '[{"id":"test","mercid":"KMCTEST","clientid":"kmctest","keys":[{"scheme":"hmac","secret":"secret"}]}]',
      PAYLOAD_KEYS: `test:${Buffer.alloc(32).toString('base64')}`,
      WHATSAPP_PHONE_NUMBER_ID: '106540352242922',
      WHATSAPP_ACCESS_TOKEN: 'token',
      WHATSAPP_APP_SECRET: 'secret',
      WHATSAPP_VERIFY_TOKEN: 'verify',
      CORPORATION_NUMBER: '83359 99111',
      SANDBOX_PORT: String(port),
      SANDBOX_WEBHOOK_URL: `http://127.0.0.1:${port}/nowhere`,
      SANDBOX_DATA: folder,
    },
  });
  await until('it answers', async () => (await fetch(`${url}/healthz`).catch(() => undefined))?.ok);
});
afterEach(() => {
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test.each([
  ['SIGTERM', (): unknown => child.kill('SIGTERM')],
  ['SIGINT', (): unknown => child.kill('SIGINT')],
  ['the end of its parent', (): unknown => child.disconnect()],
])('ends within a second on %s, though a phone is open', async (_how, end) => {
  const page = await fetch(`${url}/phone/ananya/events`);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const before = performance.now();
  end();
  expect(await ended).toBe(0);
  expect(performance.now() - before).toBeLessThan(1_500);
  await page.body?.cancel().catch(() => undefined);
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
