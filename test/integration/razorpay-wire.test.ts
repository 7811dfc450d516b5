/**
 * Razorpay's stand-in and our own addresses for it, over real HTTP into a real Postgres: several events of one payment, in
 * any order and again under other ids, have one effect.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { createApp } from '../../api/app.ts';
import { gatewayCallbacks } from '../../api/gateway-callbacks.ts';
import type { Database } from '../../database/connection.ts';
import { receiveFacts } from '../../database/payments/apply-gateway-fact.ts';
import { beginAttempt, noteAttemptOpened } from '../../database/payments/attempts.ts';
import { makeOrder } from '../../database/payments/orders.ts';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import type { PayWay } from '../../domain/payments/way.ts';
import type { Gateway, NewAttempt, Opened } from '../../gateways/gateway.ts';
import type { RazorpayMerchant } from '../../gateways/razorpay/merchant.ts';
import { createRazorpay } from '../../gateways/razorpay/razorpay.ts';
import { sign } from '../../gateways/razorpay/signature.ts';
import { createGatewayMetrics, createRegistry } from '../../platform/metrics.ts';
import { razorpayStandIn } from '../../sandbox/gateways/razorpay/razorpay.tsx';
import type { RazorpayFaults } from '../../sandbox/gateways/razorpay/faults.ts';
import type { RunningSandbox } from '../../sandbox/sandbox.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { wayBack } from '../../texts/pay.ts';
import { due } from '../support/bills.ts';
import { migratedDatabase } from '../support/database.ts';
import { sampleFacts, sampleOrder } from '../support/sample-payments.ts';
import { account } from './razorpay-support.ts';
import { call, startSandbox, type Json } from './sandbox-support.ts';

const hourMs = 3_600_000;
/** In the middle of a change of its secret. */
const merchant: RazorpayMerchant = {
  ...account,
  webhookSecrets: [
    { secret: 'an-invented-old-webhook-secret', until: Date.now() - hourMs },
    { secret: 'an-invented-new-webhook-secret', from: Date.now() - hourMs },
  ],
};
const settings = {
  counter: 'W',
  certificateCounter: 'CE',
  creditNoteCounter: 'CN',
  ownRegister: true,
  receiptYear: 'posting',
} as const;
const retriesMs = [50, 100, 200, 400, 800];

let db: Database;
let api: Server;
let address: string;
let sandbox: RunningSandbox;
let gateway: Gateway;
/** How long our answers to webhooks take. */
let slowness = 0;

beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 10);
  const log = pino({ level: 'silent' });
  api = createServer();
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  const webhookUrl = `${address}/webhooks/razorpay`;
  sandbox = await startSandbox('http://127.0.0.1:9/nowhere', {
    gateways: [
      razorpayStandIn({ merchants: [merchant], webhookUrl, inUse: true, retriesMs, webhookTimeoutMs: 300 }),
    ],
  });
  gateway = createRazorpay({ merchants: [merchant], apiUrl: `${sandbox.url}/razorpay`, timeoutMs: 2_000 });
  const metrics = createGatewayMetrics(createRegistry());
  const router = gatewayCallbacks({
    db,
    gateways: [gateway],
    applying: settings,
    metrics,
    facts: sampleFacts,
    log,
  });
  const app = createApp({ log, proxyHops: 1, routers: [router] });
  api.on('request', (request, response) => {
    setTimeout(() => void app(request, response), request.method === 'POST' ? slowness : 0);
  });
});
afterAll(async () => {
  await sandbox.close();
  api.closeAllConnections();
  await new Promise((resolve) => api.close(resolve));
  await db.end();
});
afterEach(async () => {
  slowness = 0;
  await say('DELETE', '/faults');
});

async function say(method: string, path: string, body?: unknown): Promise<Json> {
  const answer = await call(`${sandbox.url}/sandbox/razorpay${path}`, method, body);
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}
const misbehave = (faults: Partial<RazorpayFaults>): Promise<Json> => say('PATCH', '/faults', faults);

/** An order with an attempt that stands open at the stand-in. */
async function opened(way: PayWay = 'page'): Promise<NewAttempt & Opened> {
  const order = await makeOrder(db, {
    service: 'propertyTax',
    account: { ...sampleOrder.account, number: String(randomBytes(5).readUIntBE(0, 5) + 1e11).slice(0, 12) },
    dues: [due('PD', 2026, [1_700, 50, 20, 15])],
    language: 'en',
    lifetimeMs: 86_400_000,
  });
  const reference = `PS${randomBytes(11).toString('hex').toUpperCase()}` as AttemptReference;
  const { id, accountId: merchantId } = merchant;
  await beginAttempt(db, order.id, {
    merchant: { id, gateway: 'razorpay', merchantId },
    choice: 'the only one',
    reference,
    anyway: false,
  });
  const attempt: NewAttempt = {
    merchant: id,
    reference,
    way,
    amount: order.amount,
    service: 'propertyTax',
    accountNumber: order.account.number,
    ward: order.account.ward,
    returnUrl: `${address}/return/razorpay`,
    browser: { ip: '203.0.113.7', userAgent: 'Mozilla/5.0' },
    at: Date.now(),
  };
  const link = await gateway.open(attempt);
  await noteAttemptOpened(db, reference, link);
  return { ...attempt, ...link };
}

