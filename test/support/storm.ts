/**
 * A storm over the running house: citizens, the banks behind all gateways, a register, officers and murderers of processes, all
 * at random. What must hold afterwards, whatever the order of things was, stands in `findWrongs`. The same seed takes the same
 * steps, as far as a machine on which everything races can.
 */
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openCases } from '../../database/cases.ts';
import { connect, type Database } from '../../database/connection.ts';
import { importFile } from '../../database/import/load.ts';
import { RejectFile } from '../../database/import/rejects.ts';
import { moneysOf } from '../../database/payments/money.ts';
import { makeOrder } from '../../database/payments/orders.ts';
import { requestRefund } from '../../database/people/request-refund.ts';
import { lookUp, readRules } from '../../database/register.ts';
import { dateInKolkata } from '../../domain/calendar.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import { paise } from '../../domain/money.ts';
import { gatewayNames, type GatewayName } from '../../domain/payments/gateways.ts';
import type { Order, OrderId } from '../../domain/payments/order.ts';
import { duesOf } from '../../domain/rules.ts';
import type { Citizen } from '../../sandbox/graph/model.ts';
import type { ChildName } from '../../sandbox/house.ts';
import type { Refund } from '../../sandbox/kit/books.ts';
import type { ReturnForm } from '../../sandbox/kit/payments.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { createTurns, type InTurn } from '../../workflows/entity.ts';
import { comeBack } from './come-back.ts';
import type { Town } from './town.ts';

export interface Storm {
  readonly seed: number;
  readonly steps: number;
  /** How many walk at the same time. */
  readonly walkers: number;
  /** One process is killed about every so many steps; 0: never. */
  readonly stepsPerKill: number;
  /** Decides about an open case as a person does; says what came of it. */
  decide(db: Database, caseId: string, random: Random): Promise<string>;
}

export interface Figures {
  readonly steps: Readonly<Record<string, number>>;
  readonly kills: number;
  /** Successes of the banks by gateway, and what all of them add up to in paise. */
  readonly successes: Readonly<Record<string, number>>;
  readonly takenPaise: number;
  readonly refunds: Readonly<Record<string, number>>;
  readonly casesOpened: Readonly<Record<string, number>>;
  readonly wrongs: readonly string[];
}

/** A number below `below`, the same for each seed. */
export type Random = (below: number) => number;

