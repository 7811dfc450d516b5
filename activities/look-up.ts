/** Asks the corporation's records for an account on behalf of a citizen. */
import { mayLookUp, rememberPlace } from '../database/look-ups.ts';
import type { Database } from '../database/connection.ts';
import type { AssesseeNumber } from '../domain/assessee-number.ts';
import { dateInKolkata } from '../domain/calendar.ts';
import type { CeNumber } from '../domain/ce-number.ts';
import type { CitizenId } from '../domain/citizen.ts';
import type { Account, AccountKind, AccountOf, Written } from '../domain/dues.ts';
import { maskAddress, maskName } from '../domain/masking.ts';
import type { Asking } from '../domain/rules.ts';
import type { Logger } from '../platform/log.ts';
import type { AccountRecord, Records } from '../records/records.ts';
import type { ReadRuleBook } from '../records/rule-book.ts';

export interface Asked<K extends AccountKind = AccountKind> {
  readonly citizenId: CitizenId;
  readonly kind: K;
  readonly number: string;
}

export type NotFound = { readonly found: 'unknown' | 'unavailable' | 'tooMany' };

/** All that dues are worked out from. Names and addresses come masked: anybody may ask for any number. */
export type Found<A extends Account> = { readonly found: 'account' } & Asking<A>;

/** Asks the records, whoever wants to know. */
export interface FindAccount {
  <K extends AccountKind>(
    kind: K,
    number: string,
  ): Promise<Found<AccountOf<K>> | { readonly found: 'unknown' | 'unavailable' }>;
}

/**
 * Asks them for a citizen, who may ask for so many different numbers in an hour.
 * @param known what the records have said of it in this very moment
 */
export interface LookUpAccount {
  <K extends AccountKind>(
    asked: Asked<K>,
    known?: Found<AccountOf<K>>,
  ): Promise<Found<AccountOf<K>> | NotFound>;
}

export function createFind({
  records,
  rules,
  log,
}: {
  readonly records: Records;
  readonly rules: ReadRuleBook;
  readonly log: Logger;
}): FindAccount {
  return async (kind, number) => {
    const asOf = Date.now();
    const today = dateInKolkata(asOf);
    const [book, record] = await Promise.all([
      rules(today),
      recordOf(records, kind, number).catch((error: unknown) => {
        log.warn({ err: error }, 'the records do not answer');
        return 'unavailable' as const;
      }),
    ]);
    if (record === 'unavailable') return { found: 'unavailable' };
    if (!record) return { found: 'unknown' };
    const { account, demands } = record;
    return { found: 'account', account: masked(account), demands, rules: book, today, asOf };
  };
}

export function createLookUp({
  db,
  find,
  lookUpsPerHour,
}: {
  readonly db: Database;
  readonly find: FindAccount;
  readonly lookUpsPerHour: number;
}): LookUpAccount {
  return async (asked, known) => {
    if (!(await mayLookUp(db, asked, lookUpsPerHour))) return { found: 'tooMany' };
    const found = known ?? (await find(asked.kind, asked.number));
    if (found.found === 'account') await rememberPlace(db, asked, placeOf(found.account));
    return found;
  };
}

/** @throws RecordsUnavailableError */
export async function recordOf<K extends AccountKind>(
  records: Records,
  kind: K,
  number: string,
): Promise<AccountRecord<AccountOf<K>> | undefined> {
  const record =
    kind === 'property'
      ? await records.property(number as AssesseeNumber)
      : await records.licence(number as CeNumber);
  // The compiler cannot see that the record is of the kind that was asked for.
  return record as AccountRecord<AccountOf<K>> | undefined;
}

/** A shop's name stands above its door. */
function placeOf(account: Account): Written {
  return account.kind === 'property' ? account.address : account.tradeName;
}

function masked<A extends Account>(account: A): A {
  return {
    ...account,
    owner: each(account.owner, maskName),
    address: each(account.address, maskAddress),
  };
}

function each({ en, bn }: Written, mask: (text: string) => string): Written {
  return bn === undefined ? { en: mask(en) } : { en: mask(en), bn: mask(bn) };
}
