/**
 * Takes batches of rows in. One of which the register has nothing yet goes straight in and is checked there: nobody waits
 * for rows that nobody sees. Any other is staged and checked, and what differs from the register is set aside.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { numbered, type Batch } from './batch.ts';
import type { FileKind } from './file-kind.ts';
import { addStaged, isKnown, isRefusable, refuseStaged, setDifferingAside, takeBack } from './merge.ts';

/** Of a file that has been checked whole. */
export interface CheckedIn {
  /** Rows that are in the register as soon as the transaction is committed. */
  readonly added: number;
  /** Rows in `differing`. */
  readonly differing: number;
}

/**
 * Inside a transaction; the table `differing` outlives it.
 * @param ordered whether the rows come in the order of their keys, so that every batch can be settled by itself
 */
export async function beginIntake(client: pg.Client, kind: FileKind, ordered: boolean): Promise<Intake> {
  const columns = kind.columns.map(({ to }) => to).join(', ');
  await client.query(
    `create temporary table staged on commit drop as
       select 0::integer as line, ${columns} from ${kind.table} with no data;
     create temporary table differing on commit preserve rows as
       select ${columns} from ${kind.table} with no data;
     create temporary table refused (line integer, place text, value text, reason text) on commit drop`,
  );
  // A batch is compared with its own stretch of the register, found through the index and hashed. The planner cannot
  // know how long that is and may think of one row; a file in no order is sorted and compared all at once.
  await client.query(
    ordered
      ? 'set local enable_seqscan = off; set local enable_nestloop = off'
      : `set local work_mem = '128MB'; set local enable_nestloop = off`,
  );
  return new Intake(client, kind, ordered);
}

/** Every number and every code lies between these two. */
const allNumbers = ['', '~'] as const;

class Intake {
  readonly #client: pg.Client;
  readonly #kind: FileKind;
  readonly #ordered: boolean;
  /** Whether nothing was refused of the batch before: bad rows seldom come alone, and cost a detour. */
  #clean = true;
  #added = 0;

  constructor(client: pg.Client, kind: FileKind, ordered: boolean) {
    this.#client = client;
    this.#kind = kind;
    this.#ordered = ordered;
  }

  async bring(batch: Batch): Promise<void> {
    if (!this.#ordered) return this.#stage(batch);
    const known = await isKnown(this.#client, { kind: this.#kind, numbers: batch.numbers });
    const goesStraight = !known && this.#clean && this.#kind.refers !== true;
    if (goesStraight && (await this.#bringStraight(batch))) return;
    await this.#stage(batch);
    await this.#settle(batch.numbers, known);
  }

  async end(): Promise<CheckedIn> {
    if (!this.#ordered) {
      const known = await isKnown(this.#client, { kind: this.#kind, numbers: allNumbers });
      await this.#settle(allNumbers, known);
    }
    await this.#client.query(`create index on differing (${this.#kind.cutBy}); analyze differing`);
    const { rows } = await this.#client.query<{ count: number }>(
      'select count(*)::integer as count from differing',
    );
    return { added: this.#added, differing: rows[0]?.count ?? 0 };
  }

  /** @returns false when the batch holds rows to be refused: then none of it is in */
  async #bringStraight({ blocks, rows, numbers }: Batch): Promise<boolean> {
    const stretch = { kind: this.#kind, numbers };
    await this.#copy(
      `${this.#kind.table} (${this.#columns})`,
      blocks.map(({ text }) => text),
    );
    if (await isRefusable(this.#client, stretch)) {
      await takeBack(this.#client, stretch);
      return false;
    }
    this.#added += rows;
    return true;
  }

  #stage({ blocks }: Batch): Promise<void> {
    return this.#copy(`staged (line, ${this.#columns})`, blocks.map(numbered));
  }

  async #settle(numbers: Batch['numbers'], known: boolean): Promise<void> {
    const staged = { kind: this.#kind, numbers, ordered: this.#ordered };
    const refused = await refuseStaged(this.#client, staged);
    this.#clean = refused === 0;
    if (known) await setDifferingAside(this.#client, staged);
    else this.#added += await addStaged(this.#client, staged);
  }

  async #copy(into: string, rows: readonly Buffer[]): Promise<void> {
    await pipeline(Readable.from(rows), this.#client.query(copyFrom(`copy ${into} from stdin`)));
  }

  get #columns(): string {
    return this.#kind.columns.map(({ to }) => to).join(', ');
  }
}