function randomOf(seed: number): Random {
  let state = (seed * 7_919 + 1) % 2_147_483_647;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const properties = 40;
/** WhatsApp takes so many messages to one person before it slows down. */
const stepsEach = 50;
const fewestPeople = 10;

/** A try whose page at the gateway was opened. */
interface Opened {
  readonly gateway: GatewayName;
  readonly reference: string;
  /** How the gateway sent the browser back last. */
  back?: ReturnForm;
}

interface Link {
  readonly order: Order;
  readonly opened: Opened[];
}

export async function runStorm(town: Town, storm: Storm): Promise<Figures> {
  const db = connect({
    url: town.house.env['DATABASE_URL'] ?? '',
    size: storm.walkers + 2,
    name: 'storm',
    onLost: () => undefined,
  });
  try {
    const numbers = await foundTown(town);
    const citizens = await gatherCitizens(town, Math.max(fewestPeople, Math.round(storm.steps / stepsEach)));
    const counts: Record<string, number> = {};
    const links: Link[] = [];
    const inTurn = createTurns();
    let left = storm.steps;
    let kills = 0;

    const walk = async (walker: number): Promise<void> => {
      const random = randomOf(storm.seed * 100 + walker);
      while (left > 0) {
        try {
          const name = await takeStep({ town, db, storm, random, numbers, citizens, links, inTurn });
          if (name === undefined) continue;
          counts[name] = (counts[name] ?? 0) + 1;
          left -= 1;
          if (storm.stepsPerKill > 0 && random(storm.stepsPerKill) === 0) {
            kills += 1;
            await kill(town, random);
          }
        } catch (error) {
          const name = troubleOf(error);
          counts[name] = (counts[name] ?? 0) + 1;
          // Whoever finds nobody comes back in a moment, as people do.
          await sleep(300);
        }
      }
    };
    await Promise.all(Array.from({ length: storm.walkers }, (_, walker) => walk(walker)));

    await calmDown(town);
    const successes = (
      await ofAllGateways((gateway) => town.sandbox<Totals>('GET', `${gateway}/totals`))
    ).flatMap(([gateway, totals]) => totals.successes.map((success) => ({ ...success, gateway })));
    return {
      steps: counts,
      kills,
      successes: countBy(successes.map(({ gateway }) => gateway)),
      takenPaise: successes.reduce((sum, { amountPaise }) => sum + amountPaise, 0),
      refunds: countBy(
        (await town.rows<{ state: string }>('select state from refunds')).map((one) => one.state),
      ),
      casesOpened: countBy(
        (await town.rows<{ kind: string }>('select kind from cases')).map((one) => one.kind),
      ),
      wrongs: await findWrongs(town, successes),
    };
  } finally {
    await db.end();
  }
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

const ofAllGateways = <T>(ask: (gateway: GatewayName) => Promise<T>): Promise<[GatewayName, T][]> =>
  Promise.all(gatewayNames.map(async (gateway): Promise<[GatewayName, T]> => [gateway, await ask(gateway)]));

/** A machine on which processes die refuses steps: that is no wrong, as long as the books are right afterwards. */
function troubleOf(error: unknown): string {
  return `trouble: ${error instanceof Error ? error.message.replace(/[0-9A-F]{8,}|\d+|[\w-]{20,}/g, '…').slice(0, 80) : 'unknown'}`;
}

async function foundTown(town: Town): Promise<string[]> {
  const numbers = Array.from(
    { length: properties },
    (_, index) => `3310799${String(index).padStart(5, '0')}`,
  );
  for (const number of numbers) {
    await town.rows(
      `insert into accounts (kind, number, owner_en, address_en, ward, residential)
       values ('property', $1, 'Invented Owner', '1 Storm Street', 107, true)`,
      [number],
    );
    for (const year of [2023, 2024, 2025]) await addBill(town, number, `B${year}`, 100_000 + year, year);
  }
  return numbers;
}

const addBill = (
  town: Town,
  number: string,
  id: string,
  paise: number,
  year: number,
  kind = 'PD',
): Promise<unknown> =>
  town.rows(
    `insert into demands (account_kind, account_number, id, kind, period_from, period_to, presented_on, principal,
       interest, penalty, charge)
     values ('property', $1, $2, $3, make_date($5, 4, 1), make_date($5 + 1, 3, 31), make_date($5, 6, 1), $4, 1000, 500, 100)
     on conflict do nothing`,
    [number, id, kind, paise, year],
  );

async function gatherCitizens(town: Town, people: number): Promise<CitizenId[]> {
  const invited = await town.invite(people);
  return Promise.all(
    invited.map(async (citizen: Citizen) => {
      await town.sandbox('POST', `citizens/${citizen.id}/messages`, { text: 'hi' });
      let id: CitizenId | undefined;
      await waitFor('a citizen', async () => {
        const [row] = await town.rows<{ id: CitizenId }>(
          'select citizen_id as id from citizen_ids where value = $1',
          [citizen.bsuid],
        );
        id = row?.id;
        return id !== undefined;
      });
      return id as CitizenId;
    }),
  );
}

interface World {
  readonly town: Town;
  readonly db: Database;
  readonly storm: Storm;
  readonly random: Random;
  readonly numbers: readonly string[];
  readonly citizens: readonly CitizenId[];
  readonly links: Link[];
  /** The corporation changes its register in one place at a time. */
  readonly inTurn: InTurn;
}

/** @returns false when there was nothing that it could have done */
type Step = (world: World) => Promise<unknown>;

const steps: readonly (readonly [name: string, weight: number, step: Step])[] = [
  ['a link is made', 9, makeLink],
  ['the button is pressed', 20, press],
  ['the bank decides', 24, pay],
  ['the bank takes it twice', 2, payTwice],
  ['the gateway repeats itself', 18, tellAgain],
  ['a refund is asked for', 4, askForRefund],
  ['the gateway decides a refund', 2, decideRefund],
  ['the gateway gives money back by itself', 1, giveBack],
  ['a payer disputes', 1, dispute],
  ['the browser comes back', 6, returnFromGateway],
  ['the page is looked at', 5, look],
  ['the bank settles', 4, settle],
  ['the register changes a bill', 3, (world) => world.inTurn(() => changeBill(world))],
  ['the register adds a letter', 1, (world) => world.inTurn(() => addLetter(world))],
  ['a register is imported', 1, (world) => world.inTurn(() => importBills(world))],
  ['the counter takes or loses money', 2, (world) => world.inTurn(() => payAtCounter(world))],
  ['a rule changes', 1, changeRule],
  ['the gateway changes its ways', 2, changeWays],
  ['a person decides', 6, decide],
];
const weights = steps.reduce((all, [, weight]) => all + weight, 0);

/** @returns what was done, if anything */
async function takeStep(world: World): Promise<string | undefined> {
  let ticket = world.random(weights);
  for (const [name, weight, step] of steps) {
    ticket -= weight;
    if (ticket >= 0) continue;
    return (await step(world)) === false ? undefined : name;
  }
  return undefined;
}

const pick = <T>(items: readonly T[], random: Random): T | undefined =>
  items[random(Math.max(1, items.length))];

async function makeLink({ db, random, numbers, citizens, links }: World): Promise<boolean> {
  const number = pick(numbers, random) ?? '';
  const today = dateInKolkata(Date.now());
  const [entry, rules] = [await lookUp(db, 'property', number), await readRules(db, today)];
  if (!entry) return false;
  const { dues } = duesOf({ ...entry, rules, today, asOf: Date.now() });
  const wanted = dues.filter(() => random(3) > 0);
  if (wanted.every(({ payable }) => payable === 0)) return false;
  const citizenId = pick(citizens, random);
  const order = await makeOrder(db, {
    service: 'propertyTax',
    account: entry.account,
    dues: wanted,
    ...(citizenId !== undefined && random(4) > 0 && { citizenId }),
    language: 'bn',
    lifetimeMs: random(5) === 0 ? 20_000 : 86_400_000,
  });
  links.push({ order, opened: [] });
  return true;
}

/** Recent links, more often than old ones. */
const someLink = ({ links, random }: World): Link | undefined =>
  random(2) === 0 ? links.at(-1 - random(12)) : pick(links, random);

const headers = (random: Random): Record<string, string> => ({
  'x-forwarded-for': `10.${random(250)}.${random(250)}.${random(250)}`,
  'user-agent': 'Mozilla/5.0',
  'content-type': 'application/x-www-form-urlencoded',
});

async function press(world: World): Promise<boolean> {
  const { town, random } = world;
  const link = someLink(world);
  if (!link) return false;
  const body = random(3) === 0 ? 'anyway=1' : '';
  const answer = await fetch(`${town.apiUrl}/pay/${link.order.token}?lang=en`, {
    method: 'POST',
    headers: headers(random),
    body,
  });
  const html = await answer.text();
  if (!/class="[^"]*\bonward\b/.test(html)) {
    throw new Error(`not sent on: ${answer.status} ${/<h1>(.*?)<\/h1>/s.exec(html)?.[1] ?? ''}`);
  }
  const attempts = await town.rows<Opened & Record<string, unknown>>(
    'select gateway, reference from attempts where order_id = $1 and gateway_order_id is not null',
    [link.order.id],
  );
  for (const attempt of attempts) {
    if (!link.opened.some(({ reference }) => reference === attempt.reference)) link.opened.push(attempt);
  }
  return true;
}

const someOpened = (world: World): Opened | undefined => pick(someLink(world)?.opened ?? [], world.random);

const outcomes = [
  'success',
  'success',
  'success',
  'failure',
  'cancel',
  'pendingThenSuccess',
  'pendingThenFailure',
  'failureThenSuccess',
];

async function pay(world: World): Promise<boolean> {
  const { town, random } = world;
  const opened = someOpened(world);
  if (!opened) return false;
  const path = `${opened.gateway}/orders/${opened.reference}/pay`;
  const { returnForm } = await town.sandbox<{ returnForm: ReturnForm | null }>('POST', path, {
    outcome: pick(outcomes, random),
    webhook: random(4) === 0 ? 'never' : 'beforeReturn',
    webhookCopies: 1 + random(3),
    webhookDelayMs: random(3) === 0 ? random(4_000) : 0,
    webhookOutOfOrder: random(4) === 0,
    settleAfterMs: 500 + random(4_000),
  });
  if (returnForm) opened.back = returnForm;
  return true;
}

/**
 * A second success of what is in the books, told in a way that tells it apart: a query tells of one transaction only, so nobody
 * can know of another whose webhook is lost or has no id before the settlement file comes.
 */
async function payTwice({ town, random, links }: World): Promise<boolean> {
  const rows = await town.rows<Opened & Record<string, unknown>>(
    `select gateway, reference from attempts a where state = 'success' and reference = any($1) and exists (select from captures c
       join capture_ids i on i.capture_id = c.id where c.attempt_id = a.id)`,
    [links.flatMap(({ opened }) => opened.map(({ reference }) => reference))],
  );
  const paid = pick(rows, random);
  if (!paid) return false;
  await town.sandbox('POST', `${paid.gateway}/orders/${paid.reference}/pay`, {
    outcome: 'success',
    webhook: 'beforeReturn',
    doubleSuccess: true,
    ids: 'usual',
    status: '',
  });
  return true;
}

const forgeries = ['none', 'none', 'none', 'amount', 'currency', 'merchant', 'order', 'signature', 'key'];

async function tellAgain(world: World): Promise<boolean> {
  const { town, random } = world;
  const opened = someOpened(world);
  if (!opened) return false;
  const forged = opened.gateway === 'billdesk' && random(10) === 0 ? 'algNone' : pick(forgeries, random);
  await town.sandbox('POST', `${opened.gateway}/orders/${opened.reference}/webhook`, { forge: forged });
  return true;
}

async function returnFromGateway(world: World): Promise<void> {
  const { town, random } = world;
  const opened = someOpened(world);
  const plain: ReturnForm = {
    url: `${town.apiUrl}/return/${opened?.gateway ?? 'billdesk'}`,
    method: 'post',
    fields: { orderid: opened?.reference ?? `PS${randomUUID().slice(0, 8)}` },
  };
  await (await comeBack(opened?.back ?? plain, headers(random))).text();
}

async function look(world: World): Promise<boolean> {
  const link = someLink(world);
  if (!link) return false;
  const answer = await fetch(`${world.town.apiUrl}/pay/${link.order.token}`, {
    headers: headers(world.random),
  });
  if (answer.status >= 500) throw new Error(`the pay page answers ${answer.status}`);
  await answer.text();
  return true;
}

async function settle(world: World): Promise<boolean> {
  const { town, random } = world;
  const opened = someOpened(world);
  if (!opened) return false;
  await town.sandbox('POST', `${opened.gateway}/orders/${opened.reference}/settle`, {
    outcome: random(3) === 0 ? 'failure' : 'success',
  });
  return true;
}

/** Excess, more often than what has paid bills; all of it, or a part. Whoever asks is not whoever agrees (`decide`). */
async function askForRefund(world: World): Promise<boolean> {
  const { town, db, random } = world;
  const excess = await town.rows<{ order: OrderId }>(
    `select subject_id as "order" from cases where kind = 'excess' and closed_at is null`,
  );
  const order = random(3) > 0 ? pick(excess, random)?.order : someLink(world)?.order.id;
  const money = order && pick(await moneysOf(db, order), random);
  if (!money || money.refundable === 0) return false;
  const most = money.excess > 0 && random(3) > 0 ? money.excess : money.refundable;
  const amount = paise(random(3) === 0 ? 1 + random(most) : most);
  await requestRefund(
    db,
    { name: 'Invented Clerk', roles: ['finance'] },
    {
      ...{ moneyId: money.id, amount, seen: money.seen, reason: 'paidTwice', why: 'asked in a storm' },
      dueAgain: amount > money.excess && random(2) === 0,
    },
  );
  return true;
}

async function decideRefund({ town, random }: World): Promise<boolean> {
  const waiting = await town.rows<{ gateway: GatewayName; order: string; reference: string }>(
    `select r.gateway, a.reference as "order", r.reference from refunds r join attempts a on a.id = r.attempt_id
     where r.state = 'submitted'`,
  );
  const one = pick(waiting, random);
  if (!one) return false;
  await town.sandbox('POST', `${one.gateway}/orders/${one.order}/refunds/${one.reference}/settle`, {
    outcome: random(3) === 0 ? 'failed' : 'processed',
  });
  return true;
}

async function giveBack(world: World): Promise<boolean> {
  const opened = someOpened(world);
  if (!opened) return false;
  await world.town.sandbox('POST', `${opened.gateway}/orders/${opened.reference}/refund`, {
    ...(world.random(2) === 0 && { amountPaise: 1 + world.random(50_000) }),
  });
  return true;
}

async function dispute(world: World): Promise<boolean> {
  const { town, links, random } = world;
  const opened = pick(
    links.flatMap((link) => link.opened.filter(({ gateway }) => gateway === 'razorpay')),
    random,
  );
  if (!opened) return false;
  await town.sandbox('POST', `razorpay/orders/${opened.reference}/dispute`, {
    stage: pick(['created', 'created', 'won', 'lost', 'closed'], random),
  });
  return true;
}

async function changeBill({ town, random, numbers }: World): Promise<void> {
  const number = pick(numbers, random);
  const amount = 50_000 + random(200_000);
  await town.rows(
    `update demands set principal = $2 where account_number = $1 and id = $3 and paid_on is null`,
    [number, amount, `B${2023 + random(3)}`],
  );
}

/** One for each property, made of the bills that are unpaid then. */
async function addLetter({ town, random, numbers }: World): Promise<boolean> {
  const number = pick(numbers, random) ?? '';
  const [sum] = await town.rows<{ total: number }>(
    `select coalesce(sum(principal + interest + penalty + charge), 0)::float8 as total from demands
     where account_number = $1 and id in ('B2023', 'B2024') and paid_on is null
       and not exists (select from demands l where l.account_number = $1 and l.id = 'L1')`,
    [number],
  );
  if (!sum || sum.total === 0) return false;
  await addBill(town, number, 'L1', sum.total, 2023, 'LOI');
  await town.rows(
    `update demands set covered_by = 'L1' where account_number = $1 and id in ('B2023', 'B2024') and paid_on is null`,
    [number],
  );
  return true;
}

/** The corporation's file of some bills, dearer and cheaper, as `npm run import` takes it. */
async function importBills({ town, random, numbers }: World): Promise<void> {
  const wanted = numbers.filter(() => random(3) === 0);
  const bills = await town.rows<{ number: string; id: string; year: number; covered: string | null }>(
    `select account_number as number, id, extract(year from period_from)::int as year, covered_by as covered from demands
     where account_number = any($1) and kind = 'PD'`,
    [wanted],
  );
  const rows = bills.map(({ number, id, year, covered }) => [
    ...[number, id, 'PD', `${year}-04-01`, `${year + 1}-03-31`, `${year}-06-01`, '', ''],
    ...[`${500 + random(2_000)}.00`, '10.00', '5.00', '1.00', covered ?? ''],
  ]);
  const columns = [
    ...['number', 'bill', 'kind', 'period_from', 'period_to', 'presented_on', 'paid_on', 'withdrawn_on'],
    ...['principal', 'interest', 'penalty', 'charge', 'covered_by'],
  ];
  const csv = [columns, ...rows].map((row) => row.join(',')).join('\n');
  const client = new pg.Client({ connectionString: town.house.env['DATABASE_URL'] });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rejected } = await importFile(client, {
      open: () => Readable.from([Buffer.from(csv)]),
      rejects: new RejectFile(join(tmpdir(), `storm-${randomUUID()}.csv`)),
    });
    if (rejected > 0) throw new Error(`${rejected} rows of an import were rejected`);
  } finally {
    await client.end();
  }
}

