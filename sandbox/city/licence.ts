/** One trade licence of the synthetic city: whose it is, how long it is valid, how it stands with its demands. */
import { addDays, addYears, daysBetween, type CalendarDate } from '../../domain/calendar.ts';
import type { Written } from '../../domain/accounts/account.ts';
import type { LicenceStatus } from '../../domain/accounts/licence.ts';
import { ownerName, shopName } from './names.ts';
import { digits, placeAt } from './place.ts';
import { drawn, type Random } from './random.ts';
import { cityTrades, feeOn, type CityTrade } from './trades.ts';

export interface CityLicence {
  readonly number: string;
  readonly tradeName: Written;
  readonly owner: Written;
  readonly address: Written;
  readonly ward: number;
  readonly trade: CityTrade;
  readonly validUntil: CalendarDate;
  readonly status: LicenceStatus;
}

/** Amounts in rupees. */
export interface CityLicenceBill {
  readonly bill: string;
  readonly periodFrom: CalendarDate;
  readonly periodTo: CalendarDate;
  readonly presentedOn: CalendarDate;
  readonly fee: number;
  readonly lateFine: number;
  readonly charge: number;
  readonly paidOn?: CalendarDate;
}

/** How licences stand, and how many of a hundred stand so. */
const standings = {
  /** Nothing due, and the end far away. */
  valid: 26,
  /** Ends soon; the demand of the next year is there. */
  demanded: 22,
  /** Can be renewed, but nobody has made out the demand yet. */
  undemanded: 8,
  /** Expired, within the days without late fine. */
  lapsed: 12,
  /** Expired, and late. */
  late: 10,
  /** Expired long ago, with demands of several years. */
  abandoned: 6,
  /** Paid for years in advance. */
  ahead: 6,
  suspended: 5,
  closed: 5,
} as const;
type Standing = keyof typeof standings;

/** Days from today to the end. A demand is made out 40 to 50 days before its year begins. */
const ends: Readonly<Record<Standing, readonly [number, number]>> = {
  valid: [100, 300],
  demanded: [3, 38],
  undemanded: [51, 58],
  lapsed: [-80, -5],
  late: [-300, -100],
  abandoned: [-1_100, -400],
  ahead: [400, 3_600],
  suspended: [-60, 300],
  closed: [-900, -200],
};

/**
 * The licence of a shop in the property that stands at an even place in the city.
 * @param index its place among the licences
 * @param size of the city in properties
 * @param twin an assessee number that this licence has for its own; it can be renewed, so that asking is worth it
 */
export function licenceAt(
  index: number,
  { size, today, random, twin }: { size: number; today: CalendarDate; random: Random; twin?: string },
): CityLicence {
  const { ward, within, address } = placeAt(index * 2, size);
  const standing = drawn(random, standings);
  const trade = random.pick(cityTrades);
  const tradeName = shopName(random, trade.shops);
  const owner = ownerName(random, random.percent(20));
  const old = random.percent(5);
  const written = ({ en, bn }: Required<Written>): Written => (old ? { en } : { en, bn });
  // Ascending from place to place, also where the last two digits are missing.
  const long = `70${digits(ward, 3)}${digits(within * 100 + random.between(0, 199), 7)}`;
  const number = random.percent(10) ? long.slice(0, -2) : long;
  return {
    number: twin ?? number,
    tradeName: written(tradeName),
    owner: written(owner),
    address: written({ en: `Ground floor, ${address.en}`, bn: `একতলা, ${address.bn}` }),
    ward,
    trade,
    validUntil: addDays(today, random.between(...ends[twin === undefined ? standing : 'demanded'])),
    status: twin === undefined && (standing === 'suspended' || standing === 'closed') ? standing : 'active',
  };
}

/** The demands of its years, oldest first: those up to the end of the licence are paid. */
export function licenceBillsOf(
  random: Random,
  { trade, validUntil, status }: CityLicence,
  today: CalendarDate,
): CityLicenceBill[] {
  const from = addDays(validUntil, 1);
  const yearsAhead = Math.max(0, Math.floor(daysBetween(today, from) / 365));
  // Small shops pay nothing for solid waste.
  const small = random.percent(30);
  const bills: CityLicenceBill[] = [];
  for (let year = -yearsAhead - random.between(1, 6); ; year += 1) {
    const periodFrom = addYears(from, year);
    const periodTo = addDays(addYears(from, year + 1), -1);
    const presentedOn = addDays(periodFrom, -random.between(40, 50));
    const paid = year < 0;
    if (presentedOn > today || (status === 'closed' && !paid)) return bills;
    const { fee, charge } = feeOn(trade, periodFrom);
    const paidAfter = random.between(0, Math.min(60, daysBetween(presentedOn, today)));
    bills.push({
      bill: `CE-${periodFrom.slice(0, 4)}`,
      periodFrom,
      periodTo,
      presentedOn,
      fee,
      // An invented share, once the year is over; what the corporation's computers work out is not public.
      lateFine: !paid && periodTo < today ? Math.round(fee * 0.25) : 0,
      charge: small ? 0 : charge,
      ...(paid && { paidOn: addDays(presentedOn, paidAfter) }),
    });
  }
}
