/** `npm run import` against a real Postgres: what goes in, what is refused and why, and who notices. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { connect, inTransaction, type Database } from '../../database/connection.ts';
import { importFile, type Imported } from '../../database/import/load.ts';
import { RejectFile } from '../../database/import/rejects.ts';
import { migrate } from '../../database/migrate.ts';
import { lookUp, readRules } from '../../database/register.ts';
import type { CalendarDate } from '../../domain/calendar.ts';
import { cityFiles, demandsCsv, propertiesCsv } from '../../sandbox/city/files.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { temporaryFolder } from '../fixtures/house/terminal.ts';
import { as, freshDatabase } from '../support/database.ts';
import { runImport } from '../support/import.ts';

let url: string;
let db: Database;
let client: pg.Client;
let folder: { readonly path: string; remove: () => Promise<void> };

beforeAll(async () => {
  url = await freshDatabase(inject('databaseUrl'));
  await migrate(as('purosheba_owner', url), url);
  db = connect({ url: as('postgres', url), size: 4, name: 'test', onLost: () => undefined });
  client = new pg.Client({ connectionString: url });
  await client.connect();
  folder = await temporaryFolder();
});

afterAll(async () => {
  await client.end();
  await db.end();
  await folder.remove();
});

beforeEach(async () => {
  await db.query('truncate accounts, demands, trades, trade_fees');
});

const properties = 'number,owner_en,owner_bn,address_en,address_bn,residential,senior\n';
const demands =
  'number,bill,kind,period_from,period_to,presented_on,principal,interest,penalty,covered_by,paid_on\n';
const home = '110010100015';
const shop = '110010100021';
const bothProperties =
  properties +
  `${home},Lata Doyelkar,লতা দোয়েলকর,"1 Babui Lane, Ward 1","১ বাবুই লেন, ওয়ার্ড ১",yes,yes\n` +
  `${shop},Palashdar Stores,,2 Babui Lane,,no,no\n`;
const newBill = `${home},PD-2026,PD,2026-04-01,2027-03-31,2026-05-01,1234.50,,,,\n`;

interface Outcome extends Imported {
  readonly rejects: readonly string[];
}

async function bring(csv: string | (() => Readable), strict = false): Promise<Outcome> {
  const rejects = new RejectFile(join(folder.path, 'file.csv.rejects.csv'));
  const open = typeof csv === 'string' ? (): Readable => Readable.from([csv]) : csv;
  const imported = await importFile(client, { open, rejects, strict });
  const listed = await readFile(rejects.path, 'utf8').catch(() => '');
  return { ...imported, rejects: listed.trim().split('\n').slice(1) };
}

const count = async (table: 'accounts' | 'demands'): Promise<number> =>
  (await db.query<{ count: number }>(`select count(*)::integer as count from ${table}`)).rows[0]?.count ?? -1;

/** Everything in the register, with the transaction that wrote each row. */
const contents = async (): Promise<object[]> =>
  (
    await db.query<{ xmin: string; row: string }>(`select xmin::text, a::text as row from accounts a
                    union all select xmin::text, d::text from demands d
                    union all select xmin::text, t::text from trades t
                    union all select xmin::text, f::text from trade_fees f order by 2`)
  ).rows;

