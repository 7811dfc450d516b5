/** The reject file beside a file that was imported: every bad row with its line, column, value and reason. */
import { createWriteStream, type WriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import Papa from 'papaparse';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';

export interface Reject {
  readonly line: number;
  /** Empty when the whole row is at fault. */
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

/** A spreadsheet runs what begins like a formula (OWASP, "CSV Injection"); behind an apostrophe it stays text. A number is none. */
function plainCell(value: string): string {
  return /^\s*(?:[=@]|[+-](?![\d.,]+\s*$))/.test(value) ? `'${value}` : value;
}

const header = 'line,column,value,reason\n';

/** Made when the first row is refused; a file without bad rows leaves none behind. */
export class RejectFile {
  #stream: WriteStream | undefined;
  count = 0;

  constructor(readonly path: string) {}

  /** Removes what an earlier import left. */
  async clear(): Promise<void> {
    this.count = 0;
    this.#stream = undefined;
    await rm(this.path, { force: true });
  }

  async add({ line, column, value, reason }: Reject): Promise<void> {
    this.count += 1;
    const shown = plainCell(value.replace(/\s+/g, ' ').slice(0, 200));
    const more = this.#open().write(`${Papa.unparse([[line, column, shown, reason]])}\n`);
    if (!more) await once(this.#open(), 'drain');
  }

  /** Appends what the database has refused. */
  async addRefused(client: pg.Client): Promise<void> {
    const { rows } = await client.query<{ count: number }>('select count(*)::integer as count from refused');
    const count = rows[0]?.count ?? 0;
    if (count === 0) return;
    this.count += count;
    const listed = client.query(
      copyTo(
        `copy (select line, place, case when value ~ '^\\s*([=@]|[+-](?![0-9.,]+\\s*$))' then '''' || value else value end, reason
               from refused order by line) to stdout with (format csv)`,
      ),
    );
    await pipeline(listed, this.#open(), { end: false });
  }

  async close(): Promise<void> {
    if (this.#stream === undefined) return;
    this.#stream.end();
    await once(this.#stream, 'close');
  }

  #open(): WriteStream {
    if (this.#stream === undefined) {
      this.#stream = createWriteStream(this.path);
      this.#stream.write(header);
    }
    return this.#stream;
  }
}
