/** The rent of a stall in a real Postgres: from the files of the register over the look-up and the payment to the receipt. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createLookUp } from '../../activities/look-up.ts';
import { createRecordActivities, type RecordActivities } from '../../activities/records.ts';
import type { Database } from '../../database/connection.ts';
import { importFile, type Imported } from '../../database/import/load.ts';
import { RejectFile } from '../../database/import/rejects.ts';
import { orderByToken } from '../../database/payments/orders.ts';
import { receiptsOf } from '../../database/payments/receipts.ts';
import { readRules } from '../../database/register.ts';
import { receiptPdf } from '../../documents/receipt.ts';
import type { AccountReference } from '../../domain/accounts/kinds.ts';
import type { StallNumber } from '../../domain/accounts/stall.ts';
import type { CalendarDate } from '../../domain/calendar.ts';
import type { LookUp } from '../../domain/look-up.ts';
import type { Order } from '../../domain/payments/order.ts';
import type { Receipt } from '../../domain/payments/receipt.ts';
import { createLogger } from '../../platform/log.ts';
import { createRegistry, createWorkMetrics } from '../../platform/metrics.ts';
import { createRecords } from '../../records/create.ts';
import { createFind } from '../../records/find.ts';
import { facts } from '../support/bills.ts';
import { as, migratedDatabase, newCitizen, runAsOwner } from '../support/database.ts';
import { openAttempt, postingSettings as settings, tellOf } from '../support/gateway-words.ts';
import { operation } from '../support/back-office-document.ts';
import { textOf } from '../support/pdf-text.ts';
import { call, startSandbox } from './sandbox-support.ts';

const stalls = 'number,stallholder_en,stallholder_bn,address_en,ward\n';
const rents = 'number,bill,period_from,period_to,presented_on,rent,late_fee,charge,paid_on\n';
const number = '0120345';
const account: AccountReference = { kind: 'stall', number: number as StallNumber };

let db: Database;
let records: RecordActivities;

beforeAll(async () => {
  db = await migratedDatabase(inject('databaseUrl'), 4);
  await runAsOwner(db, `update rules set enabled = true where name = 'stall late fine'`);
  const lookUpsPerHour = 100;
  const office = createRecords({ db, backOfficeUrl: undefined, backOfficeToken: undefined });
  const rules = (today: CalendarDate): ReturnType<typeof readRules> => readRules(db, today);
  const find = createFind({ records: office, rules, log: createLogger('test', 'error') });
  const metrics = createWorkMetrics(createRegistry());
  const lookUp = createLookUp({ db, find, lookUpsPerHour, metrics });
  const linkLifetimeMs = 86_400_000;
  records = createRecordActivities({
    db,
    records: office,
    find,
    lookUp,
    lookUpsPerHour,
    showsPlaces: true,
    linkLifetimeMs,
    metrics,
  });
  await bring(`${stalls}${number},Lata Doyelkar,লতা দোয়েলকর,"Stall 12, Babui Market",66\n`);
});
afterAll(() => db.end());

async function bring(csv: string): Promise<Imported> {
  const client = new pg.Client({ connectionString: as('postgres', db.options.connectionString ?? '') });
  await client.connect();
  const rejects = new RejectFile(join(tmpdir(), `market-rent-${process.pid}.rejects.csv`));
  const open = (): Readable => Readable.from([csv]);
  return importFile(client, { open, rejects, strict: true }).finally(() => client.end());
}

const lookUp = async (): Promise<LookUp> =>
  records.lookUp({ citizenId: await newCitizen(db), language: 'en', account });

async function orderOf(answer: LookUp): Promise<Order> {
  const order = answer.found === 'dues' && answer.pay && (await orderByToken(db, answer.pay.token));
  if (!order) throw new Error(`no order: ${answer.found}`);
  return order;
}

async function pay(order: Order): Promise<Receipt> {
  await tellOf(db, order, { reference: await openAttempt(db, order) }, { settings });
  const [receipt] = await receiptsOf(db, order.id);
  if (!receipt) throw new Error('no receipt');
  return receipt;
}

test('months come in by their file, are shown with a late fee, paid, and stand on the receipt', async () => {
  expect(await lookUp()).toMatchObject({
    found: 'nothingDue',
    account: {
      kind: 'stall',
      number,
      owner: { en: 'L••• D••••••' },
      address: { en: 'Stall ••, Babui Market' },
    },
  });
  const imported = await bring(
    `${rents}${number},R-2026-05,2026-05-01,2026-05-31,2026-05-01,450,,20,\n` +
      `${number},R-2026-04,2026-04-01,2026-04-30,2026-04-01,450,60.50,,\n` +
      `${number},R-2026-03,2026-03-01,2026-03-31,2026-03-01,450,,,2026-03-09\n`,
  );
  expect(imported).toMatchObject({ kind: 'stall rents', rows: 3, added: 3 });

  const answer = await lookUp();
  expect(answer).toMatchObject({
    found: 'dues',
    dues: {
      // The corporation's own late fee of April, and that of the rule book for May: a tenth of the rent.
      total: 510_50 + 515_00,
      dues: [
        { id: 'R-2026-04', kind: 'RENT', payable: 510_50 },
        { id: 'R-2026-05', payable: 515_00, lateFine: { amount: 45_00, rule: { name: 'stall late fine' } } },
      ],
    },
  });

  const order = await orderOf(answer);
  expect(order).toMatchObject({ service: 'marketRent', amount: 1_025_50 });
  const receipt = await pay(order);
  expect(receipt).toMatchObject({
    service: 'marketRent',
    amount: 1_025_50,
    account: { kind: 'stall', number },
  });
  expect(await lookUp()).toMatchObject({ found: 'nothingDue' });

  const { rows } = await db.query(
    `select account, -amount::integer as amount from entry_lines where account like 'revenue/marketRent/%' order by 1`,
  );
  expect(rows.map(({ amount }: { amount: number }) => amount).reduce((a, b) => a + b, 0)).toBe(1_025_50);

  const paper = textOf(await receiptPdf(receipt, 'en', facts));
  for (const words of ['Market stall rent receipt', '012-0345', 'Stallholder', 'Late fee', 'April 2026'])
    expect(paper).toContain(words);
  expect(paper).not.toMatch(/tax|licence/i);
});

test('a number of seven digits is found under the one kind that it may be', async () => {
  const asking = { citizenId: await newCitizen(db), language: 'bn', number } as const;
  expect(await records.lookUpNumber({ ...asking, kinds: ['stall'] })).toMatchObject({
    found: 'account',
    account,
  });
  expect(await records.lookUpNumber({ ...asking, number: '0120399', kinds: ['stall'] })).toEqual({
    found: 'unknown',
  });
});

test('a rent of a stall that the register does not know is refused', async () => {
  const imported = await bring(`${rents}0120399,R-2026-06,2026-06-01,2026-06-30,2026-06-01,450,,,\n`);
  expect(imported).toMatchObject({ committed: false, rejected: 1 });
});

test('the back office answers the same, and takes the receipt with the late fee of the rule book', async () => {
  const other = '0120346';
  await bring(`${stalls}${other},Palashdar Stores,,"Stall 13, Babui Market",66\n`);
  await bring(`${rents}${other},R-2026-05,2026-05-01,2026-05-31,2026-05-01,450,,,\n`);
  const token = 'back-office-token';
  const sandbox = await startSandbox('http://127.0.0.1:9/nowhere', {
    backOffice: { db, token, inUse: true },
  });
  try {
    const backOfficeUrl = `${sandbox.url}/back-office`;
    const office = createRecords({ db, backOfficeUrl, backOfficeToken: token });
    const register = createRecords({ db, backOfficeUrl: undefined, backOfficeToken: undefined });
    expect(await office.find('stall', other)).toEqual(await register.find('stall', other));
    expect(await office.find('stall', '0120399')).toBeUndefined();

    const { status, body } = await call(
      `${backOfficeUrl}/v1/stalls/${other}/demands`,
      'GET',
      undefined,
      token,
    );
    const document = operation('get', '/v1/stalls/{number}/demands');
    expect(document.problems(status, body)).toEqual([]);
    for (const [code, example] of document.examples) expect(document.problems(code, example)).toEqual([]);

    const answer = await records.lookUp({
      citizenId: await newCitizen(db),
      language: 'hi',
      account: { kind: 'stall', number: other as StallNumber },
    });
    const receipt = await pay(await orderOf(answer));
    await office.post(receipt);
    const taken = await call(`${sandbox.url}/sandbox/back-office/receipts`, 'GET');
    expect(taken.body['receipts']).toMatchObject([
      {
        account: { kind: 'stall', number: other },
        amountPaise: 495_00,
        demands: [{ id: 'R-2026-05', amountPaise: 495_00, lateFinePaise: 45_00 }],
      },
    ]);
  } finally {
    await sandbox.close();
  }
});