describe('an import', () => {
  test('brings properties and their bills, in two languages and in paise', async () => {
    await bring(bothProperties);
    await bring(`${demands}${newBill}${home},PD-2025,PD,2025-04-01,2026-03-31,2025-05-01,900,90.05,9.5,,\n`);
    expect(await lookUp(db, 'property', home)).toEqual({
      account: {
        kind: 'property',
        number: home,
        owner: { en: 'Lata Doyelkar', bn: 'লতা দোয়েলকর' },
        address: { en: '1 Babui Lane, Ward 1', bn: '১ বাবুই লেন, ওয়ার্ড ১' },
        ward: 1,
        residential: true,
        senior: true,
        green: false,
      },
      demands: expect.arrayContaining([
        {
          id: 'PD-2026',
          kind: 'PD',
          periodFrom: '2026-04-01',
          periodTo: '2027-03-31',
          presentedOn: '2026-05-01',
          lines: [{ kind: 'principal', amount: 123450 }],
        },
        expect.objectContaining({
          id: 'PD-2025',
          lines: [
            { kind: 'principal', amount: 90000 },
            { kind: 'interest', amount: 9005 },
            { kind: 'penalty', amount: 950 },
          ],
        }),
      ]) as unknown,
    });
    expect((await lookUp(db, 'property', shop))?.account.owner).toEqual({ en: 'Palashdar Stores' });
  });

  test('takes columns in any order, a byte order mark, Windows line ends and empty lines', async () => {
    const csv = `\ufeffresidential,Number,address_en,owner_en\r\n\r\nyes,${home},"1, Babui\r\nLane",Lata\r\n\r\n`;
    expect(await bring(csv)).toMatchObject({ added: 1, rows: 1, rejected: 0 });
    expect((await lookUp(db, 'property', home))?.account.address).toEqual({ en: '1, Babui Lane' });
  });

  test('reads quotes, and letters of any script, wherever the file is cut into pieces', async () => {
    const csv =
      `\ufeff${properties}${home},"Lata ""Lotus"" Doyelkar" ,লতা,"1, Babui\r\nLane","১, বাবুই লেন",yes,yes\r\n` +
      `"${shop}",Palash "P" dar,"","2 ""B"" Lane",,no,no`;
    const bytes = Buffer.from(csv);
    for (const size of [1, 2, 5, 64]) {
      await db.query('truncate accounts');
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
      expect(await bring(() => Readable.from(pieces))).toMatchObject({ added: 2, rejects: [] });
      expect((await lookUp(db, 'property', home))?.account).toMatchObject({
        owner: { en: 'Lata "Lotus" Doyelkar', bn: 'লতা' },
        address: { en: '1, Babui Lane', bn: '১, বাবুই লেন' },
      });
      expect((await lookUp(db, 'property', shop))?.account).toMatchObject({
        owner: { en: 'Palash "P" dar' },
        address: { en: '2 "B" Lane' },
      });
    }
  });

  test('writes the same name the same way, however its letters were composed', async () => {
    const composed = 'জ\u09dfা';
    await bring(
      `number,owner_en,owner_bn,address_en,residential\n${home},Joya,${composed},1 Babui Lane,yes\n`,
    );
    const owner = (await lookUp(db, 'property', home))?.account.owner.bn;
    expect(owner).toBe(composed.normalize('NFC'));
    expect(owner).not.toBe(composed);
  });

  test('of the same file again touches nothing', async () => {
    await bring(bothProperties);
    await bring(demands + newBill);
    const before = await contents();
    expect(await bring(bothProperties)).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
    expect(await bring(demands + newBill)).toMatchObject({ added: 0, changed: 0, unchanged: 1 });
    expect(await contents()).toEqual(before);
  });

  test('of a newer file changes what is new and leaves what it does not name', async () => {
    await bring(bothProperties);
    await bring(demands + newBill);
    const paid = newBill.replace(/,\n$/, ',2026-05-20\n');
    const another = `${shop},PD-2026,PD,2026-04-01,2027-03-31,2026-05-01,50,,,,\n`;
    expect(await bring(demands + paid + another)).toMatchObject({ added: 1, changed: 1, unchanged: 0 });
    expect((await lookUp(db, 'property', home))?.demands).toEqual([]);
    expect(await bring(demands + newBill)).toMatchObject({ added: 0, changed: 1 });
    expect((await lookUp(db, 'property', home))?.demands).toHaveLength(1);
    expect((await lookUp(db, 'property', shop))?.demands).toHaveLength(1);
  });

  test('of a large file in no order gives the same as in order', async () => {
    const city = { properties: 4_000, demands: 10, seed: 3, today: '2026-05-20' as CalendarDate };
    const read = async (): Promise<unknown[]> =>
      (await db.query<{ d: string }>('select d::text from demands d order by d::text')).rows;
    await bring(() => Readable.from(propertiesCsv(city)));
    const inOrder = await bring(() => Readable.from(demandsCsv(city)));
    const expected = await read();
    await db.query('truncate demands');
    const [header = '', ...rows] = [...demandsCsv(city)].join('').trim().split('\n');
    const shuffled = [header, ...rows.reverse()].join('\n');
    expect(await bring(shuffled)).toEqual(inOrder);
    expect(await read()).toEqual(expected);
    expect(inOrder.added).toBeGreaterThan(36_000);
  });
});

