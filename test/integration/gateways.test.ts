/**
 * Payments at several gateways: an attempt stays with the account at which it was made, whichever takes the next one; where one
 * fails, the citizen is sent to another.
 */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import {
  createPaymentActivities,
  type OpenResult,
  type PaymentActivities,
  type PickResult,
} from '../../activities/payments.ts';
import type { Database } from '../../database/connection.ts';
import { attemptUnderWay } from '../../database/payments/attempts.ts';
import { makeOrder } from '../../database/payments/orders.ts';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import { paise, type Paise } from '../../domain/money.ts';
import type { GatewayName } from '../../domain/payments/gateways.ts';
import type { AttemptStanding, Order } from '../../domain/payments/order.ts';
import type { Redirect } from '../../domain/payments/redirect.ts';
import type { OfferedWay, PayWay } from '../../domain/payments/way.ts';
import {
  AlreadyOpenedError,
  GatewayRefusedError,
  GatewayUnavailableError,
  type AskedAttempt,
  type Gateway,
  type NewAttempt,
} from '../../gateways/gateway.ts';
import { poolOf } from '../../gateways/pool.ts';
import { createLogger } from '../../platform/log.ts';
import { createRegistry, createWorkMetrics } from '../../platform/metrics.ts';
import { createRecords } from '../../records/create.ts';
import { openSomewhere } from '../../workflows/payment/opening.ts';
import { due } from '../support/bills.ts';
import { migratedDatabase } from '../support/database.ts';
import { browser, pressOf } from '../support/press.ts';
import { sampleIntent, sampleOrder } from '../support/sample-payments.ts';

interface TestGateway extends Gateway {
  takes: boolean;
  /** What one payment may come to. */
  most: Paise | undefined;
  weight: number;
  /** Beside its page. */
  offers: readonly OfferedWay[];
  /** Called before the gateway opens an attempt. */
  before: () => Promise<void>;
  readonly opened: NewAttempt[];
  readonly asked: AskedAttempt[];
  readonly closed: AskedAttempt[];
  close?: NonNullable<Gateway['close']>;
}

/** A gateway that another release may know; it opens links, and knows of nobody who paid. */
function testGateway(given: string): TestGateway {
  const name = given as GatewayName;
  const account = { id: `${name}-main`, merchantId: name.toUpperCase() };
  const never = (): never => {
    throw new Error('not to be called');
  };
  const gateway: TestGateway = {
    name,
    takes: true,
    most: undefined,
    weight: 100,
    offers: [],
    before: () => Promise.resolve(),
    opened: [],
    asked: [],
    closed: [],
    merchantsFor: () =>
      gateway.takes
        ? [
            {
              ...account,
              weight: gateway.weight,
              ...(gateway.most !== undefined && { most: gateway.most }),
              ways: [{ way: 'page' }, ...gateway.offers],
            },
          ]
        : [],
    async open(attempt) {
      gateway.opened.push(attempt);
      await gateway.before();
      const usableUntil = Date.now() + 600_000;
      const redirects: Readonly<Record<PayWay, Redirect>> = {
        page: { kind: 'link', url: `https://${name}.example.test/${attempt.reference}` },
        upiApp: { kind: 'intent', uri: sampleIntent },
        upiQr: { kind: 'qrCode', code: { data: sampleIntent }, until: usableUntil },
      };
      return {
        gatewayOrderId: `${name} of ${attempt.reference}`,
        redirect: redirects[attempt.way],
        usableUntil,
        exchange: { request: 'open', response: name },
      };
    },
    ask(attempt) {
      gateway.asked.push(attempt);
      const { reference, merchant } = attempt;
      const fact = { gateway: name, kind: 'payment', says: 'notFound', reference } as const;
      return Promise.resolve({
        facts: [{ ...fact, merchantId: account.merchantId }],
        merchant,
        raw: `${name} ${reference}`,
      });
    },
    readCallback: never,
    readReturn: never,
  };
  return gateway;
}

let db: Database;
let first: TestGateway;
let second: TestGateway;
let activities: PaymentActivities;
let order: Order;

beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 4);
});
afterAll(() => db.end());
beforeEach(async () => {
  await db.query('delete from account_health');
  first = testGateway('first');
  second = testGateway('second');
  activities = createPaymentActivities({
    db,
    gateways: poolOf([first, second]),
    records: createRecords({ db, backOfficeUrl: undefined, backOfficeToken: undefined }),
    whatsapp: { lookUpPayment: () => Promise.reject(new Error('there is no order in the chat')) },
    publicUrl: 'https://services.example.test',
    slowMs: 3_000,
    settings: {
      counter: 'W',
      certificateCounter: 'CE',
      creditNoteCounter: 'CN',
      ownRegister: true,
      receiptYear: 'posting',
    },
    metrics: createWorkMetrics(createRegistry()),
    log: createLogger('test', 'silent'),
  });
  order = await makeOrder(db, {
    service: 'propertyTax',
    account: { ...sampleOrder.account, number: String(randomBytes(5).readUIntBE(0, 5) + 1e11).slice(0, 12) },
    dues: [due('PD', 2026, [1_700, 50, 20, 15])],
    language: 'en',
    lifetimeMs: 86_400_000,
  });
});

/** What the button of the pay page does. */
const press = (way?: PayWay): Promise<OpenResult> => pressOf(activities, order.id, way);

/** The page of the gateway can be used no more. */
async function expireAttempts(): Promise<void> {
  await db.query(`update attempts set usable_until = now() - interval '1 minute' where order_id = $1`, [
    order.id,
  ]);
}

async function attempts(): Promise<readonly AttemptStanding[]> {
  const { attempts: all } = await activities.standing({ orderId: order.id });
  return all;
}

test('an attempt is opened at the gateway that takes the service, which the browser comes back from', async () => {
  first.takes = false;
  const opened = await press();
  const [attempt] = second.opened;
  expect(attempt).toMatchObject({
    merchant: 'second-main',
    amount: order.amount,
    returnUrl: 'https://services.example.test/return/second',
  });
  expect(opened).toEqual({
    outcome: 'redirect',
    gateway: 'second',
    redirect: { kind: 'link', url: `https://second.example.test/${attempt?.reference ?? ''}` },
  });
  expect(await attempts()).toMatchObject([{ gateway: 'second', state: 'redirected' }]);
});

test('while its page can be used, a second press leads there, whichever gateway is preferred by then', async () => {
  first.takes = false;
  const opened = await press();
  first.takes = true;
  second.takes = false;
  expect(await press()).toEqual(opened);
  expect(first.opened).toEqual([]);
});

test('it is asked about with what it gave, and once its page is over the next one goes elsewhere', async () => {
  first.takes = false;
  await press();
  first.takes = true;
  second.takes = false;
  const reference = second.opened[0]?.reference as AttemptReference;
  await activities.askGateway({ orderId: order.id, reference });
  const about = { merchant: 'second-main', reference, gatewayOrderId: `second of ${reference}` };
  expect(second.asked).toEqual([about]);

  await expireAttempts();
  expect(await press()).toMatchObject({ outcome: 'redirect', gateway: 'first' });
  expect(second.asked).toEqual([about, about]);
  expect(first.asked).toEqual([]);
  expect(await attempts()).toMatchObject([
    { gateway: 'second', state: 'expired' },
    { gateway: 'first', state: 'redirected' },
  ]);
});

test('an attempt whose page is over is asked about once in a press, and stays where no answer comes', async () => {
  await press();
  await expireAttempts();
  for (const gateway of [first, second])
    gateway.ask = (attempt) => {
      gateway.asked.push(attempt);
      return Promise.reject(new GatewayUnavailableError('down'));
    };
  expect(await press()).toEqual({ outcome: 'refused', because: 'undecided' });
  expect([...first.asked, ...second.asked]).toHaveLength(1);
  expect(await attempts()).toMatchObject([{ state: 'redirected' }]);
});

