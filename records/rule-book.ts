/** The rule book of a day, read from the database at most once a minute. */
import type { Database } from '../database/connection.ts';
import { readRules } from '../database/register.ts';
import type { CalendarDate } from '../domain/calendar.ts';
import type { RuleBook } from '../domain/rules.ts';

const freshMs = 60_000;

/** The rules of a day in Kolkata. */
export type ReadRuleBook = (today: CalendarDate) => Promise<RuleBook>;

/** A change of a rule counts within a minute, a new day at once; a reading that failed is not kept. */
export function createRuleBook(db: Database): ReadRuleBook {
  let known:
    { readonly today: CalendarDate; readonly book: Promise<RuleBook>; readonly readAt: number } | undefined;
  return (today) => {
    if (known?.today !== today || Date.now() - known.readAt > freshMs) {
      const reading = { today, book: readRules(db, today), readAt: Date.now() };
      known = reading;
      reading.book.catch(() => {
        if (known === reading) known = undefined;
      });
    }
    return known.book;
  };
}