const trades = `code,name_bn,name_en,name_hi,needs_approval
grocery,মুদির দোকান,Grocery,किराना दुकान,
godown,গুদাম,Godown,गोदाम,yes
`;
const fees = `trade,valid_from,fee,charge,source
grocery,2020-04-01,500,,Invented
grocery,2026-04-01,650.50,120,Invented
`;
const licences =
  'number,trade_name_en,trade_name_bn,owner_en,owner_bn,address_en,address_bn,ward,trade,valid_until,status\n';
const store = '700010000381';
const storeRow = `${store},Jonaki Stores,জোনাকি স্টোর্স,Lata Doyelkar,লতা দোয়েলকর,1 Babui Lane,১ বাবুই লেন,007,grocery,2026-05-31,active\n`;
const depotRow = '0070001000,Babui Godown,,Gita Nodikar,,2 Babui Lane,,144,godown,2027-01-15,suspended\n';
const years = 'number,bill,period_from,period_to,presented_on,fee,late_fine,charge,paid_on,withdrawn_on\n';
const newYear = `${store},CE-2026,2026-06-01,2027-05-31,2026-04-15,650.50,,120,,\n`;
const oldYear = `${store},CE-2025,2025-06-01,2026-05-31,2025-04-15,500,,,2025-05-02,\n`;

