import { describe, expect, test } from 'vitest';
import { addDays, type CalendarDate } from '../../domain/calendar.ts';
import { isNumberOf } from '../../domain/conversation/understanding/numbers.ts';
import {
  cityFiles,
  demandsCsv,
  licenceDemandsCsv,
  licencesCsv,
  propertiesCsv,
  type CityOptions,
} from '../../sandbox/city/files.ts';

const city: CityOptions = { properties: 3_000, seed: 7, demands: 10, today: '2026-05-20' as CalendarDate };
const properties = (change: Partial<CityOptions> = {}): string =>
  [...propertiesCsv({ ...city, ...change })].join('');
const demands = (change: Partial<CityOptions> = {}): string =>
  [...demandsCsv({ ...city, ...change })].join('');
const rows = (csv: string): string[] => csv.trim().split('\n').slice(1);
const columnOf = (csv: string, column: number): string[] =>
  rows(csv).map((row) => row.split(',')[column] ?? '');

describe('the synthetic city', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(properties()).toBe(properties());
    expect(demands()).toBe(demands());
    expect(properties({ seed: 8 })).not.toBe(properties());
    expect(demands({ seed: 8 })).not.toBe(demands());
  });

  test('has as many properties as it is asked for, with numbers of their own in all 144 wards', () => {
    const numbers = columnOf(properties(), 0);
    expect(new Set(numbers).size).toBe(3_000);
    expect(numbers.every((number) => isNumberOf('property', number))).toBe(true);
    expect(new Set(numbers.map((number) => number.slice(2, 5))).size).toBe(144);
    expect([...numbers].sort()).toEqual(numbers);
  });

  test.each([1, 143, 144, 145, 1_000])('of %i properties has no number twice', (size) => {
    expect(new Set(columnOf(properties({ properties: size }), 0)).size).toBe(size);
  });

  test.each([1, 4, 10])('has about %i bills a property', (average) => {
    const found = rows(demands({ demands: average })).length / city.properties;
    expect(found).toBeGreaterThan(average * 0.9);
    expect(found).toBeLessThan(average * 1.15 + 1);
  });

  test('has new bills with the rebate still to be had, old debts, letters of intimation and supplementary bills', () => {
    const bills = rows(demands()).map((row) => row.split(','));
    const open = bills.filter((bill) => bill[11] === '');
    expect(open.some((bill) => bill[2] === 'PD' && (bill[5] ?? '') >= '2026-05-01')).toBe(true);
    expect(
      open.some((bill) => bill[2] === 'PD' && (bill[4] ?? '') < '2018-01-01' && bill[8] !== '0.00'),
    ).toBe(true);
    expect(open.some((bill) => bill[2] === 'FS')).toBe(true);
    const letters = new Set(
      open.filter((bill) => bill[2] === 'LOI').map(([number, id]) => `${number} ${id}`),
    );
    const covered = open.filter((bill) => bill[10] !== '');
    expect(covered.length).toBeGreaterThan(letters.size);
    expect(covered.every((bill) => letters.has(`${bill[0]} ${bill[10]}`))).toBe(true);
  });

  test('has no date after its day, on whatever day of the year', () => {
    for (const today of ['2026-04-01', '2026-05-20', '2027-03-31']) {
      const csv = demands({ today: today as CalendarDate });
      const dates = [...columnOf(csv, 5), ...columnOf(csv, 11)];
      expect(dates.filter((date) => date > today)).toEqual([]);
    }
  });
});

interface LicenceRow {
  readonly number: string;
  readonly trade: string;
  readonly validUntil: CalendarDate;
  readonly status: string;
}

/** Rows of licences from their end, since addresses hold commas. */
function licences(change: Partial<CityOptions> = {}): LicenceRow[] {
  return rows([...licencesCsv({ ...city, ...change })].join('')).map((row) => {
    const fields = row.split(',');
    const [trade = '', validUntil = '', status = ''] = fields.slice(-3);
    return { number: fields[0] ?? '', trade, validUntil: validUntil as CalendarDate, status };
  });
}

interface LicenceBill {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly presented: string;
  readonly fine: number;
  readonly charge: number;
  readonly paid: string;
}

/** By the number of the licence. */
function licenceBills(change: Partial<CityOptions> = {}): Map<string, LicenceBill[]> {
  const found = new Map<string, LicenceBill[]>();
  for (const row of rows([...licenceDemandsCsv({ ...city, ...change })].join(''))) {
    const [number = '', , from = '', to = '', presented = '', , fine, charge, paid = ''] = row.split(',');
    const bill = { presented, fine: Number(fine), charge: Number(charge), paid };
    found.set(number, [
      ...(found.get(number) ?? []),
      { from: from as CalendarDate, to: to as CalendarDate, ...bill },
    ]);
  }
  return found;
}

