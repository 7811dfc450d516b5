/** The rule book of the day, read from the database at most once a minute. */
import type { Database } from '../database/connection.ts';
import { readRules } from '../database/register.ts';
import { dateInKolkata } from '../domain/calendar.ts';
import type { RuleBook } from '../domain/rules.ts';

const freshMs = 60_000;

/** A change of a rule counts within a minute; a reading that failed is not kept. */
export function createRuleBook(db: Database): () => Promise<RuleBook> {
  let known: { readonly book: Promise<RuleBook>; readonly readAt: number } | undefined;
  return () => {
    if (!known || Date.now() - known.readAt > freshMs) {
      const book = readRules(db, dateInKolkata(Date.now()));
      known = { book, readAt: Date.now() };
      book.catch(() => (known = undefined));
    }
    return known.book;
  };
}