interface Books {
  readonly state: string;
  readonly captures: number;
  readonly receipts: number;
  readonly clearing: number;
  readonly cases: number;
}

async function books(reference: string): Promise<Books> {
  const { rows } = await db.query<Books>(
    `select a.state,
       (select count(*)::int from captures c where c.attempt_id = a.id) as captures,
       (select count(*)::int from receipts r where r.order_id = a.order_id) as receipts,
       (select coalesce(sum(l.amount), 0)::float8 from captures c
          join entries e on e.source_type = 'capture' and e.source_id = c.id::text
          join entry_lines l on l.entry_id = e.id
        where c.attempt_id = a.id and l.account like 'clearing/%') as clearing,
       (select count(*)::int from cases k
        where k.closed_at is null and k.subject_id = a.order_id::text) as cases
     from attempts a where a.reference = $1`,
    [reference],
  );
  const [row] = rows;
  if (!row) throw new Error('no such attempt');
  return row;
}
const paidOnce = (amount: number): Books => ({
  state: 'success',
  captures: 1,
  receipts: 1,
  clearing: amount,
  cases: 0,
});
/** How many different webhooks of an attempt were kept. */
const kept = async (reference: string): Promise<number> =>
  (await db.query("select from evidence where reference = $1 and source = 'webhook'", [reference]))
    .rowCount ?? 0;
const allPosted = (): Promise<void> =>
  waitFor('every webhook', async () => Number((await say('GET', '/webhooks'))['waiting']) === 0);

test('all events of a payment, each again under another id, take the money once', async () => {
  const { reference, amount } = await opened();
  await say('POST', `/orders/${reference}/pay`);
  await allPosted();
  expect(await books(reference)).toEqual(paidOnce(amount));
  // payment.authorized, payment.captured, order.paid, payment_link.paid.
  expect(await kept(reference)).toBe(4);
  await say('POST', `/orders/${reference}/webhook`);
  await allPosted();
  expect(await books(reference)).toEqual(paidOnce(amount));
  expect(await kept(reference)).toBe(8);
});

test('captured before authorized is captured', async () => {
  await misbehave({ webhookOutOfOrder: true });
  const { reference, amount } = await opened();
  await say('POST', `/orders/${reference}/pay`);
  await allPosted();
  expect(await books(reference)).toEqual(paidOnce(amount));
});

test('a failure is followed by a late authorisation', async () => {
  const { reference, amount } = await opened();
  await say('POST', `/orders/${reference}/pay`, { outcome: 'failure' });
  await allPosted();
  expect((await books(reference)).state).toBe('failed');
  await say('POST', `/orders/${reference}/settle`, { outcome: 'success' });
  await allPosted();
  expect(await books(reference)).toEqual(paidOnce(amount));
});

test('a failure that is told after its late success calls a person until the gateway is asked', async () => {
  const attempt = await opened();
  const { reference, amount } = attempt;
  await misbehave({ webhook: 'never' });
  await say('POST', `/orders/${reference}/pay`, { outcome: 'failure' });
  const failure = await gateway.ask(attempt);
  await misbehave({ webhook: 'beforeReturn' });
  await say('POST', `/orders/${reference}/settle`, { outcome: 'success' });
  await allPosted();
  const receive = (told: typeof failure) =>
    receiveFacts(db, { gateway: 'razorpay', source: 'query', ...told }, settings);
  await receive(failure);
  expect(await books(reference)).toMatchObject({ state: 'success', captures: 1, cases: 1 });
  await receive(await gateway.ask(attempt));
  expect(await books(reference)).toEqual(paidOnce(amount));
});

test('after a change of the secret old events under the old one are believed, and no other', async () => {
  const { reference, amount } = await opened();
  await misbehave({ signingKey: 'first' });
  await say('POST', `/orders/${reference}/pay`);
  await allPosted();
  expect(await books(reference)).toEqual(paidOnce(amount));
  const posted = (secret: string, body: string) =>
    fetch(`${address}/webhooks/razorpay`, {
      method: 'POST',
      body,
      headers: { 'X-Razorpay-Signature': sign(body, secret) },
    });
  expect((await posted('guessed', '{}')).status).toBe(401);
  // What is signed and nobody knows is kept.
  const unknown = JSON.stringify({ event: 'payment.downtime.started', id: randomBytes(4).toString('hex') });
  expect((await posted('an-invented-new-webhook-secret', unknown)).status).toBe(200);
  const { rowCount } = await db.query('select from evidence where raw like $1', [`%${unknown}`]);
  expect(rowCount).toBe(1);
});