describe('the licences of the synthetic city', () => {
  test('are the same for the same seed, and others for another', () => {
    expect(licences()).toEqual(licences());
    expect(licenceBills()).toEqual(licenceBills());
    expect(licences({ seed: 8 })).not.toEqual(licences());
  });

  test.each([1, 2, 143, 3_000])(
    'are half as many as its %i properties, in the order of their numbers',
    (size) => {
      const numbers = licences({ properties: size }).map(({ number }) => number);
      expect(numbers).toHaveLength(Math.ceil(size / 2));
      expect([...new Set(numbers)].sort()).toEqual(numbers);
      expect(numbers.every((number) => isNumberOf('licence', number))).toBe(true);
    },
  );

  test('have numbers of 12 digits and some of 10, and one is the number of a property, too', () => {
    const numbers = licences().map(({ number }) => number);
    const short = numbers.filter((number) => number.length === 10);
    expect(short.length).toBeGreaterThan(100);
    expect(numbers.filter((number) => number.length === 12)).toHaveLength(numbers.length - short.length);
    const assessed = new Set(columnOf(properties(), 0));
    expect(numbers.filter((number) => assessed.has(number))).toEqual([numbers[0]]);
    const open = rows(demands()).filter((row) => row.split(',')[11] === '');
    expect(open.some((row) => row.startsWith(`${numbers[0]},`))).toBe(true);
  });

  test('are of trades that the schedule knows, with a history of fees', () => {
    const { 'trades.csv': trades = [], 'trade-fees.csv': fees = [] } = cityFiles(city);
    const codes = columnOf([...trades].join(''), 0);
    expect([...new Set(licences().map(({ trade }) => trade))].sort()).toEqual([...codes].sort());
    const priced = columnOf([...fees].join(''), 0);
    expect(new Set(priced)).toEqual(new Set(codes));
    expect(priced.length).toBeGreaterThan(codes.length);
  });

  test.each(['2026-04-01', '2026-05-20', '2027-03-31', '2028-02-29'])(
    'stand on %s in every way that there is, all in the first streets',
    (day) => {
      const today = day as CalendarDate;
      const bills = licenceBills({ today });
      const found = licences({ today })
        .slice(0, 300)
        .map((licence) => {
          const open = (bills.get(licence.number) ?? []).filter(({ paid }) => paid === '');
          return { ...licence, open: open.length, fined: open.some(({ fine }) => fine > 0) };
        });
      const active = found.filter(({ status }) => status === 'active');
      const endsFrom = (first: number, last: number): typeof active =>
        active.filter(
          ({ validUntil }) => validUntil >= addDays(today, first) && validUntil <= addDays(today, last),
        );
      expect(endsFrom(60, 365).some(({ open }) => open === 0)).toBe(true);
      expect(endsFrom(0, 40).some(({ open, trade }) => open === 1 && trade === 'grocery')).toBe(true);
      expect(endsFrom(0, 40).some(({ open, trade }) => open === 1 && trade === 'eating-house')).toBe(true);
      expect(endsFrom(45, 59).some(({ open }) => open === 0)).toBe(true);
      expect(endsFrom(-90, -1).some(({ open, fined }) => open === 1 && !fined)).toBe(true);
      expect(endsFrom(-365, -100).some(({ open, fined }) => open === 1 && !fined)).toBe(true);
      expect(endsFrom(-1_200, -366).some(({ open, fined }) => open > 1 && fined)).toBe(true);
      expect(endsFrom(366, 4_000).some(({ open }) => open === 0)).toBe(true);
      expect(found.some(({ status }) => status === 'suspended')).toBe(true);
      expect(found.some(({ status, open }) => status === 'closed' && open === 0)).toBe(true);
    },
  );

  test.each(['2026-05-20', '2028-02-29'])(
    'on %s have years that follow each other, paid up to the end',
    (day) => {
      const today = day as CalendarDate;
      const bills = licenceBills({ today });
      expect([...bills.values()].flat().filter(({ charge }) => charge > 0).length).toBeGreaterThan(1_000);
      for (const { number, validUntil } of licences({ today })) {
        const years = bills.get(number) ?? [];
        expect(years.slice(1).map(({ from }) => from)).toEqual(
          years.slice(0, -1).map(({ to }) => addDays(to, 1)),
        );
        for (const { to, presented, paid } of years) {
          expect([presented <= today, paid <= today, paid !== '']).toEqual([true, true, to <= validUntil]);
        }
      }
    },
  );
});

test('there is a stall to every twentieth property, with a number of its own and no payment after today', () => {
  const { 'stalls.csv': accounts = [], 'stall-rents.csv': rents = [] } = cityFiles(city);
  const numbers = columnOf([...accounts].join(''), 0);
  expect(numbers).toHaveLength(city.properties / 20);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.every((number) => isNumberOf('stall', number))).toBe(true);
  const bills = [...rents].join('');
  expect(new Set(columnOf(bills, 0))).toEqual(new Set(numbers));
  const paidOn = columnOf(bills, 8);
  expect(paidOn.some((day) => day === '')).toBe(true);
  expect(paidOn.every((day) => day <= city.today)).toBe(true);
});
