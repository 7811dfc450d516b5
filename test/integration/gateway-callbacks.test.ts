/** What gateways and returning browsers post, over real HTTP into a real Postgres: kept within limits, and never a secret out. */
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { createApp } from '../../api/app.ts';
import { gatewayCallbacks } from '../../api/gateway-callbacks.ts';
import { connect, type Database } from '../../database/connection.ts';
import { makeOrder } from '../../database/payments/orders.ts';
import { languages, type Language } from '../../domain/language.ts';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import type { Order } from '../../domain/payments/order.ts';
import { createBillDesk } from '../../gateways/billdesk/billdesk.ts';
import type { Gateway, GatewayRequest } from '../../gateways/gateway.ts';
import { rupees } from '../../gateways/amount.ts';
import { createGatewayMetrics, createRegistry } from '../../platform/metrics.ts';
import { sealForMerchant } from '../../sandbox/gateways/billdesk/seal.ts';
import { begun, failed, paid, undecided, wayBack } from '../../texts/pay.ts';
import { due } from '../support/bills.ts';
import { migratedDatabase } from '../support/database.ts';
import { openAttempt, tellOf } from '../support/gateway-words.ts';
import { sampleFacts, sampleOrder } from '../support/sample-payments.ts';
import { hmac } from '../unit/billdesk-fixtures.ts';

const settings = {
  counter: 'W',
  certificateCounter: 'CE',
  creditNoteCounter: 'CN',
  ownRegister: true,
  receiptYear: 'posting',
} as const;
const merchant = { ...hmac, id: 'main', mercid: 'KMCTEST' };
const lines: string[] = [];
let db: Database;
let servers: Server[];
let address: string;
/** Of a process whose database is away. */
let stranded: string;
let order: Order;
let reference: AttemptReference;
const registry = createRegistry();

const log = pino({}, { write: (line: string) => void lines.push(line) });
const metrics = createGatewayMetrics(registry);

