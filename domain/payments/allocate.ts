/**
 * Which demands a sum of money settles, how far, and what of it is excess. Decided when the money comes, by the bills as they
 * were when the link was made, by the register as it is now, and by what was paid meanwhile.
 */
import { financialYear, type CalendarDate } from '../calendar.ts';
import { lineKinds, type DemandLine, type Due, type LineKind } from '../dues.ts';
import { paise, sum, type Paise } from '../money.ts';

/** What the books and the register say of a demand at the moment when money comes for it. */
export interface DemandBooks {
  /** Its lines by the own register now; missing where the register is somebody else's or does not have it. */
  readonly registered?: readonly DemandLine[];
  /** It was paid at a counter, or the corporation took it back. */
  readonly isClosed: boolean;
  readonly isSettled: boolean;
  /** Paid here before, by line. */
  readonly allocated: Amounts;
  /** For a letter of intimation: paid here on the bills that it covers. */
  readonly paidOnCovered: Paise;
}

/** In paise, by the lines of a demand. A line that is missing is nothing. */
export type Amounts = Readonly<Partial<Record<LineKind, Paise>>>;

/** What a sum of money does to one demand. */
export interface Part {
  readonly due: Due;
  /** What it takes to settle the demand now, whatever was paid or is taken off. */
  readonly amount: Paise;
  /** What of the money goes to it. */
  readonly cash: Amounts;
  /** What is taken off: granted by the payment that settles the demand, and by no other. */
  readonly rebate: Amounts;
  readonly waiver: Amounts;
  /** Counted as paid because it was paid on the bills that the demand covers. */
  readonly covered: Paise;
  readonly settles: boolean;
  /** `current`, `arrears` or `advance`, by the financial year of the day of payment. */
  readonly age: Age;
}

export type Age = 'arrears' | 'current' | 'advance';

/** A demand as it was when the link was made, and as it is now. */
export interface DueInBooks {
  readonly due: Due;
  readonly books: DemandBooks;
}

export interface Allocation<D extends DueInBooks> {
  /** Those that money goes to, or that it settles; in the order of the dues. */
  readonly parts: readonly (Part & Omit<D, 'books'>)[];
  readonly excess: Paise;
}

export function allocate<D extends DueInBooks>(
  money: Paise,
  dues: readonly D[],
  paidOn: CalendarDate,
): Allocation<D> {
  let excess = money;
  const parts: (Part & Omit<D, 'books'>)[] = [];
  for (const { books, ...asked } of dues) {
    if (books.isSettled || books.isClosed) continue;
    const part = partOf(asked.due, books, excess, paidOn);
    excess = paise(excess - total(part.cash));
    if (part.settles || total(part.cash) > 0) parts.push({ ...asked, ...part });
  }
  return { parts, excess };
}

/** The sum of some amounts. */
export function total(amounts: Amounts): Paise {
  return sum(Object.values(amounts));
}

/** What one demand takes of the money that is left. */
function partOf(due: Due, books: DemandBooks, money: Paise, paidOn: CalendarDate): Part {
  const lines = byLine(linesNow(due, books));
  const unpaid = less(lines, books.allocated);
  const covered = fill(books.paidOnCovered, unpaid, payingOrder);
  const open = less(unpaid, covered);
  const amount = total(lines);
  // Who was asked for less than the bill comes to by now has not paid it in time: nothing is taken off.
  const isRaised = amount > due.amount;
  const rebate = isRaised
    ? {}
    : fill(due.rebate?.amount ?? 0, open, ['principal', 'interest', 'penalty', 'charge']);
  const waiver = isRaised
    ? {}
    : fill(due.waiver?.amount ?? 0, less(open, rebate), ['interest', 'penalty', 'charge', 'principal']);
  const payable = less(less(open, rebate), waiver);
  // A raised bill takes no more than was asked for it: the rest of the money was meant for the other bills.
  const mine = Math.min(money, isRaised ? due.payable : total(payable));
  const settles = mine === total(payable);
  return {
    due,
    amount,
    cash: fill(mine, settles ? payable : open, payingOrder),
    rebate: settles ? rebate : {},
    waiver: settles ? waiver : {},
    covered: total(covered),
    settles,
    age: ageOf(due, paidOn),
  };
}

/** The register's lines of today, with the fine that the rule book added when the link was made. */
function linesNow({ lines, lateFine }: Due, { registered }: DemandBooks): readonly DemandLine[] {
  if (!registered) return lines;
  return lateFine ? [...registered, { kind: 'penalty', amount: lateFine.amount }] : registered;
}

/** What a part payment pays first. That interest and penalty go before the principal is an assumption: ask finance. */
export const payingOrder = [
  'charge',
  'penalty',
  'interest',
  'principal',
] as const satisfies readonly LineKind[];

/** As much of an amount as the lines hold, from the first of an order. */
function fill(amount: number, lines: Amounts, order: readonly LineKind[]): Amounts {
  let left = amount;
  const filled: Partial<Record<LineKind, Paise>> = {};
  for (const kind of order) {
    const part = Math.min(left, Math.max(0, lines[kind] ?? 0));
    if (part > 0) filled[kind] = paise(part);
    left -= part;
  }
  return filled;
}

/** What remains of lines; where a line was paid beyond what it is now, the others are so much less. */
function less(lines: Amounts, taken: Amounts): Amounts {
  const rest = lineKinds.map((kind) => [kind, (lines[kind] ?? 0) - (taken[kind] ?? 0)] as const);
  const beyond = -rest.reduce((all, [, amount]) => all + Math.min(0, amount), 0);
  const positive = Object.fromEntries(
    rest.map(([kind, amount]) => [kind, paise(Math.max(0, amount))]),
  ) as Amounts;
  return beyond === 0 ? positive : less(positive, fill(beyond, positive, payingOrder));
}

function byLine(lines: readonly DemandLine[]): Amounts {
  const of = (kind: LineKind): Paise =>
    sum(lines.filter((line) => line.kind === kind).map(({ amount }) => amount));
  return Object.fromEntries(lineKinds.map((kind) => [kind, of(kind)]));
}

/** A licence of fifteen years is not one year's revenue, and arrears are accounted for apart. */
function ageOf({ periodFrom, periodTo }: Due, paidOn: CalendarDate): Age {
  const year = financialYear(paidOn);
  if (financialYear(periodTo) < year) return 'arrears';
  return financialYear(periodFrom) > year ? 'advance' : 'current';
}
