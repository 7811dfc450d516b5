/**
 * The renewal of a trade licence: whether it can be renewed on a day, for which terms and at what price, and what stands
 * written down of a renewal under way.
 */
import {
  addDays,
  addYears,
  earliest,
  financialYear,
  financialYearName,
  type CalendarDate,
} from './calendar.ts';
import type { CertificateNumber } from './certificate.ts';
import type { CitizenId } from './citizen.ts';
import type { Licence } from './accounts/licence.ts';
import type { Demand, Due } from './dues.ts';
import type { Language } from './language.ts';
import type { Paise } from './money.ts';
import type { OrderId, PayLink } from './payments/order.ts';
import type { CaseId, CaseKindName } from './people/case.ts';
import { duesOf, type Asking, type Trade } from './rules.ts';

/** `700123456789-2027-28`: the licence and the financial year in which what is renewed begins. */
export type RenewalId = string & { readonly brand: 'RenewalId' };

export function renewalId(licenceNumber: string, period: string): RenewalId {
  return `${licenceNumber}-${period}` as RenewalId;
}

/** The period of a renewal, as `2027-28`: what a licence is renewed from is a day of that financial year. */
export function renewalPeriod(from: CalendarDate): string {
  return financialYearName(financialYear(from));
}

/** A term that can be chosen, with what it costs. */
export interface Term {
  readonly years: number;
  /** The last day of the renewed licence. */
  readonly until: CalendarDate;
  /** The year's demands of the corporation, and what is paid in advance. */
  readonly dues: readonly Due[];
  readonly total: Paise;
}

/** Whether a licence can be renewed on a day. */
export type Renewability =
  | {
      readonly may: 'renew';
      /** The last day on which it was valid, where that has passed. */
      readonly expiredOn?: CalendarDate;
      readonly from: CalendarDate;
      readonly terms: readonly [Term, ...Term[]];
    }
  | { readonly may: 'not'; readonly because: 'closed' | 'suspended' | 'noFee' }
  | { readonly may: 'not'; readonly because: 'renewed' | 'tooEarly'; readonly opensOn: CalendarDate };

const defaultTerms = [1];
const defaultOpening = 60;

/** Every yearly demand up to the end of a term has to be paid; years without one are paid by the schedule of the day. */
export function renewability(asking: Asking<Licence>): Renewability {
  const { account: licence, rules, today, demands } = asking;
  if (licence.status !== 'active') return { may: 'not', because: licence.status };
  const from = addDays(licence.validUntil, 1);
  const opensOn = addDays(from, -(rules.licenceRenewal?.opensDaysBefore ?? defaultOpening));
  // The corporation's own demand for the next year opens it, too.
  const isDemanded = demands.some(({ periodFrom }) => periodFrom >= from);
  if (today < opensOn && !isDemanded)
    return { may: 'not', because: licence.renewedHere === true ? 'renewed' : 'tooEarly', opensOn };
  const [first, ...others] = (rules.licenceTerms?.years ?? defaultTerms).flatMap(
    (years) => priced(years, from, asking) ?? [],
  );
  if (first === undefined) return { may: 'not', because: 'noFee' };
  return {
    may: 'renew',
    ...(today >= from && { expiredOn: licence.validUntil }),
    from,
    terms: [first, ...others],
  };
}

/** The term of so many years, where it can be had. */
export function termOf(offer: Renewability, years: number): Term | undefined {
  return offer.may === 'renew' ? offer.terms.find((term) => term.years === years) : undefined;
}

/** @returns undefined where the schedule does not say what one of the years costs */
function priced(years: number, from: CalendarDate, asking: Asking<Licence>): Term | undefined {
  const { demands, rules, account, today } = asking;
  // What lies behind does not count towards the term, but is due.
  let behind = 0;
  while (addYears(from, behind + 1) <= today) behind += 1;
  const all = behind + years;
  const end = addYears(from, all);
  const trade = rules.trades?.[account.trade];
  const wanted: Demand[] = demands.filter(({ periodFrom }) => periodFrom < end);
  // Each counted from the first: a year that begins on a 29 February goes back to it when there is one.
  for (let year = 0; year < all; year += 1) {
    const [begin, next] = [addYears(from, year), addYears(from, year + 1)];
    if (demands.some(({ periodFrom }) => periodFrom >= begin && periodFrom < next)) continue;
    if (trade?.yearly === undefined) return undefined;
    wanted.push(yearInAdvance(begin, next, trade.yearly, today));
  }
  // On the next anniversary one more year lies behind, and the same term costs more.
  const lastDay = addDays(addYears(from, behind + 1), -1);
  const { dues, total } = duesOf({
    ...asking,
    demands: wanted.map((demand) => holdingUntil(lastDay, demand)),
  });
  return total > 0 ? { years, until: addDays(end, -1), dues, total } : undefined;
}

