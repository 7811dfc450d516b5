/**
 * The rule book: what the corporation takes off a bill or adds to it, by the day on which it is paid. The values live in the
 * database and change without a release; here is only how they are applied. Interest and penalty stand on the bill as
 * the corporation computed them.
 */
import { addDays, addYears, earliest, type CalendarDate } from './calendar.ts';
import type { Account, AccountKind, DemandKind } from './accounts/kinds.ts';
import type { Demand, Due, Dues, LineKind, RuleEntry } from './dues.ts';
import type { InEveryLanguage } from './language.ts';
import { paise, percentOf, sum, type Paise } from './money.ts';

interface InForce {
  /** Missing where it has always been so. */
  readonly validFrom?: CalendarDate;
}

/** A part of the principal, for whoever pays soon after the bill was presented. */
export interface RebateRule extends InForce {
  readonly percent: number;
  /** Days after the presentation; the last one counts in full. */
  readonly days: number;
  readonly kinds: readonly DemandKind[];
  /** No bill gets more than this. */
  readonly capPaise?: number;
}

export interface WaiverRule extends InForce {
  /** By the age of the default, youngest first. */
  readonly bands: readonly {
    /** To the very day; without it, any age. */
    readonly upToYears?: number;
    readonly interestPercent: number;
    readonly penaltyPercent: number;
  }[];
}

/** A part of the principal, on a demand that carries no fine of its own. */
export interface LateFineRule extends InForce {
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
  readonly yearly?: {
    readonly fee: Paise;
    readonly charge: Paise;
    /** The last day before the schedule has another. */
    readonly until?: CalendarDate;
  };
}

/** The rules of one day. A rule that is missing is not in force. */
export interface RuleBook extends Rules {
  /** The last day on which each stays as it is, in force or not; missing where no end is written down. */
  readonly until?: Readonly<Partial<Record<keyof Rules, CalendarDate>>>;
  /** By their codes. */
  readonly trades?: Readonly<Record<string, Trade>>;
}

interface Rules extends LateFineRules {
  readonly promptRebate?: RebateRule;
  /** For residential property of senior citizens, in place of the prompt rebate where it is the larger. */
  readonly seniorRebate?: RebateRule;
  /** On top, for owners who take bills by e-mail only. */
  readonly onlineRebate?: RebateRule;
  readonly arrearsWaiver?: WaiverRule;
  readonly rounding?: { readonly toPaise: number };
  /** For how many years a licence can be renewed at once. */
  readonly licenceTerms?: { readonly years: readonly number[] };
  readonly licenceRenewal?: { readonly opensDaysBefore: number };
}

/** Of the kinds of accounts whose bills grow here when they are late. */
type LateFineRules = { readonly [K in AccountKind as `${K}LateFine`]?: LateFineRule };

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
  const rebate = rebateOn(demand, asking);
  const waiver = waiverOn(demand, asking);
  const lateFine = fine.given;
  const lines = lateFine
    ? [...demand.lines, { kind: 'penalty', amount: lateFine.amount } as const]
    : demand.lines;
  const amount = sum(lines.map((line) => line.amount));
  const covers = asking.demands.filter(({ coveredBy }) => coveredBy === demand.id).map(({ id }) => id);
  const isRounded = [fine, rebate, waiver].some(({ given }) => given !== undefined);
  const holdsUntil = earliest([
    demand.holdsUntil,
    ...[fine, rebate, waiver].flatMap(({ ends }) => ends),
    isRounded ? asking.rules.until?.rounding : undefined,
  ]);
  return {
    ...demand,
    lines,
    amount,
    ...(lateFine && { lateFine }),
    ...(rebate.given && { rebate: rebate.given }),
    ...(waiver.given && { waiver: waiver.given }),
    payable: paise(
      Math.max(
        0,
        amount - (rebate.given?.amount ?? 0) - (waiver.given?.amount ?? 0) - (demand.paidPart ?? 0),
      ),
    ),
    ...(covers.length > 0 && { covers }),
    ...(holdsUntil !== undefined && { holdsUntil }),
  };
}

/** What a rule gives today, and the last days on which that is so: of its entry, of a term, of an age. */
interface Ruling<T> {
  readonly given?: T;
  readonly ends: readonly (CalendarDate | undefined)[];
}

const noRuling = { ends: [] };

