/** Turns the rows of a file into what COPY takes, refusing the bad ones. */
import type { CsvRow } from './read-csv.ts';
import type { Column } from './columns.ts';
import { fileKinds, type FileKind } from './kinds.ts';
import { ImportProblem } from './problem.ts';
import type { Reject } from './rejects.ts';

/** Recognises a file by the names of its columns. */
export function kindOf(header: readonly string[]): FileKind {
  const names = new Set(header.map(tidyName));
  const problems: string[] = [];
  for (const kind of fileKinds) {
    const known = new Set(kind.columns.map(({ from }) => from));
    const needed = kind.columns.filter(({ whenEmpty }) => whenEmpty === undefined).map(({ from }) => from);
    const missing = [...new Set(needed)].filter((name) => !names.has(name));
    const strange = [...names].filter((name) => !known.has(name));
    if (missing.length === 0 && strange.length === 0 && names.size === header.length) return kind;
    const wrong = [
      missing.length > 0 ? `lacks ${missing.join(', ')}` : '',
      strange.length > 0 ? `has no use for ${strange.join(', ')}` : '',
      names.size < header.length ? 'has a column twice' : '',
    ].filter((each) => each !== '');
    problems.push(`as a file of ${kind.name} it ${wrong.join(' and ')}`);
  }
  throw new ImportProblem(`The first line names no known columns: ${problems.join('; ')}.`);
}

interface ColumnOfFile extends Column {
  readonly at: number;
  /** Its place in the key, or -1. */
  readonly keyPart: number;
  lastValue: string;
  lastRead: string | undefined;
}

/** Reads rows of one kind of file, in the order of the columns that the header names. Millions of times: no frills. */
export class RowReader {
  readonly #kind: FileKind;
  readonly #columns: readonly ColumnOfFile[];
  readonly #width: number;
  readonly #places: ReadonlyMap<string, number>;
  readonly #valueOf: (column: string) => string;
  #fields: readonly string[] = [];
  #lastKey: string[] = [];
  #key: string[] = [];
  /** False as soon as a row did not come in the order of the keys: only then can a key stand twice. */
  ascending = true;
  /** Whether the row read last begins another account. */
  newAccount = true;

  constructor(kind: FileKind, header: readonly string[]) {
    this.#kind = kind;
    this.#width = header.length;
    this.#places = new Map(header.map((name, index) => [tidyName(name), index]));
    this.#columns = kind.columns.map((column) => ({
      ...column,
      at: this.#places.get(column.from) ?? -1,
      keyPart: kind.key.indexOf(column.to),
      lastValue: '',
      lastRead: column.whenEmpty,
    }));
    this.#valueOf = (column) => trimmed(this.#fields[this.#places.get(column) ?? -1]);
  }

  /** @returns a row for COPY, or why the row is refused */
  read({ line, fields, malformed }: CsvRow): string | Reject {
    if (malformed) return strayQuote(line, fields.join(','));
    if (fields.length !== this.#width) {
      const reason = `has ${fields.length} columns, the first line has ${this.#width}`;
      return { line, column: '', value: fields.join(','), reason };
    }
    this.#fields = fields;
    let copied = '';
    for (const column of this.#columns) {
      const value = fields[column.at] ?? '';
      // What stands in the row above has been read already: numbers, kinds and zeros repeat themselves.
      const read = value === column.lastValue ? column.lastRead : readValue(column, value);
      if (read === undefined || read === '') {
        const reason = value.trim() === '' ? 'is empty' : `is not ${column.takes}`;
        return { line, column: column.from, value, reason };
      }
      if (column.keyPart >= 0) this.#key[column.keyPart] = read;
      if (copied !== '') copied += '\t';
      copied += read;
    }
    const problem = this.#kind.rowProblem?.(this.#valueOf);
    if (problem !== undefined) return { line, ...problem, value: this.#valueOf(problem.column) };
    this.#compareKeys();
    return `${copied}\n`;
  }

  /** The number of the account read last. */
  get account(): string {
    return this.#lastKey[1] ?? '';
  }

  #compareKeys(): void {
    const [key, last] = [this.#key, this.#lastKey];
    this.newAccount = key[1] !== last[1];
    const part = key.findIndex((each, index) => each !== last[index]);
    // Two keys that are the same do not ascend either.
    if (part < 0 || (key[part] ?? '') < (last[part] ?? '')) this.ascending = false;
    this.#lastKey = key;
    this.#key = last;
  }
}

/** It may have swallowed the rows up to the next quote. */
function strayQuote(line: number, value: string): Reject {
  const last = line + value.split('\n').length - 1;
  const rows = last > line ? `; it takes the rows up to line ${last} with it` : '';
  return { line, column: '', value, reason: `has a stray quote${rows}` };
}

function readValue(column: ColumnOfFile, value: string): string | undefined {
  const tidy = value.trim();
  column.lastValue = value;
  column.lastRead = tidy === '' ? column.whenEmpty : column.read(tidy);
  return column.lastRead;
}

function trimmed(value = ''): string {
  return value.trim();
}

/** Excel writes a mark before the first name. */
function tidyName(name: string): string {
  return name
    .replace(/^\ufeff/, '')
    .trim()
    .toLowerCase();
}
