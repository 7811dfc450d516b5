/**
 * Six merchant accounts at BillDesk's stand-in, of which two fail and one is slow: what citizens see, what each account gets, and
 * how soon the bad ones get less. Payments are opened as a payment's workflow does it, against a real Postgres and real HTTP.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createPaymentActivities, type PaymentActivities } from '../activities/payments.ts';
import { connect, type Database } from '../database/connection.ts';
import { makeOrder } from '../database/payments/orders.ts';
import { readAccounts } from '../database/payments/pool.ts';
import type { OrderId } from '../domain/payments/order.ts';
import { createBillDesk } from '../gateways/billdesk/billdesk.ts';
import type { BillDeskMerchant } from '../gateways/billdesk/merchant.ts';
import { poolOf } from '../gateways/pool.ts';
import { createLogger } from '../platform/log.ts';
import { createRegistry, createWorkMetrics } from '../platform/metrics.ts';
import { createRecords } from '../records/create.ts';
import { billDeskStandIn } from '../sandbox/gateways/billdesk/billdesk.tsx';
import { call, startSandbox } from '../test/integration/sandbox-support.ts';
import { due } from '../test/support/bills.ts';
import { pressOf } from '../test/support/press.ts';
import { sampleOrder } from '../test/support/sample-payments.ts';
import { onFreshPostgres } from './postgres.ts';
import { milliseconds, percentile, say, verdict } from './say.ts';

const merchants = [1, 2, 3, 4, 5, 6].map((number): BillDeskMerchant => ({
  id: `account-${number}`,
  mercid: `KMC${number}`,
  clientid: `kmc${number}`,
  keys: [{ scheme: 'hmac', secret: `an-invented-secret-of-a-test-000${number}` }],
})) as [BillDeskMerchant, ...BillDeskMerchant[]];

/** Shorter than in life, so that a measurement takes seconds. */
const slowMs = 500;
const badAccounts = {
  KMC1: { down: true },
  KMC2: { http500: true },
  KMC3: { latencyMs: 3 * slowMs },
} as const;

export interface AccountFigures {
  readonly id: string;
  /** Attempts, and those of them by which a citizen was sent to the gateway. */
  readonly attempts: number;
  readonly opened: number;
  /** Seconds after the first payment until it was lowered, or shut; missing where neither happened. */
  readonly loweredAfter?: number;
  readonly shutAfter?: number;
}

export interface PoolFigures {
  /** Citizens who were sent to no gateway. */
  readonly turnedAway: number;
  /** How long each citizen waited, and what a pick took, in milliseconds. */
  readonly waits: readonly number[];
  readonly picks: readonly number[];
  readonly accounts: readonly AccountFigures[];
}

/** Opens so many payments, so many at once. */
export async function payThroughPool(
  db: Database,
  { payments, atOnce }: { readonly payments: number; readonly atOnce: number },
): Promise<PoolFigures> {
  const webhookUrl = 'http://127.0.0.1:9/nowhere';
  const gateways = [billDeskStandIn({ merchants, webhookUrl, inUse: true })];
  const sandbox = await startSandbox(webhookUrl, { gateways });
  try {
    await call(`${sandbox.url}/sandbox/billdesk/faults`, 'PATCH', { accounts: badAccounts });
    const picks: number[] = [];
    const activities = timedPicks(activitiesAt(db, `${sandbox.url}/billdesk`), picks);
    const orders = await makeOrders(db, payments);
    const began = Date.now();
    const watch = watchAccounts(db, began);
    const waits: number[] = [];
    let turnedAway = 0;
    const waiting = [...orders];
    const citizen = async (): Promise<void> => {
      for (let order = waiting.pop(); order !== undefined; order = waiting.pop()) {
        const pressedAt = performance.now();
        const { outcome } = await pressOf(activities, order);
        waits.push(performance.now() - pressedAt);
        if (outcome !== 'redirect') turnedAway += 1;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, citizen));
    return { turnedAway, waits, picks, accounts: await figuresOf(db, await watch.stop()) };
  } finally {
    await sandbox.close();
  }
}

function activitiesAt(db: Database, apiUrl: string): PaymentActivities {
  return createPaymentActivities({
    db,
    gateways: poolOf([createBillDesk({ merchants, apiUrl, timeoutMs: 7_000 })]),
    records: createRecords({ db, backOfficeUrl: undefined, backOfficeToken: undefined }),
    whatsapp: { lookUpPayment: () => Promise.reject(new Error('there is no order in the chat')) },
    publicUrl: 'https://services.example.test',
    slowMs,
    settings: {
      counter: 'W',
      certificateCounter: 'CE',
      creditNoteCounter: 'CN',
      ownRegister: true,
      receiptYear: 'posting',
    },
    metrics: createWorkMetrics(createRegistry()),
    log: createLogger('bench', 'silent'),
  });
}

