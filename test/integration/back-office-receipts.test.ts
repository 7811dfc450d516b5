/** Receipts told to the back office: taken once, refused in its own words, and told again after every other answer. */
import type { RequestListener } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { connect, type Database } from '../../database/connection.ts';
import { makeOrder } from '../../database/payments/orders.ts';
import { receiptsOf } from '../../database/payments/receipts.ts';
import type { CeNumber } from '../../domain/accounts/licence.ts';
import { accountKinds } from '../../domain/accounts/kinds.ts';
import type { AssesseeNumber } from '../../domain/accounts/property.ts';
import { addDays, dateInKolkata } from '../../domain/calendar.ts';
import { paise } from '../../domain/money.ts';
import type { Receipt, ReceiptNumber } from '../../domain/payments/receipt.ts';
import { duesOf } from '../../domain/rules.ts';
import { backOfficeRecords } from '../../records/back-office.ts';
import { createRecords } from '../../records/create.ts';
import { RecordsRefusedError, RecordsUnavailableError, type Records } from '../../records/records.ts';
import type { BackOfficeFaults } from '../../sandbox/back-office/faults.ts';
import type { Receipt as ToldReceipt } from '../../sandbox/back-office/receipt.ts';
import type { RunningSandbox } from '../../sandbox/sandbox.ts';
import { temporaryFolder } from '../fixtures/house/terminal.ts';
import { operation } from '../support/back-office-document.ts';
import { migratedDatabase } from '../support/database.ts';
import { openAttempt, tellOf } from '../support/gateway-words.ts';
import { against, answering, receiptOf as anyReceipt, reasonOf, sent, token } from './back-office-support.ts';
import { call, startSandbox, type Answer, type Json } from './sandbox-support.ts';

const today = dateInKolkata(Date.now());

let db: Database;
let nobody: Database;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let sandbox: RunningSandbox;
/** The back office as the bot asks it: with what our own books hold as paid left out. */
let records: Records;
/** The back office alone. */
let backOffice: Records;

const start = (): Promise<RunningSandbox> =>
  startSandbox('http://127.0.0.1:9/nowhere', {
    backOffice: { db, token, inUse: true },
    dataFolder: folder.path,
  });

function ask(): void {
  const url = `${sandbox.url}/back-office`;
  records = createRecords({ db, backOfficeUrl: url, backOfficeToken: token });
  backOffice = backOfficeRecords({ url, token });
}

beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 5);
  nobody = connect({ url: 'postgres://127.0.0.1:9/x', size: 1, name: 'test', onLost: () => undefined });
  folder = await temporaryFolder();
  sandbox = await start();
  ask();
});
afterAll(async () => {
  await sandbox.close();
  await folder.remove();
  await nobody.end();
  await db.end();
});
afterEach(() => misbehave('DELETE'));

const misbehave = (method: string, faults?: Partial<BackOfficeFaults>): Promise<Answer> =>
  call(`${sandbox.url}/sandbox/back-office/faults`, method, faults);

let properties = 0;
/** A property with an LOI, the bill that it covers, one of this quarter, one paid at a counter, one taken back. */
async function property(): Promise<AssesseeNumber> {
  properties += 1;
  const number = `31107${String(properties).padStart(7, '0')}` as AssesseeNumber;
  await db.query(
    `insert into accounts (kind, number, owner_en, address_en, ward, residential)
     values ('property', $1, 'Invented Owner', '1 Sample Street', 107, true)`,
    [number],
  );
  await db.query(
    `insert into demands (account_kind, account_number, id, kind, period_from, period_to, presented_on,
       principal, interest, penalty, charge, covered_by, paid_on, withdrawn_on) values
       ('property', $1, 'L1', 'LOI', '2024-04-01', '2025-03-31', '2025-06-16', 412000, 61800, 41250, 0, null, null, null),
       ('property', $1, 'P1', 'PD', '2024-04-01', '2025-03-31', '2024-04-10', 412000, 0, 0, 0, 'L1', null, null),
       ('property', $1, 'P2', 'PD', '2026-07-01', '2026-09-30', $2, 109500, 0, 0, 1050, null, null, null),
       ('property', $1, 'P3', 'PD', '2026-04-01', '2026-06-30', '2026-04-08', 109500, 0, 0, 0, null, '2026-04-20', null),
       ('property', $1, 'P4', 'PD', '2026-01-01', '2026-03-31', '2026-01-08', 109500, 0, 0, 0, null, null, '2026-02-01')`,
    [number, addDays(today, -3)],
  );
  return number;
}

