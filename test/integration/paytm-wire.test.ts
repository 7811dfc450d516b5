/** Our adapter against Paytm's stand-in over HTTP: what Paytm does otherwise than any gateway may. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { paise } from '../../domain/money.ts';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import type { PaymentFact } from '../../domain/payments/fact.ts';
import type { RefundReference } from '../../domain/payments/refund.ts';
import {
  AlreadyOpenedError,
  GatewayUnavailableError,
  NotAuthenticError,
  type Gateway,
  type GatewayRequest,
  type NewAttempt,
  type NewRefund,
} from '../../gateways/gateway.ts';
import type { PaytmMerchant } from '../../gateways/paytm/merchant.ts';
import { createPaytm } from '../../gateways/paytm/paytm.ts';
import type { PaytmFaults } from '../../sandbox/gateways/paytm/faults.ts';
import { paytmStandIn } from '../../sandbox/gateways/paytm/paytm.tsx';
import type { ReturnForm } from '../../sandbox/kit/payments.ts';
import type { RunningSandbox } from '../../sandbox/sandbox.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { formIn, posted } from '../support/gateway-requests.ts';
import { taxes } from './paytm-support.ts';
import { call, startSandbox, type Answer, type Json } from './sandbox-support.ts';

const hour = 3_600_000;
/** In the middle of a change of its keys. */
const merchant: PaytmMerchant = {
  ...taxes,
  keys: [
    { ...taxes.keys[0], until: Date.now() + hour },
    { key: 'InventedKey00003', from: Date.now() - hour },
  ],
};

let receiver: Server;
let received: { readonly request: GatewayRequest; readonly type: string | undefined }[];
let sandbox: RunningSandbox;
let gateway: Gateway;

beforeAll(async () => {
  received = [];
  receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push({ request: posted(Buffer.concat(parts)), type: request.headers['content-type'] });
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  sandbox = await startSandbox('http://127.0.0.1:9/nowhere', {
    gateways: [paytmStandIn({ merchants: [merchant], webhookUrl, inUse: true, retriesMs: [] })],
  });
  gateway = createPaytm({ merchants: [merchant], apiUrl: `${sandbox.url}/paytm`, timeoutMs: 2_000 });
});
afterAll(async () => {
  await sandbox.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});
afterEach(async () => {
  await control('DELETE', '/faults');
  await control('DELETE', '/orders');
  received.length = 0;
});

const control = (method: string, path: string, body?: unknown): Promise<Answer> =>
  call(`${sandbox.url}/sandbox/paytm${path}`, method, body);
const misbehave = (faults: Partial<PaytmFaults>): Promise<Answer> => control('PATCH', '/faults', faults);
const pay = ({ reference }: NewAttempt, how: Json = {}): Promise<Answer> =>
  control('POST', `/orders/${reference}/pay`, how);

const newAttempt = (change: Partial<NewAttempt> = {}): NewAttempt => ({
  merchant: merchant.id,
  reference: `PS${randomBytes(11).toString('hex').toUpperCase()}` as AttemptReference,
  way: 'page',
  amount: paise(123_456),
  service: 'propertyTax',
  accountNumber: '110630100011',
  ward: 63,
  returnUrl: 'http://127.0.0.1:9/return/paytm',
  browser: { ip: '203.0.113.7', userAgent: 'Mozilla/5.0' },
  at: Date.now(),
  ...change,
});
async function opened(): Promise<NewAttempt> {
  const attempt = newAttempt();
  await gateway.open(attempt);
  return attempt;
}
async function asked(attempt: NewAttempt): Promise<PaymentFact> {
  const [fact] = (await gateway.ask(attempt)).facts;
  if (fact?.kind !== 'payment') throw new Error('told of no payment');
  return fact;
}
async function callback(): Promise<GatewayRequest> {
  await waitFor('a webhook', () => received.length > 0);
  return received[0]?.request ?? posted('');
}
const failure = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => undefined,
    (error: unknown) => error,
  );