test('a picked account that is given no more takes nothing, and the press goes on to another', async () => {
  const picks: PickResult[] = [];
  second.takes = false;
  await openSomewhere({
    async pick(within) {
      const picked = await activities.pickAccount({ ...within, orderId: order.id, way: 'page' });
      picks.push(picked);
      [first.takes, second.takes] = [false, true];
      return picked;
    },
    open: (account) =>
      activities.openAttempt({ orderId: order.id, account, way: 'page', browser, anyway: false }),
  });
  expect(picks).toMatchObject([{ merchant: 'first-main' }, { merchant: 'second-main' }]);
  expect(await attempts()).toMatchObject([{ gateway: 'second', state: 'redirected' }]);
});

describe.each<[string, () => Promise<never>]>([
  ['gives no answer', () => Promise.reject(new GatewayUnavailableError('down'))],
  ['refuses the account', () => Promise.reject(new GatewayRefusedError('E1', 'no such merchant'))],
  ['has lost its answer', () => Promise.reject(new AlreadyOpenedError('there is one'))],
])('where one account %s', (_what, fail) => {
  test('the citizen is sent to the other within the same press, and both attempts stand in the books', async () => {
    // Whichever is picked first fails.
    let calls = 0;
    first.before = () => ((calls += 1) === 1 ? fail() : Promise.resolve());
    second.before = first.before;
    expect(await press()).toMatchObject({ outcome: 'redirect' });
    expect(await attempts()).toMatchObject([
      { state: 'expired', choice: expect.stringContaining('weight 100 of 200, health 1') as string },
      { state: 'redirected', choice: expect.stringContaining('has just failed') as string },
    ]);
  });
});

test('where every account fails, each was tried once, and the citizen is told', async () => {
  const fail = (): Promise<never> => Promise.reject(new GatewayUnavailableError('down'));
  first.before = fail;
  second.before = fail;
  expect(await press()).toEqual({ outcome: 'refused', because: 'gatewayAway' });
  expect([first.opened.length, second.opened.length]).toEqual([1, 1]);
});

test('a slow account is left for another that is well, and the last one is waited for', async () => {
  first.takes = false;
  await press();
  expect(second.opened[0]?.timeoutMs).toBe(7_000);
  first.takes = true;
  // Both have been tried by now, so which of them is next is a matter of chance.
  for (let tries = 0; first.opened.length === 0 && tries < 40; tries += 1) {
    await expireAttempts();
    await press();
  }
  // The second is well: a slow answer of the first is not worth the wait.
  expect(first.opened[0]?.timeoutMs).toBe(3_000);
});

test('who was declined at one account pays at another', async () => {
  const failed = async (): Promise<string | undefined> => {
    await press();
    const made = (await attempts()).at(-1);
    await db.query(
      `update attempts set state = 'failed', reason = 'declined', decided_at = now() where reference = $1`,
      [made?.reference],
    );
    return made?.gateway;
  };
  const used = [await failed(), await failed(), await failed(), await failed()];
  expect(new Set(used.slice(0, 2)).size).toBe(2);
  expect(used).toEqual([used[0], used[1], used[0], used[1]]);
});

test('an amount above the limit of one account goes to another, and above all limits is told', async () => {
  first.most = paise(order.amount - 1);
  expect(await press()).toMatchObject({ outcome: 'redirect', gateway: 'second' });
  await expireAttempts();
  second.most = first.most;
  expect(await press()).toEqual({ outcome: 'refused', because: 'aboveLimit' });
});

