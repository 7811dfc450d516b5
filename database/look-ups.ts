/** Which numbers a citizen asked for lately. */
import type { CitizenId } from '../domain/citizen.ts';
import type { Written } from '../domain/accounts/account.ts';
import type { AccountKind } from '../domain/accounts/kinds.ts';
import type { Database } from './connection.ts';

interface Asked {
  readonly citizenId: CitizenId;
  readonly kind: AccountKind;
  readonly number: string;
}

/**
 * Notes that a citizen asks for a number, unless they asked for `limit` other numbers within the last hour. The same
 * number again is free.
 * @returns whether they may
 */
export async function mayLookUp(
  db: Database,
  { citizenId, kind, number }: Asked,
  limit: number,
): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'may-look-up',
    text: `with gone as (
             -- What no longer counts and is not to be shown is not kept.
             delete from look_ups
             where citizen_id = $1 and place is null and asked_at <= now() - interval '1 hour'
               and (kind, number) <> ($2, $3)
           )
           insert into look_ups (citizen_id, kind, number)
           select $1, $2, $3
           where (select count(*) from look_ups
                  where citizen_id = $1 and asked_at > now() - interval '1 hour' and (kind, number) <> ($2, $3)) < $4
           on conflict (citizen_id, kind, number) do update set asked_at = now()`,
    values: [citizenId, kind, number, limit],
  });
  return rowCount === 1;
}

/** Remembers where an account is that was found, masked, to name it in the list of the citizen's own. */
export async function rememberPlace(db: Database, asked: Asked, place: Written): Promise<void> {
  await db.query({
    name: 'remember-place',
    text: 'update look_ups set place = $4 where citizen_id = $1 and kind = $2 and number = $3 and place is distinct from $4',
    values: [asked.citizenId, asked.kind, asked.number, place],
  });
}

/** The accounts that a citizen asked for last and that exist, the latest first. */
export async function recentAccounts(
  db: Database,
  citizenId: CitizenId,
  kind: AccountKind,
  limit: number,
): Promise<{ readonly number: string; readonly place: Written }[]> {
  const { rows } = await db.query<{ number: string; place: Written }>({
    name: 'recent-accounts',
    text: `select number, place from look_ups where citizen_id = $1 and kind = $2 and place is not null
           order by asked_at desc limit $3`,
    values: [citizenId, kind, limit],
  });
  return rows;
}

/** Forgets which accounts a citizen asked for. What counts against enumeration stays for its hour. */
export async function forgetAccounts(db: Database, citizenId: CitizenId): Promise<void> {
  await db.query({
    name: 'forget-accounts',
    text: `with forgotten as (
             delete from look_ups where citizen_id = $1 and asked_at <= now() - interval '1 hour'
           )
           update look_ups set place = null where citizen_id = $1`,
    values: [citizenId],
  });
}
