/** Looks an account up in the corporation's records, with all that its dues are worked out from. */
import type { Written } from '../domain/accounts/account.ts';
import type { Account, AccountKind, AccountOf } from '../domain/accounts/kinds.ts';
import { dateInKolkata } from '../domain/calendar.ts';
import { maskAddress, maskName } from '../domain/masking.ts';
import type { Asking } from '../domain/rules.ts';
import type { Logger } from '../platform/log.ts';
import type { Records } from './records.ts';
import type { ReadRuleBook } from './rule-book.ts';

/** All that dues are worked out from. Names and addresses come masked: anybody may ask for any number. */
export type Found<A extends Account> = { readonly found: 'account' } & Asking<A>;

/** Asks the records, whoever wants to know. `waitMs`: how long they may take, where nobody waits in a chat. */
export interface FindAccount {
  <K extends AccountKind>(
    kind: K,
    number: string,
    waitMs?: number,
  ): Promise<Found<AccountOf<K>> | { readonly found: 'unknown' | 'unavailable' }>;
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
  return async (kind, number, waitMs) => {
    const asOf = Date.now();
    const today = dateInKolkata(asOf);
    const [book, record] = await Promise.all([
      rules(today),
      records.find(kind, number, waitMs).catch((error: unknown) => {
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
