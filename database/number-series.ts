/** Numbers without gaps, for what the corporation issues. */
import type pg from 'pg';
import { financialYear, type CalendarDate } from '../domain/calendar.ts';

/**
 * Takes the next number of a series in the financial year of a date. It is taken in the transaction that uses it, so that there
 * are no gaps; others who want one wait for the end of that.
 */
export async function nextInSeries(
  client: pg.PoolClient,
  series: string,
  date: CalendarDate,
): Promise<{ readonly year: number; readonly ordinal: number }> {
  const year = financialYear(date);
  const { rows } = await client.query<{ last: number }>({
    name: 'next-in-series',
    text: `insert into number_series as s (series, financial_year, last) values ($1, $2, 1)
           on conflict (series, financial_year) do update set last = s.last + 1 returning last`,
    values: [series, year],
  });
  return { year, ordinal: rows[0]?.last ?? 0 };
}