type Bills = Readonly<Record<string, number | { payable: number; rebate?: number; waiver?: number }>>;

/** A receipt with a number that nobody has had; the bills with what was paid, after what was taken off. */
function receiptOf(property: AssesseeNumber, bills: Bills, more: Partial<Receipt> = {}): Receipt {
  const paid = Object.entries(bills).map(([id, amounts]) => {
    const { payable, rebate, waiver } = typeof amounts === 'number' ? { payable: amounts } : amounts;
    return {
      id,
      payable: paise(payable),
      ...(rebate !== undefined && {
        rebate: { amount: paise(rebate), until: today, rules: [{ name: 'prompt rebate' }] },
      }),
      ...(waiver !== undefined && { waiver: { amount: paise(waiver), rule: { name: 'arrears waiver' } } }),
    };
  });
  return anyReceipt({ kind: 'property', number: property }, paid, more);
}
const quarter = { P2: { payable: 105_050, rebate: 5_500 } };
const letter = { L1: { payable: 494_450, waiver: 20_600 } };

async function taken(): Promise<ToldReceipt[]> {
  const { body } = await call(`${sandbox.url}/sandbox/back-office/receipts`, 'GET');
  return body['receipts'] as ToldReceipt[];
}
const takenOf = async (number: AssesseeNumber): Promise<ToldReceipt[]> =>
  (await taken()).filter(({ account }) => account.number === number);

async function due(number: AssesseeNumber, from = backOffice): Promise<string[]> {
  const demands = (await from.find('property', number))?.demands ?? [];
  return demands.map(({ id }) => id).sort();
}

