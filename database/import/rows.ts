/** Turns the rows of a file into what COPY takes, refusing the bad ones. */
import { spelledOut, unprintable } from '../../domain/printable.ts';
import type { CsvRow } from './read-csv.ts';
import type { FileKind } from './file-kind.ts';
import { fileKinds } from './kinds.ts';
import { ImportProblem } from './problem.ts';
import type { Reject } from './rejects.ts';
import { ColumnReader } from './values.ts';

/** Recognises a file by the names of its columns. */
export function kindOf(header: readonly string[]): FileKind {
  const names = new Set(header.map(tidyName));
  const compared = fileKinds.map((kind) => {
    const known = new Set(kind.columns.map(({ from }) => from));
    const needed = kind.columns.filter(({ whenEmpty }) => whenEmpty === undefined).map(({ from }) => from);
    const missing = [...new Set(needed)].filter((name) => !names.has(name));
    const strange = [...names].filter((name) => !known.has(name));
    return { kind, missing, strange, faults: missing.length + strange.length };
  });
  const { kind, missing, strange, faults } = compared.reduce((a, b) => (b.faults < a.faults ? b : a));
  if (faults === 0 && names.size === header.length) return kind;
  const wrong = [
    missing.length > 0 ? `lacks ${missing.join(', ')}` : '',
    strange.length > 0 ? `has no use for ${strange.join(', ')}` : '',
    names.size < header.length ? 'has a column twice' : '',
  ].filter((each) => each !== '');
  throw new ImportProblem(
    `The first line names the columns of no file. It comes closest to ${kind.name}, but ${wrong.join(' and ')}.`,
  );
}

/** Reads rows of one kind of file, in the order of the columns that the header names. Millions of times: no frills. */
export class RowReader {
  readonly #kind: FileKind;
  readonly #columns: readonly ColumnReader[];
  readonly #width: number;
  /** Its place in the key. */
  readonly #numberAt: number;
  readonly #valueOf: (column: string) => string;
  /** What COPY takes of the row read last, one for each column of the table. */
  readonly copied: string[] = [];
  readonly #texts: string[] = [];
  #lastKey: string[] = [];
  #key: string[] = [];
  /** False as soon as a row did not come in the order of the keys: only then can a key stand twice. */
  ascending = true;
  /** Whether the row read last has another number than the one before. */
  newNumber = true;

  constructor(kind: FileKind, header: readonly string[]) {
    this.#kind = kind;
    this.#width = header.length;
    this.#numberAt = kind.key.indexOf(kind.cutBy);
    const names = header.map(tidyName);
    this.#columns = kind.columns.map(
      (column) => new ColumnReader(column, names.indexOf(column.from), kind.key.indexOf(column.to)),
    );
    const indexes = new Map(kind.columns.map(({ from }, index) => [from, index]));
    this.#valueOf = (column) => this.#texts[indexes.get(column) ?? -1] ?? '';
  }

  /** @returns why the row is refused; undefined when it is good, and `copied` */
  read(row: CsvRow): Reject | undefined {
    const { line } = row;
    if (row.malformed) return strayQuote(row);
    if (row.width !== this.#width) {
      const reason = `has ${row.width} columns, the first line has ${this.#width}`;
      return { line, column: '', value: row.fields.join(','), reason };
    }
    let index = 0;
    for (const reader of this.#columns) {
      const { given, text, copied } = reader.read(row);
      if (copied === undefined || copied === '') {
        const { from, takes } = reader.column;
        return { line, column: from, value: given, reason: whyBad(text, takes) };
      }
      if (reader.keyPart >= 0) this.#key[reader.keyPart] = copied;
      this.#texts[index] = text;
      this.copied[index] = copied;
      index += 1;
    }
    const problem = this.#kind.rowProblem?.(this.#valueOf);
    if (problem !== undefined) return { line, ...problem, value: this.#valueOf(problem.column) };
    this.#compareKeys();
    return undefined;
  }

  /** What the file is cut by, of the row read last. */
  get number(): string {
    return this.#lastKey[this.#numberAt] ?? '';
  }

  #compareKeys(): void {
    const [key, last] = [this.#key, this.#lastKey];
    this.newNumber = key[this.#numberAt] !== last[this.#numberAt];
    const part = key.findIndex((each, index) => each !== last[index]);
    // Two keys that are the same do not ascend either.
    if (part < 0 || (key[part] ?? '') < (last[part] ?? '')) this.ascending = false;
    this.#lastKey = key;
    this.#key = last;
  }
}

function whyBad(text: string, takes: string): string {
  if (text === '') return 'is empty';
  // What is left of bytes in another encoding is no character that a font could have.
  const strange = text.includes('\ufffd') ? [] : unprintable(text);
  if (strange.length > 0) return `has characters that no font has: ${strange.map(spelledOut).join(' ')}`;
  return `is not ${takes}`;
}

/** It may have swallowed the rows up to the next quote. */
function strayQuote({ line, lastLine, fields }: CsvRow): Reject {
  const rows = lastLine > line ? `; it takes the rows up to line ${lastLine} with it` : '';
  return { line, column: '', value: fields.join(','), reason: `has a stray quote${rows}` };
}

function tidyName(name: string): string {
  return name.trim().toLowerCase();
}