describe('an import of licences', () => {
  const bringSchedule = async (): Promise<void> => {
    await bring(trades);
    await bring(fees);
  };

  test('brings the schedule, licences and their yearly demands', async () => {
    await bringSchedule();
    await bring(licences + storeRow + depotRow);
    expect(await bring(years + newYear + oldYear)).toMatchObject({ kind: 'licence demands', added: 2 });
    expect(await lookUp(db, 'licence', store)).toEqual({
      account: {
        kind: 'licence',
        number: store,
        tradeName: { en: 'Jonaki Stores', bn: 'জোনাকি স্টোর্স' },
        owner: { en: 'Lata Doyelkar', bn: 'লতা দোয়েলকর' },
        address: { en: '1 Babui Lane', bn: '১ বাবুই লেন' },
        ward: 7,
        trade: 'grocery',
        validUntil: '2026-05-31',
        status: 'active',
      },
      demands: [
        {
          id: 'CE-2026',
          kind: 'CE',
          periodFrom: '2026-06-01',
          periodTo: '2027-05-31',
          presentedOn: '2026-04-15',
          lines: [
            { kind: 'principal', amount: 65050 },
            { kind: 'charge', amount: 12000 },
          ],
        },
      ],
    });
    expect((await lookUp(db, 'licence', '0070001000'))?.account).toMatchObject({
      ward: 144,
      status: 'suspended',
      tradeName: { en: 'Babui Godown' },
    });
    expect((await readRules(db, '2026-05-20' as CalendarDate)).trades).toEqual({
      grocery: {
        name: { bn: 'মুদির দোকান', en: 'Grocery', hi: 'किराना दुकान' },
        needsApproval: false,
        yearly: { fee: 65050, charge: 12000 },
      },
      godown: { name: { bn: 'গুদাম', en: 'Godown', hi: 'गोदाम' }, needsApproval: true },
    });
  });

  test('of the same files again touches nothing, and of newer ones what they name', async () => {
    const files = [trades, fees, licences + storeRow + depotRow, years + newYear + oldYear];
    for (const file of files) await bring(file);
    const before = await contents();
    for (const file of files) expect(await bring(file)).toMatchObject({ added: 0, changed: 0, rejected: 0 });
    expect(await contents()).toEqual(before);

    const paid = newYear.replace(/,,\n$/, ',2026-05-20,\n');
    expect(await bring(years + paid)).toMatchObject({ added: 0, changed: 1 });
    expect(await lookUp(db, 'licence', store)).toMatchObject({
      account: { validUntil: '2027-05-31' },
      demands: [],
    });
    expect(await bring(licences + depotRow.replace('suspended', 'closed'))).toMatchObject({ changed: 1 });
    expect((await lookUp(db, 'licence', '0070001000'))?.account.status).toBe('closed');
    const dearer = `${fees}godown,2026-04-01,3000,,Invented\n`.replace(',500,', ',510,');
    expect(await bring(dearer)).toMatchObject({ added: 1, changed: 1, unchanged: 1 });
  });

  test('leaves a property of the same number, and its bills, as they are', async () => {
    await bringSchedule();
    await bring(bothProperties);
    await bring(demands + newBill);
    const twin = storeRow.replace(store, home);
    expect(await bring(licences + twin)).toMatchObject({ added: 1 });
    expect(await bring(years + newYear.replace(store, home))).toMatchObject({ added: 1 });
    expect(await lookUp(db, 'property', home)).toMatchObject({
      account: { residential: true, senior: true },
      demands: [{ id: 'PD-2026' }],
    });
    expect(await bring(bothProperties)).toMatchObject({ changed: 0, unchanged: 2 });
    expect(await lookUp(db, 'licence', home)).toMatchObject({ demands: [{ id: 'CE-2026' }] });
    expect(await bring(years + newYear.replace(store, shop))).toMatchObject({
      rejects: [`2,number,${shop},no such licence; import its row first`],
    });
  });

  const columnOf = (header: string, column: string): number => header.trim().split(',').indexOf(column);
  const changed = (header: string, row: string, column: string, value: string): string => {
    const fields = row.trim().split(',');
    fields[columnOf(header, column)] = value;
    return `${header}${fields.join(',')}\n`;
  };

  test.each([
    ['number', '1234567', 'is not 8 to 16 digits'],
    ['number', '7001-0000', 'is not 8 to 16 digits'],
    ['ward', '145', 'is not a ward from 1 to 144'],
    ['ward', '0', 'is not a ward from 1 to 144'],
    ['trade', 'Grocery', '"is not the code of a trade: small letters, digits and hyphens, at most 40"'],
    ['trade', 'tailoring', 'no such trade; import its row of trades first'],
    ['valid_until', '', 'is empty'],
    ['status', 'open', '"is not active, suspended or closed"'],
  ])('refuses one with %s "%s"', async (column, value, reason) => {
    await bringSchedule();
    const { rejects, added } = await bring(changed(licences, storeRow, column, value) + depotRow);
    expect(rejects).toEqual([`2,${column},${value},${reason}`]);
    expect(added).toBe(1);
  });

  test.each([
    ['number', '700010000999', 'no such licence; import its row first'],
    ['fee', '', 'is empty'],
    ['late_fine', '-1', '"is not rupees with at most two decimals, without commas or sign"'],
    ['period_to', '2026-05-01', 'lies before period_from'],
  ])('refuses a demand with %s "%s"', async (column, value, reason) => {
    await bringSchedule();
    await bring(licences + storeRow);
    const { rejects, added } = await bring(changed(years, newYear, column, value) + oldYear);
    expect(rejects).toEqual([`2,${column},${value},${reason}`]);
    expect(added).toBe(1);
  });

  test('refuses a fee of a trade that nobody knows, and takes the others', async () => {
    await bring(trades);
    expect(await bring(`${fees}tailoring,2020-04-01,300,,Invented\n`)).toMatchObject({
      rejects: ['4,trade,tailoring,no such trade; import its row of trades first'],
      added: 2,
    });
  });

  test('refuses two open demands for one year, and lets one take the place of another', async () => {
    const reason = '"another open bill of the licence begins on the same day, here or in the register"';
    const again = newYear.replace('CE-2026', 'CE-2026A');
    await bringSchedule();
    await bring(licences + storeRow);
    expect((await bring(years + oldYear + newYear + again)).rejects).toEqual([
      `3,period_from,2026-06-01,${reason}`,
      `4,period_from,2026-06-01,${reason}`,
    ]);
    expect(await bring(years + newYear)).toMatchObject({ added: 1 });
    expect((await bring(years + again)).rejects).toEqual([`2,period_from,2026-06-01,${reason}`]);
    const withdrawn = newYear.replace(/,\n$/, ',2026-05-01\n');
    expect(await bring(years + withdrawn + again)).toMatchObject({ added: 1, changed: 1, rejected: 0 });
    expect((await lookUp(db, 'licence', store))?.demands).toMatchObject([{ id: 'CE-2026A' }]);
  });

  test('takes a whole city, in any order the same', async () => {
    const city = { properties: 4_000, demands: 1, seed: 3, today: '2026-05-20' as CalendarDate };
    const { 'licences.csv': accounts, 'licence-demands.csv': bills, ...others } = cityFiles(city);
    for (const name of ['trades.csv', 'trade-fees.csv']) {
      expect(await bring(() => Readable.from(others[name] ?? []))).toMatchObject({ rejected: 0 });
    }
    expect(await bring(() => Readable.from(accounts ?? []))).toMatchObject({ added: 2_000, rejected: 0 });
    const [header = '', ...rows] = [...(bills ?? [])].join('').trim().split('\n');
    expect(await bring([header, ...rows].join('\n'))).toMatchObject({ added: rows.length, rejected: 0 });
    const before = await contents();
    expect(await bring([header, ...rows.reverse()].join('\n'))).toMatchObject({ unchanged: rows.length });
    expect(await contents()).toEqual(before);
  });
});

