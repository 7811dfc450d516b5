/** How the values of a CSV file are read: each reader makes what Postgres copies, or undefined for a bad value. */
import { isDate } from '../../domain/calendar.ts';
import { unprintable } from '../../domain/printable.ts';

/** @returns the value as COPY wants it, undefined when it is bad */
type Reader = (value: string) => string | undefined;

export interface Column {
  /** Name in the CSV file. Two columns of a table may come from the same one. */
  readonly from: string;
  /** Name in the database. */
  readonly to: string;
  readonly read: Reader;
  /** What the column takes, to tell whoever sent something else. */
  readonly takes: string;
  /** What an empty or missing one stands for; without it, it must be there. */
  readonly whenEmpty?: string;
}

export const nothing = '\\N';

export const matching =
  (pattern: RegExp): Reader =>
  (value) =>
    pattern.test(value) ? value : undefined;

/** What every row of a kind of file has. */
export const always =
  (value: string): Reader =>
  () =>
    value;

/** Twelve digits, of which the third to fifth are a ward from 001 to 144. */
export const assesseeNumber: Reader = matching(/^\d\d(?:00[1-9]|0[1-9]\d|1[0-3]\d|14[0-4])\d{7}$/);
export const wardOfNumber: Reader = (value) => assesseeNumber(value)?.slice(2, 5);

const yesOrNo: Reader = (value) => ({ yes: 't', no: 'f' })[value];

/** Rupees to paise. */
const amount: Reader = (value) => {
  if (!/^\d{1,12}(?:\.\d{1,2})?$/.test(value)) return undefined;
  const point = value.indexOf('.');
  if (point < 0) return `${value}00`;
  return value.slice(0, point) + value.slice(point + 1).padEnd(2, '0');
};

const date: Reader = (value) => (isDate(value) ? value : undefined);

/** Nothing to do and nothing to refuse: most values are. */
const plain = /^[!-~]+(?: [!-~]+)*$/;
const odd = /\s\s|[^\S ]|[\u0000-\u001f\u007f\ufffd]/;
const forbidden = /[\u0000-\u001f\u007f\ufffd]/;
const longest = 300;

/**
 * A name or an address: one line, NFC, since the same Bengali word comes in two forms. A replacement character is what
 * is left of bytes that are not UTF-8. What no font has cannot stand on a receipt or a certificate.
 */
const text: Reader = (value) => {
  let tidy = value;
  if (!plain.test(value)) {
    tidy = value.normalize('NFC');
    if (odd.test(tidy)) {
      tidy = tidy.replace(/\s+/g, ' ').trim();
      if (forbidden.test(tidy)) return undefined;
    }
    if (unprintable(tidy).length > 0) return undefined;
  }
  if (tidy.length > longest) return undefined;
  return tidy.includes('\\') ? tidy.replaceAll('\\', '\\\\') : tidy;
};

const inCity = (number: number): boolean => number >= 1 && number <= 144;

/** Readers with what they take, for the columns of more than one file. */
export const words = {
  read: text,
  takes: 'text of at most 300 characters in UTF-8, without control characters',
} as const;
export const bill = {
  read: matching(/^[A-Za-z0-9][A-Za-z0-9./-]{0,31}$/),
  takes: 'a bill number: letters, digits, hyphens, full stops and slashes, at most 32',
} as const;
export const rupees = {
  read: amount,
  takes: 'rupees with at most two decimals, without commas or sign',
} as const;
export const day = { read: date, takes: 'a date that exists, as 2026-04-30' } as const;
export const yesNo = { read: yesOrNo, takes: 'yes or no' } as const;
export const ward = {
  read: (value: string) => (/^\d{1,3}$/.test(value) && inCity(Number(value)) ? value : undefined),
  takes: 'a ward from 1 to 144',
} as const;
export const tradeCode = {
  read: matching(/^[a-z0-9-]{1,40}$/),
  takes: 'the code of a trade: small letters, digits and hyphens, at most 40',
} as const;
