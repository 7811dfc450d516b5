/** Trade licences of the back office: looked up, and moved on by receipts, also for years that it has not demanded yet. */
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Database } from '../../database/connection.ts';
import { makeOrder } from '../../database/payments/orders.ts';
import { receiptsOf } from '../../database/payments/receipts.ts';
import type { CeNumber, Licence } from '../../domain/accounts/licence.ts';
import type { CalendarDate } from '../../domain/calendar.ts';
import type { Due } from '../../domain/dues.ts';
import { paise } from '../../domain/money.ts';
import type { Receipt } from '../../domain/payments/receipt.ts';
import { renewability } from '../../domain/renewal.ts';
import { backOfficeRecords } from '../../records/back-office.ts';
import { createRecords } from '../../records/create.ts';
import {
  RecordsRefusedError,
  RecordsUnavailableError,
  type AccountRecord,
  type Records,
} from '../../records/records.ts';
import type { BackOfficeFaults } from '../../sandbox/back-office/faults.ts';
import type { RunningSandbox } from '../../sandbox/sandbox.ts';
import { temporaryFolder } from '../fixtures/house/terminal.ts';
import { operation } from '../support/back-office-document.ts';
import { migratedDatabase } from '../support/database.ts';
import { openAttempt, tellOf } from '../support/gateway-words.ts';
import { against, answering, receiptOf, reasonOf, sent, token } from './back-office-support.ts';
import { call, startSandbox, type Answer, type Json } from './sandbox-support.ts';

const unknown = '70000000' as CeNumber;

let db: Database;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let sandbox: RunningSandbox;
/** The back office as the bot asks it: with what our own books know. */
let records: Records;
/** The back office alone. */
let backOffice: Records;

async function start(): Promise<void> {
  sandbox = await startSandbox('http://127.0.0.1:9/nowhere', {
    backOffice: { db, token, inUse: true },
    dataFolder: folder.path,
  });
  const url = `${sandbox.url}/back-office`;
  records = createRecords({ db, backOfficeUrl: url, backOfficeToken: token });
  backOffice = backOfficeRecords({ url, token });
}

beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 5);
  folder = await temporaryFolder();
  await start();
});
afterAll(async () => {
  await sandbox.close();
  await folder.remove();
  await db.end();
});
afterEach(() => misbehave('DELETE'));

const misbehave = (method: string, faults?: Partial<BackOfficeFaults>): Promise<Answer> =>
  call(`${sandbox.url}/sandbox/back-office/faults`, method, faults);
const ask = (number: string, bearer = token): Promise<Answer> =>
  call(`${sandbox.url}/back-office/v1/licences/${number}/demands`, 'GET', undefined, bearer);

/** A year of a licence as it stands in the register, in paise. */
interface Year {
  readonly from: number;
  readonly id?: string;
  readonly fine?: number;
  readonly paidOn?: string;
  readonly withdrawnOn?: string;
}

const fee = 120_000;
const charge = 24_000;
const firstOf = (year: number): CalendarDate => `${year}-04-01` as CalendarDate;
const lastOf = (year: number): CalendarDate => `${year + 1}-03-31` as CalendarDate;

let licences = 0;
/** A licence that is valid until 31 March 2025. */
async function licence(...years: readonly Year[]): Promise<CeNumber> {
  licences += 1;
  const number = `7000${String(licences).padStart(8, '0')}` as CeNumber;
  await db.query(
    `insert into accounts (kind, number, owner_en, owner_bn, address_en, ward, residential, trade_name_en, trade,
       valid_until, status)
     values ('licence', $1, 'Invented Owner', 'কল্পিত মালিক', '1 Sample Street', 66, false, 'Sample Stationers',
       'stationery', '2025-03-31', 'active')`,
    [number],
  );
  for (const year of years) await demand(number, year);
  return number;
}

const demand = (
  number: string,
  { from, id = `CE-${from}`, fine = 0, paidOn, withdrawnOn }: Year,
): Promise<unknown> =>
  db.query(
    `insert into demands (account_kind, account_number, id, kind, period_from, period_to, presented_on,
       principal, interest, penalty, charge, paid_on, withdrawn_on)
     values ('licence', $1, $2, 'CE', $3, $4, $3, ${fee}, 0, $5, ${charge}, $6, $7)`,
    [number, id, firstOf(from), lastOf(from), fine, paidOn, withdrawnOn],
  );