async function payAtCounter({ town, random, numbers }: World): Promise<void> {
  const number = pick(numbers, random);
  const bill = `B${2023 + random(3)}`;
  // Only what we did not settle ourselves: the counter's own money comes and bounces.
  await town.rows(
    `update demands d set paid_on = case when d.paid_on is null then current_date end
     where account_number = $1 and id = $2 and not exists (select from demand_balances b
       where b.account_number = d.account_number and b.demand_id = d.id and b.settled)`,
    [number, bill],
  );
}

async function changeRule({ town, random }: World): Promise<void> {
  await town.rows(`update rules set enabled = $1 where name = 'arrears waiver'`, [random(2) === 0]);
}

async function changeWays({ town, random }: World): Promise<void> {
  const some = (...ways: readonly string[]): string =>
    random(2) === 0 ? 'usual' : (pick(ways, random) ?? 'usual');
  const inRupees = {
    amounts: some('number', 'whole', 'oneDecimal', 'threeDecimals', 'grouped', 'symbol', 'unreadable'),
    times: some('absent', 'milliseconds', 'noColon', 'blank', 'dayFirst', 'epochMs', 'impossible'),
  };
  const ownWays: Readonly<Record<GatewayName, object>> = {
    billdesk: { ...inRupees, webhookShape: pick(['raw', 'json', 'form'], random) },
    paytm: {
      // A form whose values are not as Paytm writes them is not believed, and Paytm is asked instead.
      ...(random(2) === 0
        ? { webhookShape: 'form', ids: 'usual', amounts: 'usual', times: 'usual' }
        : { webhookShape: 'json', ...inRupees }),
      returnMethod: pick(['post', 'get'], random),
      sameRefId: pick(['rejected', 'returned'], random),
    },
    razorpay: { amounts: some('absent', 'unreadable'), times: some('absent', 'epochMs', 'impossible') },
  };
  const gateway = pick(gatewayNames, random) ?? 'billdesk';
  await town.sandbox('PATCH', `${gateway}/faults`, {
    ids: some('absent', 'NA', 'empty', 'number', 'lowerCase', 'trailingBlank'),
    queryAnswer: some('nothing', 'notFound'),
    status: pick(['', '', '', '0001', 'NA', 'ODD'], random),
    http500: random(6) === 0,
    sessionMs: random(8) === 0 ? 3_000 : 1_800_000,
    refundOutcome: pick(
      ['processed', 'pending', 'pendingThenProcessed', 'pendingThenFailed', 'failed'],
      random,
    ),
    refundAnswer: pick(['none', 'none', 'cut'], random),
    refundWebhook: pick(['afterAnswer', 'beforeAnswer', 'never'], random),
    ...ownWays[gateway],
  });
}

