/**
 * Money that comes twice: two people pay each bill at the same moment, at two gateways, while processes die. It is found, and
 * two persons of finance give it back, once. More: DOUBLE_PAYMENTS=100 npx vitest run --project servers
 * test/chaos/double-payments.test.ts
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { moneysOf } from '../../database/payments/money.ts';
import { openCases } from '../../database/cases.ts';
import { actOnCase, type Desk } from '../../database/people/act-on-case.ts';
import { requestRefund } from '../../database/people/request-refund.ts';
import { addDays, dateInKolkata } from '../../domain/calendar.ts';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import { gatewayNames, type GatewayName } from '../../domain/payments/gateways.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import { refundDays, type Money } from '../../domain/payments/refund.ts';
import type { Acted } from '../../domain/people/act.ts';
import type { Person } from '../../domain/people/role.ts';
import type { Reply } from '../../domain/reply.ts';
import { corporationFacts, corporationSettings } from '../../platform/corporation.ts';
import { readSettings } from '../../platform/settings.ts';
import type { MessageView } from '../../sandbox/graph/view.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { render } from '../../texts/render.ts';
import { deskOf } from '../support/desk.ts';
import {
  addBills,
  givenBack,
  goToGateway,
  linkInChat,
  linkOfNobody,
  patience,
  payAt,
  takenBy,
  type Paying,
} from '../support/double-payments.ts';
import { inTurns } from '../support/in-turns.ts';
import { wordsOf, type How } from '../support/payers.ts';
import { startTown, type Town } from '../support/town.ts';

const bills = Number(process.env['DOUBLE_PAYMENTS'] ?? 24);
/** Each has about five links. */
const people = Math.max(8, Math.round(bills / 2.5));
/** Webhooks leave over so long a time, so that each kill meets some. */
const spreadMs = 10_000;

/** The first and the second payment of a bill: all pairs of gateways. */
const pairs: readonly (readonly [GatewayName, GatewayName])[] = [
  ['billdesk', 'paytm'],
  ['billdesk', 'razorpay'],
  ['paytm', 'razorpay'],
];
/** How we hear of a payment: by webhooks, the returning browser, both, or because we ask. */
const ways: readonly How[] = [
  { webhookCopies: 3 },
  { webhook: 'never' },
  { webhook: 'never', returnForm: false },
  { webhookCopies: 2, returnForm: false },
  { webhook: 'afterReturn' },
];

/** What each gateway does when it is asked to give money back. */
const oddities: Readonly<Record<GatewayName, object>> = {
  billdesk: { refundAnswer: 'cut', webhookCopies: 3 },
  paytm: { refundOutcome: 'pendingThenProcessed', settleAfterMs: 3_000, webhookCopies: 2 },
  razorpay: { refundWebhook: 'beforeAnswer', webhookCopies: 2 },
};

const [asha, bimal, chandan, dipa] = ['Asha', 'Bimal', 'Chandan', 'Dipa'].map((name): Person => ({
  name: `${name} (invented)`,
  roles: ['finance'],
})) as [Person, Person, Person, Person];

let town: Town;
let desk: Desk;

beforeAll(async () => {
  town = await startTown({
    env: {
      ...takenBy('billdesk'),
      SANDBOX_CITY: '10',
      PROXY_HOPS: '1',
      WHATSAPP_UNKNOWN_WAIT: '3s',
      GATEWAY_CALLS_PER_SECOND: '60',
      PAYMENT_POLLS: '12s,18s,25s,40s,60s,80s,100s,130s,160s,200s,240s,1h',
      REFUND_POLLS: '2s,5s,9s,15s,22s,30s,40s,60s,90s,1h',
    },
  });
  desk = deskOf(town, 10);
});
afterAll(async () => {
  await desk.db.end();
  await town.stop();
});

/** The corporation moves property tax to another gateway: processes read their settings when they start. */
async function moveTo(gateway: GatewayName): Promise<void> {
  Object.assign(town.house.env, takenBy(gateway));
  await town.killed('worker');
}

