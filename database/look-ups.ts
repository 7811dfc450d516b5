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

/** An account that a citizen asked for. */
export interface KnownAccount {
  readonly kind: AccountKind;
  readonly number: string;
  /** Masked. */
  readonly place: Written;
  /** What the citizen calls it. */
  readonly nickname: string | null;
}

/** The accounts that a citizen asked for last and that exist, the latest first. */
export async function recentAccounts(
  db: Database,
  citizenId: CitizenId,
  kind: AccountKind,
  limit: number,
): Promise<KnownAccount[]> {
  const { rows } = await db.query<KnownAccount>({
    name: 'recent-accounts',
    text: `select kind, number, place, nickname from look_ups
           where citizen_id = $1 and kind = $2 and place is not null order by asked_at desc limit $3`,
    values: [citizenId, kind, limit],
  });
  return rows;
}

/** When this citizen's last receipt for the looked-up account `l` was made. */
const lastReceipt = `(select max(r.issued_at) from orders o join receipts r on r.order_id = o.id
  where o.citizen_id = l.citizen_id and o.account_kind::text = l.kind and o.account_number = l.number)`;

/** The accounts that a citizen has named or paid, the latest first. */
export async function ownPlaces(db: Database, citizenId: CitizenId, limit: number): Promise<KnownAccount[]> {
  const { rows } = await db.query<KnownAccount>({
    name: 'own-places',
    text: `select kind, number, place, nickname from look_ups l
           where citizen_id = $1 and place is not null and (nickname is not null or ${lastReceipt} is not null)
           order by asked_at desc limit $2`,
    values: [citizenId, limit],
  });
  return rows;
}

/**
 * Gives an account the name by which a citizen knows it.
 * @param account without it, the one that they paid or asked for last
 * @returns the account; nothing where they asked for none
 */
export async function nameAccount(
  db: Database,
  citizenId: CitizenId,
  nickname: string,
  account?: { readonly kind: AccountKind; readonly number: string },
): Promise<{ readonly kind: AccountKind; readonly number: string } | undefined> {
  const { rows } = await db.query<{ kind: AccountKind; number: string }>({
    name: 'name-account',
    text: `with meant as (
             select kind, number from look_ups l
             where citizen_id = $1 and place is not null and ($3::text is null or (kind = $3 and number = $4))
             order by greatest(asked_at, ${lastReceipt}) desc limit 1
           )
           update look_ups l set nickname = $2 from meant
           where l.citizen_id = $1 and l.kind = meant.kind and l.number = meant.number
           returning l.kind, l.number`,
    values: [citizenId, nickname, account?.kind ?? null, account?.number ?? null],
  });
  return rows[0];
}

/** What a citizen calls an account, if anything. */
export async function nicknameOf(
  db: Database,
  { citizenId, kind, number }: Asked,
): Promise<string | undefined> {
  const { rows } = await db.query<{ nickname: string | null }>({
    name: 'nickname-of',
    text: 'select nickname from look_ups where citizen_id = $1 and kind = $2 and number = $3',
    values: [citizenId, kind, number],
  });
  return rows[0]?.nickname ?? undefined;
}

/** Forgets which accounts a citizen asked for, and their names. What counts against enumeration stays for its hour. */
export async function forgetAccounts(db: Database, citizenId: CitizenId): Promise<void> {
  await db.query({
    name: 'forget-accounts',
    text: `with forgotten as (
             delete from look_ups where citizen_id = $1 and asked_at <= now() - interval '1 hour'
           )
           update look_ups set place = null, nickname = null where citizen_id = $1`,
    values: [citizenId],
  });
}
