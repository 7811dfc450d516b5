/** Reads a CSV file piece by piece, however large it is. */
import type { Readable } from 'node:stream';
import Papa from 'papaparse';
import { ImportProblem } from './problem.ts';

export interface CsvRow {
  /** Line of the file on which it begins, the first being 1. */
  readonly line: number;
  readonly fields: readonly string[];
  /** The row is not CSV. */
  readonly malformed: boolean;
}

/** Text without the end of a row. A quote that is never closed would gather the rest of the file. */
const longestRow = 4_000_000;

/**
 * The rows of a file, in arrays of what one piece of it holds.
 * @throws ImportProblem when a row has no end
 */
export async function* readCsv(source: Readable): AsyncGenerator<CsvRow[], void> {
  // Else a character on the border of two pieces would fall apart.
  source.setEncoding('utf8');
  let line = 1;
  let sinceRow = 0;
  for await (const { data, errors } of pieces(source)) {
    sinceRow = data.length > 0 ? 0 : sinceRow + source.readableHighWaterMark;
    if (sinceRow > longestRow) throw new ImportProblem(`Line ${line}: a quote is opened and never closed.`);
    const malformed = new Set(errors.map(({ row }) => row));
    const rows: CsvRow[] = [];
    for (let index = 0; index < data.length; index += 1) {
      const fields = data[index] ?? [];
      if (fields.length > 1 || fields[0] !== '') {
        rows.push({ line, fields, malformed: malformed.has(index) });
      }
      line += 1;
      for (const field of fields) {
        if (field.includes('\n')) line += field.split('\n').length - 1;
      }
    }
    yield rows;
  }
}

/** Papa's callbacks as something to iterate over; the file is read no faster than it is asked for. */
async function* pieces(source: Readable): AsyncGenerator<Papa.ParseResult<string[]>, void> {
  const waiting: Papa.ParseResult<string[]>[] = [];
  const end: { reached: boolean; failure?: Error } = { reached: false };
  let wake: () => void = () => undefined;
  Papa.parse<string[]>(source, {
    delimiter: ',',
    chunk: (results) => {
      // Papa parses what comes as it comes, so holding back the file holds back everything.
      source.pause();
      waiting.push(results);
      wake();
    },
    complete: () => {
      end.reached = true;
      wake();
    },
    error: (error) => {
      end.failure = error;
      wake();
    },
  });
  try {
    for (;;) {
      for (let piece = waiting.shift(); piece !== undefined; piece = waiting.shift()) yield piece;
      if (end.failure !== undefined) throw end.failure;
      if (end.reached) return;
      const more = new Promise<void>((resolve) => (wake = resolve));
      source.resume();
      await more;
    }
  } finally {
    source.destroy();
  }
}
