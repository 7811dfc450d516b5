/** Our adapter against BillDesk's stand-in over HTTP: both schemes, every refusal, and every way to misbehave. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { BillDeskMerchant } from '../../gateways/billdesk/merchant.ts';
import { clockInKolkata } from '../../domain/calendar.ts';
import type { PaymentFact } from '../../domain/payments/fact.ts';
import { open, seal } from '../../gateways/billdesk/jose.ts';
import {
  AlreadyOpenedError,
  exchangeOf,
  GatewayRefusedError,
  GatewayUnavailableError,
  NotAuthenticError,
  type Gateway,
  type Told,
} from '../../gateways/gateway.ts';
import { billDeskStandIn } from '../../sandbox/gateways/billdesk/billdesk.tsx';
import type { BillDeskFaults } from '../../sandbox/gateways/billdesk/faults.ts';
import { sealForMerchant } from '../../sandbox/gateways/billdesk/seal.ts';
import type { RunningSandbox } from '../../sandbox/sandbox.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { posted } from '../support/gateway-requests.ts';
import { inTurns } from '../support/in-turns.ts';
import { vectors, hmac } from '../unit/billdesk-fixtures.ts';
import {
  askPayment,
  control,
  encrypting,
  gatewayTo,
  newAttempt,
  openOrder,
  paymentIn,
  receiveWebhooks,
  signing,
  startBillDesk,
  type WebhookReceiver,
} from './billdesk-support.ts';
import type { Answer, Json } from './sandbox-support.ts';

let receiver: WebhookReceiver;
let sandbox: RunningSandbox;
let say: (method: string, path: string, body?: unknown) => Promise<Answer>;

beforeAll(async () => {
  receiver = await receiveWebhooks();
  sandbox = await startBillDesk(receiver.url);
  say = control(sandbox);
});
afterAll(async () => {
  await sandbox.close();
  await receiver.close();
});
afterEach(async () => {
  await say('DELETE', '/faults');
  await say('DELETE', '/orders');
  receiver.answer = 200;
  receiver.received.length = 0;
});

const misbehave = (faults: Partial<BillDeskFaults>): Promise<Answer> => say('PATCH', '/faults', faults);
const pay = (reference: string, how: Json = {}): Promise<Answer> =>
  say('POST', `/orders/${reference}/pay`, how);
const failure = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => undefined,
    (error: unknown) => error,
  );
/** What a webhook says, once so many have come. */
async function webhooks(gateway: Gateway, count: number): Promise<Told[]> {
  await waitFor(`${count} webhooks`, () => receiver.received.length >= count, { timeoutMs: 5_000 });
  return Promise.all(receiver.received.map(({ body }) => gateway.readCallback(posted(body))));
}

test("the stand-in's seal gives the vectors of BillDesk's own answers", async () => {
  for (const { kind, payload, token } of vectors.hmac.cases) {
    if (kind.endsWith('request')) continue;
    expect(await sealForMerchant(JSON.parse(payload) as object, hmac)).toBe(token);
  }
});

