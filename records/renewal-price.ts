/** What a renewal costs on this day: by the records, the rule book, and the term that was asked for. */
import type { Database } from '../database/connection.ts';
import { readRenewal } from '../database/licences/renewals.ts';
import { renewability, termOf, type RenewalId, type RenewalPrice } from '../domain/renewal.ts';
import type { FindAccount } from './find.ts';

interface Dependencies {
  readonly db: Database;
  readonly find: FindAccount;
  /** For how long a renewal may stay unpaid, in milliseconds. */
  readonly lifetimeMs: number;
}

const away = {
  unavailable: "the corporation's records do not answer: try again when they do",
  unknown: "the corporation's records have no such licence any more",
} as const;

/** @returns why it cannot be had, in words, where it cannot */
export function createRenewalPrice({
  db,
  find,
  lifetimeMs,
}: Dependencies): (id: RenewalId) => Promise<RenewalPrice | { readonly because: string }> {
  return async (id) => {
    const renewal = await readRenewal(db, id);
    if (!renewal) return { because: `there is no renewal ${id}` };
    const answer = await find('licence', renewal.licence.number);
    if (answer.found !== 'account') return { because: away[answer.found] };
    const term = termOf(renewability(answer), renewal.years);
    if (!term) return { because: `the licence can no longer be renewed for ${renewal.years} year(s)` };
    return { licence: answer.account, dues: term.dues, lifetimeMs };
  };
}
