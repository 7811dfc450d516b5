/** Calendar dates of Kolkata. Plain text, so that they compare and travel as they stand. */

/** `YYYY-MM-DD` in Indian Standard Time. */
export type CalendarDate = string & { readonly brand: 'CalendarDate' };

const istOffsetMs = 5.5 * 3_600_000; // India has no summer time.

/** The day that it is in Kolkata at an instant, in milliseconds since 1970. */
export function dateInKolkata(instant: number): CalendarDate {
  return new Date(instant + istOffsetMs).toISOString().slice(0, 10) as CalendarDate;
}

/** What Kolkata's clocks show at an instant, in milliseconds since 1970: `YYYY-MM-DDThh:mm:ss`. */
export function clockInKolkata(instant: number): string {
  return new Date(instant + istOffsetMs).toISOString().slice(0, 19);
}

/** The same as people read it: `YYYY-MM-DD hh:mm`. */
export function minuteInKolkata(instant: number): string {
  return clockInKolkata(instant).slice(0, 16).replace('T', ' ');
}

/** The date so many days later. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10) as CalendarDate;
}

/** The same day so many years later; 28 February for a 29th that the year does not have. */
export function addYears(date: CalendarDate, years: number): CalendarDate {
  const moved = `${String(Number(date.slice(0, 4)) + years).padStart(4, '0')}${date.slice(4)}`;
  return (isDate(moved) ? moved : moved.replace(/29$/, '28')) as CalendarDate;
}

/** The first of several dates; undefined where there is none. */
export function earliest(dates: readonly (CalendarDate | undefined)[]): CalendarDate | undefined {
  return dates.filter((date) => date !== undefined).sort()[0];
}

/** Every date of an ordinary year: months of 31 days, of 30, and February. */
const ordinaryDate =
  /^\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))$/;

/** Whether a text is a date that exists, written `YYYY-MM-DD`. */
export function isDate(text: string): text is CalendarDate {
  if (ordinaryDate.test(text)) return true;
  if (!/^\d{4}-02-29$/.test(text)) return false;
  const year = Number(text.slice(0, 4));
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Whole days from one date to another. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** The year in which a financial year (April to March) begins: 2026 for 2026-27. */
export function financialYear(date: CalendarDate): number {
  const [year = 0, month = 0] = date.split('-').map(Number);
  return month >= 4 ? year : year - 1;
}

/** `2026-27` for the financial year that begins in April 2026. */
export function financialYearName(start: number): string {
  return `${start}-${String((start + 1) % 100).padStart(2, '0')}`;
}

/** The last millisecond of a day in Kolkata, since 1970. */
export function endOfDay(date: CalendarDate): number {
  return Date.parse(`${date}T23:59:59.999+05:30`);
}
