/**
 * Brings one file into the register. First all of it is read and checked, by batches, so that Postgres compares one while
 * the next is being read; what the register does not have at all goes in with that. Then what differs is merged by
 * portions, each a few accounts and a moment. Nobody who reads or pays waits for an import.
 */
import type { Readable } from 'node:stream';
import type pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { Gathering } from './batch.ts';
import { beginIntake, type CheckedIn } from './intake.ts';
import type { FileKind } from './file-kind.ts';
import { mergeInPortions } from './portions.ts';
import { ImportProblem, UnfinishedImport } from './problem.ts';
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
  /** Told how many of the rows that differ are in the register. */
  readonly onMerged?: (rows: number, of: number) => void;
  /** Told once when another import has to end first. */
  readonly onWait?: () => void;
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
/** In milliseconds. A blocking lock would hold a snapshot, and keep the other import from tidying up. */
const askAgainMs = 500;

/**
 * Imports a file. Each account changes as a whole, at one moment of its own, and accounts that are new all at once.
 * @param client a connection of its own, without a statement timeout
 * @throws ImportProblem when the file is not one that can be imported; nothing is changed then
 * @throws UnfinishedImport when it broke off; the same file again finishes it
 */
export async function importFile(client: pg.Client, options: ImportOptions): Promise<Imported> {
  await takeTurn(client, options.onWait);
  try {
    const inOrder = await attempt(client, options, true);
    return inOrder ?? (await attempt(client, options, false)) ?? never();
  } finally {
    // A connection that is gone has left both behind by itself.
    await client
      .query(`drop table if exists pg_temp.differing; select pg_advisory_unlock(${turn})`)
      .catch(() => undefined);
  }
}

async function takeTurn(client: pg.Client, onWait?: () => void): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const { rows } = await client.query<{ ours: boolean }>(`select pg_try_advisory_lock(${turn}) as ours`);
    if (rows[0]?.ours === true) return;
    if (tries === 0) onWait?.();
    await pause(askAgainMs);
  }
}

/** @returns undefined when the rows were expected in the order of their keys and are not */
async function attempt(
  client: pg.Client,
  options: ImportOptions,
  ordered: boolean,
): Promise<Imported | undefined> {
  const checked = await check(client, options, ordered);
  if (checked === undefined) return undefined;
  const { kind, rows, added, differing, rejected, committed } = checked;
  const told = { kind: kind.name, rows, rejected, committed };
  if (!committed) return { ...told, added: 0, changed: 0, unchanged: 0 };
  let merged = 0;
  const taken = await mergeInPortions(client, kind, (more) => {
    merged += more;
    options.onMerged?.(merged, differing);
  }).catch((error: unknown) => {
    throw new UnfinishedImport(error instanceof Error ? error.message : String(error), { cause: error });
  });
  const all = { added: added + taken.added, changed: taken.changed };
  return { ...told, ...all, unchanged: rows - rejected - all.added - all.changed };
}

interface Checked extends Read {
  readonly rejected: number;
  /** False when a strict import was refused. */
  readonly committed: boolean;
}

/** Reads and checks the whole file in one transaction, in which only accounts come in that nobody knows yet. */
async function check(
  client: pg.Client,
  options: ImportOptions,
  ordered: boolean,
): Promise<Checked | undefined> {
  const { rejects, strict = false } = options;
  await rejects.clear();
  await client.query('begin');
  try {
    const read = await readAll(client, options, ordered);
    if (read === undefined) {
      await client.query('rollback');
      return undefined;
    }
    await rejects.addRefused(client);
    const committed = !(strict && rejects.count > 0);
    await client.query(committed ? 'commit' : 'rollback');
    return { ...read, rejected: rejects.count, committed };
  } catch (error) {
    // The connection may be gone, and the transaction with it.
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await rejects.close();
  }
}

interface Read extends CheckedIn {
  readonly kind: FileKind;
  readonly rows: number;
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
    return { kind, rows: count, ...(await intake.end()) };
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
