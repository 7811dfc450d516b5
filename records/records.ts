/** The port to the corporation's records: what the bot asks, whoever keeps them. */
import type { AssesseeNumber } from '../domain/assessee-number.ts';
import type { Account, Demand } from '../domain/dues.ts';

export interface Records {
  /**
   * A property and its unpaid demands, those that an LOI covers among them.
   * @returns undefined when there is no such account
   * @throws RecordsUnavailableError when the records cannot answer; nobody is told "not found" then
   */
  property(number: AssesseeNumber): Promise<PropertyRecord | undefined>;
}

export interface PropertyRecord {
  readonly account: Account;
  readonly demands: readonly Demand[];
}

/** The records are away, or their answer cannot be trusted. The message is for the log and names nobody. */
export class RecordsUnavailableError extends Error {
  override readonly name = 'RecordsUnavailableError';
}
