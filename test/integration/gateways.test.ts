/** Payments at several gateways: an attempt stays with the gateway at which it was made, whichever takes the next one. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { createPaymentActivities, type PaymentActivities } from '../../activities/payments.ts';
import type { Database } from '../../database/connection.ts';
import { makeOrder } from '../../database/payments/orders.ts';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import type { GatewayName } from '../../domain/payments/gateways.ts';
import type { Order } from '../../domain/payments/order.ts';
import type { AskedAttempt, Gateway, NewAttempt } from '../../gateways/gateway.ts';
import { poolOf } from '../../gateways/pool.ts';
import { createLogger } from '../../platform/log.ts';
import { createRegistry, createWorkMetrics } from '../../platform/metrics.ts';
import { createRecords } from '../../records/create.ts';
import { due } from '../support/bills.ts';
import { migratedDatabase } from '../support/database.ts';
import { sampleOrder } from '../support/sample-payments.ts';

interface TestGateway extends Gateway {
  takes: boolean;
  readonly opened: NewAttempt[];
  readonly asked: AskedAttempt[];
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
    opened: [],
    asked: [],
    merchantFor: () => (gateway.takes ? account : undefined),
    open(attempt) {
      gateway.opened.push(attempt);
      return Promise.resolve({
        gatewayOrderId: `${name} of ${attempt.reference}`,
        redirect: { kind: 'link', url: `https://${name}.example.test/${attempt.reference}` },
        usableUntil: Date.now() + 600_000,
        exchange: { request: 'open', response: name },
      });
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
  first = testGateway('first');
  second = testGateway('second');
  activities = createPaymentActivities({
    db,
    gateways: poolOf([first, second]),
    records: createRecords({ db, backOfficeUrl: undefined, backOfficeToken: undefined }),
    publicUrl: 'https://services.example.test',
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
async function press(): Promise<Awaited<ReturnType<PaymentActivities['openAttempt']>>> {
  const gateway = await activities.pickGateway({ orderId: order.id });
  const browser = { ip: '203.0.113.7', userAgent: 'test' };
  return activities.openAttempt({ orderId: order.id, gateway, browser, anyway: false });
}

async function attempts(): Promise<
  readonly { reference: AttemptReference; gateway: string; state: string }[]
> {
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
  expect(await activities.pickGateway({ orderId: order.id })).toBe('first');
  expect(await press()).toEqual(opened);
  expect(first.opened).toEqual([]);
});

test('it is asked about with what it gave, and once its page is over the next one goes elsewhere', async () => {
  first.takes = false;
  await press();
  first.takes = true;
  const reference = second.opened[0]?.reference as AttemptReference;
  await activities.askGateway({ orderId: order.id, reference });
  const about = { merchant: 'second-main', reference, gatewayOrderId: `second of ${reference}` };
  expect(second.asked).toEqual([about]);

  await db.query(`update attempts set usable_until = now() - interval '1 minute' where order_id = $1`, [
    order.id,
  ]);
  expect(await press()).toMatchObject({ outcome: 'redirect', gateway: 'first' });
  expect(second.asked).toEqual([about, about]);
  expect(first.asked).toEqual([]);
  expect(await attempts()).toMatchObject([
    { gateway: 'second', state: 'expired' },
    { gateway: 'first', state: 'redirected' },
  ]);
});

test('a picked gateway that has no account for it any more takes nothing', async () => {
  const gateway = await activities.pickGateway({ orderId: order.id });
  first.takes = false;
  const browser = { ip: '', userAgent: '' };
  expect(await activities.openAttempt({ orderId: order.id, gateway, browser, anyway: false })).toEqual({
    outcome: 'refused',
    because: 'gatewayAway',
  });
  expect(await attempts()).toEqual([]);
});
