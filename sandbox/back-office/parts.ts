/** What the stand-in for the corporation's back office is made of. */
import type { Database } from '../../database/connection.ts';
import type { ReceiptBooks } from './books.ts';
import type { BackOfficeFaultSwitch } from './faults.ts';

export interface BackOfficeOptions {
  readonly db: Database;
  /** BACK_OFFICE_TOKEN. */
  readonly token: string;
  /** Whether the bot asks here; otherwise its own register answers, and the panel says so. */
  readonly inUse: boolean;
}

export interface BackOfficeParts {
  readonly options: BackOfficeOptions;
  readonly faults: BackOfficeFaultSwitch;
  readonly books: ReceiptBooks;
}
