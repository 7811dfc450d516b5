import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Client } from '@temporalio/client';
import express from 'express';
import { expect, test } from 'vitest';
import { createClosing, type Closing } from '../../api/closing.ts';
import { health } from '../../api/health.ts';
import type { Database } from '../../database/connection.ts';

/** An API that can do nothing but tell its health and answer one request as late as the test likes. */
async function slowApi(closing: Closing): Promise<{ server: Server; url: string; answer: () => void }> {
  const db = { query: () => Promise.resolve() } as unknown as Database;
  const temporal = { withDeadline: () => Promise.resolve() } as unknown as Client;
  let answer = (): void => undefined;
  const asked = new Promise<void>((resolve) => (answer = resolve));
  const app = express();
  app.use(health({ db, temporal, isStopping: closing.isStopping }));
  app.get('/slow', async (_request, response) => {
    await asked;
    response.send('done');
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, answer };
}

test('an API that ends says so first, goes on for the grace, then takes nothing new and finishes what is under way', async () => {
  const closing = createClosing(300);
  const { server, url, answer } = await slowApi(closing);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  const slow = fetch(`${url}/slow`);

  let closed = false;
  const end = closing.close(server).then(() => (closed = true));
  const during = await fetch(`${url}/readyz`);
  expect([during.status, during.headers.get('connection')]).toEqual([503, 'close']);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);

  const isRefused = (): Promise<boolean> =>
    fetch(`${url}/healthz`).then(
      () => false,
      () => true,
    );
  await expect.poll(isRefused, { timeout: 5_000 }).toBe(true);
  expect(closed).toBe(false);
  answer();
  expect(await (await slow).text()).toBe('done');
  await end;
  expect(closed).toBe(true);
});