/** What is added for being late. */
function lateFineOn(demand: Demand, { account, rules, today }: Asking): Ruling<NonNullable<Due['lateFine']>> {
  const { rounding, until } = rules;
  const key = `${account.kind}LateFine` as const;
  const [rule, end] = [rules[key], until?.[key]];
  const principal = lineOf(demand, 'principal');
  if (principal === 0 || lineOf(demand, 'penalty') > 0) return noRuling;
  if (rule === undefined) return { ends: [end] };
  const lastDay = addDays(demand.periodFrom, rule.days);
  if (today <= lastDay) return { ends: [end, lastDay] };
  const amount = percentOf(principal, rule.percent, rounding?.toPaise);
  if (amount === 0) return { ends: [end] };
  return { given: { amount, rule: entryOf(`${account.kind} late fine`, rule) }, ends: [end] };
}

function rebateOn(demand: Demand, { account, rules, today }: Asking): Ruling<NonNullable<Due['rebate']>> {
  const principal = lineOf(demand, 'principal');
  if (account.kind !== 'property' || principal === 0) return noRuling;
  const offer = (key: RebateKey, entitled: boolean): Offer | undefined => {
    const rule = rules[key];
    if (rule === undefined || !entitled || !rule.kinds.includes(demand.kind)) return undefined;
    const lastDay = addDays(demand.presentedOn, rule.days);
    if (today > lastDay) return undefined;
    const share = percentOf(principal, rule.percent, rules.rounding?.toPaise);
    // Rounding up must not give more than there is.
    const amount = paise(Math.min(share, rule.capPaise ?? share, principal));
    if (amount === 0) return undefined;
    const until = earliest([lastDay, rules.until?.[key]]) ?? lastDay;
    return { amount, until, rule: entryOf(rebateNames[key], rule) };
  };
  const isSenior = account.senior && account.residential;
  const isGreen = account.green === true;
  const [prompt, senior] = [offer('promptRebate', true), offer('seniorRebate', isSenior)];
  const own = (senior?.amount ?? 0) > (prompt?.amount ?? 0) ? senior : prompt;
  const offers = [own, offer('onlineRebate', isGreen)].filter((each) => each !== undefined);
  // An entry that grants nothing today may be followed by one that does.
  const entries = [
    rules.until?.promptRebate,
    isSenior ? rules.until?.seniorRebate : undefined,
    isGreen ? rules.until?.onlineRebate : undefined,
  ];
  const until = earliest(offers.map((each) => each.until));
  if (until === undefined) return { ends: entries };
  const amount = paise(Math.min(sum(offers.map((each) => each.amount)), principal));
  // From the day on which the first of the two ends, the sum is another.
  return { given: { amount, until, rules: offers.map(({ rule }) => rule) }, ends: [...entries, until] };
}

interface Offer {
  readonly amount: Paise;
  readonly until: CalendarDate;
  readonly rule: RuleEntry;
}

const rebateNames = {
  promptRebate: 'prompt rebate',
  seniorRebate: 'senior rebate',
  onlineRebate: 'online rebate',
} as const;
type RebateKey = keyof typeof rebateNames;

/** What is waived: less, as the default grows older. */
function waiverOn(
  demand: Demand,
  { account, demands, rules, today }: Asking,
): Ruling<NonNullable<Due['waiver']>> {
  const { arrearsWaiver: rule, rounding, until } = rules;
  if (account.kind !== 'property' || lineOf(demand, 'interest') + lineOf(demand, 'penalty') === 0) {
    return noRuling;
  }
  const end = until?.arrearsWaiver;
  const since = defaultSince(demand, demands);
  const band = rule?.bands.find(
    ({ upToYears }) => upToYears === undefined || today <= addYears(since, upToYears),
  );
  if (rule === undefined || band === undefined) return { ends: [end] };
  const ends = [end, band.upToYears === undefined ? undefined : addYears(since, band.upToYears)];
  const part = (kind: LineKind, percent: number): Paise => {
    const line = lineOf(demand, kind);
    return paise(Math.min(percentOf(line, percent, rounding?.toPaise), line));
  };
  const amount = sum([part('interest', band.interestPercent), part('penalty', band.penaltyPercent)]);
  return amount === 0 ? { ends } : { given: { amount, rule: entryOf('arrears waiver', rule) }, ends };
}

function entryOf(name: string, { validFrom }: InForce): RuleEntry {
  return { name, ...(validFrom !== undefined && { validFrom }) };
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
