/** The desk in a real Postgres: who may decide what, once, on what they saw; and its command line as people run it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readCommand } from '../../desk/command.ts';
import { openCase, readCase } from '../../database/cases.ts';
import type { Database } from '../../database/connection.ts';
import { applyForRenewal } from '../../database/licences/renewals.ts';
import { lookUp } from '../../database/register.ts';
import { actOnCase, type Desk } from '../../database/people/act-on-case.ts';
import { cancelByPerson } from '../../database/people/cancel-order.ts';
import { makeOrder } from '../../database/payments/orders.ts';
import { readStanding } from '../../database/payments/standing.ts';
import { readRules } from '../../database/register.ts';
import { dateInKolkata } from '../../domain/calendar.ts';
import type { Order, OrderId } from '../../domain/payments/order.ts';
import { longestWhy, type Acted, type CaseAct } from '../../domain/people/act.ts';
import type { CaseRecord } from '../../domain/people/case.ts';
import type { Person } from '../../domain/people/role.ts';
import { renewability, renewalPeriod } from '../../domain/renewal.ts';
import { duesOf, type Asking } from '../../domain/rules.ts';
import type { Licence } from '../../domain/accounts/licence.ts';
import { createLogger } from '../../platform/log.ts';
import { createRecords } from '../../records/create.ts';
import { createFind } from '../../records/find.ts';
import { createRenewalPrice } from '../../records/renewal-price.ts';
import { freshDatabase, migratedDatabase, newCitizen } from '../support/database.ts';
import type { CommandRun } from '../support/command.ts';
import { accountant, caseAbout, decideAbout, officer, runDesk } from '../support/desk.ts';
import { openAttempt, tellOf } from '../support/gateway-words.ts';
import { addLicence, addTrades, trades, yearly, type Ask, type Shop } from '../support/licences.ts';

let db: Database;
let url: string;
let desk: Desk;
/** The back office, as far as somebody has taken it away. */
let recordsAreAway = false;
const settings = {
  counter: 'W',
  certificateCounter: 'CE',
  creditNoteCounter: 'CN',
  ownRegister: true,
  receiptYear: 'posting',
} as const;
const today = dateInKolkata(Date.now());
const lifetimeMs = 86_400_000;
const ask: Ask = (sql, values = []) => db.query(sql, [...values]);

beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 10);
  url = db.options.connectionString ?? '';
  await addTrades(ask);
  const records = createRecords({ db, backOfficeUrl: undefined, backOfficeToken: undefined });
  const find = createFind({
    records,
    rules: () => readRules(db, today),
    log: createLogger('test', 'silent'),
  });
  desk = {
    db,
    settings,
    priceOf: createRenewalPrice({
      db,
      find: (kind, number) =>
        recordsAreAway ? Promise.resolve({ found: 'unavailable' }) : find(kind, number),
      lifetimeMs,
    }),
  };
});
afterAll(() => db.end());

async function entryOf({ number }: Shop): Promise<Asking<Licence>> {
  const entry = await lookUp(db, 'licence', number);
  if (!entry) throw new Error('no such licence');
  return { ...entry, rules: await readRules(db, today), today, asOf: Date.now() };
}

/** An application that waits for an officer. */
async function waiting(years = 1): Promise<{ readonly shop: Shop; readonly waits: CaseRecord }> {
  const shop = await addLicence(ask, { trade: trades.approved });
  const entry = await entryOf(shop);
  const offer = renewability(entry);
  const term = offer.may === 'renew' ? offer.terms.find((each) => each.years === years) : undefined;
  if (offer.may !== 'renew' || !term) throw new Error('it cannot be renewed');
  await applyForRenewal(db, {
    id: shop.id,
    period: renewalPeriod(offer.from),
    licence: entry.account,
    citizenId: await newCitizen(db),
    language: 'bn',
    years,
    dues: term.dues,
    needsApproval: true,
    lifetimeMs,
    openAtMost: 3,
  });
  return { shop, waits: await caseAbout(db, shop.id) };
}

async function feeOrder(): Promise<Order> {
  const { account, dues } = duesOf(await entryOf(await addLicence(ask)));
  return makeOrder(db, { service: 'tradeLicence', account, dues, language: 'en', lifetimeMs });
}

const actOn = ({ id, seen }: CaseRecord, act: Partial<CaseAct> = {}): CaseAct => ({
  caseId: id,
  decision: 'approve',
  why: 'all in order',
  seen,
  ...act,
});

const refusal = (words: string): object => ({
  outcome: 'refused',
  because: expect.stringContaining(words) as string,
});

async function audits(about: string): Promise<{ act: string; who: string; why: string }[]> {
  const { rows } = await db.query<{ act: string; who: string; why: string }>(
    `select act, who, why from audit_log where details ->> 'about' = $1 or order_id = $1 order by id`,
    [about],
  );
  return rows;
}

