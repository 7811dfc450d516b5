/** Licences in a real Postgres: whoever applies or pays, twice, late or at once, a licence is extended once. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createLookUp } from '../../activities/look-up.ts';
import { createRecordActivities, type RecordActivities } from '../../activities/records.ts';
import {
  createRenewalActivities,
  type Application,
  type RenewalActivities,
} from '../../activities/renewals.ts';
import type { Database } from '../../database/connection.ts';
import { acceptFailures } from '../../database/outbox.ts';
import { applyStatuses, beginMessage, messageAccepted, type MessageId } from '../../database/messages.ts';
import {
  certificateByKey,
  fillCertificate,
  readCertificate,
  reissueCertificate,
  revokeCertificate,
  verifyCertificate,
} from '../../database/licences/certificates.ts';
import { makeOrder } from '../../database/payments/orders.ts';
import { actOnCase, type Desk } from '../../database/people/act-on-case.ts';
import { readStanding } from '../../database/payments/standing.ts';
import { lookUp as readRegister, readRules } from '../../database/register.ts';
import { addDays, addYears, dateInKolkata, type CalendarDate } from '../../domain/calendar.ts';
import type { CertificateNumber, Particulars } from '../../domain/certificate.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import type { LookUp } from '../../domain/look-up.ts';
import type { Order, OrderId } from '../../domain/payments/order.ts';
import { paise } from '../../domain/money.ts';
import type { Acted } from '../../domain/people/act.ts';
import { duesOf } from '../../domain/rules.ts';
import { createLogger } from '../../platform/log.ts';
import { createRegistry, createWorkMetrics } from '../../platform/metrics.ts';
import { createRecords } from '../../records/create.ts';
import { createFind } from '../../records/find.ts';
import { createRenewalPrice } from '../../records/renewal-price.ts';
import { migratedDatabase, newCitizen, passing } from '../support/database.ts';
import { accountant, caseAbout, decideAbout, officer } from '../support/desk.ts';
import { openAttempt, postingSettings as settings, tellOf } from '../support/gateway-words.ts';
import {
  addLicence,
  addTrades,
  certificatesSql,
  fee,
  trades,
  yearly,
  type Ask,
  type CertificateRow,
  type NewShop,
  type Shop,
} from '../support/licences.ts';

let db: Database;
let records: RecordActivities;
let renewals: RenewalActivities;
let desk: Desk;
/** How many applications one citizen may have open. */
const openAtMost = 3;
const today = dateInKolkata(Date.now());

beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 20);
  await addTrades(ask);
  const lookUpsPerHour = 1_000;
  const metrics = createWorkMetrics(createRegistry());
  const log = createLogger('test', 'error');
  const office = createRecords({ db, backOfficeUrl: undefined, backOfficeToken: undefined });
  const find = createFind({ records: office, rules: () => readRules(db, today), log });
  const lookUp = createLookUp({ db, find, lookUpsPerHour, metrics });
  records = createRecordActivities({
    db,
    records: office,
    find,
    lookUp,
    lookUpsPerHour,
    showsPlaces: true,
    linkLifetimeMs: 86_400_000,
    metrics,
  });
  const lifetimeMs = 259_200_000;
  renewals = createRenewalActivities({ db, lookUp, lifetimeMs, openAtMost });
  desk = { db, settings, priceOf: createRenewalPrice({ db, find, lifetimeMs }) };
});
afterAll(() => db.end());

const ask: Ask = (sql, values = []) => db.query(sql, [...values]);
const licence = (shop?: NewShop): Promise<Shop> => addLicence(ask, shop);

const citizen = (): Promise<CitizenId> => newCitizen(db);

type Payable = Pick<Order, 'id' | 'amount'>;

async function orderOf(shop: Shop): Promise<Payable> {
  const { rows } = await db.query<{ id: OrderId; amount: bigint }>(
    'select o.id, o.amount from orders o join renewals r on r.order_id = o.id where r.id = $1',
    [shop.id],
  );
  const [order] = rows;
  if (!order) throw new Error('no order');
  return { id: order.id, amount: paise(Number(order.amount)) };
}

