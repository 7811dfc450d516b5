/** BillDesk's adapter against a server that answers whatever a test wants. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import type { BillDeskMerchant } from '../../gateways/billdesk/merchant.ts';
import { createBillDesk } from '../../gateways/billdesk/billdesk.ts';
import { openWithAny, seal } from '../../gateways/billdesk/jose.ts';
import {
  AlreadyOpenedError,
  exchangeOf,
  GatewayRefusedError,
  GatewayUnavailableError,
  NotACallbackError,
  NotAuthenticError,
  type Gateway,
} from '../../gateways/gateway.ts';
import { posted } from '../support/gateway-requests.ts';
import {
  attempt,
  hmac,
  hmacKey,
  symmetric,
  symmetricKey,
  transaction,
  vectors,
} from './billdesk-fixtures.ts';

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

async function answering(respond: Respond): Promise<{ apiUrl: string; requests: Received[] }> {
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
  return { apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

async function stage(respond: Respond, merchant: BillDeskMerchant = hmac): Promise<Stage> {
  const { apiUrl, requests } = await answering(respond);
  return { gateway: createBillDesk({ merchants: [merchant], apiUrl, timeoutMs: 1_000 }), requests };
}

const sealedFor = (content: object, { clientid, keys }: BillDeskMerchant): Promise<string> =>
  seal(JSON.stringify(content), clientid, keys[0]);
const read = async (token: string, { keys }: BillDeskMerchant): Promise<unknown> =>
  JSON.parse(await openWithAny(token, keys));

/** Answers with a sealed object. */
const sealed =
  (status: number, content: object, merchant: BillDeskMerchant = hmac): Respond =>
  async (response) =>
    response
      .writeHead(status, { 'content-type': 'application/jose' })
      .end(await sealedFor(content, merchant));

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
const stranger: BillDeskMerchant = { ...hmac, keys: [{ ...hmacKey, secret: 'another' }] };
const asked = { merchant: hmac.id, reference: attempt.reference };
const failure = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('opening an order', () => {
  test.each([hmac, symmetric])('goes sealed, with the headers that BillDesk wants: $id', async (merchant) => {
    const { gateway, requests } = await stage(sealed(200, order, merchant), merchant);
    const opened = await gateway.open({
      ...attempt,
      merchant: gateway.merchantsFor('propertyTax')[0]?.id ?? '',
    });
    expect(opened).toMatchObject({ gatewayOrderId: 'OA78F1MDCV15BN7', redirect: { kind: 'form' } });
    const [request] = requests;
    expect(request).toMatchObject({
      url: '/payments/ve1_2/orders/create',
      headers: { 'content-type': 'application/jose', accept: 'application/jose' },
    });
    expect(request?.headers['bd-traceid']).toMatch(/^[A-Z0-9]{1,35}$/);
    expect(request?.headers['bd-timestamp']).toMatch(/^20\d{12}$/);
    expect(await read(request?.body ?? '', merchant)).toMatchObject({
      orderid: attempt.reference,
    });
    expect(opened.exchange.request).toBe(request?.body);
    expect(await read(opened.exchange.response, merchant)).toEqual(order);
  });

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
    expect(await read(exchangeOf(error)?.response ?? '', hmac)).toMatchObject({ error_code: 'ORIDE0001' });
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
    ['a stranger seals the answer', sealed(200, order, stranger), /HTTP 200, not sealed/],
    ['a stranger seals a refusal', sealed(422, refusal(422, 'ORIDE0001'), stranger), /HTTP 422, not sealed/],
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
    expect(await read(exchangeOf(error)?.request ?? '', hmac)).toMatchObject({ orderid: attempt.reference });
    const lines: string[] = [];
    pino({}, { write: (line: string) => void lines.push(line) }).warn({ err: error }, 'it failed');
    expect(lines.join('')).not.toMatch(/eyJ/);
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
    expect(told).toMatchObject({
      merchant: 'signed',
      facts: [{ kind: 'payment', says: 'success', amount: 30000 }],
    });
    expect(await read(told.raw, hmac)).toEqual(transaction);
    expect(told.request).toBe(requests[0]?.body);
    expect(requests[0]?.url).toBe('/payments/ve1_2/transactions/get');
    expect(await read(requests[0]?.body ?? '', hmac)).toEqual({
      mercid: 'KMCUAT',
      orderid: attempt.reference,
      refund_details: 'true',
    });
  });

  test("is answered also by BillDesk's own id of the order alone", async () => {
    const { gateway } = await stage(sealed(200, { ...transaction, orderid: undefined, bdorderid: 'OA78' }));
    expect((await gateway.ask(asked)).facts).toMatchObject([{ says: 'success', gatewayOrderId: 'OA78' }]);
  });

  test('where nothing was begun says so', async () => {
    const none = { status: 404, error_type: 'not_found_error', error_code: 'TRNFE0001', message: 'None' };
    const { gateway } = await stage(sealed(404, none));
    expect((await gateway.ask(asked)).facts).toEqual([
      {
        kind: 'payment',
        gateway: 'billdesk',
        reference: attempt.reference,
        merchantId: 'KMCUAT',
        says: 'notFound',
        code: 'TRNFE0001',
        message: 'None',
      },
    ]);
  });

  test.each<[string, Respond]>([
    ['another order is answered', sealed(200, { ...transaction, orderid: 'KMCPT2026000002' })],
    ['something else is answered', sealed(200, { objectid: 'refund' })],
    ['it is refused', sealed(422, { status: 422, error_code: 'X', message: 'orderid is required' })],
    ['it fails', sealed(500, { status: 500, error_code: 'X', message: 'not found' })],
    ['a stranger answers', sealed(200, transaction, stranger)],
    ['nobody signed', (to) => to.end(JSON.stringify(transaction))],
    ['"not found" is not signed', (to) => to.writeHead(404).end('{"status":404,"error_code":"X"}')],
  ])('tells nothing when %s', async (_what, respond) => {
    const { gateway } = await stage(respond);
    expect(await failure(gateway.ask(asked))).toBeInstanceOf(GatewayUnavailableError);
  });

  test('carries the merchant id that BillDesk names, be it ours or not', async () => {
    const { gateway } = await stage(sealed(200, { ...transaction, mercid: 'OTHER' }));
    expect((await gateway.ask(asked)).facts[0]?.merchantId).toBe('OTHER');
  });
});