/** Beside the word that its cases were opened and closed, which is left whoever does so. */
async function wordFor(subject: string): Promise<number> {
  const { rowCount } = await db.query(`select from outbox where subject = $1 and key not like 'case:%'`, [
    subject,
  ]);
  return rowCount ?? 0;
}

describe('a decision is refused in words', () => {
  test.each<[string, Partial<CaseAct>, Person, string]>([
    ['about no case', { caseId: 'nothing' }, officer, 'there is no case nothing'],
    ['that there is not', { decision: 'maybe' }, officer, 'what can be is approve, sendBack, refuse'],
    ['that an object has by itself', { decision: 'constructor' }, officer, 'cannot be decided here'],
    [
      'of whom it is not for',
      {},
      accountant,
      'this is for licences, and Invented Accountant acts for finance',
    ],
    ['without a reason', { why: ' ' }, officer, 'say why'],
    [
      'with too long a reason',
      { why: 'x'.repeat(longestWhy + 1) },
      officer,
      `at most ${longestWhy} are kept`,
    ],
    ['about another sight', { seen: 'stale' }, officer, 'it has changed since you looked'],
  ])('%s', async (_, act, person, because) => {
    const { shop, waits } = await waiting();
    expect(await actOnCase(desk, person, actOn(waits, act))).toMatchObject(refusal(because));
    expect(await caseAbout(db, shop.id)).toEqual(waits);
    expect(await audits(shop.id)).toEqual([]);
  });

  test('when it has changed since: the citizen chose another term meanwhile', async () => {
    const { shop, waits } = await waiting();
    await ask('update renewals set years = 3 where id = $1', [shop.id]);
    expect(await actOnCase(desk, officer, actOn(waits))).toMatchObject(refusal('it has changed since'));
  });

  test('when it is closed: by whom, when, with which decision', async () => {
    const { waits } = await waiting();
    await actOnCase(desk, officer, actOn(waits, { decision: 'sendBack', why: 'another address' }));
    const other = { ...officer, name: 'Another Officer' };
    expect(await actOnCase(desk, other, actOn(waits))).toMatchObject({
      outcome: 'refused',
      because: expect.stringMatching(
        /is closed: Invented Officer decided sendBack on \d{4}-\d\d-\d\d \d\d:\d\d \("another address"\)$/,
      ) as string,
    });
  });

  test('while the records cannot say what is due, or when it can no longer be had', async () => {
    const { shop, waits } = await waiting(3);
    recordsAreAway = true;
    expect(await actOnCase(desk, officer, actOn(waits))).toMatchObject(refusal('do not answer'));
    recordsAreAway = false;
    await ask(`update accounts set status = 'closed' where number = $1`, [shop.number]);
    expect(await actOnCase(desk, officer, actOn(waits))).toMatchObject(
      refusal('can no longer be renewed for 3 year(s)'),
    );
    expect(await actOnCase(desk, officer, actOn(waits, { decision: 'refuse' }))).toMatchObject({
      outcome: 'done',
    });
  });
});

