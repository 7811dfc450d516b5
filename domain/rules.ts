/**
 * The rule book: what the corporation takes off a bill or adds to it, by the day on which it is paid. The values live in the
 * database and change without a release; here is only how they are applied. Interest and penalty stand on the bill as
 * the corporation computed them.
 */
import { addDays, addYears, type CalendarDate } from './calendar.ts';
import type { Account, Demand, DemandKind, Due, Dues, LineKind } from './dues.ts';
import type { InEveryLanguage } from './language.ts';
import { paise, percentOf, sum, type Paise } from './money.ts';

/** A part of the principal, for whoever pays soon after the bill was presented. */
export interface RebateRule {
  readonly percent: number;
  /** Days after the presentation; the last one counts in full. */
  readonly days: number;
  readonly kinds: readonly DemandKind[];
  /** No bill gets more than this. */
  readonly capPaise?: number;
}

export interface WaiverRule {
  /** By the age of the default, youngest first. */
  readonly bands: readonly {
    /** To the very day; without it, any age. */
    readonly upToYears?: number;
    readonly interestPercent: number;
    readonly penaltyPercent: number;
  }[];
}

/** A part of the fee, on a yearly demand of a licence that carries no fine of its own. */
export interface LateFineRule {
  readonly percent: number;
  /** Days after the first of the period; the last one is without fine. */
  readonly days: number;
}

/** A trade as the corporation's schedule has it. */
export interface Trade {
  readonly name: InEveryLanguage<string>;
  /** An officer has to agree to a renewal before the fee is taken. */
  readonly needsApproval: boolean;
  /** For a year; missing where the schedule has no entry for the day. */
  readonly yearly?: { readonly fee: Paise; readonly charge: Paise };
}

/** The rules of one day. A rule that is missing is not in force. */
export interface RuleBook {
  readonly promptRebate?: RebateRule;
  /** For residential property of senior citizens, in place of the prompt rebate where it is the larger. */
  readonly seniorRebate?: RebateRule;
  /** On top, for owners who take bills by e-mail only. */
  readonly onlineRebate?: RebateRule;
  readonly arrearsWaiver?: WaiverRule;
  readonly rounding?: { readonly toPaise: number };
  readonly licenceLateFine?: LateFineRule;
  /** For how many years a licence can be renewed at once. */
  readonly licenceTerms?: { readonly years: readonly number[] };
  readonly licenceRenewal?: { readonly opensDaysBefore: number };
  /** By their codes. */
  readonly trades?: Readonly<Record<string, Trade>>;
}

export interface Asking<A extends Account = Account> {
  readonly account: A;
  /** The unpaid bills of the account. */
  readonly demands: readonly Demand[];
  readonly rules: RuleBook;
  /** The day of the payment, in Kolkata. */
  readonly today: CalendarDate;
  /** When the register was asked: milliseconds since 1970. */
  readonly asOf: number;
}

/** What is to be paid on an account, oldest bill first. */
export function duesOf<A extends Account>(asking: Asking<A>): Dues<A> {
  const { account, demands, asOf } = asking;
  const dues = demands
    // What an LOI covers can be paid only against the LOI.
    .filter(({ coveredBy }) => coveredBy === undefined)
    .map((demand) => dueOf(demand, asking))
    .filter(({ amount }) => amount > 0)
    .sort(byAge);
  return { account, dues, total: sum(dues.map(({ payable }) => payable)), asOf };
}

function dueOf(demand: Demand, asking: Asking): Due {
  const fine = lateFineOn(demand, asking);
  const lines =
    fine.amount > 0 ? [...demand.lines, { kind: 'penalty', amount: fine.amount } as const] : demand.lines;
  const amount = sum(lines.map((line) => line.amount));
  const rebate = rebateOn(demand, asking);
  const waiver = waiverOn(demand, asking);
  const covers = asking.demands.filter(({ coveredBy }) => coveredBy === demand.id).map(({ id }) => id);
  const [holdsUntil] = [rebate?.until ?? [], waiver?.until ?? [], fine.until ?? []].flat().sort();
  return {
    ...demand,
    lines,
    amount,
    ...(fine.amount > 0 && { lateFine: { amount: fine.amount } }),
    ...(rebate && { rebate }),
    ...(waiver && { waiver: { amount: waiver.amount } }),
    payable: paise(
      Math.max(0, amount - (rebate?.amount ?? 0) - (waiver?.amount ?? 0) - (demand.paidPart ?? 0)),
    ),
    ...(covers.length > 0 && { covers }),
    ...(holdsUntil !== undefined && { holdsUntil }),
  };
}