function timedPicks(activities: PaymentActivities, times: number[]): PaymentActivities {
  return {
    ...activities,
    async pickAccount(wanted) {
      const began = performance.now();
      const picked = await activities.pickAccount(wanted);
      times.push(performance.now() - began);
      return picked;
    },
  };
}

async function makeOrders(db: Database, count: number): Promise<OrderId[]> {
  const orders: OrderId[] = [];
  for (let index = 0; index < count; index += 1) {
    const { id } = await makeOrder(db, {
      service: 'propertyTax',
      account: { ...sampleOrder.account, number: String(110_630_000_000 + index) },
      dues: [due('PD', 2026, [1_700, 50, 20, 15])],
      language: 'en',
      lifetimeMs: 86_400_000,
    });
    orders.push(id);
  }
  return orders;
}

interface Watch {
  /** When each account was first seen lowered and shut, in seconds. */
  stop(): Promise<Sightings>;
}

interface Sightings {
  readonly lowered: Map<string, number>;
  readonly shut: Map<string, number>;
}

/** Looks at all accounts ten times a second. */
function watchAccounts(db: Database, began: number): Watch {
  const seen: Sightings = { lowered: new Map(), shut: new Map() };
  const stopped = new AbortController();
  const note = (of: Map<string, number>, id: string): unknown =>
    of.has(id) || of.set(id, (Date.now() - began) / 1_000);
  const look = async (): Promise<void> => {
    for (const { id, health } of await readAccounts(db)) {
      if (health.loweredAt !== null) note(seen.lowered, id);
      if (health.shutUntil !== null) note(seen.shut, id);
    }
  };
  const watching = (async () => {
    while (!stopped.signal.aborted) {
      await look();
      await sleep(100, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
    await look();
  })();
  return {
    async stop() {
      stopped.abort();
      await watching;
      return seen;
    },
  };
}

async function figuresOf(db: Database, { lowered, shut }: Sightings): Promise<AccountFigures[]> {
  const { rows } = await db.query<{ id: string; attempts: number; opened: number }>(
    `select merchant as id, count(*)::int as attempts, (count(*) filter (where state = 'redirected'))::int as opened
     from attempts group by merchant order by merchant`,
  );
  return rows.map((row) => {
    const [loweredAfter, shutAfter] = [lowered.get(row.id), shut.get(row.id)];
    return {
      ...row,
      ...(loweredAfter !== undefined && { loweredAfter }),
      ...(shutAfter !== undefined && { shutAfter }),
    };
  });
}

/** @returns whether nobody was turned away */
export async function measurePool(): Promise<boolean> {
  let kept = false;
  await onFreshPostgres(async ({ url }) => {
    const db = connect({ url, size: 20, name: 'bench', onLost: () => undefined });
    const payments = 1_000;
    const figures = await payThroughPool(db, { payments, atOnce: 10 }).finally(() => db.end());
    kept = sayFigures(figures, payments);
  });
  return kept;
}

export function sayFigures({ turnedAway, waits, picks, accounts }: PoolFigures, payments: number): boolean {
  const after = (what: string, seconds: number | undefined): string =>
    seconds === undefined ? '' : `, ${what} after ${seconds.toFixed(1)} s`;
  for (const { id, attempts, opened, loweredAfter, shutAfter } of accounts) {
    const mercid = merchants.find((each) => each.id === id)?.mercid ?? '';
    const fault = JSON.stringify((badAccounts as Readonly<Record<string, object>>)[mercid] ?? {});
    say(
      `  ${id}  ${fault.padEnd(20)} ${((100 * opened) / payments).toFixed(1).padStart(5)} % of the payments, ` +
        `${attempts} attempts${after('lowered', loweredAfter)}${after('shut', shutAfter)}`,
    );
  }
  say(
    `  a pick ${milliseconds(percentile(picks, 50))} at the median, ${milliseconds(percentile(picks, 99))} of 99 in 100`,
  );
  say(
    `  a citizen waits ${milliseconds(percentile(waits, 50))} at the median, ${milliseconds(Math.max(...waits))} at most`,
  );
  return verdict('citizens turned away although an account works', turnedAway, 0);
}