describe('a receipt', () => {
  test('is taken, and its bills are due no longer, nor those that its LOI covers', async () => {
    const number = await property();
    expect(await due(number)).toEqual(['L1', 'P1', 'P2']);
    const first = receiptOf(number, quarter, { bankReference: '620112345678' });
    await backOffice.post(first);
    expect(await due(number)).toEqual(['L1', 'P1']);
    const second = receiptOf(number, letter);
    await backOffice.post(second);
    expect(await due(number)).toEqual([]);

    const common = {
      account: { kind: 'property', number },
      paidAt: '2026-07-20T05:42:11.000Z',
      gateway: 'billdesk',
      takenAt: expect.any(String) as string,
    };
    expect(await takenOf(number)).toEqual([
      {
        ...common,
        number: first.number,
        demands: [{ id: 'P2', amountPaise: 105_050, rebatePaise: 5_500 }],
        amountPaise: 105_050,
        transactionId: first.transactionId,
        bankReference: '620112345678',
      },
      {
        ...common,
        number: second.number,
        // The bill that the LOI covers is not named.
        demands: [{ id: 'L1', amountPaise: 494_450, waiverPaise: 20_600 }],
        amountPaise: 494_450,
        transactionId: second.transactionId,
      },
    ]);
  });

  test('told again changes nothing, also after a restart', async () => {
    const number = await property();
    const receipt = receiptOf(number, quarter);
    await backOffice.post(receipt);
    const before = await takenOf(number);
    await backOffice.post(receipt);
    await sandbox.close();
    sandbox = await start();
    ask();
    await backOffice.post(receipt);
    expect(await takenOf(number)).toEqual(before);
    expect(await due(number)).toEqual(['L1', 'P1']);
  });

  test('told twenty times at the same moment is taken once', async () => {
    const number = await property();
    const receipt = receiptOf(number, quarter);
    await Promise.all(Array.from({ length: 20 }, () => backOffice.post(receipt)));
    expect(await takenOf(number)).toHaveLength(1);
  });

  test('of the same bill at the same moment as another: one is taken, one refused', async () => {
    const number = await property();
    const told = await Promise.allSettled(
      [receiptOf(number, quarter), receiptOf(number, quarter)].map((receipt) => backOffice.post(receipt)),
    );
    expect(told.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await takenOf(number)).toHaveLength(1);
  });

  test.each<[string, string, (number: AssesseeNumber) => Receipt]>([
    [
      'its property is unknown',
      'HTTP 404, unknown_property',
      () => receiptOf('000000000000' as AssesseeNumber, quarter),
    ],
    ['a bill is unknown', 'HTTP 422, unknown_demand', (number) => receiptOf(number, { ...quarter, P9: 100 })],
    ['a bill was taken back', 'HTTP 422, unknown_demand', (number) => receiptOf(number, { P4: 109_500 })],
    [
      'a bill was paid at a counter',
      'HTTP 409, already_paid',
      (number) => receiptOf(number, { P3: 109_500 }),
    ],
    ['it pays less than the bill', 'HTTP 422, wrong_amount', (number) => receiptOf(number, { P2: 110_549 })],
    [
      'its amounts do not add up',
      'HTTP 422, wrong_amount',
      (number) => receiptOf(number, quarter, { amount: paise(105_051) }),
    ],
  ])('is refused when %s', async (_what, because, make) => {
    const number = await property();
    expect(await reasonOf(backOffice.post(make(number)), RecordsRefusedError)).toBe(
      `the back office: ${because}`,
    );
    expect(await takenOf(number)).toEqual([]);
    expect(await due(number)).toEqual(['L1', 'P1', 'P2']);
  });

  test('is refused when another receipt has its number, and when other receipts paid its bills', async () => {
    const number = await property();
    const [first, second] = [receiptOf(number, quarter), receiptOf(number, letter)];
    await backOffice.post(first);
    const other = receiptOf(number, letter, { number: first.number });
    const why = await reasonOf(backOffice.post(other), RecordsRefusedError);
    expect(why).toBe('the back office: HTTP 409, different_receipt');
    await backOffice.post(second);
    for (const bills of [quarter, { P1: 412_000 }]) {
      const late = await reasonOf(backOffice.post(receiptOf(number, bills)), RecordsRefusedError);
      expect(late).toBe('the back office: HTTP 409, already_paid');
    }
    expect(await takenOf(number)).toHaveLength(2);
  });

  test('is refused for no reason at all, until that is lifted', async () => {
    const number = await property();
    const [known, receipt] = [receiptOf(number, quarter), receiptOf(number, letter)];
    await backOffice.post(known);
    await misbehave('PATCH', { refuseReceipts: true });
    await backOffice.post(known);
    const why = await reasonOf(backOffice.post(receipt), RecordsRefusedError);
    expect(why).toBe('the back office: HTTP 422, refused');
    await misbehave('DELETE');
    await backOffice.post(receipt);
    expect(await due(number)).toEqual([]);
  });

  test.each<[string, Partial<BackOfficeFaults>, string]>([
    ['is down', { down: true }, 'connection failed (UND_ERR_SOCKET)'],
    ['fails', { http500: true }, 'HTTP 500'],
    ['hides behind a page that says 404', { wrong: 'html404' }, 'HTTP 404'],
    ['is slow', { latencyMs: 2_000 }, 'no answer within 150 ms'],
  ])('is not taken by a back office that %s', async (_what, faults, because) => {
    const number = await property();
    const hasty = backOfficeRecords({ url: `${sandbox.url}/back-office`, token, postTimeoutMs: 150 });
    const receipt = receiptOf(number, quarter);
    await misbehave('PUT', faults);
    const patient = faults.latencyMs === undefined ? backOffice : hasty;
    expect(await reasonOf(patient.post(receipt), RecordsUnavailableError)).toBe(
      `the back office: ${because}`,
    );
    await misbehave('DELETE');
    expect(await takenOf(number)).toEqual([]);
    await backOffice.post(receipt);
    expect(await takenOf(number)).toHaveLength(1);
  });

  test.each<[string, BackOfficeFaults['wrong'], string]>([
    ['of another shape', 'shape', 'HTTP 201, and not the documented shape'],
    ['for another receipt', 'number', 'it answers for another receipt'],
  ])('of which the answer is %s is told again, and taken once', async (_what, wrong, because) => {
    const number = await property();
    const receipt = receiptOf(number, quarter);
    await misbehave('PUT', { wrong });
    const why = await reasonOf(backOffice.post(receipt), RecordsUnavailableError);
    expect(why).toBe(`the back office: ${because}`);
    await misbehave('DELETE');
    await backOffice.post(receipt);
    expect(await takenOf(number)).toHaveLength(1);
  });
});