describe('a row is refused', () => {
  const property = (change: Record<string, string>): string => {
    const row = { number: home, owner_en: 'Lata', address_en: '1 Babui Lane', residential: 'yes', ...change };
    return `${Object.keys(row).join(',')}\n${Object.values(row).join(',')}\n`;
  };
  test.each([
    ['number', '11001010001', 'is not 12 digits with a ward from 001 to 144'],
    ['number', '111450100015', 'is not 12 digits with a ward from 001 to 144'],
    ['number', '110000100015', 'is not 12 digits with a ward from 001 to 144'],
    ['owner_en', '', 'is empty'],
    ['owner_en', 'La\ufffdta', 'is not text of at most 300 characters in UTF-8, without control characters'],
    [
      'address_en',
      'x'.repeat(301),
      'is not text of at most 300 characters in UTF-8, without control characters',
    ],
    ['owner_bn', 'লি-র মিষ্টি 李🍬', 'has characters that no font has: 李 (U+674E) 🍬 (U+1F36C)'],
    ['residential', 'perhaps', 'is not yes or no'],
    ['senior', '1', 'is not yes or no'],
  ])('of a property with %s "%s"', async (column, value, reason) => {
    const { rejects, rejected, added } = await bring(property({ [column]: value }));
    const quoted = reason.includes(',') ? `"${reason}"` : reason;
    expect(rejects).toEqual([`2,${column},${value.slice(0, 200)},${quoted}`]);
    expect({ rejected, added }).toEqual({ rejected: 1, added: 0 });
  });

  const bill = (change: Record<string, string>): string => {
    const row = {
      number: home,
      bill: 'PD-2026',
      kind: 'PD',
      period_from: '2026-04-01',
      period_to: '2027-03-31',
      presented_on: '2026-05-01',
      principal: '100.00',
      ...change,
    };
    return `${Object.keys(row).join(',')}\n${Object.values(row).join(',')}\n`;
  };
  const day = '"is not a date that exists, as 2026-04-30"';
  const rupees = '"is not rupees with at most two decimals, without commas or sign"';
  test.each([
    ['number', '110010100099', 'no such property; import its row first'],
    [
      'bill',
      'PD 2026',
      '"is not a bill number: letters, digits, hyphens, full stops and slashes, at most 32"',
    ],
    ['kind', 'HRA', '"is not PD, FS or LOI"'],
    ['period_from', '2026-02-30', day],
    ['period_to', '31/03/2027', day],
    ['period_to', '2026-03-31', 'lies before period_from'],
    ['presented_on', '', 'is empty'],
    ['principal', '-5', rupees],
    ['principal', '1.005', rupees],
    ['interest', '1e3', rupees],
    ['covered_by', 'LOI-2026', '"the property has no LOI of that number, neither here nor in the register"'],
    ['paid_on', 'yes', day],
  ])('of a bill with %s "%s"', async (column, value, reason) => {
    await bring(bothProperties);
    const { rejects, added } = await bring(bill({ [column]: value }));
    expect(rejects).toEqual([`2,${column},${value},${reason}`]);
    expect(added).toBe(0);
  });

  test('of an LOI that another is said to cover', async () => {
    await bring(bothProperties);
    const { rejects } = await bring(bill({ kind: 'LOI', bill: 'LOI-2026', covered_by: 'LOI-2025' }));
    expect(rejects).toEqual(['2,covered_by,LOI-2025,an LOI is not covered by another']);
  });

  test.each([
    ['=HYPERLINK(1)', "'=HYPERLINK(1)"],
    ['@SUM(1)', "'@SUM(1)"],
    ['-2+3', "'-2+3"],
    ['-2.5', '-2.5'],
  ])('and its value %s opens in a spreadsheet as the text that it is', async (value, listed) => {
    const { rejects } = await bring(property({ residential: value }));
    expect(rejects).toEqual([`2,residential,${listed},is not yes or no`]);
  });

  test('that has too few columns; the lines of others are still right', async () => {
    const csv = `${properties}${home},Lata\n${shop},Palashdar Stores,,"2 Babui\nLane",,no,no\n12,a,,b,,no,no\n`;
    const { rejects, added } = await bring(csv);
    expect(rejects).toEqual([
      `2,,"${home},Lata","has 2 columns, the first line has 7"`,
      '5,number,12,is not 12 digits with a ward from 001 to 144',
    ]);
    expect(added).toBe(1);
  });

  test('that has a stray quote, with the rows that it swallows', async () => {
    const good = `${shop},Palashdar Stores,,2 Babui Lane,,no,no\n`;
    const { rejects, added } = await bring(
      `${properties}${home},"Lata" D,,a,,no,no\n${good}${home},"x",,b,,no,no\n${good}`,
    );
    expect(rejects[0]).toMatch(/^2,,.*has a stray quote; it takes the rows up to line 4 with it$/);
    expect({ added, refused: rejects.length }).toEqual({ added: 1, refused: 1 });
  });

  test('in every copy when it stands twice in a file, side by side or far apart', async () => {
    const [first = '', second = ''] = bothProperties.slice(properties.length).split('\n');
    expect((await bring(`${properties}${first}\n${first}\n`)).rejects).toEqual([
      `2,number,${home},stands more than once in this file`,
      `3,number,${home},stands more than once in this file`,
    ]);
    const apart = await bring(`${properties}${first}\n${second}\n${first}\n`);
    expect(apart).toMatchObject({ rejected: 2, added: 1 });
  });

  test('while the good rows beside it go in, with and without an order', async () => {
    await bring(bothProperties);
    const other = `${shop},PD-2026,PD,2026-04-01,2027-03-31,2026-05-01,50,,,,\n`;
    const bad = `${home},PD-2025,PD,2025-04-01,2026-03-31,2025-05-01,ten,,,,\n`;
    expect(await bring(demands + bad + newBill + other)).toMatchObject({ rejected: 1, added: 2 });
    await db.query('truncate demands');
    expect(await bring(demands + other + bad + newBill)).toMatchObject({ rejected: 1, added: 2 });
  });

  test('with its own line wherever it stands in a large file, and all others go in', async () => {
    const city = { properties: 12_000, demands: 10, seed: 3, today: '2026-05-20' as CalendarDate };
    const places = [...propertiesCsv(city)].join('').split('\n');
    const gone = [700, 800, 11_500].map((line) => places[line]?.slice(0, 12) ?? '');
    const register = places.filter((line) => !gone.includes(line.slice(0, 12))).join('\n');
    const bills = [...demandsCsv(city)].join('');
    const expected = bills.split('\n').flatMap((row, index) => {
      const number = row.slice(0, 12);
      return gone.includes(number)
        ? [`${index + 1},number,${number},no such property; import its row first`]
        : [];
    });
    await bring(() => Readable.from([register]));
    const first = await bring(() => Readable.from([bills]));
    expect(first.rejects).toEqual(expected);
    expect(first).toMatchObject({ added: first.rows - expected.length, changed: 0, unchanged: 0 });
    expect(await count('demands')).toBe(first.added);
    expect(await bring(() => Readable.from([bills]))).toMatchObject({
      added: 0,
      unchanged: first.added,
      rejects: expected,
    });
  });

  test('and with it the whole file where that is wanted', async () => {
    const csv = `${bothProperties}12,x,,y,,no,no\n`;
    expect(await bring(csv, true)).toMatchObject({ committed: false, added: 0, rejected: 1 });
    expect(await count('accounts')).toBe(0);
  });

  test('no longer once the file is mended: the list of refusals goes', async () => {
    expect((await bring(`${bothProperties}12,x,,y,,no,no\n`)).rejects).toHaveLength(1);
    expect((await bring(bothProperties)).rejects).toEqual([]);
  });
});

