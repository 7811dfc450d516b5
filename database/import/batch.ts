/** Gathers lines for COPY until there are enough to be worth a merge: a few ten thousand rows. */

const batchLength = 2 * 1024 * 1024;
/** Blocks leave the heap early: strings that stay there are copied about as garbage. */
const blockLength = 64 * 1024;

export interface Batch {
  readonly blocks: readonly Buffer[];
  /** The first account number, and one that is not before the last. */
  readonly numbers: readonly [first: string, last: string];
}

export class Gathering {
  #blocks: Buffer[] = [];
  #block = '';
  #length = 0;
  #first = '';

  get isFull(): boolean {
    return this.#length > batchLength;
  }

  add(line: string): void {
    this.#block += line;
    if (this.#block.length > blockLength) this.#seal();
  }

  /** @param account the account number that was read last: the next batch begins there */
  take(account: string): Batch {
    this.#seal();
    const batch: Batch = { blocks: this.#blocks, numbers: [this.#first, account] };
    this.#blocks = [];
    this.#length = 0;
    this.#first = account;
    return batch;
  }

  #seal(): void {
    this.#blocks.push(Buffer.from(this.#block));
    this.#length += this.#block.length;
    this.#block = '';
  }
}
