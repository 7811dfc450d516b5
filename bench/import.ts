/**
 * How fast the import is, beside two bare COPYs of the same file by the same Postgres: into a table without any index,
 * by which the promise is judged, and into one with the indexes of the register, which is told for comparison.
 */
import { createReadStream, type ReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { importFile, type Imported } from '../database/import/load.ts';
import { RejectFile } from '../database/import/rejects.ts';
import { writeCity } from './city.ts';
import { onFreshPostgres } from './postgres.ts';
import { percentile, say, verdict } from './say.ts';

export interface ImportSizes {
  readonly properties: number;
  readonly demands: number;
  /** How often it is measured: the round in the middle counts, since other work disturbs one side more than the other. */
  readonly rounds: number;
}

const mostSlower = 3;

const bareTables = {
  properties: {
    columns: `number text collate "C", owner_en text, owner_bn text, address_en text, address_bn text,
      residential boolean, senior boolean, green boolean`,
    indexes: 'alter table bare add primary key (number)',
  },
  demands: {
    columns: `number text collate "C", bill text collate "C", kind text, period_from date, period_to date,
      presented_on date, principal numeric, interest numeric, penalty numeric, charge numeric, covered_by text,
      paid_on date, withdrawn_on date`,
    indexes: `alter table bare add primary key (number, bill);
      create index on bare (number) include (bill, kind, period_from, period_to, presented_on, principal, interest,
        penalty, charge, covered_by) where paid_on is null and withdrawn_on is null`,
  },
} as const;
type FileName = keyof typeof bareTables;

/** @returns whether it is as fast as promised */
export async function measureImport({ properties, demands, rounds }: ImportSizes): Promise<boolean> {
  const [slower, slowerThanIndexed]: [number[], number[]] = [[], []];
  await onFreshPostgres(async ({ client, folder }) => {
    const files = await writeCity(folder, properties, demands);
    for (let round = 0; round < rounds; round += 1) {
      await client.query('truncate accounts, demands');
      const total = { bare: 0, indexed: 0, first: 0 };
      for (const name of ['properties', 'demands'] as const) {
        const { bare, indexed, first } = await measureFile(client, name, files[name]);
        total.bare += bare;
        total.indexed += indexed;
        total.first += first;
      }
      slower.push(total.first / total.bare);
      slowerThanIndexed.push(total.first / total.indexed);
    }
  });
  say(`both files, each round: ${slower.map((ratio) => ratio.toFixed(2)).join(', ')} times a bare COPY`);
  say(`beside a bare COPY with indexes: ${percentile(slowerThanIndexed, 50).toFixed(2)}`);
  return verdict(`import of both within ${mostSlower} times a bare COPY`, percentile(slower, 50), mostSlower);
}

async function measureFile(
  client: pg.Client,
  name: FileName,
  file: string,
): Promise<{ readonly bare: number; readonly indexed: number; readonly first: number }> {
  const bare = await bareCopy(client, name, file, { indexed: false });
  const indexed = await bareCopy(client, name, file, { indexed: true });
  const first = await timed(() => importOf(client, file));
  const again = await timed(() => importOf(client, file));
  const { rows } = first.result;
  if (first.result.added !== rows || again.result.unchanged !== rows) throw new Error('rows are missing');
  say(`${name}: ${rows} rows`);
  tell('bare COPY', rows, bare);
  tell('bare COPY with indexes', rows, indexed);
  tell('import, first time', rows, first.seconds);
  tell('import, nothing new', rows, again.seconds);
  return { bare, indexed, first: first.seconds };
}

function tell(what: string, rows: number, seconds: number): void {
  const perSecond = Math.round(rows / seconds).toLocaleString('en-IN');
  say(`  ${what.padEnd(28)}${perSecond.padStart(9)} rows a second`);
}

async function bareCopy(
  client: pg.Client,
  name: FileName,
  file: string,
  { indexed }: { readonly indexed: boolean },
): Promise<number> {
  const { columns, indexes } = bareTables[name];
  await client.query(`create table bare (${columns})`);
  if (indexed) await client.query(indexes);
  const copy = 'copy bare from stdin with (format csv, header)';
  const { seconds } = await timed(() => pipeline(createReadStream(file), client.query(copyFrom(copy))));
  await client.query('drop table bare');
  return seconds;
}

function importOf(client: pg.Client, file: string): Promise<Imported> {
  const open = (): ReadStream => createReadStream(file, { highWaterMark: 128 * 1024 });
  return importFile(client, { open, rejects: new RejectFile(`${file}.rejects.csv`) });
}

async function timed<T>(run: () => Promise<T>): Promise<{ readonly result: T; readonly seconds: number }> {
  const began = performance.now();
  const result = await run();
  return { result, seconds: (performance.now() - began) / 1000 };
}
