/**
 * Amounts, dates and periods in the citizen's language. The locale is always one of India: `bn` or `bn-BD` would put the
 * rupee sign behind the amount. Hours have words of our own, since Intl prints AM and PM in English. What is read as one
 * (a date, a time) is held on one line by no-break spaces.
 */
import { addDays, dateInKolkata, financialYear, type CalendarDate } from '../domain/calendar.ts';
import type { InEveryLanguage, Language } from '../domain/language.ts';
import type { Paise } from '../domain/money.ts';

const locales: InEveryLanguage<string> = { bn: 'bn-IN', en: 'en-IN', hi: 'hi-IN' };

const inEveryLanguage = <T>(make: (locale: string) => T): InEveryLanguage<T> => ({
  bn: make(locales.bn),
  en: make(locales.en),
  hi: make(locales.hi),
});

const inRupees = { style: 'currency', currency: 'INR' } as const;
const money = inEveryLanguage(
  (locale) => new Intl.NumberFormat(locale, { ...inRupees, trailingZeroDisplay: 'stripIfInteger' }),
);
const moneyOnPaper = inEveryLanguage((locale) => new Intl.NumberFormat(locale, inRupees));
const counts = inEveryLanguage((locale) => new Intl.NumberFormat(locale, { useGrouping: false }));
const twoDigits = inEveryLanguage((locale) => new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 }));
const dates = inEveryLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }),
);
const months = inEveryLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
);

/** Does not break at the end of a line. */
const noBreakSpace = '\u00a0';

/** `₹১২,৩৪,৫৬৭.৫০`: grouped in lakhs, with paise only where there are some. */
export function formatMoney(amount: Paise, language: Language): string {
  return money[language].format(amount / 100);
}

/** `₹১২,৩৪,৫৬৭.০০`: always with paise, as amounts stand below each other on papers. */
export function formatMoneyOnPaper(amount: Paise, language: Language): string {
  return moneyOnPaper[language].format(amount / 100);
}

/** A count or a ward in the digits of the language, not grouped. Numbers that people copy stay in ASCII digits. */
export function formatNumber(count: number, language: Language): string {
  return counts[language].format(count);
}

/** `১৫ জানুয়ারি ২০২২` · `15 January 2022` · `15 जनवरी 2022`. */
export function formatDate(date: CalendarDate, language: Language): string {
  return joined(dates[language], date);
}

/** The parts of a date with no-break spaces between them: the comma that Bengali has in CLDR makes chains of commas. */
function joined(format: Intl.DateTimeFormat, date: CalendarDate): string {
  const parts = format.formatToParts(Date.parse(date)).filter(({ type }) => type !== 'literal');
  return parts.map(({ value }) => value).join(noBreakSpace);
}

/** `১৫ জানুয়ারি ২০২২, রাত ৮:৪২` · `15 January 2022, 8:42 pm` · `15 जनवरी 2022, रात 8:42 बजे`; Indian Standard Time. */
export function formatDateTime(instant: number, language: Language): string {
  const date = dateInKolkata(instant);
  const minutes = Math.floor((instant - Date.parse(`${date}T00:00:00+05:30`)) / 60_000);
  const hour = Math.floor(minutes / 60);
  const clock = `${counts[language].format(hour % 12 || 12)}:${twoDigits[language].format(minutes % 60)}`;
  return `${formatDate(date, language)}, ${timeOfDay[language](hour, clock)}`;
}

const timeOfDay: InEveryLanguage<(hour: number, clock: string) => string> = {
  bn: (hour, clock) => [partOfDay(hour, partsOfDay.bn), clock].join(noBreakSpace),
  en: (hour, clock) => [clock, hour < 12 ? 'am' : 'pm'].join(noBreakSpace),
  hi: (hour, clock) => [partOfDay(hour, partsOfDay.hi), clock, 'बजे'].join(noBreakSpace),
};

/** A part of the day and the hour from which it runs. What is before the first belongs to the last. */
type PartOfDay = readonly [from: number, name: string];

const partsOfDay = {
  bn: [
    [4, 'ভোর'],
    [6, 'সকাল'],
    [12, 'দুপুর'],
    [16, 'বিকেল'],
    [18, 'সন্ধ্যা'],
    [20, 'রাত'],
  ],
  hi: [
    [4, 'सुबह'],
    [12, 'दोपहर'],
    [16, 'शाम'],
    [20, 'रात'],
  ],
} as const satisfies Readonly<Record<string, readonly PartOfDay[]>>;

function partOfDay(hour: number, parts: readonly PartOfDay[]): string {
  return (parts.findLast(([from]) => hour >= from) ?? parts.at(-1))?.[1] ?? '';
}

/** `২০২৩-২৪`, with its quarters when it is not a whole year; months when it does not keep to quarters, else days. */
export function formatPeriod(from: CalendarDate, to: CalendarDate, language: Language): string {
  const range = ranges[language];
  const year = (date: CalendarDate): string => formatFinancialYear(financialYear(date), language);
  const day = (date: CalendarDate): string => formatDate(date, language);
  const month = (date: CalendarDate): string => joined(months[language], date);
  if (!startsQuarter(from) || !startsQuarter(addDays(to, 1))) {
    const [first, last] =
      startsMonth(from) && startsMonth(addDays(to, 1)) ? [month(from), month(to)] : [day(from), day(to)];
    return first === last ? first : range(first, last);
  }
  const [first, last] = [quarterOf(from), quarterOf(to)];
  const oneYear = financialYear(from) === financialYear(to);
  if (first === 0 && last === 3) return oneYear ? year(from) : range(year(from), year(to));
  const { ordinals, name } = quarters[language];
  const quarter = (date: CalendarDate): string => `${year(date)}, ${ordinals[quarterOf(date)]} ${name}`;
  if (!oneYear) return range(quarter(from), quarter(to));
  return first === last ? quarter(from) : `${year(from)}, ${range(ordinals[first], ordinals[last])} ${name}`;
}

/** `২০২৩-২৪` for the year that begins in April 2023. */
export function formatFinancialYear(start: number, language: Language): string {
  return `${formatNumber(start, language)}-${twoDigits[language].format((start + 1) % 100)}`;
}

const ranges: InEveryLanguage<(from: string, to: string) => string> = {
  bn: (from, to) => `${from} থেকে ${to}`,
  en: (from, to) => `${from} to ${to}`,
  hi: (from, to) => `${from} से ${to}`,
};

type Quarter = 0 | 1 | 2 | 3;

const quarters: InEveryLanguage<{
  readonly name: string;
  readonly ordinals: readonly [string, string, string, string];
}> = {
  bn: { name: 'ত্রৈমাসিক', ordinals: ['প্রথম', 'দ্বিতীয়', 'তৃতীয়', 'চতুর্থ'] },
  en: { name: 'quarter', ordinals: ['1st', '2nd', '3rd', '4th'] },
  hi: { name: 'तिमाही', ordinals: ['पहली', 'दूसरी', 'तीसरी', 'चौथी'] },
};

/** The quarter of the financial year: 0 for April to June. */
function quarterOf(date: CalendarDate): Quarter {
  return Math.floor(((Number(date.slice(5, 7)) + 8) % 12) / 3) as Quarter;
}

function startsMonth(date: CalendarDate): boolean {
  return date.endsWith('-01');
}

function startsQuarter(date: CalendarDate): boolean {
  return /-(04|07|10|01)-01$/.test(date);
}
