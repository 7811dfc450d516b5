/** The synthetic city as the files that the import takes. */
import type { CalendarDate } from '../../domain/calendar.ts';
import { inPieces, row, yesNo } from './csv.ts';
import { licenceAt, licenceBillsOf, type CityLicence } from './licence.ts';
import { billsOf, propertyAt, type CityProperty } from './property.ts';
import { seeded, type Random } from './random.ts';
import { propertiesToAStall, rentsOf, stallAt, type CityStall } from './stall.ts';
import { cityTrades } from './trades.ts';

export interface CityOptions {
  /** There is a licence to every second one, and a stall to every twentieth. */
  readonly properties: number;
  readonly seed: number;
  /** Average number of bills of a property, paid ones among them. */
  readonly demands: number;
  /** The day on which the newest bills are new. */
  readonly today: CalendarDate;
}

/** All of them by their names, in the order in which they can be imported. */
export function cityFiles(city: CityOptions): Readonly<Record<string, Generator<string>>> {
  return {
    'properties.csv': propertiesCsv(city),
    'demands.csv': demandsCsv(city),
    'trades.csv': tradesCsv(),
    'trade-fees.csv': tradeFeesCsv(),
    'licences.csv': licencesCsv(city),
    'licence-demands.csv': licenceDemandsCsv(city),
    'stalls.csv': stallsCsv(city),
    'stall-rents.csv': stallRentsCsv(city),
  };
}

export function propertiesCsv(city: CityOptions): Generator<string> {
  const columns = 'number,owner_en,owner_bn,address_en,address_bn,residential,senior,green';
  return inPieces(columns, propertyRows(city));
}

export function demandsCsv(city: CityOptions): Generator<string> {
  const columns =
    'number,bill,kind,period_from,period_to,presented_on,principal,interest,penalty,charge,covered_by,paid_on,withdrawn_on';
  return inPieces(columns, demandRows(city));
}

function tradesCsv(): Generator<string> {
  const rows = cityTrades.map(({ code, name, needsApproval }) =>
    row(code, name.bn, name.en, name.hi, yesNo(needsApproval)),
  );
  return inPieces('code,name_bn,name_en,name_hi,needs_approval', rows);
}

function tradeFeesCsv(): Generator<string> {
  const rows = cityTrades.flatMap(({ code, fees }) =>
    fees.map(({ from, fee, charge }) =>
      row(code, from, rupees(fee), rupees(charge), 'Invented for the sandbox'),
    ),
  );
  return inPieces('trade,valid_from,fee,charge,source', rows);
}

export function licencesCsv(city: CityOptions): Generator<string> {
  const columns =
    'number,trade_name_en,trade_name_bn,owner_en,owner_bn,address_en,address_bn,ward,trade,valid_until,status';
  return inPieces(columns, licenceRows(city));
}

export function licenceDemandsCsv(city: CityOptions): Generator<string> {
  const columns = 'number,bill,period_from,period_to,presented_on,fee,late_fine,charge,paid_on,withdrawn_on';
  return inPieces(columns, licenceDemandRows(city));
}

export function stallsCsv(city: CityOptions): Generator<string> {
  const columns = 'number,stallholder_en,stallholder_bn,address_en,address_bn,ward';
  return inPieces(columns, stallRows(city));
}

export function stallRentsCsv(city: CityOptions): Generator<string> {
  const columns = 'number,bill,period_from,period_to,presented_on,rent,late_fee,charge,paid_on,withdrawn_on';
  return inPieces(columns, stallRentRows(city));
}

function* propertyRows(city: CityOptions): Generator<string> {
  for (const { number, owner, address, residential, senior, green } of properties(city)) {
    yield row(
      number,
      owner.en,
      owner.bn,
      address.en,
      address.bn,
      yesNo(residential),
      yesNo(senior),
      yesNo(green),
    );
  }
}

function* demandRows(city: CityOptions): Generator<string> {
  let index = 0;
  for (const { number } of properties(city)) {
    for (const each of billsOf(billChance(city, index), city.today, city.demands)) {
      const { bill, kind, periodFrom, periodTo, presentedOn, principal, interest, penalty } = each;
      const amounts = [principal, interest, penalty].map(rupees);
      yield row(
        number,
        bill,
        kind,
        periodFrom,
        periodTo,
        presentedOn,
        ...amounts,
        '',
        each.coveredBy,
        each.paidOn,
        '',
      );
    }
    index += 1;
  }
}

function* licenceRows(city: CityOptions): Generator<string> {
  for (const { number, tradeName, owner, address, ward, trade, validUntil, status } of licences(city)) {
    const texts = [tradeName.en, tradeName.bn, owner.en, owner.bn, address.en, address.bn];
    yield row(number, ...texts, String(ward), trade.code, validUntil, status);
  }
}

function* licenceDemandRows(city: CityOptions): Generator<string> {
  let index = 0;
  for (const licence of licences(city)) {
    for (const each of licenceBillsOf(billChance(city, index), licence, city.today)) {
      const { bill, periodFrom, periodTo, presentedOn, fee, lateFine, charge, paidOn } = each;
      const amounts = [fee, lateFine, charge].map(rupees);
      yield row(licence.number, bill, periodFrom, periodTo, presentedOn, ...amounts, paidOn, '');
    }
    index += 1;
  }
}

function* stallRows(city: CityOptions): Generator<string> {
  for (const { number, holder, address, ward } of stalls(city)) {
    yield row(number, holder.en, holder.bn, address.en, address.bn, String(ward));
  }
}

function* stallRentRows(city: CityOptions): Generator<string> {
  let index = 0;
  for (const { number } of stalls(city)) {
    for (const each of rentsOf(billChance(city, index), city.today)) {
      const { bill, periodFrom, periodTo, rent, lateFee, paidOn } = each;
      const amounts = [rent, lateFee, 0].map(rupees);
      yield row(number, bill, periodFrom, periodTo, periodFrom, ...amounts, paidOn, '');
    }
    index += 1;
  }
}

function* properties({ properties: size, seed }: CityOptions): Generator<CityProperty> {
  const random = seeded(seed);
  for (let index = 0; index < size; index += 1) yield propertyAt(index, size, random);
}

function* licences(city: CityOptions): Generator<CityLicence> {
  const { properties: size, seed, today } = city;
  const random = seeded(seed + 500_009);
  // One number is that of a property, too: nothing keeps the corporation's two registers from it.
  const twin = lateOneWithDues(city);
  for (let index = 0; index * 2 < size; index += 1) {
    yield licenceAt(index, { size, today, random, ...(index === 0 && twin !== undefined && { twin }) });
  }
}

function* stalls({ properties: size, seed }: CityOptions): Generator<CityStall> {
  const random = seeded(seed + 700_001);
  for (let index = 0; index * propertiesToAStall < size; index += 1) yield stallAt(index, size, random);
}

/** Far from the first streets, where people take numbers of properties alone. */
function lateOneWithDues(city: CityOptions): string | undefined {
  const far = Math.floor(city.properties * 0.9);
  let index = 0;
  for (const { number } of properties(city)) {
    const bills = index < far ? [] : billsOf(billChance(city, index), city.today, city.demands);
    if (bills.some(({ paidOn }) => paidOn === undefined)) return number;
    index += 1;
  }
  return undefined;
}

/** Bills have a chance of their own, so that accounts stay the same when bills are drawn in another way. */
function billChance({ seed }: CityOptions, index: number): Random {
  return seeded(seed * 7_919 + index * 2_654_435 + 1);
}

function rupees(amount: number): string {
  return `${amount}.00`;
}
