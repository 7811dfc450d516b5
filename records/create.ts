/** Whose records the bot asks. */
import type { Database } from '../database/connection.ts';
import { backOfficeRecords } from './back-office.ts';
import type { Records } from './records.ts';
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
  return backOfficeRecords({ url: backOfficeUrl, token: backOfficeToken });
}