/** What is added for being late, or the last day on which nothing is. */
function lateFineOn(
  demand: Demand,
  { rules, today }: Asking,
): { readonly amount: Paise; readonly until?: CalendarDate } {
  const { licenceLateFine: rule, rounding } = rules;
  if (rule === undefined || demand.kind !== 'CE' || lineOf(demand, 'penalty') > 0)
    return { amount: paise(0) };
  const lastDay = addDays(demand.periodFrom, rule.days);
  if (today <= lastDay) return { amount: paise(0), until: lastDay };
  return { amount: percentOf(lineOf(demand, 'principal'), rule.percent, rounding?.toPaise) };
}

function rebateOn(demand: Demand, { account, rules, today }: Asking): Due['rebate'] {
  const principal = lineOf(demand, 'principal');
  const offer = (rule: RebateRule | undefined, entitled: boolean): Due['rebate'] => {
    if (rule === undefined || !entitled || !rule.kinds.includes(demand.kind)) return undefined;
    const until = addDays(demand.presentedOn, rule.days);
    if (today > until) return undefined;
    const share = percentOf(principal, rule.percent, rules.rounding?.toPaise);
    // Rounding up must not give more than there is.
    const amount = paise(Math.min(share, rule.capPaise ?? share, principal));
    return amount > 0 ? { amount, until } : undefined;
  };
  const prompt = offer(rules.promptRebate, true);
  const owner = account.kind === 'property' ? account : undefined;
  const senior = offer(rules.seniorRebate, owner?.senior === true && owner.residential);
  const own = (senior?.amount ?? 0) > (prompt?.amount ?? 0) ? senior : prompt;
  const online = offer(rules.onlineRebate, owner?.green === true);
  if (own === undefined || online === undefined) return own ?? online;
  return {
    amount: paise(Math.min(own.amount + online.amount, principal)),
    // The day on which the first of the two ends: from then on the sum is another.
    until: own.until < online.until ? own.until : online.until,
  };
}

/** What is waived, and the last day on which it is so much: the default grows older. */
function waiverOn(
  demand: Demand,
  { account, demands, rules, today }: Asking,
): { readonly amount: Paise; readonly until?: CalendarDate } | undefined {
  if (account.kind !== 'property') return undefined;
  const since = defaultSince(demand, demands);
  const band = rules.arrearsWaiver?.bands.find(
    ({ upToYears }) => upToYears === undefined || today <= addYears(since, upToYears),
  );
  if (band === undefined) return undefined;
  const part = (kind: LineKind, percent: number): Paise => {
    const line = lineOf(demand, kind);
    return paise(Math.min(percentOf(line, percent, rules.rounding?.toPaise), line));
  };
  const amount = sum([part('interest', band.interestPercent), part('penalty', band.penaltyPercent)]);
  if (amount === 0) return undefined;
  return band.upToYears === undefined ? { amount } : { amount, until: addYears(since, band.upToYears) };
}

/** An LOI is as old as the oldest bill that it covers. */
function defaultSince(demand: Demand, all: readonly Demand[]): CalendarDate {
  const covered = all.filter(({ coveredBy }) => coveredBy === demand.id);
  return [demand.periodTo, demand.presentedOn, ...covered.map(({ presentedOn }) => presentedOn)].reduce(
    (oldest, date) => (date < oldest ? date : oldest),
  );
}

function lineOf(demand: Demand, kind: LineKind): Paise {
  return sum(demand.lines.filter((line) => line.kind === kind).map(({ amount }) => amount));
}

function byAge(a: Demand, b: Demand): number {
  const order = (demand: Demand): string => `${demand.periodFrom} ${demand.presentedOn} ${demand.id}`;
  return order(a) < order(b) ? -1 : 1;
}
