/** The register of accounts and their bills, and the rule book. Loaded by `npm run import` (database/import.ts). */
import { z } from 'zod';
import type { CalendarDate } from '../domain/calendar.ts';
import {
  accountKinds,
  type Account,
  type AccountKind,
  type AccountOf,
  type DemandKind,
  type KindWithFields,
  type OwnFields,
} from '../domain/accounts/kinds.ts';
import type { LicenceStatus } from '../domain/accounts/licence.ts';
import { accountSpecs } from '../domain/accounts/specs.ts';
import { lineKinds, type Demand, type DemandLine } from '../domain/dues.ts';
import { paise } from '../domain/money.ts';
import type { RuleBook, Trade } from '../domain/rules.ts';
import type { Database } from './connection.ts';

export interface RegisterEntry<A extends Account = Account> {
  readonly account: A;
  /** Unpaid, those that an LOI covers among them. */
  readonly demands: readonly Demand[];
}

interface LookUpRow {
  readonly owner_en: string;
  readonly owner_bn: string | null;
  readonly address_en: string;
  readonly address_bn: string | null;
  readonly ward: number;
  readonly residential: boolean;
  readonly senior: boolean;
  readonly green: boolean;
  /** This and the next four are null for properties. */
  readonly trade_name_en: string;
  readonly trade_name_bn: string | null;
  readonly trade: string;
  readonly valid_until: CalendarDate;
  readonly status: LicenceStatus;
  /** This and all that follows is null in the one row of an account without open bills. */
  readonly id: string | null;
  readonly demand_kind: DemandKind;
  readonly period_from: CalendarDate;
  readonly period_to: CalendarDate;
  readonly presented_on: CalendarDate;
  readonly principal: bigint;
  readonly interest: bigint;
  readonly penalty: bigint;
  readonly charge: bigint;
  readonly covered_by: string | null;
  /** Paid here before, in part; of a letter of intimation with what was paid on the bills that it covers. */
  readonly paid_part: bigint;
}

/** The statement of `lookUp`; exported so that the measurements can explain it. */
export const lookUpStatement = `
  with paid as materialized (
    select demand_id, allocated, settled from demand_balances where account_kind = $1 and account_number = $2
  )
  select a.owner_en, a.owner_bn, a.address_en, a.address_bn, a.ward, a.residential, a.senior, a.green,
         a.trade_name_en, a.trade_name_bn, a.trade, a.status,
         -- A yearly demand that is paid is the valid certificate (KMC, "Obtaining CE").
         case when a.kind = 'licence' then greatest(a.valid_until, (
           select max(y.period_to) from demands y
           where y.account_kind = $1 and y.account_number = $2 and y.kind = 'CE'
             and y.paid_on is not null and y.withdrawn_on is null)) end::text
           as valid_until,
         d.id, d.kind as demand_kind, d.period_from::text, d.period_to::text, d.presented_on::text,
         d.principal, d.interest, d.penalty, d.charge, d.covered_by,
         -- Of a letter of intimation with what was paid on the bills that it covers.
         coalesce((select sum(p.allocated) from paid p where p.demand_id = d.id or d.kind = 'LOI' and p.demand_id in (
           select m.id from demands m
           where m.account_kind = $1 and m.account_number = $2 and m.covered_by = d.id)), 0)::bigint as paid_part
  from accounts a
  left join demands d on d.account_kind = a.kind and d.account_number = a.number
    and d.paid_on is null and d.withdrawn_on is null
    -- A register that is loaded late may not know yet what was paid here.
    and d.id <> all (array (select p.demand_id from paid p where p.settled))
  where a.kind = $1 and a.number = $2`;

/** An account and its unpaid bills in one round trip; undefined when the register does not know the number. */
export async function lookUp<K extends AccountKind>(
  db: Database,
  kind: K,
  number: string,
): Promise<RegisterEntry<AccountOf<K>> | undefined> {
  const { rows } = await db.query<LookUpRow>({
    name: 'look-up',
    text: lookUpStatement,
    values: [kind, number],
  });
  const [first] = rows;
  if (first === undefined) return undefined;
  const account = accountOf(kind, number, first);
  return { account, demands: rows.flatMap((row) => demandOf(row) ?? []) };
}

/** What the register knows of an account beside what it knows of all. */
const ownFields: { readonly [K in KindWithFields]: (row: LookUpRow) => OwnFields<K> } = {
  property: ({ residential, senior, green }) => ({ residential, senior, green }),
  licence: ({ trade_name_en, trade_name_bn, trade, valid_until: validUntil, status }) => ({
    tradeName: written(trade_name_en, trade_name_bn),
    trade,
    validUntil,
    status,
  }),
};
const ownFieldsOf: Readonly<Partial<Record<AccountKind, (row: LookUpRow) => object>>> = ownFields;

function accountOf<K extends AccountKind>(kind: K, number: string, row: LookUpRow): AccountOf<K> {
  const account: object = {
    kind,
    number,
    owner: written(row.owner_en, row.owner_bn),
    address: written(row.address_en, row.address_bn),
    ward: row.ward,
    ...ownFieldsOf[kind]?.(row),
  };
  // The compiler cannot see that the fields are those of the kind.
  return account as AccountOf<K>;
}

