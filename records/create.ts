/** Whose records the bot asks. */
import type { Database } from '../database/connection.ts';
import { paidDemands } from '../database/payments/standing.ts';
import { backOfficeRecords } from './back-office.ts';
import { RecordsUnavailableError, type Records } from './records.ts';
import { registerRecords } from './register.ts';

interface Where {
  readonly db: Database;
  /** BACK_OFFICE_URL; without it the own register answers. */
  readonly backOfficeUrl: string | undefined;
  /** BACK_OFFICE_TOKEN. */
  readonly backOfficeToken: string | undefined;
}

/** @throws Error when there is a back office and no token for it; the settings say so first */
export function createRecords({ db, backOfficeUrl, backOfficeToken }: Where): Records {
  if (backOfficeUrl === undefined) return registerRecords(db);
  if (backOfficeToken === undefined) throw new Error('a back office, and no token for it');
  return withoutPaid(db, backOfficeRecords({ url: backOfficeUrl, token: backOfficeToken }));
}

/** The back office may hear of a payment late: what our own books hold as paid is not asked for again. */
function withoutPaid(db: Database, records: Records): Records {
  return {
    ...records,
    async property(number) {
      const record = await records.property(number);
      if (!record) return undefined;
      const paid = await paidDemands(db, 'property', number).catch((error: unknown) => {
        throw new RecordsUnavailableError('our own books do not answer', { cause: error });
      });
      return { ...record, demands: record.demands.filter(({ id }) => !paid.includes(id)) };
    },
  };
}
