/** What the API's door lets in, logs and answers: over real HTTP and sockets, with a real Postgres behind. */
import { connect as openSocket, type AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { once } from 'node:events';
import type { Logger } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { createApp } from '../../api/app.ts';
import { createDoor, fewLargeBodies } from '../../api/door.ts';
import { whatsappWebhook, type WebhookOptions } from '../../api/ingress/whatsapp.ts';
import { pages } from '../../api/pages.ts';
import { payRoutes } from '../../api/pay.ts';
import type { GatewayPool } from '../../gateways/pool.ts';
import type { Payments } from '../../api/payments.ts';
import type { Database } from '../../database/connection.ts';
import { makeOrder } from '../../database/payments/orders.ts';
import { errorInLog } from '../../platform/log.ts';
import { createIngressMetrics, createRegistry } from '../../platform/metrics.ts';
import { assets } from '../../web/assets.ts';
import { account, due } from '../support/bills.ts';
import { migratedDatabase } from '../support/database.ts';
import { sampleFacts } from '../support/sample-payments.ts';

interface Line {
  readonly level: string;
  readonly fields: object;
  readonly message: string;
}

let db: Database;
let server: Server;
let port: number;
let address: string;
let token: string;
let lines: Line[];

const logLine =
  (level: string) =>
  (fields: object | string, message = ''): void => {
    lines.push(
      typeof fields === 'string' ? { level, fields: {}, message: fields } : { level, fields, message },
    );
  };
const log = {
  info: logLine('info'),
  warn: logLine('warn'),
  error: logLine('error'),
} as unknown as Logger;

const noGateways: GatewayPool = {
  all: [],
  accountsFor: () => [],
  by: () => {
    throw new Error('there is none');
  },
};

beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 5);
  const order = await makeOrder(db, {
    service: 'propertyTax',
    account,
    dues: [due('PD', 2026, [1_000])],
    language: 'en',
    lifetimeMs: 3_600_000,
  });
  ({ token } = order);
  server = createDoor(
    createApp({
      log,
      proxyHops: 0,
      routers: [
        whatsappWebhook({
          metrics: createIngressMetrics(createRegistry()),
          log,
          phoneNumberId: '1',
          secrets: ['a secret of a test'],
          verifyToken: 'a word of a test',
        } as unknown as WebhookOptions),
        payRoutes({
          db,
          payments: {} as Payments,
          payByCredit: () => Promise.resolve({ outcome: 'paid' }),
          gateways: noGateways,
          facts: sampleFacts,
        }),
        pages(sampleFacts),
      ],
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
  address = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await db.end();
});
beforeEach(() => {
  lines = [];
});

/** A request whose path no client tidies up. @returns the first line of the answer */
async function ask(path: string, headers = ''): Promise<string> {
  const socket = openSocket(port, '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\naccept: text/html\r\nconnection: close\r\n${headers}\r\n`);
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
  await once(socket, 'close');
  return answer.slice(0, answer.indexOf('\r\n'));
}

describe('what is logged of a request', () => {
  const spellings = (secret: string): [path: string, status: number][] => [
    [`/pay/${secret}`, 200],
    [`/Pay/${secret}`, 200],
    [`/pay/${secret}/status`, 200],
    [`/pay/${secret}/W-1.pdf`, 404],
    [`//pay/${secret}`, 404],
    [`/%70ay/${secret}`, 404],
    [`/pay/${secret}/and/more`, 404],
    [`/pay/${secret}?token=${secret}`, 200],
    [`/pay/${secret}%00`, 404],
    [`/pay/%E0%A4%-${secret}`, 400],
  ];

  test('is the pattern of its route, in whatever spelling the token of a link comes', async () => {
    for (const [path, status] of spellings(token)) {
      expect(await ask(path), path.replace(token, '…')).toContain(` ${status} `);
    }
    const requests = lines.filter(({ message }) => message === 'request');
    expect(requests).toHaveLength(spellings(token).length);
    expect(requests[0]?.fields).toMatchObject({ route: '/pay/:token', status: 200 });
    expect(JSON.stringify(lines)).not.toContain(token);
  });

  test('a link of characters that no database takes is a missing page and no error', async () => {
    for (const path of ['/pay/%00', '/pay/%00/status', '/pay/%ED%A0%80', '/pay/..%2f..%2fetc']) {
      expect(await ask(path)).toMatch(/ (204|400|404) /);
    }
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('of an error of the database are its codes and places, and none of its words', async () => {
    const personal = '919830000077';
    const statements = [
      `select '${personal}'::uuid`,
      `do $$ begin raise exception 'no %', '${personal}' using hint = '${personal}', detail = '${personal}'; end $$`,
      `create temp table t (a int check (a < 5)); insert into t values (${personal.slice(0, 6)})`,
    ];
    for (const statement of statements) {
      const error = await db.query(statement).catch((caught: unknown) => caught);
      const wrapped = new Error(`it failed: ${String(error)}`, { cause: error });
      for (const each of [error, wrapped]) {
        const logged = JSON.stringify(errorInLog(each));
        expect(logged).toMatch(/"code":"(22P02|P0001|23514)"/);
        expect(logged).not.toContain(personal.slice(0, 6));
        expect(logged).toContain('at ');
      }
    }
    expect(JSON.stringify(errorInLog(new Error('ours')))).toContain('ours');
  });

  test('is once, as a warning, that a proxy stands before a server that knows of none', async () => {
    const warnings = (): Line[] => lines.filter(({ message }) => message.includes('PROXY_HOPS'));
    await ask('/privacy', 'x-forwarded-for: 203.0.113.7\r\n');
    await ask('/privacy', 'forwarded: for=203.0.113.7\r\n');
    expect(warnings()).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain('203.0.113.7');
  });
});

describe('a webhook', () => {
  /** Sends the head of a large post and a little of its body. @returns the answer, for which nothing more is sent */
  async function beginPost(signature: string): Promise<string> {
    const socket = openSocket(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      `POST /webhooks/whatsapp HTTP/1.1\r\nhost: x\r\ncontent-length: 4000000\r\n${signature}\r\nthe beginning`,
    );
    const [answer] = (await once(socket, 'data')) as [Buffer];
    await once(socket, 'close');
    return answer.toString();
  }

  test.each(['', 'x-hub-signature-256: sha256=abc\r\n', 'x-hub-signature-256: md5=x\r\n'])(
    'with the signature %j is refused before its body is read, and its connection is closed',
    async (signature) => {
      expect(await beginPost(signature)).toMatch(/^HTTP\/1\.1 401 /);
    },
  );

  test('of the largest size is refused while many others are read, and a usual one is not', () => {
    const guard = fewLargeBodies(2);
    const outcomes: string[] = [];
    const closes: (() => void)[] = [];
    const come = (bytes: number | undefined): void => {
      const request = { get: () => bytes?.toString() } as never;
      const response = {
        once: (_: string, close: () => void) => closes.push(close),
        set: () => response,
        status: (status: number) => {
          outcomes.push(String(status));
          return response;
        },
        type: () => response,
        send: () => response,
      };
      guard(request, response as never, () => outcomes.push('read'));
    };
    for (const bytes of [4e6, undefined, 4e6, 3_000]) come(bytes);
    expect(outcomes).toEqual(['read', 'read', '503', 'read']);
    closes[0]?.();
    come(4e6);
    expect(outcomes.at(-1)).toBe('read');
  });
});

test('a request has thirty seconds, its head ten, and connections are counted', () => {
  expect([server.requestTimeout, server.headersTimeout]).toEqual([30_000, 10_000]);
  expect(server.maxConnections).toBeLessThanOrEqual(2_000);
});

describe('limits', () => {
  test('one link that is asked too often is slowed down, and its neighbours behind the same address are not', async () => {
    const look = async (link: string): Promise<number> => (await fetch(`${address}/pay/${link}`)).status;
    const statuses: number[] = [];
    for (let round = 0; round < 200; round += 1) statuses.push(await look('one-that-is-not'));
    expect(statuses.filter((status) => status === 404)).toHaveLength(180);
    expect(statuses.at(-1)).toBe(429);
    expect(await look('another')).toBe(404);
    expect(await look(token)).toBe(200);
  });
});

test.each(['br', 'gzip'])('pages and their styles travel in less than 15 kB, with %s', async (encoding) => {
  const answerTo = async (path: string): Promise<Buffer> => {
    const socket = openSocket(port, '127.0.0.1');
    socket.write(
      `GET ${path} HTTP/1.1\r\nhost: x\r\naccept: text/html\r\naccept-encoding: ${encoding}\r\nconnection: close\r\n\r\n`,
    );
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    await once(socket, 'close');
    const answer = Buffer.concat(chunks);
    // What fits into one packet anyway is sent as it is.
    if (answer.length > 2_500) {
      expect(answer.toString('latin1').toLowerCase()).toContain(`content-encoding: ${encoding}`);
    }
    return answer;
  };
  for (const path of ['/?lang=bn', '/privacy?lang=bn', `/pay/${token}?lang=bn`]) {
    const html = await (await fetch(`${address}${path}`)).text();
    const paths = [path, ...assets.map((asset) => asset.path).filter((each) => html.includes(each))];
    const sizes = await Promise.all(paths.map(async (each) => (await answerTo(each)).length));
    expect(paths.length).toBeGreaterThan(1);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    expect(bytes, path.split('/')[1]).toBeLessThan(15_000);
  }
});