function written(en: string, bn: string | null): { en: string; bn?: string } {
  return bn === null ? { en } : { en, bn };
}

function demandOf(row: LookUpRow): Demand | undefined {
  if (row.id === null) return undefined;
  const lines: DemandLine[] = lineKinds.map((kind) => ({ kind, amount: paise(Number(row[kind])) }));
  return {
    id: row.id,
    kind: row.demand_kind,
    periodFrom: row.period_from,
    periodTo: row.period_to,
    presentedOn: row.presented_on,
    lines: lines.filter(({ amount }) => amount > 0),
    ...(row.covered_by !== null && { coveredBy: row.covered_by }),
    ...(row.paid_part > 0n && { paidPart: paise(Number(row.paid_part)) }),
  };
}

const validFrom = z.custom<CalendarDate>((value) => typeof value === 'string').optional();
const rebate = z.object({
  validFrom,
  percent: z.number().min(0).max(100),
  days: z.number().int().min(0),
  kinds: z.array(z.enum(accountSpecs.property.bills)),
  capPaise: z.number().int().min(0).optional(),
});
const percent = z.number().min(0).max(100);
const lateFine = z
  .object({ validFrom, percent: z.number().min(0), days: z.number().int().min(0) })
  .optional();
type LateFines = { readonly [K in AccountKind as `${K}LateFine`]: typeof lateFine };
const lateFines = Object.fromEntries(accountKinds.map((kind) => [`${kind}LateFine`, lateFine])) as LateFines;
const ruleBook = z.object({
  promptRebate: rebate.optional(),
  seniorRebate: rebate.optional(),
  onlineRebate: rebate.optional(),
  arrearsWaiver: z
    .object({
      validFrom,
      bands: z.array(
        z.object({
          upToYears: z.number().int().positive().optional(),
          interestPercent: percent,
          penaltyPercent: percent,
        }),
      ),
    })
    .optional(),
  rounding: z.object({ toPaise: z.number().int().positive() }).optional(),
  ...lateFines,
  licenceTerms: z.object({ years: z.array(z.number().int().min(1).max(50)).min(1) }).optional(),
  licenceRenewal: z.object({ opensDaysBefore: z.number().int().min(0) }).optional(),
});

interface RuleRow {
  readonly name: string;
  /** Null where only a later entry is written down. */
  readonly value: object | null;
  readonly validFrom: CalendarDate | null;
  readonly until: CalendarDate | null;
}

/** The statement that reads the rules of a day; exported so that the tests can explain it. */
export const rulesStatement = `
  select n.name, c.value, nullif(c.valid_from, '-infinity')::text as "validFrom",
         nullif(least(c.valid_to, next.valid_from - 1), 'infinity')::text as until
  from (select distinct name from rules where enabled) n
  left join lateral (
    select value, valid_from, valid_to from rules
    where name = n.name and enabled and $1::date between valid_from and valid_to
    order by valid_from desc limit 1) c on true
  left join lateral (
    select valid_from from rules where name = n.name and enabled and valid_from > $1::date
    order by valid_from limit 1) next on true`;

interface TradeRow {
  readonly code: string;
  readonly bn: string;
  readonly en: string;
  readonly hi: string;
  readonly needsApproval: boolean;
  readonly fee: bigint | null;
  readonly charge: bigint | null;
  readonly until: CalendarDate | null;
}

/**
 * The rules in force on a day, each with the last day on which it stays so. They change a few times a year: callers may
 * keep them for a minute.
 * @throws ZodError when somebody wrote a value that no rule has
 */
export async function readRules(db: Database, today: CalendarDate): Promise<RuleBook> {
  const [rules, trades] = await Promise.all([
    db.query<RuleRow>({ name: 'read-rules', text: rulesStatement, values: [today] }),
    db.query<TradeRow>({
      name: 'read-trades',
      text: `select t.code, t.name_bn as bn, t.name_en as en, t.name_hi as hi, t.needs_approval as "needsApproval",
               f.fee, f.charge, (next.valid_from - 1)::text as until
             from trades t
             left join lateral (
               select fee, charge from trade_fees where trade = t.code and valid_from <= $1
               order by valid_from desc limit 1) f on true
             left join lateral (
               select valid_from from trade_fees where trade = t.code and valid_from > $1
               order by valid_from limit 1) next on true`,
      values: [today],
    }),
  ]);
  const camelCase = (name: string): string =>
    name.replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase());
  const inForce = rules.rows.flatMap(({ name, value, validFrom }) =>
    value === null
      ? []
      : [[camelCase(name), { ...value, ...(validFrom !== null && { validFrom }) }] as const],
  );
  const until = rules.rows.flatMap((row) =>
    row.until === null ? [] : [[camelCase(row.name), row.until] as const],
  );
  return {
    ...ruleBook.parse(Object.fromEntries(inForce)),
    until: Object.fromEntries(until),
    trades: Object.fromEntries(trades.rows.map((row) => [row.code, tradeOf(row)])),
  };
}

function tradeOf({ bn, en, hi, needsApproval, fee, charge, until }: TradeRow): Trade {
  const yearly = fee !== null && {
    fee: paise(Number(fee)),
    charge: paise(Number(charge)),
    ...(until !== null && { until }),
  };
  return { name: { bn, en, hi }, needsApproval, ...(yearly && { yearly }) };
}
