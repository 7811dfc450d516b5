/** One stall of the synthetic city: in the market of its ward, let by the month. */
import type { Written } from '../../domain/accounts/account.ts';
import { addDays, type CalendarDate } from '../../domain/calendar.ts';
import { ownerName, streetName } from './names.ts';
import { digits, placeAt } from './place.ts';
import { drawn, type Random } from './random.ts';

/** There is a stall to so many properties. */
export const propertiesToAStall = 20;

export interface CityStall {
  readonly number: string;
  readonly holder: Required<Written>;
  readonly address: Required<Written>;
  readonly ward: number;
}

/** Amounts in rupees. */
export interface CityRent {
  readonly bill: string;
  readonly periodFrom: CalendarDate;
  readonly periodTo: CalendarDate;
  readonly rent: number;
  readonly lateFee: number;
  readonly paidOn?: CalendarDate;
}

/** How stalls stand, and how many of a hundred stand so. */
const standings = { paidUp: 40, thisMonth: 30, someMonths: 20, longInArrears: 10 } as const;

/** How many of the latest months are not paid. */
const unpaid: Readonly<Record<keyof typeof standings, readonly [number, number]>> = {
  paidUp: [0, 0],
  thisMonth: [1, 1],
  someMonths: [2, 4],
  longInArrears: [9, 14],
};
const monthsShown = 15;

/** @param size of the city in properties */
export function stallAt(index: number, size: number, random: Random): CityStall {
  const { ward, within } = placeAt(index * propertiesToAStall, size);
  const market = streetName(ward, 1);
  const block = random.pick(['A', 'B', 'C']);
  return {
    number: `${digits(ward, 3)}${digits(Math.floor(within / propertiesToAStall) + 1, 4)}`,
    holder: ownerName(random, false),
    address: { en: `Block ${block}, ${market.en} Market`, bn: `ব্লক ${block}, ${market.bn} বাজার` },
    ward,
  };
}

/** The rents of the latest months, oldest first. */
export function rentsOf(random: Random, today: CalendarDate): CityRent[] {
  const rent = random.between(6, 40) * 50;
  const open = random.between(...unpaid[drawn(random, standings)]);
  return Array.from({ length: monthsShown }, (_, index): CityRent => {
    const before = monthsShown - 1 - index;
    const periodFrom = firstOfMonth(today, -before);
    const isPaid = before >= open;
    return {
      bill: `R-${periodFrom.slice(0, 7)}`,
      periodFrom,
      periodTo: addDays(firstOfMonth(today, 1 - before), -1),
      rent,
      // An invented share of what is older than two months.
      lateFee: !isPaid && before > 2 ? Math.round(rent * 0.1) : 0,
      // Within the first days of a month, but not after today.
      ...(isPaid && { paidOn: before === 0 ? periodFrom : addDays(periodFrom, random.between(0, 12)) }),
    };
  });
}

/** The first day of the month that is so many months after that of a day. */
function firstOfMonth(day: CalendarDate, months: number): CalendarDate {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months)).toISOString().slice(0, 10) as CalendarDate;
}
