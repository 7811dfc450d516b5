/** How long citizens wait for a pay page, and a gateway for an answer, while a register is imported, beside the same without. */
import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { connect } from '../database/connection.ts';
import { importFile, type Imported } from '../database/import/load.ts';
import { RejectFile } from '../database/import/rejects.ts';
import { runImport } from '../test/support/import.ts';
import { whileCitizensPay, type Crowd, type Waits } from './citizens.ts';
import { writeCity } from './city.ts';
import { inFreshHouse } from './house.ts';
import { milliseconds, percentile, say, verdict } from './say.ts';

export interface LoadSizes {
  readonly properties: number;
  readonly demands: number;
}

const citizens = 200;
/** Some five of them pay in a second. */
const restMs = 20_000;
const mostSlower = 2;

/** @returns whether it is as unnoticed as promised */
export async function measureImportUnderLoad(sizes: LoadSizes): Promise<boolean> {
  let kept = true;
  await inFreshHouse(async (house, folder) => {
    const url = house.env['DATABASE_URL'] ?? '';
    const client = new pg.Client({ connectionString: house.env['DATABASE_OWNER_URL'] });
    await client.connect();
    const files = await writeCity(folder, sizes.properties, sizes.demands);
    for (const file of [files.properties, files.demands]) await importOf(client, file);
    await client.query('vacuum (analyze) accounts, demands');
    const changed = join(folder, 'changed.csv');
    await writeFile(changed, withDearerBills(await readFile(files.demands, 'utf8')));

    const db = connect({ url, size: 20, name: 'citizens', onLost: () => undefined });
    try {
      const crowd = { house, db, numbers: await numbersToPay(client), citizens, restMs };
      // Once around, so that both sides find everything warm.
      await whileCitizensPay(crowd, () => pause(20_000));
      const began = performance.now();
      let tookMs = 0;
      const busy = await whileCitizensPay(crowd, async () => {
        const { code, output } = await runImport(url, changed).ended;
        if (code !== 0) throw new Error(output);
        tookMs = performance.now() - began;
        say(output.trim());
      });
      say(`${(tookMs / 1_000).toFixed(0)} s with the import, and as long without`);
      const calm = await whileCitizensPay(crowd, () => pause(tookMs));
      kept = compared(calm, busy);
    } finally {
      await db.end();
      await client.end();
    }
  });
  return kept;
}

function compared(calm: Waits, busy: Waits): boolean {
  const kinds = ['pages', 'callbacks'] as const;
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
