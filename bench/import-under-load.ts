/** How long citizens wait for a look-up, a pay page and a callback while a register is imported, beside the same without. */
import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { connect } from '../database/connection.ts';
import { importFile, type Imported } from '../database/import/load.ts';
import { RejectFile } from '../database/import/rejects.ts';
import { runImport } from '../test/support/import.ts';
import { whileCitizensPay, type Crowd, type Waits } from './citizens.ts';
import { writeCity } from './city.ts';
import { onFreshPostgres } from './postgres.ts';
import { milliseconds, percentile, say, verdict } from './say.ts';

export interface LoadSizes {
  readonly properties: number;
  readonly demands: number;
  /** For how long it is measured without the import. */
  readonly seconds: number;
}

const citizens = 200;
const restMs = 2_500;
const mostSlower = 2;

/** @returns whether it is as unnoticed as promised */
export async function measureImportUnderLoad(sizes: LoadSizes): Promise<boolean> {
  let kept = true;
  await onFreshPostgres(async ({ client, url, folder }) => {
    const files = await writeCity(folder, sizes.properties, sizes.demands);
    for (const file of [files.properties, files.demands]) await importOf(client, file);
    await client.query('vacuum (analyze) accounts, demands');
    const changed = join(folder, 'changed.csv');
    await writeFile(changed, withDearerBills(await readFile(files.demands, 'utf8')));

    const db = connect({ url, size: 20, name: 'citizens', onLost: () => undefined });
    try {
      const crowd = { db, numbers: await numbersToPay(client), citizens, restMs };
      // Once around, so that both sides find everything warm.
      await whileCitizensPay(crowd, () => pause(5_000));
      const calm = await whileCitizensPay(crowd, () => pause(sizes.seconds * 1_000));
      const began = performance.now();
      const busy = await whileCitizensPay(crowd, async () => {
        const { code, output } = await runImport(url, changed).ended;
        if (code !== 0) throw new Error(output);
        say(output.trim());
      });
      say(`${((performance.now() - began) / 1_000).toFixed(0)} s with the import`);
      kept = compared(calm, busy);
    } finally {
      await db.end();
    }
  });
  return kept;
}

function compared(calm: Waits, busy: Waits): boolean {
  const kinds = ['lookUps', 'pages', 'callbacks'] as const;
  const all = kinds.map((kind) => {
    for (const [when, times] of Object.entries({ without: calm[kind], with: busy[kind] })) {
      const shown = [50, 95, 99, 100].map((each) => milliseconds(percentile(times, each))).join(', ');
      say(
        `  ${kind.padEnd(10)} ${when.padEnd(8)} ${String(times.length).padStart(6)}: p50, p95, p99, longest ${shown}`,
      );
    }
    const ratio = percentile(busy[kind], 95) / percentile(calm[kind], 95);
    return verdict(
      `${kind} within ${mostSlower} times of those without the import, at p95`,
      ratio,
      mostSlower,
    );
  });
  return all.every((each) => each);
}

/** Every bill with another amount. */
function withDearerBills(csv: string): string {
  const [header = '', ...rows] = csv.split('\n');
  const at = header.split(',').indexOf('principal');
  return [
    header,
    ...rows.map((row) =>
      row
        .split(',')
        .map((value, column) => (column === at ? `1${value}` : value))
        .join(','),
    ),
  ].join('\n');
}

/** In any order but that of the import. */
async function numbersToPay(client: pg.Client): Promise<Crowd['numbers']> {
  const { rows } = await client.query<{ number: string }>(
    `select account_number as number from demands
     where paid_on is null and withdrawn_on is null and covered_by is null and principal > 0
     group by 1 order by md5(account_number)`,
  );
  return rows.map(({ number }) => number);
}

function importOf(client: pg.Client, file: string): Promise<Imported> {
  return importFile(client, {
    open: () => createReadStream(file, { highWaterMark: 128 * 1024 }),
    rejects: new RejectFile(`${file}.rejects.csv`),
  });
}