async function decide({ db, storm, random }: World): Promise<boolean> {
  const open = await openCases(db);
  const one = pick(open, random);
  if (!one) return false;
  await storm.decide(db, one.id, random);
  return true;
}

async function kill(town: Town, random: Random): Promise<void> {
  const victims: readonly ChildName[] = ['worker', 'api', 'worker', 'api', 'sandbox', 'postgres', 'temporal'];
  await town.killed(pick(victims, random) ?? 'worker');
}

interface Success {
  readonly reference: string;
  readonly amountPaise: number;
  /** Whether a webhook has told of it, plainly, and was taken. */
  readonly told: boolean;
}
interface Totals {
  readonly successes: readonly Success[];
}

/** Every gateway speaks plainly again; everything that is under way comes to its end. */
async function calmDown(town: Town): Promise<void> {
  await ofAllGateways((gateway) => town.sandbox('DELETE', `${gateway}/faults`));
  const quiet = async (): Promise<boolean> => {
    const [left] = await town.rows(
      `select
         array(select entity || ' ' || subject from outbox where delivered_at is null and set_aside_at is null) as outbox,
         array(select a.reference || ' ' || a.state from attempts a where a.state in ('created', 'redirected', 'pending')
           and not exists (select from cases c where c.kind = 'undecided' and c.details ->> 'reference' = a.reference))
           as attempts,
         array(select r.reference || ' ' || r.state from refunds r where r.state in ('approved', 'submitted')
           and not exists (select from cases c where c.kind = 'refundUndecided' and c.subject_id = r.reference))
           as refunds,
         array(select r.number from receipts r join orders o on o.id = r.order_id where o.citizen_id is not null
           and not exists (select from messages m where m.id = o.id || '-receipt-' || r.number
             and (m.wamid is not null or m.state = 'abandoned'))) as untold`,
    );
    // The cause of a wait that takes too long is the last error.
    if (Object.values(left ?? {}).flat().length > 0) throw new Error(JSON.stringify(left).slice(0, 2_000));
    return true;
  };
  const isTold = async (): Promise<boolean> => {
    const webhooks = await ofAllGateways((gateway) =>
      town.sandbox<{ waiting: number }>('GET', `${gateway}/webhooks`),
    );
    return webhooks.every(([, { waiting }]) => waiting === 0);
  };
  await waitFor('every webhook', isTold, { timeoutMs: 300_000, everyMs: 500 });
  await waitFor('the end of everything that is under way', quiet, { timeoutMs: 900_000, everyMs: 1_000 });
}