const apply = async (shop: Shop, years: number, citizenId?: CitizenId): Promise<Application> =>
  renewals.applyForRenewal({
    citizenId: citizenId ?? (await citizen()),
    number: shop.number,
    years,
    language: 'bn',
  });

/** Pays the yearly demand as anybody may, by the CE number. */
async function feeOrder(shop: Shop): Promise<Payable> {
  const answer = await records.lookUp({
    citizenId: await citizen(),
    account: { kind: 'licence', number: shop.number },
    language: 'en',
  });
  const token = answer.found === 'dues' ? answer.pay?.token : undefined;
  const { rows } = await db.query<{ id: OrderId; amount: bigint }>(
    'select id, amount from orders where token = $1',
    [token],
  );
  const [order] = rows;
  if (!order) throw new Error(`no order: ${answer.found}`);
  return { id: order.id, amount: paise(Number(order.amount)) };
}

async function pay(order: Payable): Promise<void> {
  await tellOf(db, order, { reference: await openAttempt(db, order) }, { settings });
}

/** What came for what had been paid, in paise. */
async function excessOf(order: Payable): Promise<number> {
  const { excess } = await readStanding(db, order.id);
  return excess.reduce((total, { amount }) => total + amount, 0);
}

async function validUntil(shop: Shop): Promise<CalendarDate> {
  const offer = await renewals.renewalOffer({ citizenId: await citizen(), number: shop.number });
  if (offer.found !== 'offer') throw new Error(offer.found);
  return offer.licence.validUntil;
}

const certificatesOf = async ({ number }: Shop): Promise<CertificateRow[]> =>
  (await db.query<CertificateRow>(certificatesSql, [number])).rows;

describe('a renewal', () => {
  test('for three years takes the demand of the first and two years by the schedule', async () => {
    const shop = await licence();
    const applied = await apply(shop, 3);
    expect(applied).toMatchObject({ outcome: 'applied', payment: { amount: 3 * yearly } });
    expect(await renewals.renewalStanding({ id: shop.id })).toMatchObject({
      state: 'awaitingPayment',
      years: 3,
    });
    expect(await validUntil(shop)).toBe(shop.validUntil);
    await pay(await orderOf(shop));
    expect(await validUntil(shop)).toBe(shop.until(3));
    expect(await renewals.renewalStanding({ id: shop.id })).toMatchObject({
      state: 'renewed',
      certificate: { validUntil: shop.until(3) },
    });
    expect(await certificatesOf(shop)).toHaveLength(1);
  });

  test('is told to its workflow in the transaction that extends the licence', async () => {
    const shop = await licence();
    await apply(shop, 1);
    await pay(await orderOf(shop));
    const { rows } = await db.query<{ key: string }>(
      `select key from outbox where entity = 'renewal' and subject = $1 order by id`,
      [shop.id],
    );
    expect(rows).toHaveLength(2);
    expect(rows[1]?.key).toBe(`n:${(await certificatesOf(shop))[0]?.number}`);
  });

  test('paid by two transactions, one of them twice, extends the licence once; the second is excess', async () => {
    const shop = await licence();
    await apply(shop, 1);
    const order = await orderOf(shop);
    const reference = await openAttempt(db, order);
    await Promise.all([
      tellOf(db, order, { reference }, { settings }),
      tellOf(db, order, { reference }, { settings, source: 'query' }),
      tellOf(db, order, { reference, transactionId: 'another', bankReference: '609112345679' }, { settings }),
    ]);
    expect(await validUntil(shop)).toBe(shop.until(1));
    expect(await certificatesOf(shop)).toHaveLength(1);
    expect(await excessOf(order)).toBe(order.amount);
  });

  test('of an expired licence takes the years since then, too', async () => {
    const shop = await licence({ validUntil: addYears(addDays(today, -40), -1), demanded: 0 });
    expect(await apply(shop, 1)).toMatchObject({ outcome: 'applied', payment: { amount: 2 * yearly } });
    await pay(await orderOf(shop));
    expect(await validUntil(shop)).toBe(shop.until(2));
  });

  test('of what the schedule has no fee for is not offered beyond what is demanded', async () => {
    const shop = await licence({ trade: trades.unpriced });
    const offer = await renewals.renewalOffer({ citizenId: await citizen(), number: shop.number });
    const terms =
      offer.found === 'offer' && offer.renewability.may === 'renew' ? offer.renewability.terms : [];
    expect(terms.map((term) => term.years)).toEqual([1]);
  });
});

