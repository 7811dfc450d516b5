/** One property of the synthetic city: where it is, whose it is, how it stands with its bills. */
import { addDays, daysBetween, financialYear, type CalendarDate } from '../../domain/calendar.ts';
import type { Written } from '../../domain/accounts/account.ts';
import type { DemandKind } from '../../domain/accounts/kinds.ts';
import { ownerName } from './names.ts';
import { digits, placeAt } from './place.ts';
import { drawn, type Random } from './random.ts';

export interface CityProperty {
  readonly number: string;
  readonly owner: Written;
  readonly address: Written;
  readonly residential: boolean;
  readonly senior: boolean;
  readonly green: boolean;
}

/** Amounts in rupees. */
export interface CityBill {
  readonly bill: string;
  readonly kind: DemandKind;
  readonly periodFrom: CalendarDate;
  readonly periodTo: CalendarDate;
  readonly presentedOn: CalendarDate;
  readonly principal: number;
  readonly interest: number;
  readonly penalty: number;
  readonly coveredBy?: string;
  readonly paidOn?: CalendarDate;
}

/** How a property stands with its bills, and how many of a hundred stand so. */
const standings = {
  paidUp: 45,
  /** The bill of this year came lately: the rebate is still to be had. */
  newBill: 23,
  /** The bill of this year, without rebate. */
  lateBill: 8,
  /** A few years without payment, each bill for itself. */
  arrears: 11,
  /** A few years gathered in an LOI, the bill of this year beside it. */
  intimated: 8,
  /** A supplementary bill after a hearing. */
  reassessed: 3,
  /** Unpaid as far back as the register goes. */
  abandoned: 2,
} as const;
type Standing = keyof typeof standings;

/** @param index its place in a city of `size` properties, which are numbered ward by ward */
export function propertyAt(index: number, size: number, random: Random): CityProperty {
  const { ward, street, premises, address } = placeAt(index, size);
  const residential = random.percent(88);
  const firm = !residential && random.percent(60);
  const owner = ownerName(random, firm);
  // Every twentieth record is an old one, kept in English only.
  const old = random.percent(5);
  return {
    number: `${ward <= 100 ? 11 : 31}${digits(ward, 3)}${digits(street, 2)}${digits(premises, 4)}${random.between(0, 9)}`,
    owner: old ? { en: owner.en } : owner,
    address: old ? { en: address.en } : address,
    residential,
    senior: residential && random.percent(14),
    green: random.percent(4),
  };
}

/** @param average bills of a property, those paid long ago among them */
export function billsOf(random: Random, today: CalendarDate, average: number): CityBill[] {
  const standing = drawn(random, standings);
  // The same spread to both sides of the average.
  let years = random.between(1, Math.max(1, 2 * average - 1));
  const thisYear = financialYear(today);
  const yearlyTax = random.between(6, 600) * 20 + random.between(0, 19);
  const bills: CityBill[] = [];
  const gathered = standing === 'intimated' || standing === 'abandoned';
  const loi = `LOI-${thisYear}`;
  const hasSupplement = standing === 'reassessed' || (gathered && years > 3 && random.percent(30));
  if (hasSupplement) {
    years = Math.max(1, years - 1);
    bills.push(supplement(random, today, yearlyTax, gathered ? loi : undefined));
  }
  if (gathered) years = Math.max(2, years - 1);
  if (standing === 'arrears') years = Math.max(2, years);
  if (standing === 'abandoned') years = Math.max(12, years);
  const unpaid = Math.min(years, unpaidYears(standing, random));
  for (let back = years - 1; back >= 0; back -= 1) {
    bills.push(
      yearly(random, today, {
        year: thisYear - back,
        tax: Math.max(50, yearlyTax - back * random.between(0, 40)),
        daysAgo: standing === 'newBill' ? random.between(0, 18) : random.between(25, 75),
        paid: back >= unpaid,
        ...(gathered && back > 0 && { coveredBy: loi }),
      }),
    );
  }
  if (gathered) bills.push(intimation(loi, bills, today, random));
  return bills.sort((a, b) => (a.bill < b.bill ? -1 : 1));
}

function unpaidYears(standing: Standing, random: Random): number {
  if (standing === 'paidUp' || standing === 'reassessed') return 0;
  if (standing === 'newBill' || standing === 'lateBill') return 1;
  return standing === 'abandoned' ? Infinity : random.between(2, 5);
}

interface Yearly {
  readonly year: number;
  readonly tax: number;
  /** When the bill of this year was presented. */
  readonly daysAgo: number;
  readonly paid: boolean;
  readonly coveredBy?: string;
}

function yearly(
  random: Random,
  today: CalendarDate,
  { year, tax, daysAgo, paid, coveredBy }: Yearly,
): CityBill {
  const begin = `${year}-04-01` as CalendarDate;
  const current = year === financialYear(today);
  const presentedOn = current
    ? latest(begin, addDays(today, -daysAgo))
    : addDays(begin, random.between(20, 80));
  const yearsLate = paid || current ? 0 : financialYear(today) - year;
  return {
    bill: `PD-${year}`,
    kind: 'PD',
    periodFrom: begin,
    periodTo: `${year + 1}-03-31` as CalendarDate,
    presentedOn,
    principal: tax,
    ...surcharge(tax, yearsLate),
    ...(paid
      ? { paidOn: addDays(presentedOn, random.between(0, Math.min(60, daysBetween(presentedOn, today)))) }
      : coveredBy !== undefined && { coveredBy }),
  };
}

/** Invented shares: what the corporation's computers work out is not public. */
function surcharge(tax: number, yearsLate: number): { readonly interest: number; readonly penalty: number } {
  return {
    interest: Math.round(tax * 0.1 * yearsLate),
    penalty: yearsLate > 0 ? Math.round(tax * 0.05) : 0,
  };
}

function supplement(random: Random, today: CalendarDate, tax: number, coveredBy?: string): CityBill {
  const year = financialYear(today) - 1;
  const late = coveredBy !== undefined;
  return {
    bill: `FS-${year}`,
    kind: 'FS',
    periodFrom: `${year}-10-01` as CalendarDate,
    periodTo: `${year + 1}-03-31` as CalendarDate,
    presentedOn: late ? (`${year}-12-10` as CalendarDate) : addDays(today, -random.between(0, 40)),
    principal: Math.round(tax / 4),
    ...surcharge(Math.round(tax / 4), late ? 1 : 0),
    ...(coveredBy !== undefined && { coveredBy }),
  };
}

/** Stands for all that it covers, with their sums. */
function intimation(bill: string, bills: readonly CityBill[], today: CalendarDate, random: Random): CityBill {
  const covered = bills.filter(({ coveredBy }) => coveredBy === bill);
  const total = (of: (each: CityBill) => number): number => covered.reduce((all, each) => all + of(each), 0);
  const ends = covered.map(({ periodTo }) => periodTo);
  return {
    bill,
    kind: 'LOI',
    periodFrom: covered
      .map(({ periodFrom }) => periodFrom)
      .reduce((a, b) => (a < b ? a : b), ends[0] ?? today),
    periodTo: ends.reduce(latest, ends[0] ?? today),
    presentedOn: latest(
      `${financialYear(today)}-04-01` as CalendarDate,
      addDays(today, -random.between(30, 120)),
    ),
    principal: total(({ principal }) => principal),
    interest: total(({ interest }) => interest),
    penalty: total(({ penalty }) => penalty),
  };
}

function latest(a: CalendarDate, b: CalendarDate): CalendarDate {
  return a > b ? a : b;
}
