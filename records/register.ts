/** Records out of the own register in Postgres. */
import type { Database } from '../database/connection.ts';
import { lookUp, type RegisterEntry } from '../database/register.ts';
import type { AccountKind, AccountOf } from '../domain/dues.ts';
import { RecordsUnavailableError, type Records } from './records.ts';

export function registerRecords(db: Database): Records {
  const ask = <K extends AccountKind>(
    kind: K,
    number: string,
  ): Promise<RegisterEntry<AccountOf<K>> | undefined> =>
    lookUp(db, kind, number).catch((error: unknown) => {
      throw new RecordsUnavailableError('the register does not answer', { cause: error });
    });
  return {
    property: (number) => ask('property', number),
    licence: (number) => ask('licence', number),
    // The transaction that issued the receipt has marked its demands as paid.
    post: () => Promise.resolve(),
  };
}