test.each([
  ['json', 'application/json', '{"head"'],
  ['form', 'application/x-www-form-urlencoded', 'ORDERID='],
] as const)('a webhook as %s tells every outcome as asking does', async (webhookShape, type, begin) => {
  await misbehave({ webhookShape });
  for (const outcome of ['success', 'pending', 'failure', 'cancel']) {
    for (const method of ['upi', 'card', 'netbanking', 'wallet']) {
      received.length = 0;
      const attempt = await opened();
      await pay(attempt, { outcome, method });
      const request = await callback();
      expect(received[0]?.type).toBe(type);
      expect(request.body.toString().startsWith(begin)).toBe(true);
      expect((await gateway.readCallback(request)).facts).toEqual([await asked(attempt)]);
    }
  }
});

test.each(['signature', 'key'])('a form with a checksum that is wrong is not believed: %s', async (forge) => {
  await misbehave({ webhookShape: 'form' });
  await pay(await opened(), { forge });
  expect(await failure(gateway.readCallback(await callback()))).toBeInstanceOf(NotAuthenticError);
});

test('a form of a success that names another account is none, and asking tells what holds', async () => {
  await misbehave({ webhookShape: 'form' });
  const attempt = await opened();
  await pay(attempt, { forge: 'merchant' });
  expect((await gateway.readCallback(await callback())).facts).toMatchObject([
    { says: 'unknown', merchantId: 'OTHERMERCHANT' },
  ]);
  expect((await asked(attempt)).says).toBe('success');
});

test('an order is made once, and the same words again get the same token until it is paid', async () => {
  const attempt = newAttempt();
  await misbehave({ createAnswer: 'cut' });
  await failure(gateway.open(attempt));
  await misbehave({ createAnswer: 'none' });
  const [first, second] = [await gateway.open(attempt), await gateway.open(attempt)];
  expect(JSON.parse(first.exchange.response)).toMatchObject({ body: { resultInfo: { resultCode: '0002' } } });
  expect(second.redirect).toEqual(first.redirect);
  const other = { ...attempt, amount: paise(100) };
  expect(await failure(gateway.open(other))).toBeInstanceOf(AlreadyOpenedError);
  await pay(attempt);
  expect(await failure(gateway.open(attempt))).toBeInstanceOf(AlreadyOpenedError);
  expect((await control('GET', '/totals')).body).toMatchObject({ orders: 1, count: 1 });
});

test('a token that has expired opens no page, and the browser comes back with the order', async () => {
  await misbehave({ sessionMs: 0 });
  const attempt = newAttempt();
  const { redirect } = await gateway.open(attempt);
  const { url, fields } = formIn(redirect);
  const page = await fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
  const html = await page.text();
  expect(html).toContain('The session has expired.');
  const hidden = [...html.matchAll(/<input type="hidden" name="([^"]*)" value(?:="([^"]*)")?\/?>/g)];
  const brought = Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
  expect(await gateway.readReturn(posted(brought))).toMatchObject({ reference: attempt.reference });
  expect(await pay(attempt)).toMatchObject({ status: 409, body: { reason: 'expired' } });
  expect((await asked(attempt)).says).toBe('notFound');
});

test('whoever comes to the page with another token, account or order finds nothing', async () => {
  const { redirect } = await gateway.open(newAttempt());
  const { url, fields } = formIn(redirect);
  for (const [name, value] of [
    ['txnToken', '0'],
    ['txnToken', ''],
    ['mid', 'OTHER'],
    ['orderId', 'NOBODYS'],
  ] as const) {
    const address = new URL(url);
    if (address.searchParams.has(name)) address.searchParams.set(name, value);
    const body = new URLSearchParams({ ...fields, [name]: value });
    expect((await fetch(address, { method: 'POST', body })).status).toBe(404);
  }
});

test('the browser may come back with everything in its address', async () => {
  await misbehave({ returnMethod: 'get' });
  const attempt = await opened();
  const { returnForm } = (await pay(attempt)).body;
  const { method, fields } = returnForm as ReturnForm;
  expect(method).toBe('get');
  const back = { ...posted(''), method: 'GET', query: new URLSearchParams(fields) } as const;
  expect(await gateway.readReturn(back)).toMatchObject({ reference: attempt.reference });
});