describe('two who renew one licence', () => {
  test('at once: one gets the link, the other is told', async () => {
    const shop = await licence();
    const both = await Promise.all([apply(shop, 1), apply(shop, 5)]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['applied', 'taken']);
    const { rows } = await db.query('select from orders where account_number = $1', [shop.number]);
    expect(rows).toHaveLength(1);
  });

  test('one pays the demand by the number: the other is told that it is done, and can pay no more', async () => {
    const shop = await licence();
    const [first, second] = [await citizen(), await citizen()];
    await apply(shop, 3, first);
    const link = await orderOf(shop);
    const { application } = await renewals.renewalStanding({ id: shop.id });
    await pay(await feeOrder(shop));
    expect(await validUntil(shop)).toBe(shop.until(1));
    const standing = await renewals.renewalStanding({ id: shop.id });
    expect(standing).toMatchObject({ state: 'renewed', outdone: [{ application, citizenId: first }] });
    expect(standing.citizenId).not.toBe(second);
    expect((await readStanding(db, link.id)).state).toBe('changed');
    expect(await certificatesOf(shop)).toHaveLength(1);
  });

  test('and both pay: the year that both paid is excess, the others extend it further', async () => {
    const shop = await licence();
    await apply(shop, 3);
    const three = await orderOf(shop);
    const reference = await openAttempt(db, three);
    await pay(await feeOrder(shop));
    await tellOf(db, three, { reference }, { settings });
    expect(await validUntil(shop)).toBe(shop.until(3));
    expect(await excessOf(three)).toBe(yearly);
    expect(await certificatesOf(shop)).toHaveLength(2);
  });

  test('whichever order the two payments come in, at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const shop = await licence();
      await apply(shop, 3);
      const three = await orderOf(shop);
      const one = await feeOrder(shop);
      const [a, b] = [await openAttempt(db, three), await openAttempt(db, one)];
      await Promise.all([
        tellOf(db, three, { reference: a }, { settings }),
        tellOf(db, one, { reference: b }, { settings }),
      ]);
      expect(await validUntil(shop)).toBe(shop.until(3));
      const excess = (await excessOf(three)) + (await excessOf(one));
      expect(excess).toBe(yearly);
    }
  });

  test('a year paid in advance is not asked for when its demand is made out later, under another name', async () => {
    const shop = await licence();
    await apply(shop, 3);
    await pay(await orderOf(shop));
    await db.query(
      `insert into demands (account_kind, account_number, id, kind, period_from, period_to, presented_on, principal,
         interest, penalty, charge)
       values ('licence', $1, 'LATER', 'CE', $2, $3, $4, $5, 0, 0, 0)`,
      [shop.number, addDays(shop.until(1), 1), shop.until(2), today, fee],
    );
    const answer = await records.lookUp({
      citizenId: await citizen(),
      account: { kind: 'licence', number: shop.number },
      language: 'bn',
    });
    expect(answer.found).toBe('nothingDue');
  });
});