describe('a file is refused', () => {
  test.each([
    ['', 'The file is empty.'],
    ['number,owner_en\n', 'lacks address_en, residential'],
    [`${demands.trim()},amount\n`, 'It comes closest to demands, but has no use for amount'],
    ['number,owner_en,owner_en,address_en,residential\n', 'has a column twice'],
    ['number,trade,valid_until,status\n', 'It comes closest to licences, but lacks trade_name_en'],
  ])('that begins with %j', async (csv, reason) => {
    await expect(bring(csv)).rejects.toThrow(reason);
    expect(await count('accounts')).toBe(0);
  });

  test('in which a quote is never closed', async () => {
    const endless = join(folder.path, 'endless.csv');
    await writeFile(endless, `${properties}${home},"Lata,,,,yes,no\n${'x,y\n'.repeat(1_500_000)}`);
    const { createReadStream } = await import('node:fs');
    await expect(bring(() => createReadStream(endless))).rejects.toThrow(
      'Line 2: a quote is opened and never closed',
    );
  });
});

test('two imports wait for each other, and the second says so', async () => {
  const other = await db.connect();
  await other.query('select pg_advisory_lock(7072001)');
  const rejects = new RejectFile(join(folder.path, 'waiting.rejects.csv'));
  let imported: Imported | undefined;
  await new Promise<void>((resolve, reject) => {
    const onWait = (): void => {
      other.query('select pg_advisory_unlock(7072001)').then(() => other.release(), reject);
    };
    importFile(client, { open: () => Readable.from([bothProperties]), rejects, onWait }).then((done) => {
      imported = done;
      resolve();
    }, reject);
  });
  expect(imported).toMatchObject({ added: 2 });
});