describe.each([signing, encrypting])('$id', (merchant) => {
  let gateway: Gateway;
  beforeAll(() => {
    gateway = gatewayTo(sandbox, merchant);
  });

  test('an order is made and leads to the page for half an hour', async () => {
    const before = Date.now();
    const { attempt, opened } = await openOrder(gateway);
    expect(opened.redirect).toMatchObject({
      url: `${sandbox.url}/billdesk/web/v1_2/embeddedsdk`,
      kind: 'form',
      fields: { merchantid: merchant.mercid, bdorderid: opened.gatewayOrderId },
    });
    expect(opened.usableUntil - before).toBeGreaterThan(1_798_000);
    expect(opened.usableUntil - before).toBeLessThan(1_803_000);
    const { body } = await say('GET', `/orders/${attempt.reference}`);
    expect(body).toMatchObject({
      state: 'open',
      amount: 123_456,
      details: {
        additional_info: {
          additional_info1: 'PT',
          additional_info2: '110630100011',
          additional_info3: 'WARD63',
        },
      },
    });
    expect(body).not.toHaveProperty('secret');
  });

  test('before anybody pays, nothing is found', async () => {
    const { attempt } = await openOrder(gateway);
    expect(await askPayment(gateway, attempt)).toMatchObject({
      says: 'notFound',
      merchantId: merchant.mercid,
    });
    expect((await askPayment(gateway, newAttempt(gateway))).says).toBe('notFound');
  });

  test.each([
    ['success', 'success', undefined],
    ['failure', 'failed', 'declined'],
    ['pending', 'pending', undefined],
    ['cancel', 'cancelled', 'cancelled'],
  ])('%s is told alike by the answer to a question and by the webhook', async (outcome, says, reason) => {
    const { attempt } = await openOrder(gateway);
    const paid = await pay(attempt.reference, { outcome, method: 'card' });
    expect(paid.status).toBe(201);
    const asked = await askPayment(gateway, attempt);
    expect(asked).toMatchObject({
      says,
      reason,
      reference: attempt.reference,
      merchantId: merchant.mercid,
      amount: 123_456,
      currency: 'INR',
      method: 'card',
      transactionId: paid.body['transactionId'],
    });
    expect(Math.abs((asked.at ?? 0) - Date.now())).toBeLessThan(10_000);
    const [told] = await webhooks(gateway, 1);
    expect(paymentIn(told)).toEqual(asked);
    expect(told?.merchant).toBe(merchant.id);
  });

  test('the browser brings the same back, and after a cancellation no more than the order', async () => {
    const success = await openOrder(gateway);
    const { body } = await pay(success.attempt.reference);
    const { url, fields } = body['returnForm'] as { url: string; fields: Record<string, string> };
    expect(url).toBe(success.attempt.returnUrl);
    const name = merchant.keys[0].scheme === 'hmac' ? 'transaction_response' : 'encrypted_response';
    expect(Object.keys(fields)).toEqual([name]);
    const returned = await gateway.readReturn(posted(fields));
    expect(returned).toEqual({ reference: success.attempt.reference, raw: fields[name] });

    const cancelled = await openOrder(gateway);
    const { body: second } = await pay(cancelled.attempt.reference, { outcome: 'cancel' });
    const plain = (second['returnForm'] as { fields: Record<string, string> }).fields;
    expect(await gateway.readReturn(posted(plain))).toEqual({
      reference: cancelled.attempt.reference,
      raw: `orderid=${cancelled.attempt.reference}`,
    });
  });

  test('a second order of the same reference is refused as a duplicate', async () => {
    const { attempt } = await openOrder(gateway);
    expect(await failure(gateway.open(attempt))).toBeInstanceOf(AlreadyOpenedError);
  });

  test('an order that BillDesk does not take is refused with its words', async () => {
    const error = await failure(openOrder(gateway, { returnUrl: 'http://pay.example.test/return?x=1' }));
    expect(error).toBeInstanceOf(GatewayRefusedError);
    expect(error).toMatchObject({
      code: 'ORIDE0001',
      message: expect.stringMatching(/Invalid ru: a query string/) as string,
    });
  });

  test('timestamps in milliseconds and the other path do as well', async () => {
    const other = gatewayTo(sandbox, { ...merchant, timestamps: 'epochMs', api: 'v1_2' });
    const { attempt } = await openOrder(other);
    expect((await askPayment(other, attempt)).says).toBe('notFound');
  });

  test('a stranger is answered, but not believed', async () => {
    const [key] = merchant.keys;
    const guessed =
      key.scheme === 'hmac' ? { ...key, secret: 'guessed' } : { ...key, signingPassword: 'guessed' };
    const forged: BillDeskMerchant = { ...merchant, keys: [guessed] };
    const error = await failure(openOrder(gatewayTo(sandbox, forged)));
    expect(error).toBeInstanceOf(GatewayUnavailableError);
    expect((error as Error).message).toBe(
      'BillDesk, orders/create: HTTP 401 GNAUE0003, not sealed by BillDesk',
    );
  });

  test.each(['signature', 'key', 'encryptionKey', 'algNone'] as const)(
    'a forgery of the seal is refused: %s',
    async (forge) => {
      const { attempt } = await openOrder(gateway);
      const { body } = await pay(attempt.reference, { forge });
      const { fields } = body['returnForm'] as { fields: Record<string, string> };
      const form = Buffer.from(new URLSearchParams(fields).toString());
      expect(await failure(gateway.readReturn(posted(form)))).toBeInstanceOf(NotAuthenticError);
      await waitFor('the webhook', () => receiver.received.length === 1);
      const [webhook] = receiver.received;
      expect(await failure(gateway.readCallback(posted(webhook?.body)))).toBeInstanceOf(NotAuthenticError);
      expect((await askPayment(gateway, attempt)).says).toBe('success');
      await misbehave({ forge, forgeQuery: true });
      expect(await failure(gateway.ask(attempt))).toBeInstanceOf(GatewayUnavailableError);
    },
  );

  test.each([
    ['amount', { amount: 100 }],
    ['currency', { currency: undefined, currencyAsTold: '840' }],
    ['merchant', { merchantId: 'OTHERMERCHANT' }],
  ] as const)('a wrong %s arrives as a fact, for a person to look at', async (forge, wrong) => {
    await misbehave({ forge });
    const { attempt } = await openOrder(gateway);
    await pay(attempt.reference);
    const [told] = await webhooks(gateway, 1);
    expect(told).toMatchObject({ merchant: merchant.id, facts: [{ says: 'success', ...wrong }] });
    expect(await askPayment(gateway, attempt)).not.toMatchObject(wrong);
    await misbehave({ forgeQuery: true });
    expect(await askPayment(gateway, attempt)).toMatchObject(wrong);
  });

  test('an order that nobody made arrives as a fact, and is no answer to a question', async () => {
    const { attempt } = await openOrder(gateway);
    await pay(attempt.reference, { forge: 'order' });
    const [told] = await webhooks(gateway, 1);
    expect(paymentIn(told).reference).toMatch(/^NOBODYS/);
    await misbehave({ forge: 'order', forgeQuery: true });
    expect(await failure(gateway.ask(attempt))).toBeInstanceOf(GatewayUnavailableError);
  });
});