describe('an application', () => {
  test('may be changed by its citizen as long as nothing is being paid; the old link ends', async () => {
    const shop = await licence();
    const me = await citizen();
    await apply(shop, 1, me);
    const old = await orderOf(shop);
    expect(await apply(shop, 1, me)).toMatchObject({ outcome: 'applied', payment: { amount: yearly } });
    expect((await orderOf(shop)).id).toBe(old.id);
    expect(await apply(shop, 5, me)).toMatchObject({ outcome: 'applied', payment: { amount: 5 * yearly } });
    expect((await readStanding(db, old.id)).state).toBe('cancelled');
    await openAttempt(db, await orderOf(shop));
    expect(await apply(shop, 15, me)).toMatchObject({ outcome: 'paying' });
    expect(await apply(shop, 15)).toMatchObject({ outcome: 'taken' });
  });

  test('lapses when it is not paid in time, and then anybody may apply; not while money may be on its way', async () => {
    const shop = await licence();
    await apply(shop, 1);
    const order = await orderOf(shop);
    const { application } = await renewals.renewalStanding({ id: shop.id });
    expect(await renewals.lapseRenewal({ id: shop.id, application })).toMatchObject({
      state: 'awaitingPayment',
    });
    const reference = await openAttempt(db, order);
    await db.query(`update renewals set expires_at = now() - interval '1 second' where id = $1`, [shop.id]);
    expect(await renewals.lapseRenewal({ id: shop.id, application })).toMatchObject({
      state: 'awaitingPayment',
      paying: true,
    });
    await tellOf(db, order, { reference, says: 'failed' }, { settings });
    expect(await renewals.lapseRenewal({ id: shop.id, application })).toMatchObject({ state: 'lapsed' });
    expect(await apply(shop, 3)).toMatchObject({ outcome: 'applied' });
    // The bank changes its mind: what came is not lost, and the licence is extended.
    await tellOf(db, order, { reference }, { settings });
    expect(await validUntil(shop)).toBe(shop.until(1));
  });

  test('for a trade that needs it waits for an officer; nothing can be paid before', async () => {
    const shop = await licence({ trade: trades.approved });
    const me = await citizen();
    const lookUp = async (citizenId = me): Promise<LookUp> =>
      records.lookUp({ citizenId, account: { kind: 'licence', number: shop.number }, language: 'bn' });
    const answer = await lookUp();
    expect(answer).toMatchObject({ found: 'dues', needsApproval: true, renewable: true });
    expect(answer).not.toHaveProperty('pay');
    expect(answer).not.toHaveProperty('appliedAt');
    const applied = await apply(shop, 3, me);
    expect(applied).toMatchObject({ outcome: 'applied', appliedAt: expect.any(Number) as number });
    // A second application for the same is the first one.
    expect(await apply(shop, 3, me)).toEqual(applied);
    expect(applied).not.toHaveProperty('payment');
    // Whoever has applied is told since when that waits, and not asked to apply again; nobody else learns of it.
    const { appliedAt } = applied as Extract<typeof applied, { outcome: 'applied' }>;
    expect(await lookUp()).toMatchObject({ found: 'dues', needsApproval: true, renewable: false, appliedAt });
    const toOthers = await lookUp(await citizen());
    expect(toOthers).toMatchObject({ found: 'dues', needsApproval: true, renewable: true });
    expect(toOthers).not.toHaveProperty('appliedAt');
    expect(await apply(shop, 3)).toMatchObject({ outcome: 'taken' });
    expect((await renewals.renewalStanding({ id: shop.id })).state).toBe('awaitingApproval');
    expect(await caseAbout(db, shop.id)).toMatchObject({
      kind: 'licenceApproval',
      amount: 3 * yearly,
      details: { licence: shop.number, trade: trades.approved, years: 3 },
    });
    expect(await decideAbout(desk, shop.id, 'approve')).toMatchObject({ outcome: 'done' });
    expect(await renewals.renewalStanding({ id: shop.id })).toMatchObject({
      state: 'awaitingPayment',
      approved: true,
      payment: { amount: 3 * yearly },
    });
    await pay(await orderOf(shop));
    expect(await validUntil(shop)).toBe(shop.until(3));
    const { rows } = await db.query(`select act, who, why from audit_log where details ->> 'about' = $1`, [
      shop.id,
    ]);
    expect(rows).toEqual([{ act: 'approve', who: officer.name, why: 'all in order' }]);
  });

  test.each(['sendBack', 'refuse'] as const)(
    'that an officer decides to %s may be made again',
    async (decision) => {
      const shop = await licence({ trade: trades.approved });
      const me = await citizen();
      await apply(shop, 1, me);
      const { application } = await renewals.renewalStanding({ id: shop.id });
      const why = 'the address is another';
      await decideAbout(desk, shop.id, decision, { why });
      expect(await renewals.renewalStanding({ id: shop.id })).toMatchObject({
        state: decision === 'refuse' ? 'refused' : 'sentBack',
        reason: why,
      });
      expect(await apply(shop, 1, me)).toMatchObject({ outcome: 'applied' });
      const again = await renewals.renewalStanding({ id: shop.id });
      expect(again.state).toBe('awaitingApproval');
      expect(again.application).not.toBe(application);
      expect(again).not.toHaveProperty('reason');
    },
  );
});