/** How many years before those of the term itself are paid with it: what lies behind, and what was left unpaid earlier. */
export function earlierYears({ years, until, dues }: Term): number {
  const begin = addYears(addDays(until, 1), -years);
  return new Set(dues.map(({ periodFrom }) => periodFrom).filter((from) => from < begin)).size;
}

function holdingUntil(lastDay: CalendarDate, demand: Demand): Demand {
  return { ...demand, holdsUntil: earliest([demand.holdsUntil, lastDay]) ?? lastDay };
}

/** A year for which the corporation has made out no demand. */
function yearInAdvance(
  from: CalendarDate,
  next: CalendarDate,
  { fee, charge, until }: NonNullable<Trade['yearly']>,
  today: CalendarDate,
): Demand {
  return {
    id: `year-${from}`,
    kind: 'CE',
    periodFrom: from,
    periodTo: addDays(next, -1),
    presentedOn: today,
    lines: [
      { kind: 'principal', amount: fee },
      ...(charge > 0 ? [{ kind: 'charge', amount: charge } as const] : []),
    ],
    ...(until !== undefined && { holdsUntil: until }),
  };
}

/** `held`: it is paid, and does not extend the licence, which was closed or suspended meanwhile. */
export type RenewalState =
  'awaitingApproval' | 'awaitingPayment' | 'renewed' | 'held' | 'sentBack' | 'refused' | 'lapsed';

/** What the citizen is told of an application, each once. The summary with the link is the answer to their choice. */
export type RenewalTelling =
  | 'approved'
  | 'sentBack'
  | 'refused'
  | 'held'
  | 'reminder'
  | 'outdone'
  | `certificate-${string}`
  | `words-${string}`;

/** What is to be paid for a renewal, and under which link. */
export interface RenewalPayment extends PayLink {
  readonly amount: Paise;
  /** What of it credit of the licence pays; missing where none does. */
  readonly credit?: Paise;
}

/** Somebody who applied, or paid. */
export interface Applicant {
  /** Names the application. */
  readonly application: string;
  /** Nobody where it came through the portal. */
  readonly citizenId?: CitizenId;
  readonly language: Language;
}

/** Somebody whose application ended because the fee was paid by another, or because the holder came after them. */
export interface Outdone extends Applicant {
  readonly because: 'paid' | 'holder';
}

/** What Postgres knows of a renewal: the truth that its workflow and the chat read. */
export interface RenewalStanding extends Applicant {
  readonly id: RenewalId;
  readonly licence: Licence;
  /** The term that was asked for. */
  readonly years: number;
  readonly state: RenewalState;
  /** The officer's, of sending back or refusing. */
  readonly reason?: string;
  /** An officer agreed. */
  readonly approved: boolean;
  /** Since when it can be paid, or waits for an officer: milliseconds since 1970. */
  readonly appliedAt: number;
  readonly payment?: RenewalPayment;
  /** The order under which it is paid, and its bills. */
  readonly order?: { readonly id: OrderId; readonly dues: readonly Due[] };
  /** Money may be on its way: a gateway has been opened, or a bank has not decided. */
  readonly paying: boolean;
  /** Whether the citizen wants to hear from us unasked. */
  readonly mayRemind: boolean;
  readonly certificate?: CertificateStanding;
  /** Whose applications ended because of somebody else. */
  readonly outdone: readonly Outdone[];
  /** What waits for a person. */
  readonly cases: readonly RenewalCase[];
  /** What was told, with the application before it: `<application>-reminder`. */
  readonly told: readonly string[];
}

export interface RenewalCase {
  readonly id: CaseId;
  readonly kind: CaseKindName;
  /** Of something that could not be told, the id of the message. */
  readonly fact: string;
}

export interface CertificateStanding {
  readonly number: CertificateNumber;
  readonly validUntil: CalendarDate;
}

/** What a renewal costs, by the records and the rule book of a day. */
export interface RenewalPrice {
  /** Masked. */
  readonly licence: Licence;
  readonly dues: readonly Due[];
  /** For how long it may stay unpaid, in milliseconds. */
  readonly lifetimeMs: number;
}