type PaidYear = Pick<Due, 'id' | 'payable' | 'periodFrom' | 'periodTo' | 'lateFine'>;

/** What a receipt says of a year; by our own id where the office has not demanded it. */
function paid(from: number, { id = `CE-${from}`, payable = fee + charge, lateFine = 0 } = {}): PaidYear {
  return {
    id,
    payable: paise(payable + lateFine),
    periodFrom: firstOf(from),
    periodTo: lastOf(from),
    ...(lateFine > 0 && { lateFine: { amount: paise(lateFine), rule: { name: 'licence late fine' } } }),
  };
}
const inAdvance = (from: number): PaidYear => paid(from, { id: `year-${firstOf(from)}` });

const receipt = (number: CeNumber, ...years: PaidYear[]): Receipt =>
  receiptOf({ kind: 'licence', number }, years);
const pay = (number: CeNumber, ...years: PaidYear[]): Promise<void> =>
  backOffice.post(receipt(number, ...years));
const refusal = (number: CeNumber, ...years: PaidYear[]): Promise<string> =>
  reasonOf(pay(number, ...years), RecordsRefusedError);

async function standing(number: CeNumber): Promise<{ due: string[]; validUntil: string | undefined }> {
  const record = await backOffice.find('licence', number);
  const due = record?.demands.map(({ id }) => id) ?? [];
  return { due: due.sort(), validUntil: record?.account.validUntil };
}

async function takenOf(number: CeNumber): Promise<Json[]> {
  const { body } = await call(`${sandbox.url}/sandbox/back-office/receipts`, 'GET');
  return (body['receipts'] as { account: Json }[]).filter(({ account }) => account['number'] === number);
}

describe('a licence', () => {
  test('is told as the register tells it', async () => {
    const register = createRecords({ db, backOfficeUrl: undefined, backOfficeToken: undefined });
    const numbers = [
      await licence(),
      await licence({ from: 2025 }, { from: 2026, fine: 30_000 }),
      await licence({ from: 2025, paidOn: '2025-04-20' }, { from: 2026, withdrawnOn: '2026-05-01' }),
      unknown,
    ];
    for (const number of numbers)
      expect(await records.find('licence', number)).toEqual(await register.find('licence', number));
    expect(await backOffice.find('licence', numbers[1] as CeNumber)).toMatchObject({
      account: {
        kind: 'licence',
        tradeName: { en: 'Sample Stationers' },
        status: 'active',
        validUntil: '2025-03-31',
      },
      demands: [
        { kind: 'CE' },
        { lines: [{ amount: fee }, { kind: 'penalty', amount: 30_000 }, { amount: charge }] },
      ],
    });
  });

  test('is another account than a property of the same number', async () => {
    const number = await licence({ from: 2025 });
    await db.query(
      `insert into accounts (kind, number, owner_en, address_en, ward, residential)
       values ('property', $1, 'Invented Owner', '1 Sample Street', 66, true)`,
      [number],
    );
    await db.query(
      `insert into demands (account_kind, account_number, id, kind, period_from, period_to, presented_on,
         principal, interest, penalty, charge)
       values ('property', $1, 'CE-2025', 'PD', '2025-04-01', '2026-03-31', '2025-04-08', 500, 0, 0, 0)`,
      [number],
    );
    await pay(number, paid(2025));
    expect(await standing(number)).toEqual({ due: [], validUntil: '2026-03-31' });
    const property = await backOffice.find('property', number);
    expect(property?.demands).toMatchObject([{ id: 'CE-2025', kind: 'PD' }]);
  });

  test.each<[string, Partial<BackOfficeFaults>, string]>([
    ['is down', { down: true }, 'connection failed (UND_ERR_SOCKET)'],
    ['fails', { http500: true }, 'HTTP 500'],
    ['sends rupees for paise', { wrong: 'shape' }, 'not the documented shape: demands (invalid_type)'],
    ['answers for another account', { wrong: 'number' }, 'it answers for another number'],
    ['hides behind a page that says 404', { wrong: 'html404' }, 'HTTP 404'],
  ])('is not told, nor unknown, when the back office %s', async (_what, faults, expected) => {
    const number = await licence({ from: 2025 });
    await misbehave('PUT', faults);
    const why = await reasonOf(records.find('licence', number), RecordsUnavailableError);
    expect(why).toBe(`the back office: ${expected}`);
  });
});

