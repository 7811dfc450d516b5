import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import type { ChildName } from '../../sandbox/house.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { inTurns } from '../support/in-turns.ts';
import {
  gatherPayers,
  paidOnce,
  type How,
  type Outcome,
  type Payer,
  type Payers,
} from '../support/payers.ts';
import { startTown, type Town } from '../support/town.ts';

let town: Town;
let payers: Payers;

beforeAll(async () => {
  town = await startTown({
    own: ['postgres', 'temporal'],
    env: {
      SANDBOX_CITY: '2000',
      PROXY_HOPS: '1',
      WHATSAPP_UNKNOWN_WAIT: '3s',
      PAYMENT_POLLS: '3s,8s,15s,25s,40s,60s,80s,100s,130s,160s,200s,1h',
    },
  });
  payers = await gatherPayers(town);
});
afterAll(() => town.stop());

const people = 20;
const ordersEach = 5;
const orders = people * ordersEach;
/** Callbacks leave over so long a time, so that each kill meets some. */
const spreadMs = 45_000;

/** Every way in which a gateway tells, or does not, of which each is taken by a tenth. */
const ways: readonly How[] = [
  { webhook: 'never', returnForm: false },
  { webhook: 'never' },
  { webhookCopies: 3 },
  { webhookOutOfOrder: true, webhookCopies: 2 },
  { webhookOutOfOrder: true, returnForm: false },
  { outcome: 'failureThenSuccess', settleAfterMs: 10_000 },
  { outcome: 'pendingThenSuccess', settleAfterMs: 10_000, webhookCopies: 2 },
  { outcome: 'failure' },
  { webhookCopies: 3, returnForm: false },
  {},
];

/** How long people go on trying: all come at once, and what died has to catch up with all of them on a busy machine. */
const patience = { timeoutMs: 300_000, everyMs: 2_000 };

/** As a person does: again, until it works. */
async function goToGateway(payer: Payer): Promise<AttemptReference> {
  const references: AttemptReference[] = [];
  const isThere = async (): Promise<boolean> => references.push(await payer.goToGateway()) > 0;
  await waitFor("the gateway's page", isThere, patience);
  return references.at(-1) ?? ('' as AttemptReference);
}

async function payIn(payer: Payer, how: How, opened: AttemptReference | undefined): Promise<void> {
  const form = await payer.pay(opened ?? (await goToGateway(payer)), how);
  // A browser that finds nobody gives up.
  if (form) await payer.comeBack(form).catch(() => undefined);
  if (how.outcome !== 'failure') return;
  await waitFor('the word that it failed', async () => (await payer.page()).shows === 'failed', patience);
  await payer.pay(await goToGateway(payer), { webhookCopies: 3 });
}

async function posted(): Promise<number> {
  const [row] = await town.rows<{ count: number }>('select count(*)::int from receipts');
  return row?.count ?? 0;
}

test('a hundred payments at once, their callbacks doubled, disordered, late or missing, while every process is killed in turn, are each posted and told once', async () => {
  const opened = new Map<Payer, AttemptReference>();
  await inTurns(await town.invite(people), 10, async (citizen) => {
    for (let order = 0; order < ordersEach; order += 1) {
      const payer = await payers.payer({ citizen });
      // The others find their way to the gateway while all around them dies.
      if (order > 0) opened.set(payer, await payer.goToGateway());
    }
  });

  const began = Date.now();
  const paying = Promise.all(
    payers.all.map((payer, index) =>
      payIn(
        payer,
        { webhookDelayMs: Math.round((spreadMs * index) / orders), ...ways[(index * 7) % ways.length] },
        opened.get(payer),
      ),
    ),
  );
  const before: number[] = [];
  const victims: readonly ChildName[] = ['worker', 'api', 'temporal', 'postgres'];
  for (const victim of [...victims, ...victims]) {
    before.push(await posted());
    await town.killed(victim);
  }
  await paying;
  // Else some process was not killed in the middle of payments, and this test has shown nothing.
  expect(before[2]).toBeGreaterThan(0);
  expect(before[victims.length]).toBeLessThan(orders);

  const told = `select count(*)::int from messages where text_key = 'receipt' and wamid is not null`;
  await waitFor(
    'every receipt',
    async () => (await town.rows<{ count: number }>(told))[0]?.count === orders,
    { ...patience, everyMs: 500 },
  );
  const endedAfterMs = Date.now() - began;

  const strange: Outcome[] = [];
  await inTurns(payers.all, 8, async (payer) => {
    const isRight = async (): Promise<true> => {
      const outcome = await payer.outcome();
      // How many tries it took, and whether some of them are still watched, is as it happened.
      const { attempts, told, workflow } = outcome;
      expect(outcome).toEqual({ ...paidOnce, attempts, told, workflow });
      return true;
    };
    await waitFor('the payment to end', isRight, patience);
    const outcome = await payer.outcome();
    if (new Set(outcome.told).size < outcome.told.length || !outcome.told.includes('receipt')) {
      strange.push(outcome);
    }
  });
  expect(strange).toEqual([]);
  expect(await payers.strayMessages()).toEqual({});

  const { successes, amountPaise } = await payers.totals();
  const [books] = await town.rows(
    `select (select sum(amount)::float8 from entry_lines) as balance,
       (select sum(amount)::float8 from entry_lines where account like 'clearing/%') as took,
       (select sum(amount)::float8 from receipts) as receipted,
       (select array_agg(transaction_id order by transaction_id collate "C") from capture_ids) as transactions,
       (select count(*)::int from receipts) as receipts, (select max(ordinal) from receipts) as highest,
       (select last from number_series) as last,
       (select count(*)::int from outbox where delivered_at is null) as undelivered`,
  );
  expect(books).toEqual({
    balance: 0,
    took: amountPaise,
    receipted: amountPaise,
    transactions: successes.map(({ transactionId }) => transactionId).sort(),
    receipts: orders,
    highest: orders,
    last: orders,
    undelivered: 0,
  });
  const [{ again } = { again: 0 }] = await town.rows<{ again: number }>(
    'select count(*)::int as again from messages where attempts > 1',
  );
  process.stdout.write(
    `${orders} payments of ₹${(amountPaise / 100).toFixed(2)} through ${before.length} kills (posted before each: ${before.join(', ')}): ` +
      `all posted and told once ${endedAfterMs} ms after the first; ${again} messages were tried again\n`,
  );
}, 900_000);