interface AtGateway extends Paying {
  readonly reference: AttemptReference;
}

/** Everybody has a link and stands before the gateway's page; nobody has paid. */
async function gather(): Promise<AtGateway[]> {
  const numbers = await addBills(town, bills);
  const citizens = await town.invite(people);
  const payings: Paying[] = [];
  await inTurns(citizens, 10, async (citizen, nth) => {
    const asked = numbers.flatMap((number, index) =>
      ([0, 1] as const)
        // The second payer of every fifth bill has no chat.
        .filter((side) => (index + 7 * side) % people === nth && !(side === 1 && index % 5 === 0))
        .map((side) => ({ number, gateway: pairs[index % pairs.length]?.[side] ?? 'billdesk' })),
    );
    for (const { number, gateway } of asked) {
      payings.push({ number, gateway, citizen, ...(await linkInChat(town, citizen, number)) });
    }
  });
  await inTurns(numbers, 5, async (number, index) => {
    if (index % 5 > 0) return;
    const gateway = pairs[index % pairs.length]?.[1] ?? 'paytm';
    payings.push({ number, gateway, ...(await linkOfNobody(desk.db, number)) });
  });
  const there: AtGateway[] = [];
  for (const gateway of gatewayNames) {
    if (gateway !== gatewayNames[0]) await moveTo(gateway);
    const mine = payings.filter((paying) => paying.gateway === gateway);
    await inTurns(mine, 10, async (paying) => {
      there.push({ ...paying, reference: await goToGateway(town, paying) });
    });
  }
  return there.sort((one, other) => Number(one.number) - Number(other.number));
}

async function count(sql: string): Promise<number> {
  const [row] = await town.rows<{ count: number }>(`select count(*)::int from ${sql}`);
  return row?.count ?? 0;
}

/** Messages of these kinds that WhatsApp has taken. */
const told = (...keys: readonly string[]): Promise<number> =>
  count(`messages where wamid is not null and text_key in ('${keys.join("', '")}')`);

/** A second payment, and what of it can go back. */
interface Excess extends AtGateway {
  readonly money: Money;
}

/** Everybody clicks twice at the same moment: the act is done once, and every other click hears so. */
async function clickTwice(people: readonly Person[], act: (person: Person) => Promise<Acted>): Promise<void> {
  const clicks = people.flatMap((person) => [person, person]);
  const outcomes = (await Promise.all(clicks.map(act))).map(({ outcome }) => outcome);
  expect(outcomes.sort()).toEqual(['done', ...clicks.slice(1).map(() => 'doneBefore')]);
}

/** Every second time two clerks race. */
const clerksOf = (index: number, one: Person, other: Person): readonly Person[] =>
  index % 2 === 0 ? [one, other] : [one];

async function ask(excesses: readonly Excess[]): Promise<void> {
  await inTurns(excesses, 5, async ({ money: { id: moneyId, excess: amount, seen } }, index) => {
    const request = {
      moneyId,
      amount,
      seen,
      reason: 'paidTwice',
      dueAgain: false,
      why: 'paid twice',
    } as const;
    await clickTwice(clerksOf(index, asha, chandan), (person) => requestRefund(desk.db, person, request));
  });
}

async function approve(): Promise<void> {
  const waiting = (await openCases(desk.db)).filter(({ kind }) => kind === 'refundApproval');
  expect(waiting).toHaveLength(bills);
  await inTurns(waiting, 5, async ({ id: caseId, seen }, index) => {
    const act = { caseId, seen, decision: 'approve', why: 'the bank statement shows it twice' };
    await clickTwice(clerksOf(index, bimal, dipa), (person) => actOnCase(desk, person, act));
  });
}