test.each<[string, Partial<PaytmFaults>, Partial<PaymentFact>]>([
  ['an error of Paytm', { status: 'TXN_FAILURE', code: '501' }, { says: 'unknown', code: 'TXN_FAILURE 501' }],
  ['a code that nobody knows', { status: 'TXN_FAILURE', code: '9999' }, { says: 'unknown' }],
  ['a call that went well', { status: 'S', code: '0000' }, { says: 'unknown' }],
  ['amounts as numbers', { amounts: 'number' }, { amount: 123_456 }],
  ['amounts in groups', { amounts: 'grouped' }, { amount: 123_456 }],
  ['amounts that nobody can read', { amounts: 'unreadable' }, { amount: undefined, amountAsTold: '1234,56' }],
  ['ids left out', { ids: 'absent' }, { transactionId: undefined }],
  ['NA for ids', { ids: 'NA' }, { transactionId: undefined }],
  ['days that do not exist', { times: 'impossible' }, { at: undefined }],
])('it writes %s, in webhooks and answers alike', async (_what, faults, expected) => {
  await misbehave(faults);
  const attempt = await opened();
  await pay(attempt);
  const fact = await asked(attempt);
  expect(fact).toMatchObject({ reference: attempt.reference, currency: 'INR', ...expected });
  expect((await gateway.readCallback(await callback())).facts).toEqual([fact]);
});

test.each(['first', 'last'] as const)(
  'it changes its keys earlier or later than we do: the %s',
  async (signKey) => {
    await misbehave({ signKey });
    const attempt = await opened();
    const { returnForm } = (await pay(attempt)).body;
    expect((await asked(attempt)).says).toBe('success');
    expect((await gateway.readCallback(await callback())).facts).toMatchObject([{ says: 'success' }]);
    const { fields } = returnForm as ReturnForm;
    expect(await gateway.readReturn(posted(fields))).toMatchObject({ reference: attempt.reference });
  },
);

test('it sends money back by itself and tells of it; asked, it tells of the payment alone', async () => {
  const attempt = await opened();
  const { body: paid } = await pay(attempt);
  await callback();
  received.length = 0;
  const { body } = await control('POST', `/orders/${attempt.reference}/refund`, { amountPaise: 3_456 });
  expect((await gateway.readCallback(await callback())).facts).toMatchObject([
    {
      kind: 'refund',
      says: 'refunded',
      amount: 3_456,
      refundId: body['refundId'],
      transactionId: paid['transactionId'],
    },
  ]);
  expect((await gateway.ask(attempt)).facts).toMatchObject([{ kind: 'payment', says: 'success' }]);
});

test.each([
  ['rejected', GatewayUnavailableError],
  ['returned', undefined],
] as const)(
  'a refund that it does not find at first is never made twice, its reference again being %s',
  async (sameRefId, outcome) => {
    const attempt = await opened();
    await pay(attempt);
    const { transactionId = '', at = 0 } = await asked(attempt);
    const refund: NewRefund = {
      merchant: merchant.id,
      reference: attempt.reference,
      refundReference: 'RF2026000001' as RefundReference,
      transactionId,
      amount: paise(3_456),
      captured: attempt.amount,
      paidAt: at,
    };
    expect((await gateway.refunds?.request(refund))?.facts).toMatchObject([{ says: 'refunded' }]);
    await misbehave({ sameRefId, queryAnswer: 'notFound' });
    const again = await gateway.refunds?.request(refund).catch((error: unknown) => error);
    if (outcome) expect(again).toBeInstanceOf(outcome);
    else expect(again).toMatchObject({ facts: [{ says: 'refunded', amount: 3_456 }] });
    const { refunds } = (await control('GET', `/orders/${attempt.reference}`)).body;
    expect(refunds).toHaveLength(1);
  },
);

test.each([
  ['pending', 'pending', { code: 'SUCCESS' }],
  ['failed', 'failed', { code: '1' }],
])('the webhook of a refund that is %s says so', async (refundOutcome, says, words) => {
  const attempt = await opened();
  await pay(attempt);
  await callback();
  received.length = 0;
  const { transactionId = '', at = 0 } = await asked(attempt);
  await control('PATCH', '/faults', { refundOutcome });
  const refundReference = `RF${attempt.reference}` as RefundReference;
  await gateway.refunds?.request({
    ...{ merchant: merchant.id, reference: attempt.reference, refundReference, transactionId },
    ...{ amount: paise(3_456), captured: attempt.amount, paidAt: at },
  });
  const { facts } = await gateway.readCallback(await callback());
  expect(facts).toMatchObject([{ kind: 'refund', says, refundReference, amount: 3_456, ...words }]);
});
