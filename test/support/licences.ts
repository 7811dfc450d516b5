/** Invented licences, straight into the register, and what became of them. */
import { addDays, addYears, dateInKolkata, type CalendarDate } from '../../domain/calendar.ts';
import type { CeNumber, LicenceStatus } from '../../domain/accounts/licence.ts';
import type { CertificateNumber } from '../../domain/certificate.ts';
import { renewalId, renewalPeriod, type RenewalId } from '../../domain/renewal.ts';

/** Whoever can ask the database. */
export type Ask = (sql: string, values?: readonly unknown[]) => Promise<unknown>;

/** What a year costs, in paise, of each trade but the one that the schedule has no fee for. */
export const [fee, charge] = [150_000, 30_000];
export const yearly = fee + charge;

export const trades = {
  plain: 'sample-grocery',
  approved: 'sample-eating-house',
  unpriced: 'sample-other',
} as const;

export async function addTrades(ask: Ask): Promise<void> {
  await ask(
    `insert into trades (code, name_bn, name_en, name_hi, needs_approval) values
       ($1, 'নমুনা মুদিখানা', 'Sample grocery', 'नमूना किराना', false),
       ($2, 'নমুনা খাবার দোকান', 'Sample eating house', 'नमूना भोजनालय', true),
       ($3, 'নমুনা ব্যবসা', 'Sample trade', 'नमूना व्यापार', false)`,
    [trades.plain, trades.approved, trades.unpriced],
  );
  await ask(
    `insert into trade_fees (trade, valid_from, fee, charge, source)
     values ($1, '2020-04-01', $3, $4, 'invented'), ($2, '2020-04-01', $3, $4, 'invented')`,
    [trades.plain, trades.approved, fee, charge],
  );
}

export interface Shop {
  readonly number: CeNumber;
  readonly validUntil: CalendarDate;
  /** Of its next renewal. */
  readonly id: RenewalId;
  /** The last day when it has been renewed for so many years. */
  until(years: number): CalendarDate;
}

export interface NewShop {
  readonly number?: string;
  readonly validUntil?: CalendarDate;
  readonly trade?: string;
  readonly status?: LicenceStatus;
  /** For how many years a demand has been made out. */
  readonly demanded?: number;
}

let numbers = 0;

/** A licence that ends in a month, with next year's demand made out, unless it is told otherwise. */
export async function addLicence(ask: Ask, shop: NewShop = {}): Promise<Shop> {
  numbers += 1;
  const {
    number = `97${String(numbers).padStart(10, '0')}`,
    validUntil = addDays(dateInKolkata(Date.now()), 30),
    trade = trades.plain,
    status = 'active',
    demanded = 1,
  } = shop;
  await ask(
    `insert into accounts (kind, number, owner_en, owner_bn, address_en, address_bn, ward, residential, trade_name_en,
       trade_name_bn, trade, valid_until, status)
     values ('licence', $1, 'Invented Holder', 'উদ্ভাবিত ধারক', '1 Sample Street, Kolkata', '১ নমুনা সরণি, কলকাতা', 7,
       false, 'Sample Stores', 'নমুনা স্টোর্স', $2, $3, $4::licence_status)`,
    [number, trade, validUntil, status],
  );
  const until = (years: number): CalendarDate => addYears(validUntil, years);
  for (let year = 0; year < demanded; year += 1) {
    await ask(
      `insert into demands (account_kind, account_number, id, kind, period_from, period_to, presented_on, principal,
         interest, penalty, charge)
       values ('licence', $1, $2, 'CE', $3, $4, $3, $5, 0, 0, $6)`,
      [number, `D${year}`, addDays(until(year), 1), until(year + 1), fee, charge],
    );
  }
  return {
    number: number as CeNumber,
    validUntil,
    id: renewalId(number, renewalPeriod(addDays(validUntil, 1))),
    until,
  };
}

/** The certificates of a licence, oldest first. */
export const certificatesSql = `
  select c.number, c.key, c.check_code as "checkCode", c.revoked_at is not null as revoked, r.valid_until::text as "validUntil"
  from certificates c join renewals r on r.id = c.renewal_id where r.licence_number = $1 order by c.number`;

export interface CertificateRow {
  readonly number: CertificateNumber;
  readonly key: string;
  readonly checkCode: string;
  readonly revoked: boolean;
  readonly validUntil: CalendarDate;
}
