/**
 * Reads a CSV file piece by piece, however large it is. Values stay the bytes that they are in the file until somebody
 * wants one as text: making texts of all of them would take longer than Postgres takes to store them.
 */
import type { Readable } from 'node:stream';
import { ImportProblem } from './problem.ts';

const newline = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const quote = 0x22;
const comma = 0x2c;
const byteOrderMark = Buffer.from('\ufeff');

/** Bytes without the end of a row. A quote that is never closed would gather the rest of the file. */
const longestRow = 4_000_000;

/** One row, until the next is read into the same object: there are millions. */
export class CsvRow {
  /** A piece of the file. */
  bytes: Buffer = Buffer.alloc(0);
  /** Line of the file on which the row begins, the first being 1, and the one on which it ends. */
  line = 1;
  lastLine = 1;
  /** The row is not CSV. */
  malformed = false;
  width = 0;
  /** Where in `bytes` each value begins and ends, without the quotes around it. */
  readonly #bounds: number[] = [];

  addValue(begin: number, end: number): void {
    this.#bounds[2 * this.width] = begin;
    this.#bounds[2 * this.width + 1] = end;
    this.width += 1;
  }

  begin(field: number): number {
    return this.#bounds[2 * field] ?? 0;
  }

  end(field: number): number {
    return this.#bounds[2 * field + 1] ?? 0;
  }

  isQuoted(field: number): boolean {
    const begin = this.begin(field);
    return begin > 0 && this.bytes[begin - 1] === quote;
  }

  text(field: number): string {
    const text = this.bytes.toString('utf8', this.begin(field), this.end(field));
    return this.isQuoted(field) ? text.replaceAll('""', '"') : text;
  }

  get fields(): string[] {
    return Array.from({ length: this.width }, (_, field) => this.text(field));
  }

  get isEmpty(): boolean {
    return this.width === 1 && this.begin(0) === this.end(0);
  }
}

/**
 * The rows of a file, by pieces of it; empty lines are left out. Each is to be looked at before the next is asked for.
 * @throws ImportProblem when a row has no end
 */
export async function* readCsv(source: Readable): AsyncGenerator<Iterator<CsvRow> & Iterable<CsvRow>, void> {
  const scanner = new Scanner();
  for await (const chunk of source as AsyncIterable<Buffer | string>) {
    scanner.add(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    yield scanner.rows();
  }
  scanner.end();
  yield scanner.rows();
}

class Scanner {
  readonly #row = new CsvRow();
  #bytes: Buffer = Buffer.alloc(0);
  #hasEnded = false;
  #at = 0;
  #line = 1;

  add(more: Buffer): void {
    const left = this.#bytes.subarray(this.#at);
    if (left.length > longestRow) {
      throw new ImportProblem(`Line ${this.#line}: a quote is opened and never closed.`);
    }
    this.#bytes = Buffer.concat([left, more]);
    this.#at = 0;
  }

  end(): void {
    this.#hasEnded = true;
  }

  *rows(): Generator<CsvRow, void> {
    while (this.#at < this.#bytes.length) {
      const [at, line] = [this.#at, this.#line];
      if (!this.#readRow()) {
        // It goes on in the next piece, and is read again with it.
        [this.#at, this.#line] = [at, line];
        return;
      }
      if (!this.#row.isEmpty) yield this.#row;
    }
  }

  /** @returns false when its end is not there yet */
  #readRow(): boolean {
    const bytes = this.#bytes;
    const row = this.#row;
    row.bytes = bytes;
    row.line = this.#line;
    row.malformed = false;
    row.width = 0;
    if (row.line === 1 && bytes.indexOf(byteOrderMark) === this.#at) this.#at += byteOrderMark.length;
    for (;;) {
      const isQuoted = bytes[this.#at] === quote;
      if (isQuoted) this.#at += 1;
      row.addValue(this.#at, isQuoted ? this.#endOfQuoted() : this.#endOfPlain());
      if (this.#at >= bytes.length && !this.#hasEnded) return false;
      const isLast = bytes[this.#at] !== comma;
      this.#at += 1;
      if (!isLast) continue;
      row.lastLine = this.#line;
      this.#line += 1;
      return true;
    }
  }

  /** Moves to the comma or line end after a value. @returns where the value ends */
  #endOfPlain(): number {
    const bytes = this.#bytes;
    let at = this.#at;
    while (at < bytes.length && bytes[at] !== comma && bytes[at] !== newline) at += 1;
    const isWindows = at > this.#at && bytes[at] !== comma && bytes[at - 1] === carriageReturn;
    this.#at = at;
    return isWindows ? at - 1 : at;
  }

  /** The same for a value in quotes, from behind the first. A quote inside that is not doubled does not end it. */
  #endOfQuoted(): number {
    const bytes = this.#bytes;
    for (let at = this.#at; at < bytes.length; at += 1) {
      if (bytes[at] === newline) this.#line += 1;
      if (bytes[at] !== quote) continue;
      if (bytes[at + 1] === quote) {
        at += 1;
        continue;
      }
      let next = at + 1;
      while (bytes[next] === space) next += 1;
      if (bytes[next] === carriageReturn && bytes[next + 1] === newline) next += 1;
      if (next >= bytes.length || bytes[next] === comma || bytes[next] === newline) {
        this.#at = next;
        return at;
      }
      this.#row.malformed = true;
    }
    this.#row.malformed = true;
    this.#at = bytes.length;
    return bytes.length;
  }
}