describe('the API refuses', () => {
  const post = async (
    change: { headers?: Record<string, string>; content?: object; token?: string; path?: string } = {},
  ): Promise<{ status: number; content: Json }> => {
    const content = { mercid: signing.mercid, orderid: 'NONE', ...change.content };
    const response = await fetch(
      `${sandbox.url}/billdesk/payments/ve1_2/${change.path ?? 'transactions/get'}`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/jose',
          accept: 'application/jose',
          'bd-traceid': `TRACE${Math.random().toString(36).slice(2)}`,
          'bd-timestamp': clockInKolkata(Date.now()).replace(/\D/g, ''),
          ...change.headers,
        },
        body: change.token ?? (await seal(JSON.stringify(content), signing.clientid, signing.keys[0])),
      },
    );
    const body = await response.text();
    const sealed = response.headers.get('content-type') === 'application/jose';
    return {
      status: response.status,
      content: JSON.parse(sealed ? await open(body, signing.keys[0]) : body) as Json,
    };
  };

  test('nothing that is as it should be', async () => {
    expect(await post()).toMatchObject({ status: 404, content: { error_type: 'not_found_error' } });
  });

  test('a trace id that was used before', async () => {
    const headers = { 'bd-traceid': 'ONCE1' };
    expect((await post({ headers })).status).toBe(404);
    expect(await post({ headers })).toMatchObject({
      status: 409,
      content: { error_type: 'duplicate_request_error', error_code: 'GNDRE0001' },
    });
  });

  test.each<[string, Record<string, string>]>([
    ['a trace id with a hyphen', { 'bd-traceid': 'A-1' }],
    ['a trace id of 36', { 'bd-traceid': 'A'.repeat(36) }],
    ['no timestamp', { 'bd-timestamp': '' }],
    ['a timestamp in ISO 8601', { 'bd-timestamp': '2026-04-01T10:15:30' }],
    ['another content type', { 'content-type': 'application/json' }],
    ['another answer', { accept: '*/*' }],
  ])('%s', async (_what, headers) => {
    expect(await post({ headers })).toMatchObject({
      status: 400,
      content: { error_type: 'invalid_request_error' },
    });
  });

  test.each([
    ['a question about nothing', { orderid: undefined }, 422, /Either transactionid or mercid and orderid/],
    ["another merchant's account", { mercid: encrypting.mercid }, 403, /does not belong/],
  ])('%s', async (_what, content, status, message) => {
    expect(await post({ content })).toMatchObject({
      status,
      content: { message: expect.stringMatching(message) as string },
    });
  });

  test('what is not sealed, and what an encrypting merchant did not encrypt', async () => {
    expect((await post({ token: '{"mercid":"KMCSIGN"}' })).status).toBe(401);
    const [key] = encrypting.keys;
    const secret = key.scheme === 'symmetric' ? key.signingPassword : '';
    const readable = await seal('{}', encrypting.clientid, { scheme: 'hmac', secret });
    expect((await post({ token: readable })).status).toBe(401);
  });

  const order = {
    mercid: signing.mercid,
    orderid: 'ORDER1',
    amount: '300.00',
    order_date: '2026-04-01T10:15:30+05:30',
    currency: '356',
    ru: 'https://pay.example.test/return',
    itemcode: 'DIRECT',
    additional_info: Object.fromEntries(
      ['PT', '1106', 'WARD63', 'NA', 'NA', 'NA', 'NA'].map((value, index) => [
        `additional_info${index + 1}`,
        value,
      ]),
    ),
    device: { init_channel: 'internet', ip: '::1', user_agent: 'x', accept_header: 'text/html' },
  };

  test('no order that has everything', async () => {
    expect((await post({ path: 'orders/create', content: order })).status).toBe(200);
  });

  test.each<[string, object]>([
    ['amount', { amount: '300' }],
    ['amount', { amount: '0.00' }],
    ['orderid', { orderid: 'KMC-1' }],
    ['order_date', { order_date: '2026-04-01T10:15:30Z' }],
    ['currency', { currency: 'INR' }],
    ['ru', { ru: 'http://pay.example.test/return' }],
    ['ru', { ru: 'https://pay.example.test/return?order=1' }],
    ['itemcode', { itemcode: undefined }],
    ['additional_info', { additional_info: { ...order.additional_info, additional_info8: 'NA' } }],
    ['additional_info', { additional_info: { ...order.additional_info, additional_info2: 'NA' } }],
    [
      'additional_info.additional_info1',
      { additional_info: { ...order.additional_info, additional_info1: 'a b' } },
    ],
    ['device', { device: undefined }],
  ])('an order with a bad %s: %j', async (field, change) => {
    expect(await post({ path: 'orders/create', content: { ...order, ...change } })).toMatchObject({
      status: 422,
      content: { error_code: 'ORIDE0001', message: expect.stringContaining(`Invalid ${field}: `) as string },
    });
  });
});