describe('while an import is under way', () => {
  const second = `${shop},PD-2026,PD,2026-04-01,2027-03-31,2026-05-01,50,,,,\n`;
  const newer = demands + newBill.replace('1234.50', '2000') + second.replace(',50,', ',60,');
  const principal = async (number: string): Promise<number | undefined> =>
    (await lookUp(db, 'property', number))?.demands[0]?.lines[0]?.amount;

  /** Somebody holds a row of the account until they let it go. */
  const holding = async (number: string, bill = 'PD-2026'): Promise<() => Promise<void>> => {
    const holder = await db.connect();
    await holder.query('begin');
    await holder.query('select from demands where account_number = $1 and id = $2 for update', [
      number,
      bill,
    ]);
    return async () => {
      await holder.query('rollback');
      holder.release();
    };
  };

  test('it gives way to whoever holds a row, and keeps nobody from the rows that it has come to', async () => {
    await bring(bothProperties);
    await bring(demands + newBill + second);
    const letGo = await holding(shop);
    const importing = bring(newer);
    await waitFor('the first account to change', async () => (await principal(home)) === 200000);
    expect(await principal(shop)).toBe(5000);
    // Again and again, while it still tries to have the other row.
    for (let times = 0; times < 20; times += 1) {
      await db.query(
        `begin; set local lock_timeout = '1s';
         update demands set penalty = penalty + 100 where account_number = '${home}'; commit`,
      );
    }
    await letGo();
    expect(await importing).toMatchObject({ changed: 2 });
    expect(await principal(shop)).toBe(6000);
  });

  test('an account changes as a whole: a letter of intimation and what it covers', async () => {
    await bring(bothProperties);
    const loi = `${shop},LOI-2026,LOI,2024-04-01,2025-03-31,2026-04-20,900,90,,,\n`;
    const old = `${shop},PD-2024,PD,2024-04-01,2025-03-31,2024-05-02,900,,,LOI-2026,\n`;
    await bring(demands + newBill + loi + old);
    const amounts = async (): Promise<unknown> =>
      (await db.query('select id, principal::int from demands where account_number = $1 order by id', [shop]))
        .rows;
    const before = await amounts();
    const letGo = await holding(shop, 'PD-2024');
    const importing = bring(
      demands + newBill.replace('1234.50', '2000') + (loi + old).replaceAll(',900,', ',800,'),
    );
    await waitFor('the account before to change', async () => (await principal(home)) === 200000);
    expect(await amounts()).toEqual(before);
    await letGo();
    expect(await importing).toMatchObject({ changed: 3 });
    expect(await amounts()).toEqual([
      { id: 'LOI-2026', principal: 80000 },
      { id: 'PD-2024', principal: 80000 },
    ]);
  });

  test('a bill that is paid here in that moment is not made unpaid, nor one that was paid here before', async () => {
    await bring(bothProperties);
    await bring(demands + newBill + second);
    const pay = async (on: pg.PoolClient, number: string): Promise<void> => {
      await on.query(
        `insert into demand_balances (account_kind, account_number, demand_id, amount, covered)
         values ('property', $1, 'PD-2026', 100, 100)`,
        [number],
      );
      await on.query(`update demands set paid_on = '2026-05-20' where account_number = $1`, [number]);
    };
    await db.query('delete from demand_balances');
    await inTransaction(db, (on) => pay(on, home));
    const payer = await db.connect();
    await payer.query('begin');
    await pay(payer, shop);
    const importing = bring(newer);
    await waitFor('the paid account to change', async () => {
      const { rows } = await db.query('select from demands where principal = 200000');
      return rows.length === 1;
    });
    await payer.query('commit');
    payer.release();
    expect(await importing).toMatchObject({ changed: 2 });
    const { rows } = await db.query(
      `select principal::int, paid_on::text from demands order by account_number`,
    );
    expect(rows).toEqual([
      { principal: 200000, paid_on: '2026-05-20' },
      { principal: 6000, paid_on: '2026-05-20' },
    ]);
    expect(await bring(newer)).toMatchObject({ changed: 0, unchanged: 2 });
    await db.query('delete from demand_balances');
  });

  test('its sudden death leaves every account whole, and the same file again finishes it', async () => {
    await bring(bothProperties);
    await bring(demands + newBill + second);
    const file = join(folder.path, 'newer.csv');
    await writeFile(file, newer);
    const letGo = await holding(shop);
    const killed = runImport(url, file);
    await waitFor('the first account to change', async () => (await principal(home)) === 200000);
    killed.process.kill('SIGKILL');
    await killed.ended;
    await letGo();
    await waitFor('the end of its connection', async () => !(await isConnected('import')));
    const { code, output } = await runImport(url, file).ended;
    expect(output).toMatch(/2 demands in \d+ s: 0 new, [12] changed, [01] as before/);
    expect(code).toBe(0);
    expect([await principal(home), await principal(shop)]).toEqual([200000, 6000]);
  });

  test('its sudden death while it reads leaves the register as it was', async () => {
    const file = join(folder.path, 'properties.csv');
    await writeFile(file, bothProperties);
    const holder = await db.connect();
    await holder.query('begin; lock table accounts in share mode');
    const killed = runImport(url, file);
    await waitFor('the import to begin writing', () => isWaitingForLock('import'));
    killed.process.kill('SIGKILL');
    await killed.ended;
    await holder.query('rollback');
    holder.release();
    await waitFor('the end of its transaction', async () => !(await isConnected('import')));
    expect(await count('accounts')).toBe(0);
  });
});

