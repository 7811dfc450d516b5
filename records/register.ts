/** Records out of the own register in Postgres. */
import type { Database } from '../database/connection.ts';
import { lookUp } from '../database/register.ts';
import { RecordsUnavailableError, type Records } from './records.ts';

export function registerRecords(db: Database): Records {
  return {
    find: (kind, number) =>
      lookUp(db, kind, number).catch((error: unknown) => {
        throw new RecordsUnavailableError('the register does not answer', { cause: error });
      }),
    // The transaction that issued the receipt has marked its demands as paid.
    post: () => Promise.resolve(),
  };
}