describe('a stranger', () => {
  test('may have so many applications open, and is told when there are too many', async () => {
    const me = await citizen();
    const shops = await Promise.all(Array.from({ length: openAtMost }, () => licence()));
    for (const shop of shops) expect(await apply(shop, 1, me)).toMatchObject({ outcome: 'applied' });
    const next = await licence();
    expect(await apply(next, 1, me)).toMatchObject({ outcome: 'tooMany', openAtMost });
    // Another term of one that is open is no further application.
    const [first] = shops;
    if (!first) throw new Error('no shop');
    expect(await apply(first, 3, me)).toMatchObject({ outcome: 'applied' });
    await pay(await orderOf(first));
    expect(await apply(next, 1, me)).toMatchObject({ outcome: 'applied' });
  });

  test('gives way to whoever paid last for the licence, and is told', async () => {
    const shop = await licence();
    const [holder, stranger] = [await citizen(), await citizen()];
    await paidBefore(shop, holder);
    await apply(shop, 5, stranger);
    const link = await orderOf(shop);
    const { application } = await renewals.renewalStanding({ id: shop.id });
    expect(await apply(shop, 1, holder)).toMatchObject({ outcome: 'applied', payment: { amount: yearly } });
    expect((await readStanding(db, link.id)).state).toBe('cancelled');
    expect(await renewals.renewalStanding({ id: shop.id })).toMatchObject({
      citizenId: holder,
      outdone: [{ application, citizenId: stranger, language: 'bn', because: 'holder' }],
    });
    expect(await apply(shop, 5, stranger)).toMatchObject({ outcome: 'taken' });
  });

  test('who waits for an officer keeps nobody out who paid last; the officer has one application to decide', async () => {
    const shop = await licence({ trade: trades.approved });
    const [holder, stranger] = [await citizen(), await citizen()];
    await paidBefore(shop, holder);
    await apply(shop, 5, stranger);
    const first = await caseAbout(db, shop.id);
    expect(await apply(shop, 1, holder)).toMatchObject({ outcome: 'applied' });
    expect(await caseAbout(db, shop.id)).toMatchObject({ kind: 'licenceApproval', amount: yearly });
    const late = { caseId: first.id, decision: 'approve', why: 'all in order', seen: first.seen };
    expect(await actOnCase(desk, officer, late)).toMatchObject({
      outcome: 'refused',
      because: expect.stringContaining('another application has taken its place') as string,
    });
  });

  test('who is at the gateway is not disturbed; one whose bank does not decide keeps the holder out no longer', async () => {
    const shop = await licence();
    const holder = await citizen();
    await paidBefore(shop, holder);
    await apply(shop, 5);
    const five = await orderOf(shop);
    const reference = await openAttempt(db, five);
    expect(await apply(shop, 1, holder)).toMatchObject({ outcome: 'taken' });
    await tellOf(db, five, { reference, says: 'pending' }, { settings });
    expect(await apply(shop, 1)).toMatchObject({ outcome: 'taken' });
    expect(await apply(shop, 1, holder)).toMatchObject({ outcome: 'applied' });
    // The money comes after all: it is not lost, and what the holder has not paid yet is paid.
    await tellOf(db, five, { reference }, { settings });
    expect(await validUntil(shop)).toBe(shop.until(5));
  });

  /** Somebody paid an old demand of the licence. */
  async function paidBefore(shop: Shop, by: CitizenId): Promise<void> {
    const from = addYears(addDays(shop.validUntil, 1), -2);
    await db.query(
      `insert into demands (account_kind, account_number, id, kind, period_from, period_to, presented_on, principal,
         interest, penalty, charge)
       values ('licence', $1, 'OLD', 'CE', $2, $3, $2, $4, 0, 0, 0)`,
      [shop.number, from, addDays(addYears(from, 1), -1), fee],
    );
    const entry = await readRegister(db, 'licence', shop.number);
    if (!entry) throw new Error('no such licence');
    const { account, demands } = entry;
    const dues = duesOf({
      account,
      demands,
      rules: await readRules(db, today),
      today,
      asOf: Date.now(),
    }).dues;
    const old = dues.filter(({ id }) => id === 'OLD');
    await pay(
      await makeOrder(db, {
        service: 'tradeLicence',
        account,
        dues: old,
        citizenId: by,
        language: 'bn',
        lifetimeMs: 86_400_000,
      }),
    );
  }

  test('who applies for many licences at once gets no more', async () => {
    const me = await citizen();
    const shops = await Promise.all(Array.from({ length: 6 }, () => licence()));
    const applied = await Promise.all(shops.map((shop) => apply(shop, 1, me)));
    expect(applied.filter(({ outcome }) => outcome === 'applied')).toHaveLength(openAtMost);
  });
});