/** What must hold after whatever happened, and does not; nothing when all is well. */
async function findWrongs(town: Town, successes: readonly Success[]): Promise<string[]> {
  const wrongs: string[] = [];
  const expectNone = async (what: string, sql: string): Promise<void> => {
    const rows = await town.rows(sql);
    if (rows.length > 0) wrongs.push(`${what}: ${JSON.stringify(rows.slice(0, 3))} (${rows.length})`);
  };
  await expectNone(
    'a ledger entry does not balance',
    'select entry_id from entry_lines group by 1 having sum(amount) <> 0',
  );
  await expectNone(
    'a capture is not allocated, excess or both, to the paisa',
    `select c.id, c.amount, coalesce(a.allocated, 0) as allocated, coalesce(x.excess, 0) as excess from captures c
     left join (select capture_id, sum(amount) as allocated from allocations where reverses is null group by 1) a on a.capture_id = c.id
     left join (select e.source_id, -sum(l.amount) as excess from entries e join entry_lines l on l.entry_id = e.id
       where e.kind = 'excess' and l.account = 'liability/excess' group by 1) x on x.source_id = c.id::text
     where c.amount <> coalesce(a.allocated, 0) + coalesce(x.excess, 0)`,
  );
  await expectNone(
    'a demand is settled beyond its amount',
    'select demand_id, account_number from demand_balances where allocated + relieved + covered > amount',
  );
  await expectNone(
    'a letter and the bills that it covers were paid twice',
    `select m.account_number, m.covered_by, l.amount, l.allocated, l.relieved, l.covered,
       json_agg(json_build_object('bill', b.demand_id, 'amount', b.amount, 'allocated', b.allocated,
         'relieved', b.relieved, 'covered', b.covered)) as bills from demands m
     join demand_balances l on l.account_number = m.account_number and l.demand_id = m.covered_by and l.settled
     join demand_balances b on b.account_number = m.account_number and b.demand_id = m.id
     group by 1, 2, l.amount, l.allocated, l.relieved, l.covered
     having l.allocated + l.relieved + sum(b.allocated) > greatest(l.amount, sum(b.allocated))`,
  );
  await expectNone(
    'receipts have a gap',
    'select max(ordinal) - count(*) as missing from receipts having max(ordinal) <> count(*)',
  );
  await expectNone(
    'more went back, or is disputed, than was taken, and nobody was called',
    `select c.id, c.amount, refundable(c.id)::float8 as refundable from captures c join attempts a on a.id = c.attempt_id
     where refundable(c.id) < 0 and not exists (select from cases k where k.kind in ('refundBeyond', 'gatewayRefund', 'dispute',
       'disputeLost') and k.subject_id = a.order_id)`,
  );
  await expectNone(
    'a refund has no credit note, or more than its amount stands there',
    `select r.reference, r.amount, n.amount as noted from refunds r left join credit_notes n on n.refund = r.reference
     where (r.state = 'refunded') <> (n.number is not null) or n.amount > r.amount`,
  );
  await expectNone(
    'credit notes have a gap',
    'select max(ordinal) - count(*) as missing from credit_notes having max(ordinal) <> count(*)',
  );
  const sent = (await town.sent()).flatMap(({ opaque, state }) =>
    opaque === undefined || state === 'failed' ? [] : [opaque],
  );
  const tries = await town.rows<{ id: string; attempts: number }>('select id, attempts from messages');
  const triesOf = new Map(tries.map(({ id, attempts }) => [id, attempts]));
  // A send whose end nobody knows is tried again when WhatsApp has not told of it in time: that is a try more in the books.
  const twice = Object.entries(countBy(sent)).filter(([id, times]) => times > (triesOf.get(id) ?? 1));
  if (twice.length > 0) wrongs.push(`a citizen was told something twice: ${JSON.stringify(twice)}`);
  await expectNone(
    'excess was not told',
    `select c.id from captures c join attempts a on a.id = c.attempt_id join orders o on o.id = a.order_id
     join entries e on e.kind = 'excess' and e.source_id = c.id::text
     where o.citizen_id is not null and not exists (select from messages m where m.id = o.id || '-excess-' || c.id)`,
  );
  await expectNone(
    'excess or a part payment has no case',
    `select c.id from captures c join entries e on e.kind = 'excess' and e.source_id = c.id::text
     where not exists (select from cases k where k.kind = 'excess' and k.fact = 'capture-' || c.id)`,
  );
  await expectNone(
    'money of the bank stands under two attempts',
    'select transaction_id from capture_ids group by 1 having count(*) > 1',
  );
  return [...wrongs, ...(await missingMoney(town, successes)), ...(await wrongRefunds(town))];
}

