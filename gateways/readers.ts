/**
 * Reads what gateways write, in all the ways in which they write it. Pure and with bounds: what cannot be read is
 * undefined and never something near it, and `asTold` keeps the words for a person.
 */
import { isIP, isIPv4 } from 'node:net';
import { isDate } from '../domain/calendar.ts';
import { foldDigits } from '../domain/digits.ts';
import type { PaymentFact } from '../domain/payments/fact.ts';

/** A text or a number as one line: full-width forms folded, control and invisible characters out, trimmed. */
function lineOf(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  return String(value)
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim();
}

/** What a gateway writes, for people to look at. @returns undefined when there is nothing to see */
export function readWords(value: unknown, longest = 256): string | undefined {
  const words = lineOf(value).slice(0, longest);
  return words === '' ? undefined : words;
}

/** A value that could not be read, as it came, in at most 64 characters. */
export function asTold(value: unknown): string | undefined {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
  return readWords(typeof text === 'boolean' ? String(text) : text, 64);
}

const longestId = 64;

/** A number in JSON that has lost digits on the way names nothing any more. */
const isExact = (value: unknown): boolean => typeof value !== 'number' || Number.isSafeInteger(value);

/** What is written where there is no id. */
const noIds: ReadonlySet<string> = new Set(['NA', 'N/A', 'N.A.', 'NULL', 'NONE', 'NIL', 'NAN', 'UNDEFINED']);

/**
 * An id that the gateway or the bank gave, so that the same id reads the same however it is written: upper case, no
 * blanks. A longer one than 64 characters is none, because cutting it could make two ids one.
 */
export function readId(value: unknown): string | undefined {
  if (!isExact(value)) return undefined;
  const id = foldDigits(lineOf(value)).replace(/\s/gu, '').toUpperCase();
  const meansNone = noIds.has(id) || /^0*$/.test(id) || !/[\p{L}\p{N}]/u.test(id);
  return meansNone || id.length > longestId ? undefined : id;
}

/** A reference of ours, or a merchant's: compared exactly, so that only the blanks around it are taken off. */
export function readReference(value: unknown): string | undefined {
  if (!isExact(value)) return undefined;
  const reference = lineOf(value);
  return reference === '' || reference.length > longestId ? undefined : reference;
}

/** More than this in paise is no payment of a citizen. */
const largestAmount = 10 ** 13;

const currencyBefore = /^(?:inr|rs\.?|₹)\s?/i;
const currencyAfter = /\s?(?:inr|rs\.?|₹)$/i;
/** Whole, in groups of three or in groups of lakh and crore. */
const grouped = /^(?:\d+|\d{1,3}(?:([, ])\d{3})(?:\1\d{3})*|\d{1,2}(?:([, ])\d{2})(?:\2\d{2})*\2\d{3})$/;

/**
 * An amount of rupees in paise, exactly: digits are moved and never calculated with. Undefined when it is negative, has
 * a fraction of a paisa or is no amount that a citizen could pay.
 */
export function readAmount(value: unknown): number | undefined {
  // `1785.5` of JSON is written as it was read; what needs an exponent or many decimals is refused below.
  const text = foldDigits(lineOf(value))
    .replace(/\s?\/-$/, '')
    .replace(currencyBefore, '')
    .replace(currencyAfter, '')
    .replace(/^\+/, '');
  const [, whole = '', paisa = ''] = /^([\d, ]+)(?:\.(\d*))?$/.exec(text) ?? [];
  if (!grouped.test(whole) || !/^\d{0,2}0*$/.test(paisa)) return undefined;
  const digits = `${whole.replace(/\D/g, '')}${paisa.slice(0, 2).padEnd(2, '0')}`.replace(/^0+(?=\d)/, '');
  if (digits.length > 14) return undefined;
  const amount = Number(digits);
  return amount <= largestAmount ? amount : undefined;
}

const rupeeNames: ReadonlySet<string> = new Set(['356', 'INR', 'RS', 'RS.', '₹']);

/** `INR` however it is written; any other currency is none that we take. */
export function readCurrency(value: unknown): 'INR' | undefined {
  return rupeeNames.has(foldDigits(lineOf(value)).toUpperCase()) ? 'INR' : undefined;
}

const dayMs = 86_400_000;
/** Before this no attempt was made that could still be told of; beyond that clocks are wrong. */
const oldestMs = 400 * dayMs;
const aheadMs = dayMs;

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

