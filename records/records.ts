/** The port to the corporation's records: what the bot asks, whoever keeps them. */
import type { Account, AccountKind, AccountOf } from '../domain/accounts/kinds.ts';
import type { Demand } from '../domain/dues.ts';
import type { Receipt } from '../domain/payments/receipt.ts';

export interface Records {
  /**
   * An account and its unpaid demands, those that an LOI covers among them.
   * @returns undefined when there is no such account
   * @param waitMs how long they may take, where nobody waits for them in a chat
   * @throws RecordsUnavailableError when the records cannot answer; nobody is told "not found" then
   */
  find<K extends AccountKind>(
    kind: K,
    number: string,
    waitMs?: number,
  ): Promise<AccountRecord<AccountOf<K>> | undefined>;
  /**
   * Tells them what a receipt paid, without the demands that they have refused; the same receipt again changes nothing, and
   * one that they have may come again with more of its demands.
   * @throws RecordsUnavailableError when they cannot be told now; RecordsRefusedError when they will not have it
   */
  post(receipt: Receipt): Promise<void>;
}

export interface AccountRecord<A extends Account> {
  readonly account: A;
  readonly demands: readonly Demand[];
}

/** The records are away, or their answer cannot be trusted. The message is for the log and names nobody. */
export class RecordsUnavailableError extends Error {
  override readonly name = 'RecordsUnavailableError';
}

/** The records understood and said no: a person has to find out why. The message names nobody. */
export class RecordsRefusedError extends Error {
  override readonly name = 'RecordsRefusedError';
  /** The demands that speak against it, where the records name them: the others may be told without these. */
  readonly demands: readonly string[] | undefined;

  constructor(message: string, demands?: readonly string[]) {
    super(message);
    this.demands = demands;
  }
}
