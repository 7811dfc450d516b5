/** Reads the values of one column. Most of them come again and again, and are read once. */
import type { Column } from './columns.ts';
import type { CsvRow } from './read-csv.ts';

interface Value {
  /** As it stands in the file. */
  readonly given: string;
  /** Without the blanks around it. */
  readonly text: string;
  /** What COPY takes for it; undefined for a bad value. */
  readonly copied: string | undefined;
}

/** Longer values are names and addresses, which seldom come again. */
const longestKept = 16;
/** A power of two. */
const places = 4_096;

export class ColumnReader {
  readonly column: Column;
  /** Its place in the key of the table, or -1. */
  readonly keyPart: number;
  /** Its place in the file, or -1. */
  readonly #at: number;
  readonly #missing: Value;
  /** Each at the place that its bytes hash to, until another comes there. */
  readonly #kept: Value[];

  constructor(column: Column, at: number, keyPart: number) {
    this.column = column;
    this.keyPart = keyPart;
    this.#at = at;
    this.#missing = this.#valueOf('');
    this.#kept = new Array<Value>(places).fill(this.#missing);
  }

  read(row: CsvRow): Value {
    const begin = row.begin(this.#at);
    const length = row.end(this.#at) - begin;
    if (length === 0) return this.#missing;
    // Inside quotes, the same bytes may stand for another text.
    if (length > longestKept || row.isQuoted(this.#at)) return this.#valueOf(row.text(this.#at));
    const place = hash(row.bytes, begin, length) & (places - 1);
    const kept = this.#kept[place] ?? this.#missing;
    if (isSame(kept.given, row.bytes, begin, length)) return kept;
    const value = this.#valueOf(row.text(this.#at));
    // As many letters as bytes: each is its byte.
    if (value.given.length === length) this.#kept[place] = value;
    return value;
  }

  #valueOf(given: string): Value {
    const text = given.trim();
    return { given, text, copied: text === '' ? this.column.whenEmpty : this.column.read(text) };
  }
}

/** FNV-1a. */
function hash(bytes: Buffer, begin: number, length: number): number {
  let sum = 0x811c9dc5;
  for (let at = begin; at < begin + length; at += 1) sum = Math.imul(sum ^ (bytes[at] ?? 0), 0x01000193);
  return sum ^ (sum >>> 12);
}

function isSame(given: string, bytes: Buffer, begin: number, length: number): boolean {
  if (given.length !== length) return false;
  for (let at = 0; at < length; at += 1) {
    if (given.charCodeAt(at) !== bytes[begin + at]) return false;
  }
  return true;
}