const at = (merchants: readonly [BillDeskMerchant, ...BillDeskMerchant[]]): Gateway =>
  createBillDesk({ merchants, apiUrl: 'http://127.0.0.1:9' });
const second: BillDeskMerchant = {
  ...hmac,
  id: 'second',
  mercid: 'KMC2',
  clientid: 'kmc2',
  keys: [{ ...hmacKey, secret: 'other-secret' }],
};
const body = async (merchant: BillDeskMerchant, change: object = {}): Promise<Buffer> =>
  Buffer.from(await sealedFor({ ...transaction, mercid: merchant.mercid, ...change }, merchant));

describe('a callback', () => {
  test.each([
    ['success', 'success'],
    ['pending', 'pending'],
    ['failure', 'failed'],
  ])('of the vector %s is read', async (kind, says) => {
    const { token = '' } = vectors.hmac.cases.find((each) => each.kind.endsWith(kind)) ?? {};
    const told = await at([hmac]).readCallback(posted(token));
    expect(told).toMatchObject({
      merchant: 'signed',
      raw: token,
      facts: [{ says, merchantId: 'KMCUAT', amount: 30000 }],
    });
  });

  test('is proved by the key of the merchant account that it is for', async () => {
    const gateway = at([hmac, second]);
    expect((await gateway.readCallback(posted(await body(second)))).merchant).toBe('second');
    expect((await gateway.readCallback(posted(await body(hmac)))).merchant).toBe('signed');
  });

  test('that claims another client is still proved by its key', async () => {
    const forged = await body({ ...second, clientid: hmac.clientid });
    expect((await at([hmac, second]).readCallback(posted(forged))).merchant).toBe('second');
    const unknown = await body({ ...second, clientid: 'nobody' });
    expect((await at([hmac, second]).readCallback(posted(unknown))).merchant).toBe('second');
  });

  test('of accounts that share a client belongs to the one it names', async () => {
    const twin = { ...hmac, id: 'twin', mercid: 'KMCTWIN' };
    const gateway = at([hmac, twin]);
    expect((await gateway.readCallback(posted(await body(twin)))).merchant).toBe('twin');
    expect(await gateway.readCallback(posted(await body(twin, { mercid: 'OTHER' })))).toMatchObject({
      merchant: 'signed',
      facts: [{ merchantId: 'OTHER' }],
    });
  });

  test('that nobody of ours sealed is refused', async () => {
    const forged = body(stranger);
    expect(await failure(at([hmac, second]).readCallback(posted(await forged)))).toBeInstanceOf(
      NotAuthenticError,
    );
  });

  test('of a refund is a fact of its own kind', async () => {
    const refund = {
      objectid: 'refund',
      auth_status: undefined,
      refundid: 'rf001',
      refund_amount: '100.00',
      refund_status: '0799',
    };
    expect((await at([hmac]).readCallback(posted(await body(hmac, refund)))).facts).toMatchObject([
      { kind: 'refund', says: 'refunded', refundId: 'RF001', amount: 10000, reference: attempt.reference },
    ]);
  });

  test.each<[string, object]>([
    ['an order', { objectid: 'order', auth_status: undefined }],
    ['a kind that nobody knows', { objectid: 'mandate' }],
    ['no order', { orderid: undefined }],
  ])('about %s has no facts, and keeps its words and whose they are', async (_what, change) => {
    const token = await body(hmac, change);
    expect(await at([second, hmac]).readCallback(posted(token))).toEqual({
      facts: [],
      merchant: 'signed',
      raw: token.toString(),
    });
  });

  test.each(['hello', '[]', 'null', '7'])('that holds %s has no facts', async (text) => {
    const token = await seal(text, hmac.clientid, hmacKey);
    expect((await at([hmac]).readCallback(posted(token))).facts).toEqual([]);
  });
});

