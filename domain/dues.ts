/** What a citizen pays for, and what is due on it. */
import type { Account, DemandKind } from './accounts/kinds.ts';
import type { CalendarDate } from './calendar.ts';
import type { Paise } from './money.ts';

/** Of a licence, the principal is the fee, the penalty the late fine, and a charge is for solid waste and the like. */
export const lineKinds = ['principal', 'interest', 'penalty', 'charge'] as const;
export type LineKind = (typeof lineKinds)[number];

export interface DemandLine {
  readonly kind: LineKind;
  readonly amount: Paise;
}

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