describe('a licence that was closed or suspended after the link', () => {
  const close = async (shop: Shop, status = 'closed'): Promise<void> => {
    await ask(`update accounts set status = $2::licence_status where kind = 'licence' and number = $1`, [
      shop.number,
      status,
    ]);
  };

  test('is not extended: the money is taken, and an officer is called', async () => {
    const shop = await licence();
    const me = await citizen();
    await apply(shop, 3, me);
    const order = await orderOf(shop);
    await close(shop);
    await pay(order);
    const offer = await renewals.renewalOffer({ citizenId: me, number: shop.number });
    expect(offer).toMatchObject({ renewability: { may: 'not', because: 'closed' } });
    expect(await certificatesOf(shop)).toEqual([]);
    expect((await readStanding(db, order.id)).receipts).toMatchObject([{ amount: 3 * yearly }]);
    const { state, cases } = await renewals.renewalStanding({ id: shop.id });
    expect({ state, kinds: cases.map(({ kind }) => kind) }).toEqual({
      state: 'held',
      kinds: ['notExtended'],
    });
    expect(await caseAbout(db, shop.id)).toMatchObject({ reason: 'closed', amount: 3 * yearly });
  });

  test('is extended by an officer when it is in order again, once, and not before', async () => {
    const shop = await licence();
    await apply(shop, 3);
    const order = await orderOf(shop);
    await close(shop, 'suspended');
    await pay(order);
    expect(await decideAbout(desk, shop.id, 'extend')).toEqual({
      outcome: 'refused',
      because: `the licence ${shop.number} is suspended in the records`,
    });
    await close(shop, 'active');
    const { id: caseId, seen } = await caseAbout(db, shop.id);
    const act = { caseId, decision: 'extend', why: 'it is open again', seen };
    const both = await Promise.all([actOnCase(desk, officer, act), actOnCase(desk, officer, act)]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['done', 'doneBefore']);
    expect(await validUntil(shop)).toBe(shop.until(3));
    expect(await certificatesOf(shop)).toHaveLength(1);
    expect((await renewals.renewalStanding({ id: shop.id })).state).toBe('renewed');
  });

  test('is known to be by the last answer of the back office, where that keeps the licences', async () => {
    const shop = await licence();
    await apply(shop, 1);
    const order = await orderOf(shop);
    const younger = await feeOrder(shop);
    await ask(`update orders set account = account || '{"status": "closed"}' where id = $1`, [younger.id]);
    const reference = await openAttempt(db, order);
    await tellOf(db, order, { reference }, { settings: { ...settings, ownRegister: false } });
    expect((await renewals.renewalStanding({ id: shop.id })).state).toBe('held');
    expect(await caseAbout(db, shop.id)).toMatchObject({ kind: 'notExtended', reason: 'closed' });
  });

  test('may be left as it is', async () => {
    const shop = await licence();
    await pay(await feeOrder(shop).then(async (order) => (await close(shop), order)));
    expect(await decideAbout(desk, shop.id, 'noted', { why: 'the fee is given back' })).toMatchObject({
      outcome: 'done',
    });
    expect(await renewals.renewalStanding({ id: shop.id })).toMatchObject({ state: 'lapsed', cases: [] });
    expect(await certificatesOf(shop)).toEqual([]);
  });
});