describe('keys change', () => {
  const day = 86_400_000;
  const change = Date.parse('2026-12-01T00:00:00+05:30');
  const changing: BillDeskMerchant = {
    ...hmac,
    keys: [
      { ...hmacKey, secret: 'old-secret', until: change + day },
      { ...symmetricKey, from: change },
    ],
  };
  const [old, young] = changing.keys.map((key): BillDeskMerchant => ({ ...changing, keys: [key] }));
  const opens = async (with_: BillDeskMerchant | undefined, now: number): Promise<boolean> => {
    const gateway = createBillDesk({ merchants: [changing], apiUrl: 'http://127.0.0.1:9', now: () => now });
    const token = await body(with_ ?? hmac);
    return gateway.readCallback(posted(token)).then(
      ({ merchant }) => merchant === 'signed',
      () => false,
    );
  };

  test.each([
    ['long before', -30 * day, [true, false]],
    ['within a day before', -1, [true, true]],
    ['while both are in force', 1, [true, true]],
    ['after the old one has ended', 2 * day, [true, true]],
    ['a week after that', 8 * day, [false, true]],
  ])('%s, callbacks under old and new are opened as they should', async (_when, ms, expected) => {
    expect([await opens(old, change + ms), await opens(young, change + ms)]).toEqual(expected);
  });

  test.each([
    ['before the change the old one', -1, old],
    ['from its first moment the new one', 0, young],
    ['when the old one has ended the new one', 2 * day, young],
  ])('and what is sent is sealed with %s', async (_what, ms, sealer) => {
    const { apiUrl, requests } = await answering(sealed(200, transaction, sealer));
    const gateway = createBillDesk({ merchants: [changing], apiUrl, now: () => change + ms });
    expect((await gateway.ask(asked)).facts).toHaveLength(1);
    expect(await read(requests[0]?.body ?? '', sealer ?? hmac)).toMatchObject({ mercid: 'KMCUAT' });
  });

  test('answers under the other key of the change are believed, too', async () => {
    const { apiUrl } = await answering(sealed(200, transaction, old));
    const gateway = createBillDesk({ merchants: [changing], apiUrl, now: () => change + 2 * day });
    expect((await gateway.ask(asked)).facts).toHaveLength(1);
  });

  test('without a key in force nothing is sent, and another account takes new attempts', async () => {
    const ended: BillDeskMerchant = { ...hmac, id: 'ended', keys: [{ ...hmacKey, until: 1 }] };
    const gateway = at([ended, second]);
    expect(gateway.merchantsFor('propertyTax')).toMatchObject([{ id: 'second', merchantId: 'KMC2' }]);
    const error = await failure(gateway.ask({ ...asked, merchant: 'ended' }));
    expect((error as Error).message).toBe('BillDesk, no key of the merchant account ended is in force');
    expect(exchangeOf(error)).toBeUndefined();
  });

  test('accounts of both schemes stand side by side, each for its services', async () => {
    const licences: BillDeskMerchant = {
      ...symmetric,
      id: 'licences',
      mercid: 'KMCL',
      services: ['tradeLicence'],
    };
    const gateway = at([licences, second]);
    expect(gateway.merchantsFor('tradeLicence')).toMatchObject([
      { id: 'licences', merchantId: 'KMCL' },
      { id: 'second', merchantId: 'KMC2' },
    ]);
    expect(gateway.merchantsFor('propertyTax')).toMatchObject([{ id: 'second', merchantId: 'KMC2' }]);
    for (const account of [licences, second]) {
      expect((await gateway.readCallback(posted(await body(account)))).merchant).toBe(account.id);
    }
  });
});

describe('the return', () => {
  test.each([
    ['transaction_response', hmac],
    ['encrypted_response', symmetric],
  ])('in %s names the order', async (field, merchant) => {
    const token = (await body(merchant)).toString();
    const returned = await at([merchant]).readReturn(posted({ [field]: token }));
    expect(returned).toEqual({ reference: attempt.reference, raw: token });
  });

  test('after a cancellation keeps nothing but the order', async () => {
    const form = `terminal_state=111&orderid=KMCPT2026000001&txnResponse=[object Object]&more=${'x'.repeat(9_000)}`;
    expect(await at([hmac]).readReturn(posted(form))).toEqual({
      reference: 'KMCPT2026000001',
      raw: 'orderid=KMCPT2026000001',
    });
  });

  test('that is sealed and about no order cannot be read', async () => {
    const fields = new URLSearchParams({
      transaction_response: (await body(hmac, { orderid: '' })).toString(),
    });
    expect(await failure(at([hmac]).readReturn(posted(fields.toString())))).toBeInstanceOf(NotACallbackError);
  });

  test('with a forged token is refused, whatever else the form says', async () => {
    const forged = (await body(stranger)).toString();
    const fields = new URLSearchParams({ transaction_response: forged, orderid: 'KMCPT2026000001' });
    expect(await failure(at([hmac]).readReturn(posted(fields.toString())))).toBeInstanceOf(NotAuthenticError);
  });
});
