/** BillDesk's adapter against a server that answers whatever a test wants. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { BillDeskMerchant } from '../../domain/billdesk-merchant.ts';
import { createBillDesk } from '../../gateways/billdesk/billdesk.ts';
import { open, seal } from '../../gateways/billdesk/jose.ts';
import {
  AlreadyOpenedError,
  GatewayRefusedError,
  GatewayUnavailableError,
  NotACallbackError,
  NotAuthenticError,
  type Gateway,
} from '../../gateways/gateway.ts';
import { attempt, hmac, symmetric, transaction, vectors } from './billdesk-fixtures.ts';

interface Received {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
type Respond = (response: ServerResponse, received: Received) => unknown;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

interface Stage {
  readonly gateway: Gateway;
  readonly requests: Received[];
}

async function stage(respond: Respond, merchant: BillDeskMerchant = hmac): Promise<Stage> {
  const requests: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const received = {
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      requests.push(received);
      void respond(response, received);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { gateway: createBillDesk({ merchants: [merchant], apiUrl, timeoutMs: 1_000 }), requests };
}

/** Answers with a sealed object. */
const sealed =
  (status: number, content: object, merchant: BillDeskMerchant = hmac): Respond =>
  async (response) =>
    response
      .writeHead(status, { 'content-type': 'application/jose' })
      .end(await seal(JSON.stringify(content), merchant));