describe('the command', () => {
  test('imports properties before bills, tells what was refused, and where, and exits with 2', async () => {
    const inner = join(folder.path, 'city');
    await mkdir(inner, { recursive: true });
    const files = { bills: join(inner, 'a.csv'), places: join(inner, 'b.csv') };
    await writeFile(
      files.bills,
      `${demands}${newBill}${newBill.replace('PD-2026', 'PD-2027').replace('1234.50', '?')}`,
    );
    await writeFile(files.places, bothProperties);
    const { code, output } = await runImport(url, files.bills, files.places).ended;
    expect(output).toMatch(
      /b\.csv: 2 properties.*\n.*a\.csv: 2 demands.*1 new.*1 refused, listed in .*a\.csv\.rejects\.csv/,
    );
    expect(code).toBe(2);
    expect(await readFile(`${files.bills}.rejects.csv`, 'utf8')).toContain('3,principal,?,');
  });

  test('imports licences and the schedule in the order in which they need each other', async () => {
    const inner = join(folder.path, 'licences');
    await mkdir(inner, { recursive: true });
    const files = { 'a.csv': years + newYear, 'b.csv': licences + storeRow, 'c.csv': fees, 'd.csv': trades };
    const paths = Object.keys(files).map((name) => join(inner, name));
    for (const [name, csv] of Object.entries(files)) await writeFile(join(inner, name), csv);
    const { code, output } = await runImport(url, ...paths).ended;
    expect(output).toMatch(
      /d\.csv: 2 trades.*\n.*c\.csv: 2 trade fees.*\n.*b\.csv: 1 licences.*\n.*a\.csv: 1 licence demands in \d+ s: 1 new/,
    );
    expect(code).toBe(0);
  });

  test('explains itself without arguments, and a file that is not there', async () => {
    const bare = await runImport(url).ended;
    expect(bare.output).toContain('Usage: npm run import');
    const missing = await runImport(url, 'nowhere.csv').ended;
    expect(missing.output).toContain('There is no such file');
    expect([bare.code, missing.code]).toEqual([1, 1]);
  });
});

async function isWaitingForLock(application: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock' and application_name = $1`,
    [application],
  );
  return rowCount === 1;
}

async function isConnected(application: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'select from pg_stat_activity where datname = current_database() and application_name = $1',
    [application],
  );
  return (rowCount ?? 0) > 0;
}
