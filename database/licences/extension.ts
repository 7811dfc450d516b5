/** What renewals through us add to a licence, whatever the register or the back office knows of them. */
import type pg from 'pg';
import type { CalendarDate } from '../../domain/calendar.ts';
import type { Database } from '../connection.ts';

export interface Extension {
  /** The last day up to which it was renewed here. */
  readonly validUntil?: CalendarDate;
  /** The certificate of the last renewal was revoked, and not replaced. */
  readonly revoked: boolean;
  /** The first days of the years that were paid here, whatever their demands were called. */
  readonly paidFrom: readonly CalendarDate[];
}

export async function extensionOf(on: Database | pg.PoolClient, number: string): Promise<Extension> {
  const { rows } = await on.query<{
    validUntil: CalendarDate;
    revoked: boolean;
    paidFrom: CalendarDate[] | null;
  }>({
    name: 'extension-of',
    text: `select r.valid_until::text as "validUntil",
             exists (select from certificates c where c.renewal_id = r.id)
               and not exists (select from certificates c where c.renewal_id = r.id and c.revoked_at is null) as revoked,
             (select array_agg(b.licence_year_from::text) from demand_balances b
              where b.account_kind = 'licence' and b.account_number = $1 and b.licence_year_from is not null
                and b.settled) as "paidFrom"
           from renewals r where r.licence_number = $1 and r.valid_until is not null
           order by r.valid_until desc limit 1`,
    values: [number],
  });
  const [row] = rows;
  return row ? { ...row, paidFrom: row.paidFrom ?? [] } : { revoked: false, paidFrom: [] };
}
