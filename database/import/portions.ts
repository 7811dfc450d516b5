/**
 * Brings what differs into the register, in short transactions by the order of the numbers, so that no payment waits for an
 * import longer than for another payment. All rows of an account change in one of them.
 */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { FileKind } from './file-kind.ts';
import { differs, given, sameKey, valuesOf } from './merge.ts';

export interface Taken {
  readonly added: number;
  readonly changed: number;
}

/** What a portion aims to take, in milliseconds: so long may a payment of one of its accounts wait. */
const aimMs = 25;
/** In rows. */
const sizes = { first: 200, least: 1, most: 5_000 } as const;
/**
 * The import gives way: it waits for nobody's row longer than `lock_timeout`, and lets go of all that it holds when a
 * statement takes long for any other reason. Its commits wait for no disk: a portion that a crash loses comes with the
 * next import, and those of payments are not kept waiting.
 */
const beginPortion = `begin; set local lock_timeout = '20ms'; set local statement_timeout = '500ms';
  set local synchronous_commit = off;
  set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_seqscan = off`;
/** After it has given way, in milliseconds. */
const restMs = 50;
/** So many times as long as a portion took is left to others: they find the processor free in half of all moments. */
const restShare = 1;
/** Somebody who holds a row for so long has forgotten it, in milliseconds. */
const patienceMs = 300_000;

/** SQLSTATE after which a portion is tried again: a lock that was not to be had, a deadlock, a statement that took long. */
const yielding = new Set(['55P03', '40P01', '57014']);

/** @throws Error when one row cannot be had in five minutes */
export async function mergeInPortions(
  client: pg.Client,
  kind: FileKind,
  onMerged: (rows: number) => void,
): Promise<Taken> {
  let [after, size]: [string, number] = ['', sizes.first];
  let [added, changed] = [0, 0];
  let movedAt = Date.now();
  for (;;) {
    const portion = await nextPortion(client, kind, after, size);
    if (portion === undefined) return { added, changed };
    const began = performance.now();
    const taken = await tryPortion(client, kind, [after, portion.last]);
    const tookMs = performance.now() - began;
    if (taken === undefined) {
      if (Date.now() - movedAt > patienceMs) throw new Error('Somebody has held a row for five minutes.');
      size = Math.max(sizes.least, Math.floor(size / 4));
      await pause(restMs);
      continue;
    }
    added += taken.added;
    changed += taken.changed;
    onMerged(portion.rows);
    after = portion.last;
    movedAt = Date.now();
    const fitting = Math.round(size * Math.min(2, aimMs / tookMs));
    size = Math.min(sizes.most, Math.max(sizes.least, fitting));
    await pause(tookMs * restShare);
  }
}

/** Whole accounts after a number, with so many rows as are wanted or a few more; undefined behind the last. */
async function nextPortion(
  client: pg.Client,
  { cutBy }: FileKind,
  after: string,
  size: number,
): Promise<{ readonly last: string; readonly rows: number } | undefined> {
  const { rows } = await client.query<{ last: string | null; rows: number }>(
    `with wanted as (select max(number) as last
       from (select ${cutBy} as number from differing where ${cutBy} > $1 order by 1 limit $2) w)
     select last, (select count(*)::integer from differing, wanted where ${cutBy} > $1 and ${cutBy} <= last) as rows
     from wanted`,
    [after, size],
  );
  const [found] = rows;
  return found && found.last !== null ? { last: found.last, rows: found.rows } : undefined;
}

/** @returns undefined when it gave way to somebody: nothing has changed */
async function tryPortion(
  client: pg.Client,
  kind: FileKind,
  numbers: readonly [after: string, last: string],
): Promise<Taken | undefined> {
  try {
    await client.query(beginPortion);
    const taken = await mergePortion(client, kind, numbers);
    await client.query('commit');
    return taken;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || !yielding.has(error.code ?? '')) throw error;
    await client.query('rollback');
    return undefined;
  }
}

async function mergePortion(
  client: pg.Client,
  kind: FileKind,
  numbers: readonly [after: string, last: string],
): Promise<Taken> {
  const { table, cutBy, key } = kind;
  const inPortion = `s.${cutBy} > $1 and s.${cutBy} <= $2`;
  const values = valuesOf(kind);
  const columns = kind.columns.map(({ to }) => to);
  // First the locks, in the order of the key: what a payment has committed before its row was to be had is seen by the
  // next statement, and not undone.
  await client.query(
    `with held as (select from differing s join ${table} t on ${sameKey(kind)} where ${inPortion}
       order by ${key.map((name) => `t.${name}`).join(', ')} for no key update of t)
     select count(*) from held`,
    [...numbers],
  );
  const changed = await client.query(
    `update ${table} t set (${values.join(', ')}) = row (${given(kind)}) from differing s
     where ${inPortion} and ${sameKey(kind)} and ${differs(kind)}`,
    [...numbers],
  );
  const added = await client.query(
    `insert into ${table} (${columns.join(', ')}) select ${columns.map((name) => `s.${name}`).join(', ')}
     from differing s where ${inPortion} and not exists (select from ${table} t where ${sameKey(kind)})
     order by ${key.map((name) => `s.${name}`).join(', ')}`,
    [...numbers],
  );
  return { added: added.rowCount ?? 0, changed: changed.rowCount ?? 0 };
}
