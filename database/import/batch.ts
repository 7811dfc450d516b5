/** Gathers rows for COPY until there are enough to be worth a merge: a few ten thousand. */

const batchLength = 4 * 1024 * 1024;
/** Blocks leave the heap early: strings that stay there are copied about as garbage. */
const blockLength = 64 * 1024;

export interface Block {
  /** Rows as COPY takes them. */
  readonly text: Buffer;
  /** The line of the file on which each of them begins. */
  readonly lines: readonly number[];
}

export interface Batch {
  readonly blocks: readonly Block[];
  readonly rows: number;
  /** The first account number, and one that is not before the last. */
  readonly numbers: readonly [first: string, last: string];
}

export class Gathering {
  #blocks: Block[] = [];
  #text = '';
  #lines: number[] = [];
  #length = 0;
  #rows = 0;
  #first = '';

  get isFull(): boolean {
    return this.#length > batchLength;
  }

  add(line: number, row: string): void {
    this.#text += row;
    this.#lines.push(line);
    if (this.#text.length > blockLength) this.#seal();
  }

  /** @param account the account number that was read last: the next batch begins there */
  take(account: string): Batch {
    this.#seal();
    const batch: Batch = { blocks: this.#blocks, rows: this.#rows, numbers: [this.#first, account] };
    this.#blocks = [];
    this.#length = 0;
    this.#rows = 0;
    this.#first = account;
    return batch;
  }

  #seal(): void {
    this.#blocks.push({ text: Buffer.from(this.#text), lines: this.#lines });
    this.#length += this.#text.length;
    this.#rows += this.#lines.length;
    this.#text = '';
    this.#lines = [];
  }
}

/** The rows of a block, each with the number of its line before it. */
export function numbered({ text, lines }: Block): Buffer {
  // As bytes, whatever their letters are.
  const rows = text.toString('latin1').split('\n');
  let all = '';
  for (const [index, line] of lines.entries()) all += `${line}\t${rows[index] ?? ''}\n`;
  return Buffer.from(all, 'latin1');
}