describe('the answer to a licence', () => {
  test.each<[string, NewShop, object]>([
    ['suspended', { status: 'suspended' }, { may: 'not', because: 'suspended' }],
    ['closed', { status: 'closed' }, { may: 'not', because: 'closed' }],
    [
      'far from its end',
      { validUntil: addDays(today, 300), demanded: 0 },
      { may: 'not', because: 'tooEarly' },
    ],
    [
      'without a fee in the schedule',
      { trade: trades.unpriced, demanded: 0 },
      { may: 'not', because: 'noFee' },
    ],
    ['near its end', {}, { may: 'renew' }],
    ['expired', { validUntil: addDays(today, -10) }, { may: 'renew', expiredOn: addDays(today, -10) }],
  ])('that is %s', async (_, made, expected) => {
    const shop = await licence(made);
    const offer = await renewals.renewalOffer({ citizenId: await citizen(), number: shop.number });
    expect(offer).toMatchObject({ found: 'offer', renewability: expected });
  });

  test('that was renewed here says so, and offers its citizen the certificate again', async () => {
    const shop = await licence();
    const me = await citizen();
    await apply(shop, 1, me);
    await pay(await orderOf(shop));
    const [certificate] = await certificatesOf(shop);
    expect(await renewals.renewalOffer({ citizenId: me, number: shop.number })).toMatchObject({
      renewability: { may: 'not', because: 'renewed' },
      certificate: certificate?.number,
    });
    const other = await renewals.renewalOffer({ citizenId: await citizen(), number: shop.number });
    expect(other).not.toHaveProperty('certificate');
  });

  test('arrears of property tax never stand in the way', async () => {
    const shop = await licence();
    await db.query(
      `insert into accounts (kind, number, owner_en, address_en, ward, residential)
       values ('property', $1, 'Invented Holder', '1 Sample Street', 7, false)`,
      [shop.number],
    );
    await db.query(
      `insert into demands (account_kind, account_number, id, kind, period_from, period_to, presented_on, principal,
         interest, penalty, charge)
       values ('property', $1, 'PD', 'PD', '2020-04-01', '2021-03-31', '2020-06-01', 100000, 0, 0, 0)`,
      [shop.number],
    );
    expect(await apply(shop, 1)).toMatchObject({ outcome: 'applied' });
  });
});