describe('what our own books hold as paid', () => {
  test('is not asked for again while the back office does not know, and it learns it from the receipt', async () => {
    const number = await property();
    const entry = await records.find('property', number);
    if (!entry) throw new Error('no property');
    const rules = {
      promptRebate: { percent: 5, days: 21, kinds: ['PD'] },
      arrearsWaiver: { bands: [{ interestPercent: 0, penaltyPercent: 50 }] },
      rounding: { toPaise: 100 },
    } as const;
    const { dues } = duesOf({ ...entry, rules, today, asOf: Date.now() });
    const order = await makeOrder(db, {
      service: 'propertyTax',
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

    expect(await due(number, records)).toEqual([]);
    expect(await due(number)).toEqual(['L1', 'P1', 'P2']);
    const [receipt] = await receiptsOf(db, order.id);
    if (!receipt) throw new Error('no receipt');
    await records.post(receipt);
    expect(await due(number)).toEqual([]);
    expect(await takenOf(number)).toMatchObject([
      { amountPaise: order.amount, demands: [{ id: 'L1' }, { id: 'P2' }] },
    ]);
  });

  test('leaves the rest as it is, and a property that nobody knows unknown', async () => {
    const number = await property();
    expect(await records.find('property', number)).toEqual(await backOffice.find('property', number));
    expect(await records.find('property', '000000000000')).toBeUndefined();
  });

  test('must be known: without our books nobody is told what is due', async () => {
    const blind = createRecords({
      db: nobody,
      backOfficeUrl: `${sandbox.url}/back-office`,
      backOfficeToken: token,
    });
    const why = await reasonOf(blind.find('property', await property()), RecordsUnavailableError);
    expect(why).toBe('our own books do not answer');
  });
});

/** What the client makes of a server that does this. */
const post = (listener: RequestListener): Promise<void> =>
  against(listener, (url) =>
    backOfficeRecords({ url, token, postTimeoutMs: 500 }).post(
      receiptOf('311071100571' as AssesseeNumber, quarter),
    ),
  );

describe('an answer to a receipt counts as none', () => {
  test.each<[string, RequestListener, RegExp]>([
    [
      'it is a page, though with 200',
      answering(200, '<!DOCTYPE html><title>Sign in</title>'),
      /HTTP 200, and not/,
    ],
    ['it is empty', answering(201, ''), /HTTP 201, and not/],
    ['it is about another receipt', answering(200, '{"number":"W-2026-27-999999"}'), /another receipt/],
    ['a 404 is bare', answering(404, ''), /HTTP 404$/],
    ['a 404 has another reason', answering(404, '{"error":"Not Found"}'), /HTTP 404$/],
    ['a 409 is a page', answering(409, '<title>Conflict</title>'), /HTTP 409$/],
    ['a 422 gives no reason', answering(422, '{}'), /HTTP 422$/],
    ['it finds the receipt malformed', answering(400, '{"error":"malformed_receipt"}'), /HTTP 400$/],
    ['a 500 sounds like a refusal', answering(500, '{"error":"unknown_property"}'), /HTTP 500$/],
    ['the token is refused', answering(401, '{"error":"unauthorized"}'), /refuses BACK_OFFICE_TOKEN$/],
    [
      'it leads elsewhere',
      (_, to) => to.writeHead(307, { location: 'http://127.0.0.1:9/' }).end(),
      /HTTP 307$/,
    ],
    ['it never ends', (_, to) => void to.write('{"number":'), /no answer within 500 ms$/],
    ['it breaks off', (_, to) => void to.write('{', () => to.destroy()), /connection failed/],
  ])('when %s', async (_what, listener, expected) => {
    expect(await reasonOf(post(listener), RecordsUnavailableError)).toMatch(expected);
  });

  test('when nobody is there', async () => {
    const away = backOfficeRecords({ url: 'http://127.0.0.1:9', token });
    const receipt = receiptOf('311071100571' as AssesseeNumber, quarter);
    const why = await reasonOf(away.post(receipt), RecordsUnavailableError);
    expect(why).toMatch(/connection failed/);
  });
});

test('a refusal is told by its code, and without it when it might name somebody', async () => {
  const named = answering(409, '{"error":"Invented Owner of 1 Sample Street has paid"}');
  expect(await reasonOf(post(named), RecordsRefusedError)).toBe('the back office: HTTP 409');
  const coded = answering(422, '{"error":"year_is_closed"}');
  expect(await reasonOf(post(coded), RecordsRefusedError)).toBe('the back office: HTTP 422, year_is_closed');
});

describe('docs/back-office.openapi.yaml', () => {
  const { examples, requestExamples, problems, requestProblems } = operation('put', '/v1/receipts/{number}');

  const put = (body: Json, { to = String(body['number']), bearer = token } = {}): Promise<Answer> =>
    call(`${sandbox.url}/back-office/v1/receipts/${to}`, 'PUT', body, bearer);

  test('has examples that obey it and are read as they are meant', async () => {
    const statuses = examples.map(([status]) => status);
    expect(statuses).toEqual([200, 201, 400, 401, 404, 404, 404, 409, 409, 422, 422, 422, 500, 503]);
    for (const [status, example] of examples) {
      expect(problems(status, example)).toEqual([]);
      const fetch = (): Promise<Response> => Promise.resolve(Response.json(example, { status }));
      const number = 'W-2026-27-000123' as ReceiptNumber;
      const { error } = example as Json;
      const kind = accountKinds.find((each) => error === `unknown_${each}`) ?? 'property';
      const receipt = anyReceipt({ kind, number: '311071100571' }, [], { number });
      const told = backOfficeRecords({ url: 'http://there', token, fetch }).post(receipt);
      if (status < 300) await told;
      else if ([404, 409, 422].includes(status)) await reasonOf(told, RecordsRefusedError);
      else await reasonOf(told, RecordsUnavailableError);
    }
  });

  test('has examples of receipts that the stand-in takes', async () => {
    const [property, licence] = ['311071100571', '700123456789'] as const;
    await db.query(
      `insert into accounts (kind, number, owner_en, address_en, ward, residential, trade_name_en, trade,
         valid_until, status) values
         ('property', $1, 'Ananya Basu', '57 Rajdanga Main Road', 107, true, null, null, null, null),
         ('licence', $2, 'Rehana Khatun', '12 Tiljala Lane', 66, false, 'Khatun Stationers', 'stationery',
          '2025-03-31', 'active')`,
      [property, licence],
    );
    await db.query(
      `insert into demands (account_kind, account_number, id, kind, period_from, period_to, presented_on,
         principal, interest, penalty, charge, covered_by) values
         ('property', $1, 'L-2025-000412', 'LOI', '2024-04-01', '2025-03-31', '2025-06-16', 412000, 61800, 41250, 0, null),
         ('property', $1, 'P-2024-118023', 'PD', '2024-04-01', '2025-03-31', '2024-04-10', 412000, 0, 0, 0, 'L-2025-000412'),
         ('property', $1, 'P-2026-118023', 'PD', '2026-07-01', '2026-09-30', '2026-07-08', 109500, 0, 0, 1050, null),
         ('licence', $2, 'CE-2025-070412', 'CE', '2025-04-01', '2026-03-31', '2025-04-02', 120000, 0, 30000, 24000, null),
         ('licence', $2, 'CE-2026-070412', 'CE', '2026-04-01', '2027-03-31', '2026-04-02', 120000, 0, 0, 24000, null)`,
      [property, licence],
    );
    expect(requestExamples).toHaveLength(3);
    const before = await taken();
    for (const example of requestExamples) {
      expect(requestProblems(example)).toEqual([]);
      // Their numbers may be taken by now.
      const body = { ...(example as Json), number: String((example as Json)['number']).replace('W', 'D') };
      expect((await put(body)).status).toBe(201);
    }
    expect(await due(property as AssesseeNumber)).toEqual([]);
    expect(await backOffice.find('licence', licence as CeNumber)).toMatchObject({
      account: { validUntil: '2028-03-31' },
      demands: [],
    });
    expect(await taken()).toHaveLength(before.length + 3);
  });

  test('describes what the client sends', async () => {
    const number = await property();
    const full = receiptOf(
      number,
      { ...quarter, ...letter },
      { bankReference: '620112345678', method: 'upi' },
    );
    for (const receipt of [full, receiptOf(number, { P1: 412_000 })]) {
      expect(requestProblems(await sent(receipt))).toEqual([]);
    }
    expect(requestProblems({ number: 'W-1' })).not.toEqual([]);
  });

  test('describes a receipt of credit, beside a gateway and without one, and the stand-in takes both', async () => {
    const [beside, other] = [receiptOf(await property(), quarter), receiptOf(await property(), quarter)];
    const { gateway, transactionId, ...alone } = other;
    const credit = [{ amount: paise(5_050), receipt: beside.number, paidAt: Date.now() }];
    for (const receipt of [
      { ...beside, credit },
      { ...alone, credit: [{ ...credit[0], amount: alone.amount }] },
    ]) {
      const body = await sent(receipt as Receipt);
      expect(body['creditPaise']).toBe(receipt.credit[0]?.amount);
      expect(requestProblems(body)).toEqual([]);
      expect((await put(body)).status).toBe(201);
    }
  });

  test.each<[number, string, (body: Json) => Promise<Answer>]>([
    [201, 'a receipt', (body) => put(body)],
    [200, 'a receipt that comes again', (body) => put(body).then(() => put(body))],
    [400, 'a body that is no receipt', (body) => put({ ...body, amountPaise: 1050.5 })],
    [400, 'a receipt at the address of another', (body) => put(body, { to: 'W-2026-27-999999' })],
    [400, 'a body that is no JSON', (body) => put('{' as never, { to: String(body['number']) })],
    [401, 'a wrong token', (body) => put(body, { bearer: 'wrong' })],
    [
      404,
      'an unknown property',
      (body) => put({ ...body, account: { kind: 'property', number: '000000000000' } }),
    ],
    [409, 'a different receipt', (body) => put(body).then(() => put({ ...body, transactionId: 'XOTHER' }))],
    [422, 'a wrong amount', (body) => put({ ...body, amountPaise: 1 })],
    [500, 'a fault', (body) => misbehave('PUT', { http500: true }).then(() => put(body))],
  ])('describes the HTTP %d of %s', async (status, _what, answer) => {
    const body = await sent(receiptOf(await property(), quarter));
    const answered = await answer(body);
    expect(answered.status).toBe(status);
    expect(problems(status, answered.body)).toEqual([]);
  });

  test('describes the HTTP 503 of a back office without its database', async () => {
    const other = await startSandbox('http://127.0.0.1:9/nowhere', {
      backOffice: { db: nobody, token, inUse: true },
    });
    const body = await sent(receiptOf(await property(), quarter));
    const url = `${other.url}/back-office/v1/receipts/${String(body['number'])}`;
    const answered = await call(url, 'PUT', body, token);
    expect([answered.status, problems(503, answered.body)]).toEqual([503, []]);
    await other.close();
  });
});