describe('an answer about a licence counts as none', () => {
  const year = {
    id: 'CE-2025',
    kind: 'CE',
    periodFrom: '2025-04-01',
    periodTo: '2026-03-31',
    presentedOn: '2025-04-02',
    lines: [{ kind: 'principal', amountPaise: fee }],
  };
  const known = {
    number: '70001234',
    owner: { en: 'Invented Owner' },
    address: { en: '1 Sample Street' },
    ward: 66,
    tradeName: { en: 'Sample Stationers' },
    trade: 'stationery',
    validUntil: '2025-03-31',
    status: 'active',
    demands: [year],
  };

  const look = (status: number, body: Json): Promise<AccountRecord<Licence> | undefined> =>
    against(answering(status, JSON.stringify(body)), (url) =>
      backOfficeRecords({ url, token, timeoutMs: 500 }).find('licence', '70001234'),
    );

  test.each<[string, Json, RegExp]>([
    ['its last day does not exist', { validUntil: '2025-02-29' }, /validUntil \(no such date\)/],
    ['its last day is missing', { validUntil: undefined }, /validUntil \(invalid_type\)/],
    ['its status is unknown', { status: 'lost' }, /status \(invalid_value\)/],
    ['it has no trade', { trade: '' }, /trade \(too_small\)/],
    ['it has no name', { tradeName: { bn: 'নমুনা' } }, /tradeName\.en \(invalid_type\)/],
    [
      'it has bills of a property',
      { demands: [{ ...year, kind: 'PD' }] },
      /demands\.0\.kind \(invalid_value\)/,
    ],
    ['a year stands twice', { demands: [year, year] }, /an id stands twice/],
    [
      'a year ends before it begins',
      { demands: [{ ...year, periodTo: '2025-03-31' }] },
      /ends before it begins/,
    ],
    [
      'an amount is text',
      { demands: [{ ...year, lines: [{ kind: 'charge', amountPaise: '1' }] }] },
      /invalid_type/,
    ],
    ['it is about another licence', { number: '70001235' }, /another number/],
  ])('when %s', async (_what, change, expected) => {
    expect(await look(200, known)).toMatchObject({ account: { kind: 'licence', trade: 'stationery' } });
    const why = await reasonOf(look(200, { ...known, ...change }), RecordsUnavailableError);
    expect(why).toMatch(expected);
  });

  test('when it says that a property is unknown', async () => {
    expect(await look(404, { error: 'unknown_licence' })).toBeUndefined();
    const why = await reasonOf(look(404, { error: 'unknown_property' }), RecordsUnavailableError);
    expect(why).toBe('the back office: HTTP 404');
  });
});

