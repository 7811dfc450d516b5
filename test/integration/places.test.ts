/** A citizen's own places in a real Postgres: which they are, what is due on them, what they are called, and how that is forgotten. */
import { setTimeout } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createLookUp } from '../../activities/look-up.ts';
import { createRecordActivities, type RecordActivities } from '../../activities/records.ts';
import type { Database } from '../../database/connection.ts';
import { importFile } from '../../database/import/load.ts';
import { RejectFile } from '../../database/import/rejects.ts';
import { nicknameOf } from '../../database/look-ups.ts';
import { orderByToken } from '../../database/payments/orders.ts';
import { purgePortion } from '../../database/purge.ts';
import { readRules } from '../../database/register.ts';
import type { AccountReference } from '../../domain/accounts/kinds.ts';
import type { StallNumber } from '../../domain/accounts/stall.ts';
import type { CalendarDate } from '../../domain/calendar.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import { createLogger } from '../../platform/log.ts';
import { createRegistry, createWorkMetrics } from '../../platform/metrics.ts';
import { createRecords } from '../../records/create.ts';
import { createFind, type FindAccount } from '../../records/find.ts';
import { as, migratedDatabase, newCitizen, runAsOwner } from '../support/database.ts';
import { openAttempt, postingSettings as settings, tellOf } from '../support/gateway-words.ts';

const language = 'en';
const [paid, named, merely] = ['0120345', '0120346', '0120347'].map((number): AccountReference => ({
  kind: 'stall',
  number: number as StallNumber,
})) as [AccountReference, AccountReference, AccountReference];

let db: Database;
let records: RecordActivities;
/** How the records answer; by default the own register does. */
let find: FindAccount;
let register: FindAccount;
/** Who paid. */
let payer: CitizenId;

function activities(showsPlaces: boolean): RecordActivities {
  const office = createRecords({ db, backOfficeUrl: undefined, backOfficeToken: undefined });
  const rules = (today: CalendarDate): ReturnType<typeof readRules> => readRules(db, today);
  register = createFind({ records: office, rules, log: createLogger('test', 'error') });
  find = register;
  const asked: FindAccount = (kind, number) => find(kind, number);
  const metrics = createWorkMetrics(createRegistry());
  const lookUpsPerHour = 100;
  return createRecordActivities({
    db,
    records: office,
    find: asked,
    lookUp: createLookUp({ db, find: asked, lookUpsPerHour, metrics }),
    lookUpsPerHour,
    showsPlaces,
    linkLifetimeMs: 86_400_000,
    metrics,
  });
}

beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 4);
  records = activities(true);
  const stalls = [paid, named, merely].map(
    ({ number }) => `${number},Lata Doyelkar,,"Stall 12, Babui Market",66\n`,
  );
  await bring(`number,stallholder_en,stallholder_bn,address_en,ward\n${stalls.join('')}`);
  const rents = [paid, named].map(
    ({ number }) => `${number},R-2026-05,2026-05-01,2026-05-31,2026-05-01,450,,,\n`,
  );
  await bring(
    `number,bill,period_from,period_to,presented_on,rent,late_fee,charge,paid_on\n${rents.join('')}`,
  );
  payer = await citizenWithPlaces();
});
afterAll(() => db.end());

async function bring(csv: string): Promise<void> {
  const client = new pg.Client({ connectionString: as('postgres', db.options.connectionString ?? '') });
  await client.connect();
  const rejects = new RejectFile(join(tmpdir(), `places-${process.pid}.rejects.csv`));
  const open = (): Readable => Readable.from([csv]);
  await importFile(client, { open, rejects, strict: true }).finally(() => client.end());
}

/** Looks all three up, pays the first unless somebody has, and names the second. */
async function citizenWithPlaces(): Promise<CitizenId> {
  const citizenId = await newCitizen(db);
  for (const account of [merely, named, paid]) {
    const answer = await records.lookUp({ citizenId, language, account });
    const order =
      account === paid && answer.found === 'dues' && answer.pay
        ? await orderByToken(db, answer.pay.token)
        : undefined;
    if (order) await tellOf(db, order, { reference: await openAttempt(db, order) }, { settings });
  }
  await records.nameAccount({ citizenId, nickname: 'Ma’s stall', account: named });
  return citizenId;
}

test('a citizen’s places are those that they paid or named, with what is due on each', async () => {
  const citizenId = payer;
  const other = await newCitizen(db);
  await records.lookUp({ citizenId: other, language, account: named });
  expect(await records.ownPlaces({ citizenId })).toMatchObject([
    { account: paid, payable: 0 },
    { account: named, nickname: 'Ma’s stall', payable: 45_000 },
  ]);
  expect(await records.ownPlaces({ citizenId: other })).toEqual([]);
  expect(await activities(false).ownPlaces({ citizenId })).toEqual([]);
});

test('a register that is slow or away brings none, within a second', async () => {
  const citizenId = await citizenWithPlaces();
  for (const away of [
    () => Promise.resolve({ found: 'unavailable' } as const),
    () => setTimeout(5_000, { found: 'unavailable' } as const, { ref: false }),
  ]) {
    find = away;
    const began = performance.now();
    expect(await records.ownPlaces({ citizenId })).toEqual([]);
    expect(performance.now() - began).toBeLessThan(2_000);
  }
  find = register;
});

test('a name without a number goes to what was paid or looked up last, and is shown in lists', async () => {
  const citizenId = payer;
  expect(await records.nameAccount({ citizenId, nickname: 'Corner' })).toEqual(paid);
  expect(await records.recentPayments({ citizenId })).toMatchObject([{ nickname: 'Corner' }]);
  const recent = await records.recentAccounts({ citizenId, kind: 'stall' });
  expect(recent.map(({ nickname }) => nickname)).toEqual(['Corner', 'Ma’s stall', undefined]);
  expect(await records.nameAccount({ citizenId: await newCitizen(db), nickname: 'Nothing' })).toBeUndefined();
});

test('names are forgotten with the numbers, and with the person', async () => {
  const nameOf = (citizenId: CitizenId): Promise<string | undefined> =>
    nicknameOf(db, { citizenId, kind: named.kind, number: named.number });
  const [forgets, isForgotten] = [await citizenWithPlaces(), await citizenWithPlaces()];
  expect(await nameOf(forgets)).toBe('Ma’s stall');
  await records.forgetAccounts({ citizenId: forgets });
  expect(await nameOf(forgets)).toBeUndefined();
  expect(await records.ownPlaces({ citizenId: forgets })).toEqual([]);
  await runAsOwner(
    db,
    `update citizens set created_at = now() - interval '9 years', last_inbound_at = null where id = '${isForgotten}'`,
  );
  await purgePortion(db, 'citizens', { days: 1_000, rows: 10 });
  expect(await nameOf(isForgotten)).toBeUndefined();
});
