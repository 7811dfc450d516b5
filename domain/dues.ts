/** What a citizen pays for, and what is due on it. */
import type { CalendarDate } from './calendar.ts';
import type { Paise } from './money.ts';

export type AccountKind = 'property' | 'licence';

/**
 * One bill: for a property PD (periodic demand), FS (fresh or supplementary bill) or LOI (letter of intimation for what
 * is outstanding); for a licence CE (the demand of a year).
 */
export type DemandKind = 'PD' | 'FS' | 'LOI' | 'CE';

/** Of a licence, the principal is the fee, the penalty the late fine, and a charge is for solid waste and the like. */
export const lineKinds = ['principal', 'interest', 'penalty', 'charge'] as const;
export type LineKind = (typeof lineKinds)[number];

export interface DemandLine {
  readonly kind: LineKind;
  readonly amount: Paise;
}

/** A name or an address as the register has it. Bengali may be missing in old records. */
export interface Written {
  readonly en: string;
  readonly bn?: string;
}

interface AnyAccount {
  readonly number: string;
  readonly owner: Written;
  readonly address: Written;
  readonly ward: number;
}

export interface Property extends AnyAccount {
  readonly kind: 'property';
  readonly residential: boolean;
  /** Whether the register knows the owner as a senior citizen. */
  readonly senior: boolean;
  /** Whether the owner takes bills by e-mail only. */
  readonly green?: boolean;
}

export type LicenceStatus = 'active' | 'suspended' | 'closed';

/** A trade licence, in law a certificate of enlistment; its owner is the holder. */
export interface Licence extends AnyAccount {
  readonly kind: 'licence';
  readonly tradeName: Written;
  /** A code of the rule book's trades. */
  readonly trade: string;
  /** The last day. */
  readonly validUntil: CalendarDate;
  /** Whether it is valid for so long because it was renewed through us. */
  readonly renewedHere?: boolean;
  readonly status: LicenceStatus;
}

export type Account = Property | Licence;
export type AccountOf<K extends AccountKind> = Extract<Account, { kind: K }>;

export interface Demand {
  readonly id: string;
  readonly kind: DemandKind;
  readonly periodFrom: CalendarDate;
  readonly periodTo: CalendarDate;
  readonly presentedOn: CalendarDate;
  readonly lines: readonly DemandLine[];
  /** The LOI that this demand is part of: it can only be paid against that one. */
  readonly coveredBy?: string;
  /** Paid here before, in part. */
  readonly paidPart?: Paise;
  /** The last day on which its lines hold, where they are not a bill's but the schedule's. */
  readonly holdsUntil?: CalendarDate;
}

/** An entry of the rule book, by its key: `prompt rebate` and the day from which it holds, missing where that is always. */
export interface RuleEntry {
  readonly name: string;
  readonly validFrom?: CalendarDate;
}

/** A demand as it is to be paid today: the register's lines, less what the rule book of the day takes off. */
export interface Due extends Demand {
  readonly amount: Paise;
  /** Taken off when paid by `until`, this day included; already in `payable`. Two entries where one comes on top. */
  readonly rebate?: {
    readonly amount: Paise;
    readonly until: CalendarDate;
    readonly rules: readonly RuleEntry[];
  };
  /** Interest and penalty that a waiver takes off; already in `payable`. */
  readonly waiver?: { readonly amount: Paise; readonly rule: RuleEntry };
  /** What the rule book of the day adds for being late; already in `lines`, `amount` and `payable`. */
  readonly lateFine?: { readonly amount: Paise; readonly rule: RuleEntry };
  readonly payable: Paise;
  /** The bills that an LOI covers, by their ids: paying it pays them. */
  readonly covers?: readonly string[];
  /** The last day on which `payable` holds: anything that it is made of may be another on the next. */
  readonly holdsUntil?: CalendarDate;
}

export interface Dues<A extends Account = Account> {
  readonly account: A;
  /** Unpaid demands that can be paid as such, oldest first: an LOI stands for the demands that it covers. */
  readonly dues: readonly Due[];
  readonly total: Paise;
  /** When the register was asked: milliseconds since 1970. */
  readonly asOf: number;
}