describe('a receipt of a licence', () => {
  test('is taken: its years are due no longer, and the licence is valid to the end of the last one', async () => {
    const number = await licence({ from: 2025, fine: 30_000 }, { from: 2026 });
    const first = receipt(number, paid(2025, { payable: fee + charge + 30_000 }));
    await backOffice.post(first);
    expect(await standing(number)).toEqual({ due: ['CE-2026'], validUntil: '2026-03-31' });
    await pay(number, paid(2026), inAdvance(2027), inAdvance(2028));
    expect(await standing(number)).toEqual({ due: [], validUntil: '2029-03-31' });
    expect(await takenOf(number)).toMatchObject([
      {
        number: first.number,
        account: { kind: 'licence', number },
        demands: [{ id: 'CE-2025', periodFrom: '2025-04-01', periodTo: '2026-03-31', amountPaise: 174_000 }],
      },
      {
        demands: [
          { id: 'CE-2026' },
          { id: 'year-2027-04-01', periodFrom: '2027-04-01', periodTo: '2028-03-31', amountPaise: 144_000 },
          { id: 'year-2028-04-01' },
        ],
        amountPaise: 432_000,
      },
    ]);
  });

  test('told again changes nothing, also after a restart', async () => {
    const number = await licence({ from: 2025 });
    const told = receipt(number, paid(2025), inAdvance(2026));
    await Promise.all(Array.from({ length: 5 }, () => backOffice.post(told)));
    const before = await takenOf(number);
    expect(before).toHaveLength(1);
    await sandbox.close();
    await start();
    await backOffice.post(told);
    expect(await takenOf(number)).toEqual(before);
    expect(await standing(number)).toEqual({ due: [], validUntil: '2027-03-31' });
  });

  test('of a later year does not move the last day over one that is missing', async () => {
    const number = await licence({ from: 2025 }, { from: 2026 });
    await pay(number, paid(2026));
    expect(await standing(number)).toEqual({ due: ['CE-2025'], validUntil: '2025-03-31' });
    await pay(number, paid(2025));
    expect(await standing(number)).toEqual({ due: [], validUntil: '2027-03-31' });
  });

  test('pays a year once, by whichever name', async () => {
    const number = await licence({ from: 2025, paidOn: '2025-04-20' }, { from: 2026 });
    const already = 'the back office: HTTP 409, already_paid';
    expect(await refusal(number, inAdvance(2025))).toBe(already);
    await pay(number, paid(2026), inAdvance(2027));
    expect(await refusal(number, inAdvance(2026))).toBe(already);
    expect(await refusal(number, inAdvance(2027))).toBe(already);
    // The corporation demands what was paid in advance.
    await demand(number, { from: 2027, id: 'CE-2027-late' });
    expect(await standing(number)).toEqual({ due: [], validUntil: '2028-03-31' });
    expect(await refusal(number, paid(2027, { id: 'CE-2027-late' }))).toBe(already);
    expect(await takenOf(number)).toHaveLength(1);
  });

  test('pays a year in advance that was demanded meanwhile', async () => {
    const number = await licence({ from: 2025 });
    await pay(number, inAdvance(2025));
    expect(await standing(number)).toEqual({ due: [], validUntil: '2026-03-31' });
  });

  test('carries the late fine that our rule book added', async () => {
    const number = await licence({ from: 2025 });
    const wrong = 'the back office: HTTP 422, wrong_amount';
    expect(await refusal(number, paid(2025, { payable: fee + charge + 30_000 }))).toBe(wrong);
    await pay(number, paid(2025, { lateFine: 30_000 }));
    const [taken] = await takenOf(number);
    expect(taken).toMatchObject({ demands: [{ amountPaise: 174_000, lateFinePaise: 30_000 }] });
  });

  test.each<[string, string, (number: CeNumber) => Receipt]>([
    ['it is unknown', 'HTTP 404, unknown_licence', () => receipt(unknown, inAdvance(2025))],
    ['a demand is unknown', 'HTTP 422, unknown_demand', (number) => receipt(number, paid(2024))],
    ['a demand was taken back', 'HTTP 422, unknown_demand', (number) => receipt(number, paid(2026))],
    [
      'its amounts do not add up',
      'HTTP 422, wrong_amount',
      (number) => ({ ...receipt(number, paid(2025)), amount: paise(1) }),
    ],
  ])('is refused when %s', async (_what, because, make) => {
    const number = await licence({ from: 2025 }, { from: 2026, withdrawnOn: '2026-05-01' });
    const why = await reasonOf(backOffice.post(make(number)), RecordsRefusedError);
    expect(why).toBe(`the back office: ${because}`);
    expect(await standing(number)).toEqual({ due: ['CE-2025'], validUntil: '2025-03-31' });
  });

  test('is told again when somebody answers that a property is unknown', async () => {
    const told = against(answering(404, '{"error":"unknown_property"}'), (url) =>
      backOfficeRecords({ url, token }).post(receipt(unknown, paid(2025))),
    );
    expect(await reasonOf(told, RecordsUnavailableError)).toBe('the back office: HTTP 404');
  });
});

test('what our own books hold as paid is not due, and the back office learns of it by the receipt alone', async () => {
  const number = await licence({ from: 2025 }, { from: 2026 });
  const entry = await records.find('licence', number);
  if (!entry) throw new Error('no licence');
  const renewal = renewability({
    ...entry,
    today: '2026-10-01' as CalendarDate,
    asOf: Date.now(),
    rules: {
      licenceTerms: { years: [3] },
      trades: {
        stationery: {
          name: { bn: 'মনিহারি', en: 'Stationery', hi: 'स्टेशनरी' },
          needsApproval: false,
          yearly: { fee: paise(fee), charge: paise(charge) },
        },
      },
    },
  });
  if (renewal.may === 'not') throw new Error(renewal.because);
  const [{ dues, until }] = renewal.terms;
  expect(dues.map(({ id }) => id)).toEqual(['CE-2025', 'CE-2026', 'year-2027-04-01', 'year-2028-04-01']);

  const order = await makeOrder(db, {
    service: 'tradeLicence',
    account: entry.account,
    dues,
    language: 'bn',
    lifetimeMs: 86_400_000,
  });
  const settings = {
    counter: 'B',
    certificateCounter: 'CE',
    creditNoteCounter: 'CN',
    receiptYear: 'posting',
    ownRegister: false,
  } as const;
  await tellOf(db, order, { reference: await openAttempt(db, order) }, { settings });

  expect((await records.find('licence', number))?.demands).toEqual([]);
  expect(await standing(number)).toEqual({ due: ['CE-2025', 'CE-2026'], validUntil: '2025-03-31' });
  const [issued] = await receiptsOf(db, order.id);
  if (!issued) throw new Error('no receipt');
  await records.post(issued);
  expect(await standing(number)).toEqual({ due: [], validUntil: until });
  expect(await takenOf(number)).toMatchObject([{ number: issued.number, amountPaise: order.amount }]);
});