test('a webhook that is not answered in time comes again, and has one effect', async () => {
  const { reference, amount } = await opened();
  slowness = 500;
  await say('POST', `/orders/${reference}/pay`, { webhook: 'afterReturn', webhookDelayMs: 0 });
  await waitFor('the first try', async () => (await say('GET', '/webhooks'))['lastAnswer'] === 'none');
  slowness = 0;
  await allPosted();
  expect(await books(reference)).toEqual(paidOnce(amount));
  expect(await kept(reference)).toBe(4);
});

test('a link that was made, and whose answer was lost, is found again and is the same', async () => {
  const attempt = await opened();
  const again = await gateway.open(attempt);
  expect(again).toMatchObject({
    gatewayOrderId: attempt.gatewayOrderId,
    redirect: attempt.redirect,
    usableUntil: attempt.usableUntil,
  });
  const { gatewayOrderId: _lost, ...asked } = attempt;
  await say('POST', `/orders/${attempt.reference}/pay`, { webhook: 'never' });
  expect((await gateway.ask(asked)).facts).toMatchObject([
    { says: 'success', gatewayOrderId: attempt.gatewayOrderId },
  ]);
});

test('the browser comes back by GET, and to a page that explains itself where it brings nothing', async () => {
  const { reference } = await opened();
  const brought = await say('POST', `/orders/${reference}/pay`, { webhook: 'never' });
  const { url, method, fields } = brought['returnForm'] as {
    url: string;
    method: string;
    fields: Record<string, string>;
  };
  expect(method).toBe('get');
  const back = await fetch(`${url}?${new URLSearchParams(fields).toString()}`, { redirect: 'manual' });
  expect(back.status).toBe(303);
  expect(back.headers.get('location')).toBe(`/return/razorpay?order=${reference}`);
  // It decides nothing.
  expect((await books(reference)).captures).toBe(0);
  const nothing = await fetch(url, { headers: { 'accept-language': 'en' } });
  expect(nothing.status).toBe(200);
  expect(await nothing.text()).toContain(wayBack.nothing.en('Razorpay'));
});

test('what is paid by a QR code is taken once, and asking says the same', async () => {
  const attempt = await opened('upiQr');
  await say('POST', `/orders/${attempt.reference}/pay`, { method: 'upi', webhookCopies: 2 });
  await allPosted();
  expect(await books(attempt.reference)).toEqual(paidOnce(attempt.amount));
  await receiveFacts(db, { gateway: 'razorpay', source: 'query', ...(await gateway.ask(attempt)) }, settings);
  expect(await books(attempt.reference)).toEqual(paidOnce(attempt.amount));
});

test('what was paid by a QR code and never told of is found by asking', async () => {
  const attempt = await opened('upiQr');
  await say('POST', `/orders/${attempt.reference}/pay`, { method: 'upi', webhook: 'never' });
  await receiveFacts(db, { gateway: 'razorpay', source: 'query', ...(await gateway.ask(attempt)) }, settings);
  expect(await books(attempt.reference)).toEqual(paidOnce(attempt.amount));
});

// A payment by a QR code names nothing of ours: the money is known by its id.
test.each<PayWay>(['page', 'upiQr'])(
  'a dispute of what was paid by %s calls a person once, and once more when it is lost',
  async (way) => {
    const { reference } = await opened(way);
    await say('POST', `/orders/${reference}/pay`, { method: 'upi' });
    await allPosted();
    for (const stage of ['created', 'created', 'under_review', 'lost']) {
      await say('POST', `/orders/${reference}/dispute`, { stage });
    }
    await allPosted();
    const { rows } = await db.query<{ kind: string; open: boolean }>(
      `select k.kind, k.closed_at is null as open from cases k join attempts a on a.order_id = k.subject_id
       where a.reference = $1 order by k.opened_at, k.kind`,
      [reference],
    );
    expect(rows).toEqual([
      { kind: 'dispute', open: false },
      { kind: 'disputeLost', open: true },
    ]);
  },
);

test.each<[string, Partial<RazorpayFaults>, object]>([
  ['a status of its own', { status: 'SOON' }, { says: 'unknown', code: 'SOON' }],
  ['no ids', { ids: 'absent' }, { transactionId: undefined, amount: 178_500 }],
  ['rupees instead of paise', { amounts: 'unreadable' }, { amount: undefined }],
  ['no amounts', { amounts: 'absent' }, { amount: undefined, amountAsTold: undefined }],
  ['1970', { times: 'impossible' }, { at: undefined, atAsTold: '0' }],
])('it writes %s, and nothing is taken for what it is not', async (_what, faults, expected) => {
  const attempt = await opened();
  await misbehave({ webhook: 'never', ...faults });
  await say('POST', `/orders/${attempt.reference}/pay`);
  expect((await gateway.ask(attempt)).facts).toMatchObject([expected]);
});
