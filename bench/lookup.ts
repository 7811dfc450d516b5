/**
 * How long a look-up of an account and its bills takes, beside a bare select by primary key: both against the same
 * Postgres, in turns, at a steady rate.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createReadStream } from 'node:fs';
import type pg from 'pg';
import { connect, type Database } from '../database/connection.ts';
import { importFile } from '../database/import/load.ts';
import { RejectFile } from '../database/import/rejects.ts';
import { lookUp, lookUpStatement } from '../database/register.ts';
import { seeded } from '../sandbox/city/random.ts';
import { writeCity } from './city.ts';
import { onFreshPostgres } from './postgres.ts';
import { milliseconds, percentile, say, verdict } from './say.ts';

export interface LookUpSizes {
  readonly properties: number;
  readonly demands: number;
  /** Look-ups a second, and as many bare selects. */
  readonly rate: number;
  readonly seconds: number;
}

const mostSlower = 3;

/** @returns whether it is as fast as promised */
export async function measureLookUp(sizes: LookUpSizes): Promise<boolean> {
  let kept = true;
  await onFreshPostgres(async ({ client, url, folder }) => {
    await load(client, folder, sizes);
    const db = connect({ url, size: 10, name: 'bench', onLost: () => undefined });
    try {
      const { rows } = await client.query<{ number: string }>('select number from accounts');
      const numbers = rows.map(({ number }) => number);
      await explain(client, numbers);
      const { bare, full } = await ask(db, numbers, sizes);
      for (const [name, times] of Object.entries({ 'bare select': bare, 'look-up': full })) {
        say(
          `  ${name.padEnd(12)} p50 ${milliseconds(percentile(times, 50))}, p99 ${milliseconds(percentile(times, 99))}`,
        );
      }
      const ratio = percentile(full, 99) / percentile(bare, 99);
      kept = verdict(`look-up within ${mostSlower} times a bare select, at p99`, ratio, mostSlower);
    } finally {
      await db.end();
    }
  });
  return kept;
}

async function load(client: pg.Client, folder: string, { properties, demands }: LookUpSizes): Promise<void> {
  const files = await writeCity(folder, properties, demands);
  for (const file of [files.properties, files.demands]) {
    const began = performance.now();
    const { rows, kind } = await importFile(client, {
      open: () => createReadStream(file, { highWaterMark: 128 * 1024 }),
      rejects: new RejectFile(`${file}.rejects.csv`),
    });
    say(`${rows} ${kind} imported in ${Math.round((performance.now() - began) / 1000)} s`);
  }
  await client.query('vacuum (analyze) accounts, demands');
  const { rows } = await client.query<{ accounts: string; demands: string; open: string }>(
    `select pg_size_pretty(pg_total_relation_size('accounts')) as accounts,
            pg_size_pretty(pg_total_relation_size('demands')) as demands,
            pg_size_pretty(pg_relation_size('demands_open')) as open`,
  );
  say(
    `accounts ${rows[0]?.accounts}, demands ${rows[0]?.demands}, of which the index of open bills ${rows[0]?.open}`,
  );
}

/** Shows how the look-up of an account with open bills is done. */
async function explain(client: pg.Client, numbers: readonly string[]): Promise<void> {
  const { rows: found } = await client.query<{ number: string }>(
    `select account_number as number from demands where paid_on is null and account_number >= $1
     group by 1 having count(*) > 3 order by 1 limit 1`,
    [numbers[Math.floor(numbers.length / 2)]],
  );
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(
    `explain (analyze, buffers, costs off, summary off) ${lookUpStatement}`,
    ['property', found[0]?.number],
  );
  for (const row of rows) say(`  ${row['QUERY PLAN']}`);
}

/** Asks at a steady rate whether or not the answers come, so that a slow one delays no other's start. */
async function ask(
  db: Database,
  numbers: readonly string[],
  { rate, seconds }: LookUpSizes,
): Promise<{ readonly bare: number[]; readonly full: number[] }> {
  const random = seeded(1);
  const any = (): string => numbers[random.between(0, numbers.length - 1)] ?? '';
  const times = { bare: [] as number[], full: [] as number[] };
  const timed = async (into: number[], run: () => Promise<unknown>): Promise<void> => {
    const began = performance.now();
    await run();
    into.push(performance.now() - began);
  };
  const bare = (): Promise<unknown> =>
    db.query({
      name: 'bare',
      text: 'select * from accounts where kind = $1 and number = $2',
      values: ['property', any()],
    });
  const full = (): Promise<unknown> => lookUp(db, 'property', any());
  // Every connection has prepared both before it counts.
  await Promise.all(Array.from({ length: 40 }, () => Promise.all([bare(), full()])));
  const under: Promise<void>[] = [];
  const began = performance.now();
  for (let turn = 0; turn < rate * seconds; turn += 1) {
    const wait = began + (turn * 1_000) / rate - performance.now();
    if (wait > 0) await pause(wait);
    // Half a step apart, each with a number of its own: neither warms the other's pages nor waits for it.
    under.push(timed(times.bare, bare));
    await pause(500 / rate);
    under.push(timed(times.full, full));
  }
  await Promise.all(under);
  return times;
}