const clock = String.raw`(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?`;
const offset = String.raw`\s?(?<offset>Z|UTC|GMT|IST|[+-]\d\d(?::?\d\d)?)?`;
/** Every way to write a time that has been seen, or that a programmer's library would write by itself. */
const forms: readonly RegExp[] = [
  String.raw`(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})(?:T|,? )${clock}${offset}`,
  String.raw`(?<day>\d{1,2})[-/.](?<month>\d{1,2}|[A-Z]{3})[-/.](?<year>\d{4})(?:T|,? )${clock}${offset}`,
  String.raw`(?<day>\d{1,2}) (?<month>[A-Z]{3}) (?<year>\d{4}),? ${clock}${offset}`,
  String.raw`(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)T?(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)${offset}`,
  String.raw`(?<day>\d\d)(?<month>\d\d)(?<year>\d{4})(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)`,
].map((form) => new RegExp(`^${form}$`));

export interface Reading {
  /** Milliseconds since 1970; times that cannot be true are measured by it. */
  readonly now: number;
}

/**
 * An instant in milliseconds since 1970. Without an offset it is Kolkata's clock, day before month. Undefined when there
 * is no such date, or when it lies more than 400 days before or a day after `now`.
 */
export function readTime(value: unknown, { now }: Reading): number | undefined {
  const text = foldDigits(lineOf(value)).toUpperCase();
  const instants = /^\d{13}$/.test(text)
    ? [Number(text)]
    : /^\d{10}$/.test(text)
      ? [Number(text) * 1_000]
      : forms.map((form) => instantOf(form.exec(text)?.groups));
  return instants.find(
    (instant) => instant !== undefined && instant >= now - oldestMs && instant <= now + aheadMs,
  );
}

function instantOf(parts: Readonly<Record<string, string | undefined>> | undefined): number | undefined {
  if (!parts) return undefined;
  const { year = '', day = '', hour = '', minute = '', second = '00', fraction = '' } = parts;
  const named = monthNames.indexOf(parts['month'] ?? '') + 1;
  const month = named > 0 ? String(named) : (parts['month'] ?? '');
  const two = (text: string): string => text.padStart(2, '0');
  const date = `${year}-${two(month)}-${two(day)}`;
  if (!isDate(date)) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const zone = zoneOf(parts['offset']);
  if (zone === undefined) return undefined;
  return Date.parse(`${date}T${two(hour)}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}${zone}`);
}

/** `+0530` and `+05` as `+05:30` and `+05:00`. The farthest clocks are 14 hours ahead. */
function zoneOf(written = 'IST'): string | undefined {
  if (written === 'IST') return '+05:30';
  const [, sign, hours = '', minutes = '00'] = /^([+-])(\d\d):?(\d\d)?$/.exec(written) ?? [];
  if (sign === undefined) return 'Z';
  return Number(hours) <= 14 && Number(minutes) <= 59 ? `${sign}${hours}:${minutes}` : undefined;
}

type Money = Pick<PaymentFact, 'amount' | 'currency' | 'at' | 'amountAsTold' | 'currencyAsTold' | 'atAsTold'>;

/** How much, of what, and when: what was read, and beside it in the gateway's words what could not be. */
export function readMoney(told: Record<'amount' | 'currency' | 'at', unknown>, reading: Reading): Money {
  const amount = readAmount(told.amount);
  const currency = readCurrency(told.currency);
  const at = readTime(told.at, reading);
  return {
    amount,
    currency,
    at,
    amountAsTold: amount === undefined ? asTold(told.amount) : undefined,
    currencyAsTold: currency === undefined ? asTold(told.currency) : undefined,
    atAsTold: at === undefined ? asTold(told.at) : undefined,
  };
}

/** What stands for an address that is not known. */
const noAddress = '0.0.0.0';

/**
 * A payer's address as gateways take it: IPv4 or IPv6 alone, without port, zone or brackets, and IPv4 where IPv6 only
 * wraps it. What is no address becomes 0.0.0.0, so that nobody is kept from paying by it.
 */
export function payerAddress(ip: string): string {
  const [, bracketed, withPort] = /^\[([^\]]*)\](?::\d+)?$|^(\d+(?:\.\d+){3}):\d+$/.exec(ip.trim()) ?? [];
  const bare = (bracketed ?? withPort ?? ip.trim()).replace(/%.*$/, '').toLowerCase();
  if (isIP(bare) === 0) return noAddress;
  if (isIPv4(bare)) return bare;
  // The one spelling of an IPv6 address that the URL standard knows.
  const address = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(address) ?? [];
  if (high === undefined || low === undefined) return address;
  const [upper, lower] = [parseInt(high, 16), parseInt(low, 16)];
  return [upper >> 8, upper & 255, lower >> 8, lower & 255].join('.');
}

/** The name of a browser as gateways take it: printable ASCII, at most 256 characters; `NA` for none. */
export function payerBrowser(userAgent: string): string {
  const printable = userAgent
    .replace(/[^\x20-\x7e]/g, '')
    .trim()
    .slice(0, 256);
  return printable === '' ? 'NA' : printable;
}
