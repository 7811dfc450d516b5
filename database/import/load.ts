/**
 * Brings one file into the register, in one transaction: whoever reads meanwhile sees the register as it was, and after
 * the commit as it is. Nothing is locked against readers. The rows go in by batches, so that Postgres merges one while
 * the next is being read; all of them become visible at once.
 */
import type { Readable } from 'node:stream';
import type pg from 'pg';
import { Gathering } from './batch.ts';
import { beginIntake } from './intake.ts';
import type { FileKind } from './file-kind.ts';
import { ImportProblem } from './problem.ts';
import { readCsv, type CsvRow } from './read-csv.ts';
import type { RejectFile } from './rejects.ts';
import { kindOf, RowReader } from './rows.ts';

export interface ImportOptions {
  /** Opens the file; a second time when its rows turn out not to be in order. */
  readonly open: () => Readable;
  readonly rejects: RejectFile;
  /** One bad row refuses the whole file. */
  readonly strict?: boolean;
  /** Told how many rows were read. */
  readonly onProgress?: (rows: number) => void;
}

export interface Imported {
  readonly kind: FileKind['name'];
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** False when a strict import was refused. */
  readonly committed: boolean;
}

/** One import at a time: two would merge into each other. The number is ours alone in this database. */
const turn = 7_072_001;

/**
 * Imports a file; all of its good rows become visible at once.
 * @param client a connection of its own, without a statement timeout
 * @throws ImportProblem when the file is not one that can be imported; nothing is changed then
 */
export async function importFile(client: pg.Client, options: ImportOptions): Promise<Imported> {
  const inOrder = await attempt(client, options, true);
  return inOrder ?? (await attempt(client, options, false)) ?? never();
}

/** @returns undefined when the rows were expected in the order of their keys and are not */
async function attempt(
  client: pg.Client,
  options: ImportOptions,
  ordered: boolean,
): Promise<Imported | undefined> {
  const { rejects, strict = false } = options;
  await rejects.clear();
  await client.query('begin');
  try {
    const { rows: turns } = await client.query<{ ours: boolean }>(
      `select pg_try_advisory_xact_lock(${turn}) as ours`,
    );
    if (turns[0]?.ours !== true) {
      throw new ImportProblem('Another import is under way. Try again when it has ended.');
    }
    const read = await readAll(client, options, ordered);
    if (read === undefined) {
      await client.query('rollback');
      return undefined;
    }
    await rejects.addRefused(client);
    const committed = !(strict && rejects.count > 0);
    await client.query(committed ? 'commit' : 'rollback');
    const { kind, rows } = read;
    const { added, changed } = committed ? read : { added: 0, changed: 0 };
    const unchanged = committed ? rows - rejects.count - added - changed : 0;
    return { kind: kind.name, rows, added, changed, unchanged, rejected: rejects.count, committed };
  } catch (error) {
    // The connection may be gone, and the transaction with it.
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await rejects.close();
  }
}

interface Read {
  readonly kind: FileKind;
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
}

async function readAll(
  client: pg.Client,
  { open, rejects, onProgress }: ImportOptions,
  ordered: boolean,
): Promise<Read | undefined> {
  const pieces = readCsv(open());
  let merging: Promise<void> = Promise.resolve();
  try {
    const { header, rest } = await readHeader(pieces);
    const kind = kindOf(header);
    const reader = new RowReader(kind, header);
    const intake = await beginIntake(client, kind, ordered);
    const gathering = new Gathering();
    let count = 0;

    const flush = async (): Promise<void> => {
      await merging;
      merging = intake.bring(gathering.take(reader.number));
      // Heard of at the next flush; until then nobody waits for it.
      merging.catch(() => undefined);
    };
    const take = async (rows: Iterable<CsvRow>): Promise<boolean> => {
      for (const row of rows) {
        count += 1;
        const reject = reader.read(row);
        if (reject === undefined) {
          if (ordered && !reader.ascending) return false;
          // Bills of one account stay together: an LOI stands beside what it covers.
          if (gathering.isFull && reader.newNumber) await flush();
          gathering.add(row.line, reader.copied);
        } else await rejects.add(reject);
      }
      onProgress?.(count);
      return true;
    };

    if (!(await take(rest))) return undefined;
    for await (const piece of pieces) if (!(await take(piece))) return undefined;
    await flush();
    await merging;
    const { added, changed } = await intake.end();
    return { kind, rows: count, added, changed };
  } finally {
    // Whatever ends the reading, the connection is free for the rollback.
    await merging.catch(() => undefined);
    await pieces.return();
  }
}

async function readHeader(
  pieces: ReturnType<typeof readCsv>,
): Promise<{ readonly header: readonly string[]; readonly rest: Iterable<CsvRow> }> {
  for (;;) {
    const piece = await pieces.next();
    if (piece.done) throw new ImportProblem('The file is empty.');
    const first = piece.value.next();
    if (!first.done) return { header: first.value.fields, rest: piece.value };
  }
}

function never(): never {
  throw new Error('a file in no order has no order to lose');
}
