/** Numbers without gaps, for what the corporation issues. */
import type pg from 'pg';
import { financialYear, type CalendarDate } from '../domain/calendar.ts';

/**
 * Takes the next number of a series in the financial year of a date. It is taken in the transaction that uses it, so that there
 * are no gaps; others who want one wait for the end of that. What had a number before the books were restored to an earlier
 * moment gets that one again: a citizen holds the paper.
 *
 * @param about what it is given to: an order, or a renewal
 */
export async function nextInSeries(
  client: pg.PoolClient,
  series: string,
  date: CalendarDate,
  about: string,
): Promise<{ readonly year: number; readonly ordinal: number }> {
  const year = financialYear(date);
  const { rows } = await client.query<{ year: number; ordinal: number }>({
    name: 'next-in-series',
    text: `with given as (
             delete from given_numbers where (series, financial_year, ordinal) = (
               select series, financial_year, ordinal from given_numbers where series = $1 and about = $3
               order by financial_year, ordinal limit 1)
             returning financial_year, ordinal
           ), next as (
             insert into number_series as s (series, financial_year, last)
             select $1, $2, 1 where not exists (select from given)
             on conflict (series, financial_year) do update set last = s.last + 1 returning financial_year, last
           )
           select financial_year as year, ordinal from given union all select * from next`,
    values: [series, year, about],
  });
  if (!rows[0]) throw new Error(`no number in the series ${series}`);
  return rows[0];
}
