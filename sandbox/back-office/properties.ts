/**
 * What the back office knows of properties: the own register's tables, seen as somebody sees them who is told of
 * payments by receipts alone.
 */
import type { Database } from '../../database/connection.ts';
import type { ReceiptBooks } from './books.ts';

export interface Bill {
  readonly id: string;
  readonly lines: readonly { readonly kind: string; readonly amountPaise: number }[];
  readonly coveredBy?: string;
  readonly state: 'open' | 'paid' | 'withdrawn';
}

export interface Property {
  readonly number: string;
  readonly bills: readonly Bill[];
}

/** Of the document; what this code does not look at goes along. */
export interface PropertyDemands extends Omit<Property, 'bills'> {
  readonly demands: readonly Omit<Bill, 'state'>[];
}

// The tables know what the bot took at once (`paid_on`, with `demand_payments` beside it). The back office does not.
const statement = `
  select jsonb_build_object('number', a.number, 'ward', a.ward, 'residential', a.residential, 'senior', a.senior,
      'green', a.green, 'owner', jsonb_strip_nulls(jsonb_build_object('en', a.owner_en, 'bn', a.owner_bn)),
      'address', jsonb_strip_nulls(jsonb_build_object('en', a.address_en, 'bn', a.address_bn)),
      'bills', coalesce((select jsonb_agg(bill order by bill ->> 'id') from (
        select jsonb_strip_nulls(jsonb_build_object('id', d.id, 'kind', d.kind, 'periodFrom', d.period_from,
          'periodTo', d.period_to, 'presentedOn', d.presented_on, 'coveredBy', d.covered_by,
          'lines', (select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'amountPaise', amount)), '[]')
            from (values ('principal', d.principal), ('interest', d.interest), ('penalty', d.penalty),
              ('charge', d.charge)) as line (kind, amount) where amount > 0),
          'state', case
            when d.withdrawn_on is not null then 'withdrawn'
            when d.paid_on is not null and not exists (select from demand_payments p
              where p.account_kind = d.account_kind and p.account_number = d.account_number
                and p.demand_id = d.id) then 'paid'
            else 'open' end)) as bill
        from demands d where d.account_kind = a.kind and d.account_number = a.number) as bills), '[]')) as property
  from accounts a where a.kind = 'property' and a.number = $1`;

/** A property with every bill that it ever had; undefined when nobody knows the number. */
export async function findProperty(
  db: Database,
  number: string,
  books: ReceiptBooks,
): Promise<Property | undefined> {
  const { rows } = await db.query<{ property: Property }>({
    name: 'back-office',
    text: statement,
    values: [number],
  });
  const property = rows[0]?.property;
  if (!property) return undefined;
  const paid = books.paidOn(number);
  const isPaid = ({ id, coveredBy = '' }: Bill): boolean => paid.has(id) || paid.has(coveredBy);
  return {
    ...property,
    bills: property.bills.map((bill) => (isPaid(bill) ? { ...bill, state: 'paid' } : bill)),
  };
}

/** `PropertyDemands` of the document. What is undefined is left out on the wire. */
export function demandsOf({ bills, ...property }: Property): PropertyDemands {
  const open = bills.filter(({ state }) => state === 'open');
  return { ...property, demands: open.map((bill) => ({ ...bill, state: undefined })) };
}