/** What a gateway gave back under our references is what the books say went back, unless a person was told otherwise. */
async function wrongRefunds(town: Town): Promise<string[]> {
  const books = await town.rows<{ reference: string; state: string; amount: number; cases: number }>(
    `select r.reference, r.state, r.amount::float8 as amount, (select count(*)::int from cases k
       where k.subject_id = r.reference and k.kind in ('refundUndecided', 'refundDoubt', 'refundFailed')) as cases
     from refunds r`,
  );
  const given = (
    await ofAllGateways((gateway) =>
      town.sandbox<{ orders: { refunds: readonly Refund[] }[] }>('GET', `${gateway}/orders`),
    )
  ).flatMap(([, { orders }]) => orders.flatMap(({ refunds }) => refunds));
  return books.flatMap((refund) => {
    const mine = given.filter(
      ({ reference, state }) => reference === refund.reference && state === 'processed',
    );
    const went = mine.reduce((sum, { amount }) => sum + amount, 0);
    if (mine.length < 2 && went === (refund.state === 'refunded' ? refund.amount : 0)) return [];
    return mine.length < 2 && refund.cases > 0
      ? []
      : [`the gateway gave back ${JSON.stringify(mine)}, the books have ${JSON.stringify(refund)}`];
  });
}

/**
 * The bank's successes equal what is in the books or waits, or waited, for a person. One that the gateway told in no webhook
 * may be unknown: a query tells of one transaction of an attempt, and nothing more once polls have ended.
 */
async function missingMoney(town: Town, successes: readonly Success[]): Promise<string[]> {
  const rows = await town.rows<Booked>(
    `select a.reference, a.state, coalesce((select sum(c.amount) from captures c where c.attempt_id = a.id), 0)::float8 as amount,
       (select count(*)::int from cases k where k.kind in ('review', 'undecided')
         and k.details ->> 'reference' = a.reference) as cases,
       array(select e.source || ' ' || e.received_at from evidence e where e.reference = a.reference order by e.id) as evidence
     from attempts a`,
  );
  return rows.flatMap(({ reference, amount, cases, ...more }) => {
    const mine = successes.filter((success) => success.reference === reference);
    const sum = (of: readonly Success[]): number => of.reduce((all, { amountPaise }) => all + amountPaise, 0);
    const isRight = amount <= sum(mine) && amount >= sum(mine.filter(({ told }) => told));
    if (isRight || cases > 0) return [];
    return [
      `the bank took ${JSON.stringify(mine)} for ${reference}, the books have ${amount}, nobody was called: ${JSON.stringify(more)}`,
    ];
  });
}

interface Booked {
  readonly reference: string;
  readonly state: string;
  readonly amount: number;
  readonly cases: number;
  readonly evidence: readonly string[];
}
