/** How the values of a CSV file are read: each reader makes what Postgres copies, or undefined for a bad value. */
import { isDate } from '../../domain/calendar.ts';

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

export const property: Reader = () => 'property';

/** Twelve digits, of which the third to fifth are a ward from 001 to 144. */
export const assesseeNumber: Reader = matching(/^\d\d(?:00[1-9]|0[1-9]\d|1[0-3]\d|14[0-4])\d{7}$/);
export const wardOfNumber: Reader = (value) => assesseeNumber(value)?.slice(2, 5);

export const yesOrNo: Reader = (value) => ({ yes: 't', no: 'f' })[value];

/** Rupees to paise. */
export const amount: Reader = (value) => {
  if (!/^\d{1,12}(?:\.\d{1,2})?$/.test(value)) return undefined;
  const point = value.indexOf('.');
  if (point < 0) return `${value}00`;
  return value.slice(0, point) + value.slice(point + 1).padEnd(2, '0');
};

export const date: Reader = (value) => (isDate(value) ? value : undefined);

/** Nothing to do and nothing to refuse: most values are. */
const plain = /^[!-~]+(?: [!-~]+)*$/;
const odd = /\s\s|[^\S ]|[\u0000-\u001f\u007f\ufffd]/;
const forbidden = /[\u0000-\u001f\u007f\ufffd]/;
const longest = 300;

/**
 * A name or an address: one line, NFC, since the same Bengali word comes in two forms. A replacement character is what
 * is left of bytes that are not UTF-8.
 */
export const text: Reader = (value) => {
  let tidy = value;
  if (!plain.test(value)) {
    tidy = value.normalize('NFC');
    if (odd.test(tidy)) {
      tidy = tidy.replace(/\s+/g, ' ').trim();
      if (forbidden.test(tidy)) return undefined;
    }
  }
  if (tidy.length > longest) return undefined;
  return tidy.includes('\\') ? tidy.replaceAll('\\', '\\\\') : tidy;
};
