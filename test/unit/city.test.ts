import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '../../domain/calendar.ts';
import { assesseeNumberIn } from '../../domain/assessee-number.ts';
import { demandsCsv, propertiesCsv, type CityOptions } from '../../sandbox/city/files.ts';

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
    expect(numbers.every((number) => assesseeNumberIn(number) !== undefined)).toBe(true);
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