describe('docs/back-office.openapi.yaml', () => {
  const { examples, problems } = operation('get', '/v1/licences/{number}/demands');
  const told = operation('put', '/v1/receipts/{number}');

  test('has examples that obey it and are read as they are meant', async () => {
    expect(examples.map(([status]) => status)).toEqual([200, 200, 400, 401, 404, 500, 503]);
    for (const [status, example] of examples) {
      expect(problems(status, example)).toEqual([]);
      const { number = unknown } = example as { number?: CeNumber };
      const fetch = (): Promise<Response> => Promise.resolve(Response.json(example, { status }));
      const asked = backOfficeRecords({ url: 'http://there', token, fetch }).find('licence', number);
      if (status === 200) expect((await asked)?.account).toMatchObject({ kind: 'licence', number });
      else if (status === 404) expect(await asked).toBeUndefined();
      else await expect(asked).rejects.toThrow(RecordsUnavailableError);
    }
  });

  test('finds fault with what is wrong', () => {
    const [, example] = examples[0] ?? [];
    expect(problems(200, { ...(example as Json), status: 'lost' })).not.toEqual([]);
    const { demands } = example as { demands: Json[] };
    const bills = demands.map((year) => ({ ...year, kind: 'PD' }));
    expect(problems(200, { ...(example as Json), demands: bills })).not.toEqual([]);
    expect(problems(404, { error: 'unknown_property' })).not.toEqual([]);
  });

  test.each<[number, string, () => Promise<Answer>]>([
    [200, 'a licence that owes', async () => ask(await licence({ from: 2025, fine: 30_000 }))],
    [200, 'a licence that owes nothing', async () => ask(await licence())],
    [400, 'a number that is none', () => ask('1234567')],
    [401, 'a wrong token', () => ask(unknown, 'wrong')],
    [404, 'an unknown number', () => ask(unknown)],
    [500, 'a fault', () => misbehave('PUT', { http500: true }).then(() => ask(unknown))],
  ])('describes the HTTP %d of %s', async (status, _what, answer) => {
    const { status: answered, body } = await answer();
    expect(answered).toBe(status);
    expect(problems(status, body)).toEqual([]);
  });

  test('describes the receipts that the client tells and the stand-in takes', async () => {
    const number = await licence({ from: 2025 });
    const body = await sent(receipt(number, paid(2025, { lateFine: 30_000 }), inAdvance(2026)));
    expect(told.requestProblems(body)).toEqual([]);
    const put = (what: Json): Promise<Answer> =>
      call(`${sandbox.url}/back-office/v1/receipts/${String(body['number'])}`, 'PUT', what, token);
    const withoutDays = (body['demands'] as Json[]).map(({ id, amountPaise }) => ({ id, amountPaise }));
    const asProperty = { kind: 'property', number: '7000' };
    for (const change of [{ demands: withoutDays }, { account: asProperty }, { demands: [] }]) {
      expect(told.requestProblems({ ...body, ...change })).not.toEqual([]);
      expect(await put({ ...body, ...change })).toMatchObject({ status: 400 });
    }
    const { status, body: answer } = await put(body);
    expect([status, told.problems(status, answer)]).toEqual([201, []]);
  });

  test('describes the HTTP 404 of a receipt for an unknown licence', async () => {
    const body = await sent(receipt(unknown, inAdvance(2025)));
    const url = `${sandbox.url}/back-office/v1/receipts/${String(body['number'])}`;
    const { status, body: answer } = await call(url, 'PUT', body, token);
    expect([status, answer['error'], told.problems(status, answer)]).toEqual([404, 'unknown_licence', []]);
  });
});
