/** Gathers rows for COPY until there are enough to be worth a merge: a few ten thousand. */

const batchLength = 4 * 1024 * 1024;
const blockLength = 256 * 1024;
/** More bytes than the longest values of all columns take together. */
const longestRow = 32 * 1024;
const tab = 0x09;
const newline = 0x0a;
const lastOfAscii = 0x7f;

export interface Block {
  /** Rows as COPY takes them. */
  readonly text: Buffer;
  /** The line of the file on which each of them begins. */
  readonly lines: readonly number[];
}

export interface Batch {
  readonly blocks: readonly Block[];
  readonly rows: number;
  /** The first number, or code of a trade, and one that is not before the last. */
  readonly numbers: readonly [first: string, last: string];
}

export class Gathering {
  #blocks: Block[] = [];
  #bytes = Buffer.allocUnsafe(blockLength);
  #at = 0;
  #lines: number[] = [];
  #length = 0;
  #rows = 0;
  #first = '';

  get isFull(): boolean {
    return this.#length > batchLength;
  }

  /** @param values of the row that begins on this line, as COPY takes them */
  add(line: number, values: readonly string[]): void {
    if (this.#at > blockLength - longestRow) this.#seal();
    for (const value of values) this.#write(value);
    this.#bytes[this.#at - 1] = newline;
    this.#lines.push(line);
  }

  /** @param last the number that was read last: the next batch begins there */
  take(last: string): Batch {
    this.#seal();
    const batch: Batch = { blocks: this.#blocks, rows: this.#rows, numbers: [this.#first, last] };
    this.#blocks = [];
    this.#length = 0;
    this.#rows = 0;
    this.#first = last;
    return batch;
  }

  #write(value: string): void {
    const bytes = this.#bytes;
    let at = this.#at;
    for (let index = 0; index < value.length; index += 1) {
      const code = value.charCodeAt(index);
      if (code > lastOfAscii) {
        at = this.#at + bytes.write(value, this.#at);
        break;
      }
      bytes[at++] = code;
    }
    bytes[at++] = tab;
    this.#at = at;
  }

  #seal(): void {
    this.#blocks.push({ text: this.#bytes.subarray(0, this.#at), lines: this.#lines });
    this.#length += this.#at;
    this.#rows += this.#lines.length;
    this.#bytes = Buffer.allocUnsafe(blockLength);
    this.#at = 0;
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
