/** The numbers of what the corporation issues: a series, the financial year, and a number without gaps. */
import { financialYearName } from './calendar.ts';
import { foldDigits } from './digits.ts';

/** `W-2026-27-000123`. */
export function serialNumber(series: string, financialYear: number, ordinal: number): string {
  return `${series}-${financialYearName(financialYear)}-${String(ordinal).padStart(6, '0')}`;
}

const shape = /^([A-Z]{1,4})-(\d{4})-\d{2}-(\d{6,})$/;

/** What stands between the parts where people type it: any dash, blank or full stop. */
const separators = /[\s\p{Pd}\u2212.,]+/gu;

/** Reads such a number as people type it: any case, any digits, any dash or blank between its parts. */
export function serialNumberIn(text: string): string | undefined {
  const number = foldDigits(text.normalize('NFKC'))
    .toUpperCase()
    .replace(separators, '-')
    .replace(/^-|-$/g, '');
  return shape.test(number) ? number : undefined;
}

/** @throws Error when it is no such number */
export function readSerialNumber(number: string): {
  readonly series: string;
  readonly year: number;
  readonly ordinal: number;
} {
  const [, series = '', year, ordinal] = shape.exec(number) ?? [];
  if (series === '') throw new Error(`no serial number: ${number}`);
  return { series, year: Number(year), ordinal: Number(ordinal) };
}
