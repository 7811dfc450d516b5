/**
 * What the back office knows of properties and licences: the own register's tables, seen as somebody sees them who is
 * told of payments by receipts alone.
 */
import type { Database } from '../../database/connection.ts';
import { addDays, type CalendarDate } from '../../domain/calendar.ts';
import type { AccountKind } from '../../domain/accounts/kinds.ts';
import type { ReceiptBooks } from './books.ts';
import { yearInAdvance, type PaidDemand, type Period } from './receipt.ts';

export interface Bill extends Period {
  readonly id: string;
  readonly lines: readonly { readonly kind: string; readonly amountPaise: number }[];
  readonly coveredBy?: string;
  readonly state: 'open' | 'paid' | 'withdrawn';
}

export interface Account {
  readonly number: string;
  /** Of a licence. */
  readonly validUntil?: CalendarDate;
  readonly bills: readonly Bill[];
}

/** Of the document; what this code does not look at goes along. */
export interface AccountDemands extends Omit<Account, 'bills'> {
  readonly demands: readonly Omit<Bill, 'state'>[];
}

// The tables know what the bot took at once (`paid_on`, with `demand_balances` beside it). The back office does not.
const statement = `
  select jsonb_build_object('number', a.number, 'ward', a.ward,
      'owner', jsonb_strip_nulls(jsonb_build_object('en', a.owner_en, 'bn', a.owner_bn)),
      'address', jsonb_strip_nulls(jsonb_build_object('en', a.address_en, 'bn', a.address_bn)),
      'bills', coalesce((select jsonb_agg(bill order by bill ->> 'id') from (
        select jsonb_strip_nulls(jsonb_build_object('id', d.id, 'kind', d.kind, 'periodFrom', d.period_from,
          'periodTo', d.period_to, 'presentedOn', d.presented_on, 'coveredBy', d.covered_by,
          'lines', (select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'amountPaise', amount)), '[]')
            from (values ('principal', d.principal), ('interest', d.interest), ('penalty', d.penalty),
              ('charge', d.charge)) as line (kind, amount) where amount > 0),
          'state', case
            when d.withdrawn_on is not null then 'withdrawn'
            when d.paid_on is not null and not exists (select from demand_balances b
              where b.account_kind = d.account_kind and b.account_number = d.account_number
                and b.demand_id = d.id and b.settled) then 'paid'
            else 'open' end)) as bill
        from demands d where d.account_kind = a.kind and d.account_number = a.number) as bills), '[]'))
    || case a.kind
      when 'property' then jsonb_build_object('residential', a.residential, 'senior', a.senior, 'green', a.green)
      when 'licence' then jsonb_build_object('trade', a.trade, 'validUntil', a.valid_until, 'status', a.status,
        'tradeName', jsonb_strip_nulls(jsonb_build_object('en', a.trade_name_en, 'bn', a.trade_name_bn)))
      else '{}' end as account
  from accounts a where a.kind = $1 and a.number = $2`;

/** An account with every bill that it ever had; undefined when nobody knows the number. */
export async function findAccount(
  db: Database,
  books: ReceiptBooks,
  { kind, number }: { readonly kind: AccountKind; readonly number: string },
): Promise<Account | undefined> {
  const { rows } = await db.query<{ account: Account }>({
    name: 'back-office',
    text: statement,
    values: [kind, number],
  });
  const account = rows[0]?.account;
  if (!account) return undefined;
  const bills = settled(account.bills, books.paidOn(kind, number));
  const { validUntil } = account;
  return { ...account, bills, ...(validUntil !== undefined && { validUntil: extended(validUntil, bills) }) };
}

/**
 * The bills after what receipts paid, and the years that these paid in advance: those are paid under whichever number
 * their bills come.
 */
function settled(bills: readonly Bill[], paid: readonly PaidDemand[]): readonly Bill[] {
  const whole = paid.filter(({ part }) => part !== true);
  const years = whole.flatMap((demand) => yearInAdvance(demand) ?? []);
  const ids = new Set(whole.map(({ id }) => id));
  const isPaid = (bill: Bill): boolean =>
    ids.has(bill.id) || ids.has(bill.coveredBy ?? '') || years.some((year) => overlap(year, bill));
  return [
    ...bills.map((bill) => (isPaid(bill) ? { ...bill, state: 'paid' as const } : bill)),
    ...years.map((year) => ({ ...year, lines: [], state: 'paid' as const })),
  ];
}

export function overlap(one: Period, other: Period): boolean {
  return one.periodFrom <= other.periodTo && other.periodFrom <= one.periodTo;
}

/** A yearly demand that is paid is the valid certificate, as far as none before it is missing. */
function extended(validUntil: CalendarDate, bills: readonly Bill[]): CalendarDate {
  return bills
    .filter(({ state }) => state === 'paid')
    .sort((one, other) => (one.periodFrom < other.periodFrom ? -1 : 1))
    .reduce(
      (until, { periodFrom, periodTo }) =>
        periodFrom <= addDays(until, 1) && periodTo > until ? periodTo : until,
      validUntil,
    );
}

/** `PropertyDemands` or `LicenceDemands` of the document. What is undefined is left out on the wire. */
export function demandsOf({ bills, ...account }: Account): AccountDemands {
  const open = bills.filter(({ state }) => state === 'open');
  return { ...account, demands: open.map((bill) => ({ ...bill, state: undefined })) };
}