describe('a certificate', () => {
  const particulars: Particulars = {
    tradeName: { en: 'Sample Stores' },
    trade: { bn: 'মুদিখানা', en: 'Grocery', hi: 'किराना' },
    holder: { en: 'Invented Holder' },
    address: { en: '1 Sample Street' },
    ward: 7,
  };
  const why = 'the name was wrong';

  async function issued(): Promise<{ shop: Shop; number: CertificateNumber }> {
    const shop = await licence();
    await apply(shop, 1);
    await pay(await orderOf(shop));
    const [certificate] = await certificatesOf(shop);
    if (!certificate) throw new Error('no certificate');
    return { shop, number: certificate.number };
  }

  test('keeps what was first printed on it, and shows it to whoever has its key', async () => {
    const { number, shop } = await issued();
    await fillCertificate(db, number, particulars);
    const later = await fillCertificate(db, number, { ...particulars, holder: { en: 'Another' } });
    expect(later.holder.en).toBe('Invented Holder');
    const kept = await readCertificate(db, number);
    expect(kept).toMatchObject({ amount: yearly, validUntil: shop.until(1), isInForce: true });
    expect(await certificateByKey(db, number, kept?.key ?? '')).toMatchObject({ number, particulars });
    expect(await certificateByKey(db, number, 'guessed')).toBeUndefined();
  });

  test('can be checked by anybody, without the name of the holder', async () => {
    const { number, shop } = await issued();
    const found = await verifyCertificate(db, number);
    expect(found).toMatchObject({ validUntil: shop.until(1), licenceEnding: shop.number.slice(-4) });
    expect(JSON.stringify(found)).not.toContain('Invented Holder');
    expect(await verifyCertificate(db, 'CE-2026-27-999999')).toBeUndefined();
  });

  test('is replaced by a new one, once, also when the act is tried again', async () => {
    const { number, shop } = await issued();
    const reissue = (): Promise<Acted> => reissueCertificate(db, officer, { number, why }, 'CE');
    const done = await reissue();
    expect(await reissue()).toMatchObject({
      outcome: 'doneBefore',
      said: expect.stringContaining(`reissue, by ${officer.name}`) as string,
    });
    const certificates = await certificatesOf(shop);
    expect(certificates.map(({ revoked }) => revoked)).toEqual([true, false]);
    expect(done).toEqual({ outcome: 'done', said: `${number} is replaced by ${certificates[1]?.number}` });
    expect((await verifyCertificate(db, number))?.revoked?.replacedBy).toBe(certificates[1]?.number);
    expect(await renewals.renewalStanding({ id: shop.id })).toMatchObject({
      certificate: { number: certificates[1]?.number },
    });
  });

  test('that is revoked leaves the licence suspended, and cannot be revoked again', async () => {
    const { number, shop } = await issued();
    await revokeCertificate(db, officer, { number, why });
    expect((await verifyCertificate(db, number))?.revoked).toBeDefined();
    expect(await reissueCertificate(db, officer, { number, why }, 'CE')).toMatchObject({
      outcome: 'refused',
      because: expect.stringContaining('is not in force: revoke, by Invented Officer on ') as string,
    });
    const offer = await renewals.renewalOffer({ citizenId: await citizen(), number: shop.number });
    expect(offer).toMatchObject({ renewability: { may: 'not', because: 'suspended' } });
    expect(
      await certificateByKey(db, number, (await readCertificate(db, number))?.key ?? ''),
    ).toBeUndefined();
  });

  test('that WhatsApp took and could not deliver is news for its renewal, and to be told again', async () => {
    const { number, shop } = await issued();
    const { application, citizenId } = await renewals.renewalStanding({ id: shop.id });
    if (!citizenId) throw new Error('nobody renewed it');
    const id = `${application}-certificate-${number}` as MessageId;
    const about = { entity: 'renewal', id: shop.id } as const;
    await beginMessage(db, { id, about, citizenId, textKey: 'certificate', kind: 'document' }, 1_000);
    const wamid = `wamid.${randomUUID()}`;
    await messageAccepted(db, id, wamid);
    expect((await renewals.renewalStanding({ id: shop.id })).told).toEqual([id]);
    await applyStatuses(db, [
      { wamid, status: 'failed', at: Math.floor(Date.now() / 1000), failure: passing },
    ]);
    await acceptFailures(db, [wamid]);
    const { rows } = await db.query(
      `select entity, subject from outbox where key = 's:' || $1 || ':failed'`,
      [wamid],
    );
    expect(rows).toEqual([{ entity: 'renewal', subject: shop.id }]);
    expect((await renewals.renewalStanding({ id: shop.id })).told).toEqual([]);
  });

  test('is nothing for whoever does not decide about licences, nor without a reason', async () => {
    const { number, shop } = await issued();
    expect(await revokeCertificate(db, accountant, { number, why })).toEqual({
      outcome: 'refused',
      because: 'this is for licences, and Invented Accountant acts for finance',
    });
    expect(await revokeCertificate(db, officer, { number, why: ' ' })).toMatchObject({ outcome: 'refused' });
    expect((await certificatesOf(shop)).map(({ revoked }) => revoked)).toEqual([false]);
  });

  test('that nobody issued cannot be replaced', async () => {
    const act = { number: 'CE-2026-27-999999', why };
    expect(await reissueCertificate(db, officer, act, 'CE')).toEqual({
      outcome: 'refused',
      because: 'there is no certificate CE-2026-27-999999',
    });
  });
});