describe('misbehaving', () => {
  let gateway: Gateway;
  beforeAll(() => {
    gateway = gatewayTo(sandbox, encrypting);
  });

  test.each<[string, Partial<BillDeskFaults>, RegExp]>([
    ['is down', { down: true }, /connection failed/],
    ['fails', { http500: true }, /HTTP 500, GNISE0001/],
    ['is slow', { latencyMs: 4_000 }, /no answer within 2000 ms/],
  ])('it %s, and no answer is to be had', async (_what, faults, message) => {
    await misbehave(faults);
    const attempt = newAttempt(gateway);
    for (const run of [() => gateway.open(attempt), () => gateway.ask(attempt)]) {
      const error = await failure(run());
      expect(error).toBeInstanceOf(GatewayUnavailableError);
      expect((error as Error).message).toMatch(message);
    }
  });

  test.each(['cut', 'silent'] as const)(
    'it makes the order and its answer is lost: %s',
    async (createAnswer) => {
      await misbehave({ createAnswer });
      const attempt = newAttempt(gateway);
      expect(await failure(gateway.open(attempt))).toBeInstanceOf(GatewayUnavailableError);
      await misbehave({ createAnswer: 'none' });
      expect((await askPayment(gateway, attempt)).says).toBe('notFound');
      expect(await failure(gateway.open(attempt))).toBeInstanceOf(AlreadyOpenedError);
    },
  );

  test('a pending payment succeeds or fails by itself', async () => {
    for (const [outcome, says] of [
      ['pendingThenSuccess', 'success'],
      ['pendingThenFailure', 'failed'],
      ['failureThenSuccess', 'success'],
    ] as const) {
      receiver.received.length = 0;
      const { attempt } = await openOrder(gateway);
      const { body } = await pay(attempt.reference, { outcome, settleAfterMs: 300 });
      const first = await askPayment(gateway, attempt);
      expect(first.says).toBe(outcome === 'failureThenSuccess' ? 'failed' : 'pending');
      const told = await webhooks(gateway, 2);
      expect(told.map((each) => paymentIn(each).says)).toEqual([first.says, says]);
      expect(new Set(told.map((each) => paymentIn(each).transactionId))).toEqual(
        new Set([body['transactionId']]),
      );
      expect((await askPayment(gateway, attempt)).says).toBe(says);
    }
  });

  test('somebody decides a pending payment, and a failed one late, but never undoes a success', async () => {
    const { attempt } = await openOrder(gateway);
    expect((await say('POST', `/orders/${attempt.reference}/settle`, { outcome: 'success' })).status).toBe(
      409,
    );
    await pay(attempt.reference, { outcome: 'pending' });
    const pending = await say('GET', '/orders?state=pending');
    expect(pending.body['orders']).toMatchObject([{ reference: attempt.reference, obstacle: 'pending' }]);
    for (const outcome of ['failure', 'success']) {
      expect((await say('POST', `/orders/${attempt.reference}/settle`, { outcome })).status).toBe(200);
    }
    expect((await say('POST', `/orders/${attempt.reference}/settle`, { outcome: 'failure' })).status).toBe(
      409,
    );
    const told = await webhooks(gateway, 3);
    expect(told.map((each) => paymentIn(each).says)).toEqual(['pending', 'failed', 'success']);
  });

  test('the webhook never comes, and whoever asks finds out', async () => {
    const { attempt } = await openOrder(gateway);
    await pay(attempt.reference, { webhook: 'never' });
    const other = await openOrder(gateway);
    await pay(other.attempt.reference);
    const told = await webhooks(gateway, 1);
    expect(told.map((each) => paymentIn(each).reference)).toEqual([other.attempt.reference]);
    expect((await askPayment(gateway, attempt)).says).toBe('success');
  });

  test('the webhook comes three times, the same to the letter', async () => {
    const { attempt } = await openOrder(gateway);
    await pay(attempt.reference, { webhookCopies: 3 });
    await webhooks(gateway, 3);
    expect(new Set(receiver.received.map(({ body }) => body.toString())).size).toBe(1);
  });

  test('the webhook comes later, and the one after the return later than that', async () => {
    const { attempt } = await openOrder(gateway);
    const before = performance.now();
    await pay(attempt.reference, { webhook: 'afterReturn', webhookDelayMs: 200 });
    await webhooks(gateway, 1);
    expect(performance.now() - before).toBeGreaterThan(1_690);
  });

  test('webhooks come out of order', async () => {
    const { attempt } = await openOrder(gateway);
    await misbehave({ webhookOutOfOrder: true });
    await pay(attempt.reference, { outcome: 'pending' });
    await say('POST', `/orders/${attempt.reference}/settle`, { outcome: 'success' });
    const told = await webhooks(gateway, 2);
    expect(told.map((each) => paymentIn(each).says)).toEqual(['success', 'pending']);
  });

  test.each([
    ['raw', 'application/jose'],
    ['json', 'application/json'],
    ['form', 'application/x-www-form-urlencoded'],
  ] as const)('webhooks have the shape %s', async (webhookShape, type) => {
    await misbehave({ webhookShape });
    const { attempt } = await openOrder(gateway);
    await pay(attempt.reference);
    const [told] = await webhooks(gateway, 1);
    expect(paymentIn(told).reference).toBe(attempt.reference);
    expect(receiver.received[0]?.type).toBe(type);
  });

  test('a webhook that is refused is posted again, a few times', async () => {
    receiver.answer = 503;
    const { attempt } = await openOrder(gateway);
    await pay(attempt.reference);
    await waitFor(
      'it to be given up',
      async () => Number((await say('GET', '/webhooks')).body['givenUp']) > 0,
    );
    expect(receiver.received).toHaveLength(3);
    expect((await say('GET', '/webhooks')).body).toMatchObject({ waiting: 0, lastAnswer: 503 });
    receiver.answer = 204;
    expect((await say('POST', `/orders/${attempt.reference}/webhook`)).body).toEqual({ lastAnswer: 204 });
    expect(receiver.received).toHaveLength(4);
    await say('POST', `/orders/${attempt.reference}/webhook`, { forge: 'key' });
    expect(await failure(gateway.readCallback(posted(receiver.received[4]?.body)))).toBeInstanceOf(
      NotAuthenticError,
    );
  });

  test('an order cannot be paid twice, not even at once, unless it is told to', async () => {
    const { attempt } = await openOrder(gateway);
    const statuses = (await Promise.all([1, 2, 3].map(() => pay(attempt.reference)))).map(
      ({ status }) => status,
    );
    expect(statuses.sort()).toEqual([201, 409, 409]);
    await misbehave({ doubleSuccess: true });
    expect((await pay(attempt.reference)).status).toBe(201);
    const told = await webhooks(gateway, 2);
    expect(new Set(told.map((each) => paymentIn(each).transactionId)).size).toBe(2);
    const { body } = await say('GET', '/totals');
    expect(body).toMatchObject({ orders: 1, count: 2, amountPaise: 246_912 });
  });

  test('a payment that failed can be tried again on the same order', async () => {
    const { attempt } = await openOrder(gateway);
    await pay(attempt.reference, { outcome: 'failure' });
    expect((await pay(attempt.reference)).status).toBe(201);
    expect((await askPayment(gateway, attempt)).says).toBe('success');
  });

  test('a session that has expired takes no money', async () => {
    await misbehave({ sessionMs: 0 });
    const { attempt, opened } = await openOrder(gateway);
    expect(opened.usableUntil).toBeLessThanOrEqual(Date.now());
    expect(await pay(attempt.reference)).toMatchObject({ status: 409, body: { reason: 'expired' } });
  });

  test.each<[string, Partial<BillDeskFaults>, Partial<PaymentFact>]>([
    ['ids left out', { ids: 'absent' }, { transactionId: undefined, amount: 123_456 }],
    ['NA for ids', { ids: 'NA' }, { transactionId: undefined }],
    ['empty ids', { ids: 'empty' }, { transactionId: undefined }],
    ['amounts as numbers', { amounts: 'number' }, { amount: 123_456 }],
    ['amounts with three decimals', { amounts: 'threeDecimals' }, { amount: 123_456 }],
    ['amounts in groups', { amounts: 'grouped' }, { amount: 123_456 }],
    ['amounts with a sign', { amounts: 'symbol' }, { amount: 123_456 }],
    ['amounts left out', { amounts: 'absent' }, { amount: undefined, amountAsTold: undefined }],
    [
      'amounts that nobody can read',
      { amounts: 'unreadable' },
      { amount: undefined, amountAsTold: '1234,56' },
    ],
    ['days that do not exist', { times: 'impossible' }, { at: undefined }],
    ['the status 0001', { status: '0001' }, { says: 'unknown', code: '0001' }],
    ['the status NA', { status: 'NA' }, { says: 'unknown', code: 'NA' }],
    ['a word of its own', { status: 'SOON' }, { says: 'unknown', code: 'SOON' }],
  ])('it writes %s, in webhooks and answers alike', async (_what, faults, expected) => {
    await misbehave(faults);
    const { attempt } = await openOrder(gateway);
    await pay(attempt.reference);
    const asked = await askPayment(gateway, attempt);
    expect(asked).toMatchObject({ reference: attempt.reference, currency: 'INR', ...expected });
    expect(paymentIn((await webhooks(gateway, 1))[0])).toEqual(asked);
  });

  test('however it writes an id, it is the same id', async () => {
    const { attempt } = await openOrder(gateway);
    await pay(attempt.reference);
    const usual = await askPayment(gateway, attempt);
    for (const ids of ['lowerCase', 'trailingBlank'] as const) {
      await misbehave({ ids });
      expect((await askPayment(gateway, attempt)).transactionId).toBe(usual.transactionId);
    }
    await misbehave({ ids: 'number' });
    expect((await askPayment(gateway, attempt)).transactionId).toMatch(/^\d+$/);
  });

  test.each(['milliseconds', 'noColon', 'blank', 'dayFirst', 'epochMs'] as const)(
    'a time that it writes as %s is the time that it was',
    async (times) => {
      const { attempt } = await openOrder(gateway);
      await pay(attempt.reference);
      const { at = 0 } = await askPayment(gateway, attempt);
      await misbehave({ times });
      expect(Math.abs(((await askPayment(gateway, attempt)).at ?? 0) - at)).toBeLessThan(1_000);
    },
  );

  test('it forgets a payment for a while, or says nothing of it, and nothing of that is a failure', async () => {
    const { attempt } = await openOrder(gateway);
    await pay(attempt.reference);
    await misbehave({ queryAnswer: 'notFound' });
    expect((await askPayment(gateway, attempt)).says).toBe('notFound');
    await misbehave({ queryAnswer: 'nothing' });
    const error = await failure(gateway.ask(attempt));
    expect(error).toBeInstanceOf(GatewayUnavailableError);
    expect(exchangeOf(error)).toEqual({
      request: expect.any(String) as string,
      response: expect.any(String) as string,
    });
    await misbehave({ queryAnswer: 'usual' });
    expect((await askPayment(gateway, attempt)).says).toBe('success');
  });

  test('it takes a success back', async () => {
    const { attempt } = await openOrder(gateway);
    await pay(attempt.reference);
    expect((await say('POST', `/orders/${attempt.reference}/reverse`)).status).toBe(200);
    const told = await webhooks(gateway, 2);
    expect(told.map((each) => paymentIn(each).says)).toEqual(['success', 'failed']);
    expect((await askPayment(gateway, attempt)).says).toBe('failed');
    expect((await say('POST', `/orders/${attempt.reference}/reverse`)).status).toBe(409);
  });

  test('it sends money back by itself, tells of it, and lists it when it is asked', async () => {
    const { attempt } = await openOrder(gateway);
    expect((await say('POST', `/orders/${attempt.reference}/refund`)).status).toBe(409);
    const { body: paid } = await pay(attempt.reference);
    const { body } = await say('POST', `/orders/${attempt.reference}/refund`, { amountPaise: 3_456 });
    const refund = {
      kind: 'refund',
      says: 'refunded',
      gateway: 'billdesk',
      reference: attempt.reference,
      merchantId: encrypting.mercid,
      amount: 3_456,
      currency: 'INR',
      refundId: body['refundId'],
      transactionId: paid['transactionId'],
    };
    const told = await webhooks(gateway, 2);
    expect(told[1]).toMatchObject({ merchant: encrypting.id, facts: [refund] });
    expect((await gateway.ask(attempt)).facts).toMatchObject([{ kind: 'payment', says: 'success' }, refund]);
  });

  test('it changes its keys earlier or later than we do, and is understood', async () => {
    const [old] = encrypting.keys;
    const young = { scheme: 'hmac', secret: 'an-invented-secret-of-a-test-0002' } as const;
    const hour = 3_600_000;
    const merchant: BillDeskMerchant = {
      ...encrypting,
      keys: [
        { ...old, until: Date.now() + hour },
        { ...young, from: Date.now() - hour },
      ],
    };
    const own = await receiveWebhooks();
    const rotating = await startBillDesk(own.url, {
      gateways: [billDeskStandIn({ merchants: [merchant], webhookUrl: own.url, inUse: true })],
    });
    const ours = gatewayTo(rotating, merchant);
    for (const sealKey of ['first', 'last'] as const) {
      await control(rotating)('PATCH', '/faults', { sealKey });
      const { attempt } = await openOrder(ours);
      await control(rotating)('POST', `/orders/${attempt.reference}/pay`, {});
      expect((await askPayment(ours, attempt)).says).toBe('success');
    }
    await waitFor('both webhooks', () => own.received.length === 2);
    for (const { body } of own.received) {
      expect(paymentIn(await ours.readCallback(posted(body))).says).toBe('success');
    }
    await rotating.close();
    await own.close();
  });

  test('the browser is not sent back', async () => {
    const { attempt } = await openOrder(gateway);
    expect((await pay(attempt.reference, { returnForm: false })).body['returnForm']).toBeNull();
  });

  test('a knob that does not exist is refused, and what is in force can be read', async () => {
    expect((await misbehave({ forge: 'everything' } as never)).status).toBe(400);
    expect((await say('PUT', '/faults', { down: true })).body['faults']).toMatchObject({
      down: true,
      forge: 'none',
    });
    const { body } = await say('GET', '/faults');
    const names = (body['knobs'] as Json[]).map(({ name, meaning }) => [name, meaning !== '']);
    expect(names).toContainEqual(['doubleSuccess', true]);
    expect(names.length).toBe(Object.keys(body['faults'] as Json).length);
  });

  test('an order that does not exist is not paid', async () => {
    expect((await pay('NOBODYS')).status).toBe(404);
    expect((await say('POST', '/orders/NOBODYS/webhook')).status).toBe(404);
  });

  test('two hundred pay at once', async () => {
    const orders: Awaited<ReturnType<typeof openOrder>>[] = [];
    const places = Array.from({ length: 200 }, (_, place) => place);
    await inTurns(places, 20, async () => void orders.push(await openOrder(gateway)));
    // The time of this process alone, stand-in and all, because other tests run beside it.
    const before = process.cpuUsage();
    const paid = await Promise.all(orders.map(({ attempt }) => pay(attempt.reference)));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(5_000);
    expect(paid.every(({ status }) => status === 201)).toBe(true);
    await waitFor('every webhook', () => receiver.received.length === 200);
    expect((await say('GET', '/totals')).body).toMatchObject({ count: 200, amountPaise: 200 * 123_456 });
  });
});