describe('a decision', () => {
  test('is one act with its audit row, its fact and the word for the workflow', async () => {
    const { shop, waits } = await waiting(3);
    const words = await wordFor(shop.id);
    expect(await actOnCase(desk, officer, actOn(waits, { why: '  all in order ' }))).toEqual({
      outcome: 'done',
      said: 'approve: the citizen gets the link to pay',
    });
    expect(await audits(shop.id)).toEqual([{ act: 'approve', who: officer.name, why: 'all in order' }]);
    expect(await wordFor(shop.id)).toBe(words + 1);
    const { rows } = await db.query<{ state: string; amount: bigint }>(
      'select r.state, o.amount from renewals r join orders o on o.id = r.order_id where r.id = $1',
      [shop.id],
    );
    expect(rows).toEqual([{ state: 'awaitingPayment', amount: BigInt(3 * yearly) }]);
    expect((await readCase(db, waits.id))?.end).toMatchObject({
      by: officer.name,
      decision: 'approve',
      why: 'all in order',
    });
  });

  test('of three officers in one moment is one act, and the others are told who did it', async () => {
    const { shop, waits } = await waiting();
    const three = ['First', 'Second', 'Third'].map((name) => ({ ...officer, name }));
    const acted = await Promise.all(three.map((person) => actOnCase(desk, person, actOn(waits))));
    expect(acted.map(({ outcome }) => outcome).sort()).toEqual(['done', 'doneBefore', 'doneBefore']);
    const [audit, another] = await audits(shop.id);
    expect(another).toBeUndefined();
    for (const each of acted) {
      if (each.outcome === 'doneBefore') expect(each.said).toContain(`approve, by ${audit?.who}`);
    }
    const { rows } = await db.query('select from orders where account_number = $1', [shop.number]);
    expect(rows).toHaveLength(1);
  });

  test('that two officers take differently in one moment is the one of whoever was first', async () => {
    const { shop, waits } = await waiting();
    const acted = await Promise.all([
      actOnCase(desk, officer, actOn(waits, { decision: 'sendBack' })),
      actOnCase(desk, officer, actOn(waits, { decision: 'refuse' })),
    ]);
    expect(acted.map(({ outcome }) => outcome).sort()).toEqual(['done', 'refused']);
    expect(await audits(shop.id)).toHaveLength(1);
  });

  test('that leaves the case open can be taken again by whoever looks again, and is counted once otherwise', async () => {
    const order = await feeOrder();
    const kind = { kind: 'postingLate', reason: 'late', subject: 'payment', subjectId: order.id } as const;
    await openCase(db, { ...kind, fact: randomUUID() });
    const operator: Person = { name: 'Invented Operator', roles: ['operations'] };
    const retry = (waits: CaseRecord): Promise<Acted> =>
      actOnCase(desk, operator, actOn(waits, { decision: 'retry', why: 'they are back' }));
    const first = await caseAbout(db, order.id);
    expect((await retry(first)).outcome).toBe('done');
    expect((await retry(first)).outcome).toBe('doneBefore');
    const second = await caseAbout(db, order.id);
    expect(second.seen).not.toBe(first.seen);
    expect((await retry(second)).outcome).toBe('done');
    expect(await wordFor(order.id)).toBe(2);
    expect(await audits(order.id)).toHaveLength(2);
  });

  test('about a claim of the gateway pays the order; it is refused when the money has come meanwhile', async () => {
    const order = await feeOrder();
    const reference = await openAttempt(db, order);
    await tellOf(db, order, { reference, amount: order.amount - 100 }, { settings });
    const seen = await caseAbout(db, order.id);
    expect(seen).toMatchObject({ kind: 'review', amount: order.amount - 100 });
    expect(await decideAbout(desk, order.id, 'dismiss')).toMatchObject(refusal('this is for finance'));
    expect(await decideAbout(desk, order.id, 'accept', { person: accountant })).toMatchObject({
      outcome: 'done',
    });
    expect((await readStanding(db, order.id)).receipts).toHaveLength(1);
    expect(await audits(order.id)).toMatchObject([{ act: 'accept', who: accountant.name }]);
    const late = actOn(seen, { decision: 'dismiss' });
    expect(await actOnCase(desk, accountant, late)).toMatchObject(refusal('decided accept'));
  });
});

describe('an order', () => {
  const cancel = (
    order: { readonly id: string },
    person = accountant,
    why = 'made by mistake',
  ): Promise<Acted> => cancelByPerson(db, person, { orderId: order.id, why });

  test('is cancelled once, whoever wants it in one moment', async () => {
    const order = await feeOrder();
    const acted = await Promise.all([cancel(order), cancel(order), cancel(order)]);
    expect(acted.map(({ outcome }) => outcome).sort()).toEqual(['done', 'doneBefore', 'doneBefore']);
    expect((await readStanding(db, order.id)).state).toBe('cancelled');
    expect(await audits(order.id)).toEqual([{ act: 'cancel', who: accountant.name, why: 'made by mistake' }]);
  });

  test('is not cancelled when it is paid, while money may be on its way, or by anybody', async () => {
    const order = await feeOrder();
    expect(await cancel(order, officer)).toMatchObject(refusal('this is for finance'));
    expect(await cancel(order, accountant, '')).toMatchObject(refusal('say why'));
    expect(await cancel({ id: 'nothing' })).toMatchObject(refusal('there is no order nothing'));
    const reference = await openAttempt(db, order);
    expect(await cancel(order)).toMatchObject(refusal('money may be on its way'));
    await tellOf(db, order, { reference, says: 'pending' }, { settings });
    expect(await cancel(order)).toMatchObject(refusal('money may be on its way'));
    await tellOf(db, order, { reference }, { settings });
    expect(await cancel(order)).toMatchObject(refusal('the order is paid'));
    expect(await audits(order.id)).toEqual([]);
  });
});