async function excessesOf(payings: readonly AtGateway[]): Promise<Excess[]> {
  const excesses: Excess[] = [];
  await inTurns(payings, 5, async (paying) => {
    const [money, another] = await moneysOf(desk.db, paying.orderId);
    expect(another).toBeUndefined();
    expect(money?.amount).toBe(paying.amount);
    if (money && money.excess > 0) excesses.push({ ...paying, money });
  });
  return excesses;
}

const evenBooks = `select (select sum(amount)::float8 from entry_lines) as balance,
  (select count(*)::int from (select from entry_lines group by entry_id having sum(amount) <> 0) odd) as uneven,
  (select sum(amount)::float8 from entry_lines where account like 'clearing/%') as held,
  (select coalesce(sum(amount), 0)::float8 from entry_lines where account = 'liability/excess') as excess,
  (select coalesce(sum(amount), 0)::float8 from entry_lines where account = 'liability/refunds') as owed`;

interface Refunded {
  readonly orderId: OrderId;
  readonly creditNote: string;
  readonly approvedAt: Date;
}

/** Who did not read exactly once, by WhatsApp's books, what became of their payment: of a second one, all three things. */
async function misheard(
  payings: readonly AtGateway[],
  refunds: readonly Refunded[],
  sent: readonly MessageView[],
): Promise<object[]> {
  const facts = corporationFacts(readSettings(corporationSettings, town.house.env));
  const words = (reply: Reply): string => wordsOf(render(reply, 'bn', facts));
  const receipts = await town.rows<{ orderId: OrderId; number: string }>(
    'select order_id as "orderId", number from receipts',
  );
  return payings.flatMap(({ citizen, orderId, number: accountNumber, amount }) => {
    const about = { service: 'propertyTax', accountNumber, amount } as const;
    const refund = refunds.find((one) => one.orderId === orderId);
    const receipt = receipts.find((one) => one.orderId === orderId)?.number ?? 'no receipt';
    const by = refund && addDays(dateInKolkata(refund.approvedAt.getTime()), refundDays);
    const expected =
      refund && by
        ? [
            words({ key: 'paymentExcess', params: about }),
            words({ key: 'refundOnItsWay', params: { ...about, by } }),
            refund.creditNote,
          ]
        : [receipt];
    const texts = sent.filter(({ citizenId }) => citizenId === citizen?.id).map(({ text }) => text);
    const times = expected.map((wanted) => texts.filter((text) => text.includes(wanted)).length);
    return times.every((time) => time === 1) ? [] : [{ accountNumber, times, texts }];
  });
}