const order = {
  objectid: 'order',
  orderid: attempt.reference,
  bdorderid: 'OA78F1MDCV15BN7',
  mercid: 'KMCUAT',
  amount: '300.00',
  currency: '356',
  links: [
    {
      href: 'https://pay.example.test/page',
      rel: 'redirect',
      parameters: { mercid: 'KMCUAT', bdorderid: 'OA78F1MDCV15BN7', rdata: 'opaque' },
    },
  ],
};
const asked = { merchant: hmac.name, reference: attempt.reference };
const failure = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('opening an order', () => {
  test.each([hmac, symmetric])(
    'goes sealed, with the headers that BillDesk wants: $name',
    async (merchant) => {
      const { gateway, requests } = await stage(sealed(200, order, merchant), merchant);
      const opened = await gateway.open({ ...attempt, merchant: gateway.merchant().name });
      expect(opened).toMatchObject({ gatewayOrderId: 'OA78F1MDCV15BN7', redirect: { method: 'POST' } });
      const [request] = requests;
      expect(request).toMatchObject({
        url: '/payments/ve1_2/orders/create',
        headers: { 'content-type': 'application/jose', accept: 'application/jose' },
      });
      expect(request?.headers['bd-traceid']).toMatch(/^[A-Z0-9]{1,35}$/);
      expect(request?.headers['bd-timestamp']).toMatch(/^20\d{12}$/);
      expect(JSON.parse(await open(request?.body ?? '', merchant))).toMatchObject({
        orderid: attempt.reference,
      });
      expect(opened.exchange.request).toBe(request?.body);
      expect(JSON.parse(await open(opened.exchange.response, merchant))).toEqual(order);
    },
  );

  test('has a new trace id each time, and as the account wants it another path and another timestamp', async () => {
    const merchant = { ...hmac, api: 'v1_2', timestamps: 'epochMs' } as const;
    const { gateway, requests } = await stage(sealed(200, order), merchant);
    await gateway.open(attempt);
    await gateway.open(attempt);
    expect(new Set(requests.map(({ headers }) => headers['bd-traceid'])).size).toBe(2);
    expect(requests[0]?.url).toBe('/payments/v1_2/orders/create');
    expect(Number(requests[0]?.headers['bd-timestamp']) / Date.now()).toBeCloseTo(1, 3);
  });

  const refusal = (status: number, error_code: string): object => ({
    status,
    error_type: 'invalid_data_error',
    error_code,
    message: 'Invalid amount',
  });

  test('that BillDesk refuses says why', async () => {
    const { gateway } = await stage(sealed(422, refusal(422, 'ORIDE0001')));
    const error = await failure(gateway.open(attempt));
    expect(error).toBeInstanceOf(GatewayRefusedError);
    expect(error).toMatchObject({ code: 'ORIDE0001', message: 'BillDesk: Invalid amount' });
  });

  test('that was opened before says so', async () => {
    const { gateway } = await stage(sealed(409, refusal(409, 'TRDRE0001')));
    expect(await failure(gateway.open(attempt))).toBeInstanceOf(AlreadyOpenedError);
  });

  test.each<[string, Respond, RegExp]>([
    ['BillDesk fails', sealed(500, refusal(500, 'GNISE0001')), /HTTP 500, GNISE0001$/],
    ['BillDesk knows us no more', sealed(401, refusal(401, 'GNAUE0003')), /HTTP 401, GNAUE0003$/],
    ['it answers with another order', sealed(200, { ...order, amount: '1.00' }), /another order$/],
    ['it answers with nothing', sealed(200, {}), /something else than an order$/],
    [
      'a stranger seals the answer',
      sealed(200, order, { ...hmac, secret: 'another' }),
      /HTTP 200, not sealed/,
    ],
    [
      'a stranger seals a refusal',
      sealed(422, refusal(422, 'ORIDE0001'), { ...hmac, secret: 'another' }),
      /HTTP 422, not sealed/,
    ],
    [
      'our address is not on its list',
      (to) => to.writeHead(401).end(JSON.stringify(refusal(401, 'GNAUE0006'))),
      /HTTP 401 GNAUE0006, not sealed/,
    ],
    ['a proxy answers', (to) => to.writeHead(503).end('<html>Service Unavailable'), /HTTP 503, not sealed/],
    ['it leads elsewhere', (to) => to.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(), /HTTP 302/],
    ['no answer comes', () => undefined, /no answer within 1000 ms$/],
    ['the answer never ends', (to) => to.write('eyJ'), /no answer within 1000 ms$/],
    ['the connection breaks', (to) => to.destroy(), /connection failed \(\w+\)$/],
  ])('is left open when %s', async (_what, respond, message) => {
    const { gateway } = await stage(respond);
    const error = await failure(gateway.open(attempt));
    expect(error).toBeInstanceOf(GatewayUnavailableError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toMatch(/eyJ|110630100011|127\.0\.0\.1|kmcTest/);
  });

  test('at a merchant account that the settings do not have is not tried', async () => {
    const { gateway, requests } = await stage(sealed(200, order));
    expect(await failure(gateway.open({ ...attempt, merchant: 'old' }))).toBeInstanceOf(
      GatewayUnavailableError,
    );
    expect(requests).toEqual([]);
  });
});

describe('asking', () => {
  test('by our own reference gives the fact and the token that proves it', async () => {
    const { gateway, requests } = await stage(sealed(200, transaction));
    const told = await gateway.ask(asked);
    expect(told).toMatchObject({ merchant: 'signed', fact: { says: 'success', amount: 30000 } });
    expect(JSON.parse(await open(told.raw, hmac))).toEqual(transaction);
    expect(requests[0]?.url).toBe('/payments/ve1_2/transactions/get');
    expect(JSON.parse(await open(requests[0]?.body ?? '', hmac))).toEqual({
      mercid: 'KMCUAT',
      orderid: attempt.reference,
      refund_details: 'true',
    });
  });

  test('where nothing was begun says so', async () => {
    const none = { status: 404, error_type: 'not_found_error', error_code: 'TRNFE0001', message: 'None' };
    const { gateway } = await stage(sealed(404, none));
    expect((await gateway.ask(asked)).fact).toEqual({
      gateway: 'billdesk',
      reference: attempt.reference,
      merchantId: 'KMCUAT',
      says: 'notFound',
      code: 'TRNFE0001',
      message: 'None',
    });
  });

  test.each<[string, Respond]>([
    ['another order is answered', sealed(200, { ...transaction, orderid: 'KMCPT2026000002' })],
    ['something else is answered', sealed(200, { objectid: 'refund' })],
    ['it is refused', sealed(422, { status: 422, error_code: 'X', message: 'orderid is required' })],
    ['it fails', sealed(500, { status: 500, error_code: 'X', message: 'not found' })],
    ['a stranger answers', sealed(200, transaction, { ...hmac, secret: 'another' })],
    ['nobody signed', (to) => to.end(JSON.stringify(transaction))],
    ['"not found" is not signed', (to) => to.writeHead(404).end('{"status":404,"error_code":"X"}')],
  ])('tells nothing when %s', async (_what, respond) => {
    const { gateway } = await stage(respond);
    expect(await failure(gateway.ask(asked))).toBeInstanceOf(GatewayUnavailableError);
  });

  test('carries the merchant id that BillDesk names, be it ours or not', async () => {
    const { gateway } = await stage(sealed(200, { ...transaction, mercid: 'OTHER' }));
    expect((await gateway.ask(asked)).fact.merchantId).toBe('OTHER');
  });
});

const at = (merchants: readonly [BillDeskMerchant, ...BillDeskMerchant[]]): Gateway =>
  createBillDesk({ merchants, apiUrl: 'http://127.0.0.1:9' });
const second: BillDeskMerchant = {
  ...hmac,
  name: 'second',
  mercid: 'KMC2',
  clientid: 'kmc2',
  secret: 'other-secret',
};
const body = async (merchant: BillDeskMerchant, change: object = {}): Promise<Buffer> =>
  Buffer.from(await seal(JSON.stringify({ ...transaction, mercid: merchant.mercid, ...change }), merchant));

describe('a callback', () => {
  test.each([
    ['success', 'success'],
    ['pending', 'pending'],
    ['failure', 'failed'],
  ])('of the vector %s is read', async (kind, says) => {
    const { token = '' } = vectors.hmac.cases.find((each) => each.kind.endsWith(kind)) ?? {};
    const told = await at([hmac]).readCallback(Buffer.from(token));
    expect(told).toMatchObject({
      merchant: 'signed',
      raw: token,
      fact: { says, merchantId: 'KMCUAT', amount: 30000 },
    });
  });

  test('is proved by the key of the merchant account that it is for', async () => {
    const gateway = at([hmac, second]);
    expect((await gateway.readCallback(await body(second))).merchant).toBe('second');
    expect((await gateway.readCallback(await body(hmac))).merchant).toBe('signed');
  });

  test('that claims another client is still proved by its key', async () => {
    const forged = await body({ ...second, clientid: hmac.clientid });
    expect((await at([hmac, second]).readCallback(forged)).merchant).toBe('second');
    const unknown = await body({ ...second, clientid: 'nobody' });
    expect((await at([hmac, second]).readCallback(unknown)).merchant).toBe('second');
  });

  test('of accounts that share a client belongs to the one it names', async () => {
    const twin = { ...hmac, name: 'twin', mercid: 'KMCTWIN' };
    const gateway = at([hmac, twin]);
    expect((await gateway.readCallback(await body(twin))).merchant).toBe('twin');
    expect(await gateway.readCallback(await body(twin, { mercid: 'OTHER' }))).toMatchObject({
      merchant: 'signed',
      fact: { merchantId: 'OTHER' },
    });
  });

  test('that nobody of ours sealed is refused', async () => {
    const forged = body({ ...hmac, secret: 'guessed' });
    expect(await failure(at([hmac, second]).readCallback(await forged))).toBeInstanceOf(NotAuthenticError);
  });

  test.each([
    ['a refund', { objectid: 'refund' }],
    ['an order', { objectid: 'order', auth_status: undefined }],
  ])('that is about %s is none', async (_what, change) => {
    expect(await failure(at([hmac]).readCallback(await body(hmac, change)))).toBeInstanceOf(
      NotACallbackError,
    );
  });

  test('that holds no JSON is none', async () => {
    const token = Buffer.from(await seal('hello', hmac));
    expect(await failure(at([hmac]).readCallback(token))).toBeInstanceOf(NotACallbackError);
  });
});

describe('the return', () => {
  test.each([
    ['transaction_response', hmac],
    ['encrypted_response', symmetric],
  ])('in %s is verified', async (field, merchant) => {
    const token = (await body(merchant)).toString();
    const returned = await at([merchant]).readReturn(
      Buffer.from(new URLSearchParams({ [field]: token }).toString()),
    );
    expect(returned).toMatchObject({ verified: true, told: { raw: token, fact: { says: 'success' } } });
  });

  test('after a cancellation is not', async () => {
    const raw = 'terminal_state=111&orderid=KMCPT2026000001&txnResponse=[object Object]';
    expect(await at([hmac]).readReturn(Buffer.from(raw))).toEqual({
      verified: false,
      reference: 'KMCPT2026000001',
      raw,
    });
  });

  test('with a forged token is refused, whatever else the form says', async () => {
    const forged = (await body({ ...hmac, secret: 'guessed' })).toString();
    const fields = new URLSearchParams({ transaction_response: forged, orderid: 'KMCPT2026000001' });
    expect(await failure(at([hmac]).readReturn(Buffer.from(fields.toString())))).toBeInstanceOf(
      NotAuthenticError,
    );
  });
});
