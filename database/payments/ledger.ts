/** The ledger: double entry, append-only. Debits are positive, credits negative; Postgres refuses what does not balance. */
import type pg from 'pg';
import type { CalendarDate } from '../../domain/calendar.ts';
import { total, type Amounts, type Part } from '../../domain/payments/allocate.ts';
import type { PaidService } from '../../domain/accounts/kinds.ts';

export interface Entry {
  readonly kind:
    'payment' | 'excess' | 'excess applied' | 'refund' | 'dispute' | 'reversal' | 'suspense' | 'correction';
  /** What it comes from: of each source one entry of a kind is posted. */
  readonly source: {
    readonly type:
      | 'capture'
      | 'claim'
      | 'credit'
      | 'credit use'
      | 'gateway refund'
      | 'refund approval'
      | 'refund'
      | 'dispute';
    readonly id: string;
  };
  /** The day in Kolkata on which the citizen paid. */
  readonly valueDate: CalendarDate;
  readonly narration: string;
  readonly lines: Lines;
}

/** Paise by account; what adds up to nothing is left out. */
export type Lines = readonly (readonly [account: string, amount: number])[];

/** What each account is: by the beginning of its code. */
const accountKinds = {
  clearing: 'asset',
  revenue: 'revenue',
  relief: 'relief',
  liability: 'liability',
  suspense: 'suspense',
} as const;

/** Where the money of a merchant account is until the gateway settles it. */
export function clearingAccount(merchant: string): string {
  return `clearing/${merchant}`;
}

/** What the demands that a payment pays are credited with, and what they are let off. @param from the account of its money */
export function paymentLines(service: PaidService, parts: readonly Part[], from: string): Lines {
  return parts.flatMap(({ cash, rebate, waiver, age }) => [
    [from, total(cash)] as const,
    ['relief/rebate', total(rebate)] as const,
    ['relief/waiver', total(waiver)] as const,
    ...[cash, rebate, waiver].flatMap((amounts) => revenueLines(service, age, amounts)),
  ]);
}

function revenueLines(service: PaidService, age: Part['age'], amounts: Amounts): Lines {
  return Object.entries(amounts).map(
    ([line, amount]) => [`revenue/${service}/${age}/${line}`, 0 - amount] as const,
  );
}

/** Posts an entry, once for each source. @returns whether it was posted now */
export async function postEntry(
  client: pg.PoolClient,
  { kind, source, valueDate, narration, lines }: Entry,
): Promise<boolean> {
  const amounts = new Map<string, number>();
  for (const [account, amount] of lines) amounts.set(account, (amounts.get(account) ?? 0) + amount);
  const moved = [...amounts].filter(([, amount]) => amount !== 0);
  if (moved.length === 0) return false;
  await openAccounts(
    client,
    moved.map(([account]) => account),
  );
  const { rowCount } = await client.query({
    name: 'post-entry',
    text: `with entry as (
             insert into entries (kind, source_type, source_id, value_date, narration) values ($1, $2, $3, $4, $5)
             on conflict (kind, source_type, source_id) do nothing returning id
           )
           insert into entry_lines (entry_id, account, amount)
           select entry.id, line.account, line.amount
           from entry, unnest($6::text[], $7::bigint[]) as line (account, amount)`,
    values: [
      kind,
      source.type,
      source.id,
      valueDate,
      narration,
      moved.map(([account]) => account),
      moved.map(([, amount]) => amount),
    ],
  });
  return (rowCount ?? 0) > 0;
}

/** Opens accounts of the chart that are not there yet. */
export async function openAccounts(client: pg.PoolClient, codes: readonly string[]): Promise<void> {
  const kindOf = (code: string): string => accountKinds[code.split('/')[0] as keyof typeof accountKinds];
  await client.query({
    name: 'open-accounts',
    // Looked for first, because an insert that finds a conflict still takes a lock.
    text: `insert into ledger_accounts (code, kind)
           select a.code, a.kind from unnest($1::text[], $2::text[]) as a (code, kind)
           where not exists (select from ledger_accounts known where known.code = a.code)
           order by a.code on conflict do nothing`,
    values: [codes, codes.map(kindOf)],
  });
}