test('bills that two people pay at once, at two gateways each, while processes die, have one receipt each, and what came twice goes back once', async () => {
  const began = Date.now();
  const payings = await gather();
  const gatheredMs = Date.now() - began;
  const ofCitizens = payings.filter(({ citizen }) => citizen !== undefined);

  const paying = Promise.all(
    payings.map((each, index) => {
      const webhookDelayMs = Math.round((spreadMs * ((index * 37) % payings.length)) / payings.length);
      return payAt(town, each, each.reference, { webhookDelayMs, ...ways[(index * 7) % ways.length] });
    }),
  );
  const foundBefore: number[] = [];
  for (const victim of ['worker', 'api'] as const) {
    await waitFor(
      'some payments',
      async () => (await count('captures')) > foundBefore.length * bills,
      patience,
    );
    foundBefore.push(await count('captures'));
    await town.killed(victim);
  }
  await paying;
  await waitFor('every payment', async () => (await count('captures')) === payings.length, patience);
  const paidMs = Date.now() - began - gatheredMs;

  // One receipt for each bill, and a case for each second payment, whether or not everybody has heard of it yet.
  const excesses = await excessesOf(payings);
  expect(new Set(excesses.map(({ number }) => number)).size).toBe(bills);
  expect(excesses).toHaveLength(bills);
  expect(await count('(select from receipts group by order_id having count(*) = 1) once')).toBe(bills);
  const opened = await town.rows<{ kind: string; about: string }>(
    'select kind, subject_id as about from cases',
  );
  expect(new Set(opened.map(({ kind }) => kind))).toEqual(new Set(['excess']));
  expect(opened.map(({ about }) => about).sort()).toEqual(excesses.map(({ orderId }) => orderId).sort());
  const total = excesses.reduce((sum, { amount }) => sum + amount, 0);
  expect(await town.rows(evenBooks)).toEqual([
    { balance: 0, uneven: 0, held: 2 * total, excess: -total, owed: 0 },
  ]);

  for (const [gateway, faults] of Object.entries(oddities)) {
    await town.sandbox('PATCH', `${gateway}/faults`, faults);
  }
  await ask(excesses);
  const askedMs = Date.now() - began - gatheredMs - paidMs;
  const approving = approve();
  const refunded = (): Promise<number> => count(`refunds where state = 'refunded'`);
  await waitFor('a refund', async () => (await refunded()) > 0, { ...patience, everyMs: 50 });
  const goneBefore = await refunded();
  await Promise.all([town.killed('worker'), town.killed('api')]);
  await approving;
  const toBeTold = excesses.filter(({ citizen }) => citizen !== undefined);
  const isOver = async (): Promise<boolean> =>
    (await refunded()) === bills &&
    (await told('refundSent')) === toBeTold.length &&
    (await told('receipt', 'paymentExcess')) === ofCitizens.length;
  await waitFor('every refund, and the word to every payer', isOver, patience);
  const refundedMs = Date.now() - began - gatheredMs - paidMs - askedMs;

  // Each went back once, by the books of the gateway that had taken it.
  const back = await givenBack(town);
  const wentBack = payings.flatMap(({ reference }) =>
    (back.get(reference) ?? []).map(({ state, amount }) => ({ reference, state, amount })),
  );
  const byReference = (one: { reference: string }, other: { reference: string }): number =>
    one.reference < other.reference ? -1 : 1;
  expect(wentBack.sort(byReference)).toEqual(
    excesses.map(({ reference, amount }) => ({ reference, state: 'processed', amount })).sort(byReference),
  );
  expect(await town.rows(evenBooks)).toEqual([{ balance: 0, uneven: 0, held: total, excess: 0, owed: 0 }]);

  const refunds = await town.rows<Refunded & Record<string, unknown>>(
    `select f.order_id as "orderId", n.number as "creditNote", f.approved_at as "approvedAt"
     from refunds f join credit_notes n on n.refund = f.reference`,
  );
  expect(refunds.map(({ orderId }) => orderId).sort()).toEqual(excesses.map(({ orderId }) => orderId).sort());
  expect(await count('refunds')).toBe(bills);
  expect(
    await town.rows(
      `select count(*)::int as notes, max(ordinal) as highest, sum(amount)::float8 as amount,
         (select count(*)::int from receipts) as receipts, (select max(ordinal) from receipts) as last from credit_notes`,
    ),
  ).toEqual([{ notes: bills, highest: bills, amount: total, receipts: bills, last: bills }]);

  const sent = await town.sent();
  expect(await misheard(ofCitizens, refunds, sent)).toEqual([]);
  // Beside that everybody has got their link, and nobody anything else.
  expect(sent).toHaveLength(2 * ofCitizens.length + 2 * toBeTold.length);
  expect(await openCases(desk.db)).toEqual([]);
  // Else processes did not die in the middle of payments and refunds, and this test has shown nothing.
  expect(Math.max(...foundBefore)).toBeLessThan(payings.length);
  expect(goneBefore).toBeLessThan(bills);
  process.stdout.write(
    `${bills} bills paid twice, ₹${(total / 100).toFixed(2)} given back; ready after ${gatheredMs} ms, paid after ${paidMs}, ` +
      `asked after ${askedMs}, agreed, given back and told after ${refundedMs}; ` +
      `payments known at the kills: ${foundBefore.join(', ')}; gone back: ${goneBefore}\n`,
  );
}, 600_000);