describe('the command line', () => {
  const identity = { DESK_PERSON: 'Invented Officer', DESK_ROLES: 'licences, finance' };
  // Nothing but the database: Temporal is away.
  const run = (...args: readonly string[]): Promise<CommandRun> =>
    runDesk(args, { DATABASE_URL: url, ...identity });

  test('lists what waits, shows a case with its stamp, and decides on it', async () => {
    const { shop, waits } = await waiting(3);
    const list = await run('cases', '--kind', 'licenceApproval');
    expect(list.code).toBe(0);
    expect(list.printed).toContain(waits.id);
    const shown = await run('case', waits.id);
    expect(shown.code).toBe(0);
    for (const part of [
      'A renewal that waits for an officer',
      shop.number,
      '₹5,400',
      'sendBack  the citizen is told the reason and may apply again',
    ]) {
      expect(shown.printed).toContain(part);
    }
    expect(shown.printed).not.toContain('Invented Holder');
    const stamp = /--seen (\w+)/.exec(shown.printed)?.[1] ?? '';
    const act = ['act', waits.id, 'approve', '--why', 'all in order', '--seen', stamp];
    expect(await run(...act)).toEqual({
      code: 0,
      printed: 'Done: approve: the citizen gets the link to pay.\n',
    });
    expect(await run(...act)).toMatchObject({
      code: 0,
      printed: expect.stringContaining(
        'Nothing to do: it is done already: approve, by Invented Officer',
      ) as string,
    });
    expect((await run('case', waits.id)).printed).toContain('Closed');
  });

  test('refuses in words, with an exit code of its own', async () => {
    const { waits } = await waiting();
    const stale = ['act', waits.id, 'approve', '--why', 'all in order', '--seen', '00000000'];
    expect(await run(...stale)).toEqual({
      code: 2,
      printed: `Refused: it has changed since you looked: look at the case ${waits.id} again, then decide.\n`,
    });
    expect(await run('case', 'nothing')).toMatchObject({ code: 2 });
    expect(await run('certificate', 'revoke', 'CE-2026-27-999999', '--why', 'a test')).toEqual({
      code: 2,
      printed: 'Refused: there is no certificate CE-2026-27-999999.\n',
    });
  });

  test('cancels an order, and shows an order with its attempts and the words of the gateway', async () => {
    const order = await feeOrder();
    const reference = await openAttempt(db, order);
    await tellOf(db, order, { reference, amount: order.amount + 100 }, { settings });
    const { id } = await caseAbout(db, order.id);
    const { printed } = await run('case', id);
    expect(printed).toMatch(new RegExp(`attempt +billdesk main ${reference}, .*: review`));
    expect(printed).toMatch(new RegExp(`billdesk +webhook +${reference}`));
    expect(await run('cancel', order.id, '--why', 'a test')).toMatchObject({ code: 2 });
    const other: OrderId = (await feeOrder()).id;
    expect(await run('cancel', other, '--why', 'a test')).toMatchObject({ code: 0 });
  });

  test.each<[readonly string[], string]>([
    [['cases', '--kind', 'nothing'], 'there is no kind "nothing"; there are review'],
    [['act', 'x', 'approve', '--why', 'y'], 'npm run desk -- case x shows the stamp'],
    [['act', 'x'], 'say which case, and what is decided'],
    [['act', 'x', 'approve', '--who', 'The Mayor'], "Unknown option '--who'"],
    [['cancel', 'x', 'y', '--why', 'z'], '"y" is one word too many'],
    [['credit', '1', '12.5', '--seen', 'x'], '"12.5" is no amount in rupees'],
    [['release', '1', '12', '--why', 'z'], 'say what you saw, with --seen'],
    [['certificate', 'burn', 'x'], 'say reissue or revoke'],
    [['paint'], 'the desk does not know "paint"'],
  ])('does not take %j', (args, because) => {
    expect(readCommand(args)).toEqual({
      name: 'mistake',
      because: expect.stringContaining(because) as string,
    });
  });

  test('explains itself, and what was typed wrong', async () => {
    const wrong = await run('paint');
    expect(wrong.code).toBe(1);
    expect(wrong.printed).toMatch(/^the desk does not know "paint"\n\nUsage: npm run desk/);
    expect(await run()).toMatchObject({ code: 0 });
  });

  test('says what is missing: who acts, the database, its tables; and never a stack trace', async () => {
    const nobody = await runDesk(['cases'], { DATABASE_URL: url });
    expect(nobody.printed).toMatch(
      /DESK_PERSON is not set: .*\nDESK_ROLES is malformed|DESK_PERSON is not set: .*\nDESK_ROLES is not set/,
    );
    const away = await runDesk(['cases'], { ...identity, DATABASE_URL: 'postgres://127.0.0.1:1/nothing' });
    expect(away.printed).toContain('The database does not answer');
    const empty = { ...identity, DATABASE_URL: await freshDatabase(inject('databaseUrl')) };
    const bare = await runDesk(['cases'], empty);
    expect(bare.printed).toContain('migrate it first');
    const mayor = await runDesk(['cases'], { ...identity, DATABASE_URL: url, DESK_ROLES: 'mayor' });
    expect(mayor.printed).toContain('DESK_ROLES is malformed: what this person may decide');
    for (const { code, printed } of [nobody, away, bare, mayor]) {
      expect(code).toBe(1);
      expect(printed).not.toContain('    at ');
    }
  });
});
