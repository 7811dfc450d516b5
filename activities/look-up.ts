/** Asks the corporation's records for an account on behalf of a citizen. */
import { mayLookUp, rememberPlace } from '../database/look-ups.ts';
import type { Database } from '../database/connection.ts';
import type { AccountKind, AccountOf } from '../domain/accounts/kinds.ts';
import { accountSpecs } from '../domain/accounts/specs.ts';
import type { CitizenId } from '../domain/citizen.ts';
import type { NotFound } from '../domain/look-up.ts';
import type { WorkMetrics } from '../platform/metrics.ts';
import type { FindAccount, Found } from '../records/find.ts';

export interface Asked<K extends AccountKind = AccountKind> {
  readonly citizenId: CitizenId;
  readonly kind: K;
  readonly number: string;
  /** How long the records may take, where nobody waits in the chat. */
  readonly waitMs?: number;
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

export function createLookUp({
  db,
  find,
  lookUpsPerHour,
  metrics,
}: {
  readonly db: Database;
  readonly find: FindAccount;
  readonly lookUpsPerHour: number;
  readonly metrics: Pick<WorkMetrics, 'lookUpsRefused'>;
}): LookUpAccount {
  return async (asked, known) => {
    if (!(await mayLookUp(db, asked, lookUpsPerHour))) {
      metrics.lookUpsRefused.inc({ kind: asked.kind });
      return { found: 'tooMany' };
    }
    const found = known ?? (await find(asked.kind, asked.number, asked.waitMs));
    if (found.found === 'account')
      await rememberPlace(db, asked, accountSpecs[asked.kind].place(found.account));
    return found;
  };
}

/** The same look into the records, with its time and what was found. */
export function timedFind(find: FindAccount, { lookUps }: Pick<WorkMetrics, 'lookUps'>): FindAccount {
  return async (kind, number, waitMs) => {
    const stopTimer = lookUps.startTimer({ kind });
    const found = await find(kind, number, waitMs);
    stopTimer({ result: found.found });
    return found;
  };
}