async function listen(on: Database, gateway: Gateway): Promise<[Server, string]> {
  const router = gatewayCallbacks({
    db: on,
    gateways: [gateway],
    applying: settings,
    metrics,
    facts: sampleFacts,
    log,
  });
  const server = createServer(createApp({ log, proxyHops: 1, routers: [router] }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return [server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`];
}

beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 10);
  const billDesk = createBillDesk({ merchants: [merchant], apiUrl: 'http://127.0.0.1:9' });
  const away = connect({
    url: 'postgres://nobody@127.0.0.1:9/away',
    size: 1,
    name: 'away',
    onLost: () => undefined,
  });
  const [ours, other] = await Promise.all([listen(db, billDesk), listen(away, billDesk)]);
  [address, stranded] = [ours[1], other[1]];
  servers = [ours[0], other[0]];
});
afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  await db.end();
});
beforeEach(async () => {
  order = await newOrder('hi');
  reference = await openAttempt(db, order);
  lines.length = 0;
});

const newOrder = (language: Language): Promise<Order> =>
  makeOrder(db, {
    service: 'propertyTax',
    account: { ...sampleOrder.account, number: String(randomBytes(5).readUIntBE(0, 5) + 1e11).slice(0, 12) },
    dues: [due('PD', 2026, [1_700, 50, 20, 15])],
    language,
    lifetimeMs: 86_400_000,
  });

interface Shown {
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
}

async function fetched(path: string, init?: RequestInit): Promise<Shown> {
  const response = await fetch(new URL(path, address), { redirect: 'manual', ...init });
  return { status: response.status, html: await response.text(), headers: response.headers };
}

const transaction = (change: object = {}): object => ({
  objectid: 'transaction',
  mercid: merchant.mercid,
  orderid: reference,
  transactionid: `X${randomBytes(6).toString('hex').toUpperCase()}`,
  bank_ref_no: '609112345678',
  amount: rupees(order.amount),
  currency: '356',
  transaction_date: new Date().toISOString(),
  auth_status: '0300',
  ...change,
});
const sealed = (content: object): Promise<string> => sealForMerchant(content, merchant);

const call = (body: string): Promise<Shown> => fetched('/webhooks/billdesk', { method: 'POST', body });
const comeBack = (fields: Record<string, string>): Promise<Shown> =>
  fetched('/return/billdesk', { method: 'POST', body: new URLSearchParams(fields) });
const show = (language?: Language): Promise<Shown> =>
  fetched(
    `/return/billdesk?${new URLSearchParams({ order: reference, ...(language && { lang: language }) }).toString()}`,
  );

const evidence = async (of: string | undefined, source: string): Promise<readonly { raw: string }[]> =>
  (
    await db.query<{ raw: string }>(
      'select raw from evidence where reference is not distinct from $1 and source = $2',
      [of, source],
    )
  ).rows;
const checks = async (): Promise<number> =>
  (await db.query("select from outbox where subject = $1 and (payload ->> 'check')::boolean", [order.id]))
    .rowCount ?? 0;

describe('a callback', () => {
  test('has its effect and is answered', async () => {
    expect(await call(await sealed(transaction()))).toMatchObject({ status: 200, html: 'OK' });
    expect((await show('en')).html).toContain(paid.heading.en);
  });

  test('of a refund is kept and answered', async () => {
    await call(await sealed(transaction()));
    const raw = await sealed(
      transaction({ objectid: 'refund', refund_status: '0799', refund_amount: '1.00' }),
    );
    expect((await call(raw)).status).toBe(200);
    expect(await evidence(reference, 'webhook')).toContainEqual({ raw });
  });

  test('of a failure after the success is kept and answered', async () => {
    await call(await sealed(transaction()));
    const raw = await sealed(transaction({ auth_status: '0399' }));
    expect((await call(raw)).status).toBe(200);
    expect(await evidence(reference, 'webhook')).toContainEqual({ raw });
  });

  test.each([
    ['of a kind that nobody knows', { objectid: 'mandate' }],
    ['about no order', { orderid: '' }],
    ['of an empty object', undefined],
  ])('%s is kept, answered, counted and named in the log', async (_what, change) => {
    const raw = await sealed(change ? transaction(change) : { nonce: randomBytes(8).toString('hex') });
    expect((await call(raw)).status).toBe(200);
    expect(await evidence(undefined, 'webhook')).toContainEqual({ raw });
    expect(lines.join('')).toContain('a gateway signed a callback that holds no fact we can read');
    expect(await registry.metrics()).toMatch(
      /purosheba_gateway_callbacks_total\{[^}]*result="no fact"[^}]*\} \d/,
    );
  });

  test('that cannot be kept is asked for again', async () => {
    const body = await sealed(transaction());
    const { status } = await fetch(new URL('/webhooks/billdesk', stranded), { method: 'POST', body });
    expect(status).toBe(503);
  });

  test('that nobody signed, or that is none, is refused and not kept', async () => {
    const { keys } = merchant;
    const forged = { ...merchant, keys: [{ ...keys[0], secret: 'guessed' }] } as typeof merchant;
    expect((await call(await sealForMerchant(transaction(), forged))).status).toBe(401);
    expect((await call('paid')).status).toBe(400);
    expect(await evidence(reference, 'webhook')).toEqual([]);
  });

  test('is explained to whoever opens its address in a browser', async () => {
    const { status, headers, html } = await fetched('/webhooks/billdesk');
    expect([status, headers.get('allow')]).toEqual([405, 'POST']);
    expect(html).toBe('This address takes callbacks of billdesk, sent by POST.');
  });
});

describe('the way back', () => {
  const cancelled = (): Record<string, string> => ({ terminal_state: '111', orderid: reference });

  test('leads to a page that can be loaded again, in the language of the order or another', async () => {
    const back = await comeBack(cancelled());
    expect(back.status).toBe(303);
    expect(back.headers.get('location')).toBe(`/return/billdesk?order=${reference}`);
    expect((await show()).html).toContain(`<html lang="hi">`);
    for (const language of languages) {
      expect((await show(language)).html).toContain(begun.heading[language]);
    }
  });

  test('never leads to the link of the order, whatever a browser brings', async () => {
    const answers = [
      await comeBack(cancelled()),
      await comeBack({ transaction_response: await sealed(transaction()) }),
      await show('en'),
      await fetched(`/return/billdesk/status?order=${reference}&seen=none`),
    ];
    for (const { html, headers } of answers) {
      const everything = `${html}${JSON.stringify([...headers])}`;
      expect(everything).not.toContain(order.token);
      expect(everything).not.toContain('/pay/');
      expect(everything).not.toContain(order.account.number);
      expect(headers.get('set-cookie')).toBeNull();
    }
  });

  test('says how the payment stands, and tells the page that is open when that changes', async () => {
    const seen = (stage: string): Promise<Shown> =>
      fetched(`/return/billdesk/status?order=${reference}&seen=${stage}&lang=en`);
    expect((await seen('atGateway')).status).toBe(204);
    await tellOf(db, order, { reference, says: 'pending' }, { settings });
    expect((await seen('atGateway')).html).toContain(undecided.undecided.heading.en);
    await tellOf(db, order, { reference, says: 'failed', reason: 'declined' }, { settings });
    expect((await show('en')).html).toContain(failed.heading.en);
    await tellOf(db, order, { reference }, { settings });
    expect((await seen('ready')).html).toContain(wayBack.paid.en);
  });

  test('of a plain form keeps the reference alone, and of many forms a few', async () => {
    await comeBack({ ...cancelled(), padding: 'x'.repeat(9_000) });
    expect(await evidence(reference, 'return')).toEqual([{ raw: `orderid=${reference}` }]);
    const forms = await Promise.all(Array.from({ length: 12 }, () => sealed(transaction())));
    const answers = await Promise.all(
      forms.map((transaction_response) => comeBack({ transaction_response })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    expect(await evidence(reference, 'return')).toHaveLength(5);
  });

  test('of many browsers at once is one reason to ask, and of one that is paid none', async () => {
    await Promise.all(Array.from({ length: 20 }, () => comeBack(cancelled())));
    // The ten seconds may end between two of them.
    expect([1, 2]).toContain(await checks());
    await tellOf(db, order, { reference }, { settings });
    const before = await checks();
    await comeBack(cancelled());
    expect(await checks()).toBe(before);
  });

  test('of more than 16 kB, of no order or of a forged seal is refused in words', async () => {
    expect((await comeBack({ ...cancelled(), padding: 'x'.repeat(17_000) })).status).toBe(413);
    expect((await comeBack({ orderid: 'PSNOBODYS' })).status).toBe(400);
    expect((await comeBack({})).status).toBe(400);
    expect((await comeBack({ transaction_response: 'eyJ.eyJ.x', orderid: reference })).status).toBe(400);
    expect(await evidence(reference, 'return')).toEqual([]);
  });

  test.each(['', '?order=', '?order=PSNOBODYS', '?order=a&order=b', '?order=%00'])(
    'opened as %j explains itself',
    async (query) => {
      const { status, html } = await fetched(`/return/billdesk${query}`, {
        headers: { 'accept-language': 'en' },
      });
      expect(status).toBe(200);
      expect(html).toContain(wayBack.nothing.en('BillDesk'));
    },
  );

  test('by GET is read by the gateway with everything that came, and leads to the same page', async () => {
    const seen: GatewayRequest[] = [];
    const byGet: Gateway = {
      ...createBillDesk({ merchants: [merchant], apiUrl: 'http://127.0.0.1:9' }),
      readReturn(request) {
        seen.push(request);
        return Promise.resolve({ reference: request.query.get('ref') ?? '', raw: 'signed' });
      },
    };
    const [server, url] = await listen(db, byGet);
    servers.push(server);
    const back = await fetch(`${url}/return/billdesk?ref=${reference}&sum=a%20b&sum=c`, {
      headers: { 'x-signature': '1' },
      redirect: 'manual',
    });
    expect(back.status).toBe(303);
    expect(back.headers.get('location')).toBe(`/return/billdesk?order=${reference}`);
    expect(seen).toMatchObject([{ method: 'GET', headers: { 'x-signature': '1' } }]);
    expect(seen[0]?.query.getAll('sum')).toEqual(['a b', 'c']);
    expect(seen[0]?.body).toHaveLength(0);
    expect(await evidence(reference, 'return')).toEqual([{ raw: 'signed' }]);
    expect((await fetch(`${url}/return/billdesk?lang=en`)).status).toBe(200);
    expect(seen).toHaveLength(1);
  });

  test('leaves no reference in the log', async () => {
    await comeBack(cancelled());
    await show();
    await call(await sealed(transaction({ orderid: 'PSNOBODYS' })));
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join('')).not.toMatch(new RegExp(`${reference}|PSNOBODYS|${order.token}`));
  });
});
