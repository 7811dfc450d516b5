/** The synthetic city as the two files that the import takes, piece by piece: any size needs the same memory. */
import type { CalendarDate } from '../../domain/calendar.ts';
import { billsOf, propertyAt, type CityBill, type CityProperty } from './property.ts';
import { seeded } from './random.ts';

export interface CityOptions {
  readonly properties: number;
  readonly seed: number;
  /** Average number of bills of a property, paid ones among them. */
  readonly demands: number;
  /** The day on which the newest bills are new. */
  readonly today: CalendarDate;
}

const propertyHeader = 'number,owner_en,owner_bn,address_en,address_bn,residential,senior,green\n';
const demandHeader =
  'number,bill,kind,period_from,period_to,presented_on,principal,interest,penalty,charge,covered_by,paid_on,withdrawn_on\n';

const pieceLength = 256 * 1024;

export function* propertiesCsv(city: CityOptions): Generator<string> {
  let piece = propertyHeader;
  for (const property of properties(city)) {
    piece += propertyRow(property);
    if (piece.length > pieceLength) {
      yield piece;
      piece = '';
    }
  }
  yield piece;
}

export function* demandsCsv(city: CityOptions): Generator<string> {
  let piece = demandHeader;
  let index = 0;
  for (const { number } of properties(city)) {
    // Bills have a chance of their own, so that properties stay the same when bills are drawn in another way.
    const random = seeded(city.seed * 7_919 + index * 2_654_435 + 1);
    for (const bill of billsOf(random, city.today, city.demands)) piece += billRow(number, bill);
    index += 1;
    if (piece.length > pieceLength) {
      yield piece;
      piece = '';
    }
  }
  yield piece;
}

function* properties({ properties: size, seed }: CityOptions): Generator<CityProperty> {
  const random = seeded(seed);
  for (let index = 0; index < size; index += 1) yield propertyAt(index, size, random);
}

function propertyRow({ number, owner, address, residential, senior, green }: CityProperty): string {
  const texts = [owner.en, owner.bn ?? '', address.en, address.bn ?? ''].map(quoted).join(',');
  return `${number},${texts},${yesNo(residential)},${yesNo(senior)},${yesNo(green)}\n`;
}

function billRow(number: string, each: CityBill): string {
  const { bill, kind, periodFrom, periodTo, presentedOn, principal, interest, penalty } = each;
  return (
    `${number},${bill},${kind},${periodFrom},${periodTo},${presentedOn},` +
    `${principal}.00,${interest}.00,${penalty}.00,,${each.coveredBy ?? ''},${each.paidOn ?? ''},\n`
  );
}

function quoted(value: string): string {
  return value.includes(',') ? `"${value}"` : value;
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