describe('the ways to pay', () => {
  beforeEach(() => {
    first.offers = [{ way: 'upiApp' }, { way: 'upiQr' }];
    second.takes = false;
  });

  test('whoever comes back finds the same QR code as long as it lives', async () => {
    const opened = await press('upiQr');
    expect(opened).toMatchObject({ outcome: 'redirect', redirect: { kind: 'qrCode' } });
    expect(await press('upiQr')).toEqual(opened);
    const underWay = await attemptUnderWay(db, order.id);
    expect(opened).toMatchObject({ gateway: underWay?.gateway, redirect: underWay?.redirect });
    expect(first.opened).toHaveLength(1);
    await db.query(`update attempts set usable_until = now() - interval '1 minute' where order_id = $1`, [
      order.id,
    ]);
    expect(await attemptUnderWay(db, order.id)).toBeUndefined();
  });

  test('another way leads to the same order at the gateway, and the first still counts', async () => {
    await press('upiQr');
    await db.query(`update attempts set usable_until = now() + interval '1 hour' where order_id = $1`, [
      order.id,
    ]);
    expect(await press('upiApp')).toMatchObject({ redirect: { kind: 'intent', uri: sampleIntent } });
    expect(await press()).toMatchObject({ redirect: { kind: 'link' } });
    const references = new Set(first.opened.map(({ reference }) => reference));
    expect(references.size).toBe(1);
    expect(first.opened.map(({ way }) => way)).toEqual(['upiQr', 'upiApp', 'page']);
    const { attempts: all } = await activities.standing({ orderId: order.id });
    expect(all).toHaveLength(1);
    expect(all[0]?.usableUntil).toBeGreaterThan(Date.now() + 3_000_000);
  });

  test('a way that cannot be had leaves what is under way as it is', async () => {
    const opened = await press('upiQr');
    second.takes = true;
    first.before = () => Promise.reject(new GatewayUnavailableError('down'));
    expect(await press()).toEqual({ outcome: 'refused', because: 'gatewayAway' });
    expect([first.opened.length, second.opened.length]).toEqual([2, 0]);
    expect(await press('upiQr')).toEqual(opened);
    expect(await attempts()).toMatchObject([{ state: 'redirected' }]);
  });

  describe('at a gateway that has an order for each', () => {
    let isClosed: boolean;
    beforeEach(() => {
      isClosed = true;
      first.close = (attempt) => {
        first.closed.push(attempt);
        return Promise.resolve({ isClosed, exchange: { request: 'close', response: `closed: ${isClosed}` } });
      };
    });

    test('the first is ended before there is another, which is an attempt of its own', async () => {
      await press('upiQr');
      expect(await press()).toMatchObject({ outcome: 'redirect', redirect: { kind: 'link' } });
      const [one, other] = first.opened;
      expect(first.closed).toMatchObject([
        {
          merchant: 'first-main',
          reference: one?.reference,
          gatewayOrderId: `first of ${one?.reference ?? ''}`,
        },
      ]);
      expect(other?.reference).not.toBe(one?.reference);
      expect(await attempts()).toMatchObject([{ state: 'cancelled' }, { state: 'redirected' }]);
      // The same way again is what is under way.
      await press();
      expect(first.opened).toHaveLength(2);
      expect(first.asked).toEqual([]);
    });

    test('which somebody may be paying, there is no other', async () => {
      isClosed = false;
      await press('upiQr');
      expect(await press()).toEqual({ outcome: 'refused', because: 'undecided' });
      expect(await attempts()).toMatchObject([{ state: 'redirected' }]);
      expect(first.opened).toHaveLength(1);
    });

    test('and does not answer, the first stays as it is', async () => {
      await press('upiQr');
      first.close = () => Promise.reject(new GatewayUnavailableError('down'));
      expect(await press()).toEqual({ outcome: 'refused', because: 'gatewayAway' });
      expect(await attempts()).toMatchObject([{ state: 'redirected' }]);
    });
  });

  test('of two accounts the one is picked that offers the way, a reserve or not, and the other where it fails', async () => {
    second.takes = true;
    first.weight = 0;
    expect(await press('upiQr')).toMatchObject({ gateway: 'first', redirect: { kind: 'qrCode' } });
    await expireAttempts();
    first.before = () => Promise.reject(new GatewayUnavailableError('down'));
    expect(await press('upiQr')).toMatchObject({ gateway: 'second', redirect: { kind: 'link' } });
  });

  test('a way that the account does not offer for the amount is the page', async () => {
    first.offers = [{ way: 'upiQr', most: paise(order.amount - 1) }];
    expect(await press('upiQr')).toMatchObject({ redirect: { kind: 'link' } });
    expect(await press('upiApp')).toMatchObject({ redirect: { kind: 'link' } });
    expect(first.opened.map(({ way }) => way)).toEqual(['page']);
  });
});
