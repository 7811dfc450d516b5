/**
 * Imports the corporation's register from CSV files: `node database/import.js [--strict] file …`. The format is in
 * docs/registers.md. `npm run import` is the same, with the database of `npm start` where DATABASE_URL names none.
 */
import { createReadStream, type ReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { fileKinds } from './import/kinds.ts';
import { importFile, type Imported } from './import/load.ts';
import { ImportProblem, UnfinishedImport } from './import/problem.ts';
import { count, duration, Progress } from './import/progress.ts';
import { readCsv } from './import/read-csv.ts';
import { RejectFile } from './import/rejects.ts';
import { kindOf } from './import/rows.ts';

const usage = `Usage: npm run import -- [--strict] <file.csv> …

Brings properties, trade licences, their bills and the schedule of trades into the register: what a file holds is seen
by its columns. All of a file is checked before anything changes; rows that cannot be are listed in <file>.rejects.csv.
Then each account changes as a whole, and nobody waits who pays meanwhile. Importing a file again changes nothing, a
newer file updates.

  --strict   refuse a whole file for one bad row

The columns are described in docs/registers.md. To try it: npm run city -- --properties 10000
`;

/** What the process exits with: some rows were refused. */
const someRejected = 2;

/**
 * The command.
 * @returns the exit code
 */
export async function importFromTerminal(args: readonly string[], databaseUrl: string): Promise<number> {
  let options: { strict?: boolean; help?: boolean };
  let files: string[];
  try {
    ({ values: options, positionals: files } = parseArgs({
      args: [...args],
      options: { strict: { type: 'boolean' }, help: { type: 'boolean' } },
      allowPositionals: true,
    }));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 1;
  }
  if (options.help === true || files.length === 0) {
    process.stdout.write(usage);
    return options.help === true ? 0 : 1;
  }
  // Reading a file keeps a processor busy; citizens on the same machine go first.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'import' });
  // A query under way fails by itself; there is nothing to do for one that is not.
  client.on('error', () => undefined);
  try {
    await client.connect();
    let [rejected, written] = [0, 0];
    for (const file of await inOrder(files)) {
      const done = await importPath(client, file, options.strict === true);
      rejected += done.rejected;
      written += done.added + done.changed;
    }
    if (written > 0) {
      process.stdout.write(
        'Tidying up the tables. Everything is in; look-ups get faster by it, and wait for nothing.\n',
      );
      // At a pace that leaves the disk to others, and without the lock that cutting a table short takes.
      await client.query(`set vacuum_cost_delay = '1ms'`);
      await client.query('vacuum (analyze, truncate false) accounts, demands');
    }
    return rejected > 0 ? someRejected : 0;
  } catch (error) {
    process.stderr.write(`\n${explain(error)}\n`);
    return 1;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Accounts before their bills and trades before what refers to them, whatever order they were named in. All are looked at before the first is imported. */
async function inOrder(files: readonly string[]): Promise<string[]> {
  const ranked = await Promise.all(
    files.map(async (file) => {
      const handle = await open(file);
      const source = handle.createReadStream({ end: 65_535 });
      for await (const rows of readCsv(source)) {
        for (const { fields } of rows) return { file, rank: fileKinds.indexOf(kindOf(fields)) };
      }
      throw new ImportProblem(`${file} is empty.`);
    }),
  );
  return ranked.sort((a, b) => a.rank - b.rank).map(({ file }) => file);
}

async function importPath(client: pg.Client, file: string, strict: boolean): Promise<Imported> {
  const began = Date.now();
  const { size } = await stat(file);
  let source: ReadStream | undefined;
  const rejects = new RejectFile(`${file}.rejects.csv`);
  const name = basename(file);
  const [reading, merging] = [
    new Progress(name, process.stdout),
    new Progress(`${name}: changes`, process.stdout),
  ];
  const done = await importFile(client, {
    open: () => (source = createReadStream(file, { highWaterMark: 128 * 1024 })),
    rejects,
    strict,
    onProgress: (rows) => reading.show({ rows, done: source?.bytesRead ?? 0, total: size }),
    onMerged: (rows, total) => merging.show({ rows, done: rows, total }),
    onWait: () =>
      process.stdout.write(`${file}: another import is under way; this file is next when it has ended.\n`),
  }).finally(() => merging.end());
  process.stdout.write(`${summary(file, done, rejects.path, (Date.now() - began) / 1000)}\n`);
  return done;
}

function summary(file: string, done: Imported, rejects: string, seconds: number): string {
  const counts = done.committed
    ? `${count(done.added)} new, ${count(done.changed)} changed, ${count(done.unchanged)} as before`
    : 'nothing imported';
  const bad = done.rejected > 0 ? `, ${count(done.rejected)} refused, listed in ${rejects}` : '';
  return `${file}: ${count(done.rows)} ${done.kind} in ${duration(seconds)}: ${counts}${bad}`;
}

function explain(error: unknown): string {
  if (error instanceof ImportProblem) return `Nothing was imported from this file. ${error.message}`;
  if (error instanceof UnfinishedImport) {
    return `The import broke off: ${error.message}\nEach account is as the file has it or as it was. Import the file again: what is in stays, the rest follows.`;
  }
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ENOENT') return `There is no such file: ${error.message}`;
  if ('code' in error && error.code === '42P01') return 'The database has no register yet: migrate it first.';
  if ('code' in error && error.code === 'ECONNREFUSED') {
    return 'The database does not answer. Start it (npm start starts one), or correct DATABASE_URL.';
  }
  return error.message;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const url = process.env['DATABASE_URL'];
  if (!url) {
    process.stderr.write('DATABASE_URL is not set: the Postgres database to import into.\n');
    process.exit(1);
  }
  process.exitCode = await importFromTerminal(process.argv.slice(2), url);
}
