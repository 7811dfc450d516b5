/**
 * The receipts that the back office has taken. They change through `take` alone, so a restart that reads them again
 * arrives at the same books.
 */
import { join } from 'node:path';
import type { AccountKind } from '../../domain/accounts/kinds.ts';
import { openJournal, readJournal, type Journal } from '../kit/journal.ts';
import type { PaidDemand, Receipt } from './receipt.ts';

export interface TakenReceipt {
  readonly receipt: Receipt;
  /** ISO 8601. */
  readonly takenAt: string;
}

export class ReceiptBooks {
  readonly #taken = new Map<string, TakenReceipt>();
  readonly #journal: Journal | undefined;

  /** @param folder where they are kept; without one they end with the process */
  constructor(folder: string | undefined) {
    if (folder === undefined) return;
    const file = join(folder, 'back-office.jsonl');
    for (const taken of readJournal(file) as TakenReceipt[]) this.#keep(taken);
    this.#journal = openJournal(file, this.all);
  }

  /** Oldest first. */
  get all(): readonly TakenReceipt[] {
    return [...this.#taken.values()];
  }

  find(number: string): Receipt | undefined {
    return this.#taken.get(number)?.receipt;
  }

  take(receipt: Receipt): void {
    const taken = { receipt, takenAt: new Date().toISOString() };
    this.#keep(taken);
    this.#journal?.append(taken);
  }

  /** The demands of an account that receipts name. A licence may have the number of a property. */
  paidOn(kind: AccountKind, number: string): readonly PaidDemand[] {
    return this.all
      .filter(({ receipt: { account } }) => account.kind === kind && account.number === number)
      .flatMap(({ receipt }): readonly PaidDemand[] => receipt.demands);
  }

  close(): void {
    this.#journal?.close();
  }

  #keep(taken: TakenReceipt): void {
    this.#taken.set(taken.receipt.number, taken);
  }
}
