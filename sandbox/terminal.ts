/** The house as a command: tells what happens, ends with Ctrl-C, explains why it cannot start. */
import { relative, resolve } from 'node:path';
import type { Environment } from './children.ts';
import { startHouse, type House, type HouseOptions } from './house.ts';

/** Resolves when all is ready; the process then lives until it is asked to end. */
export async function runFromTerminal(
  options: Pick<HouseOptions, 'folder' | 'children' | 'migrate'>,
): Promise<void> {
  const folder = shortest(options.folder);
  const ending = new AbortController();
  let house: House | undefined;
  onRequestToEnd({
    first: () => {
      say('ending …');
      ending.abort();
      // A start under way ends by itself, having stopped what it had started.
      void house?.stop().then(() => process.exit(0));
    },
    again: () => house?.killAll(),
  });
  try {
    say(`Purosheba starts. Its data are in ${folder}`);
    house = await startHouse({ ...options, env: process.env, say, signal: ending.signal });
    say(table(house.env, `${folder}/logs`));
    if (!process.env['DATABASE_URL']) say(await numbersToTry(house.env['DATABASE_URL'] ?? ''));
    say('ready');
  } catch (error) {
    if (ending.signal.aborted) process.exit(0);
    process.stderr.write(`\n${explain(error)}\n`);
    process.exit(1);
  }
}

function shortest(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') ? resolve(path) : fromHere;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function onRequestToEnd({ first, again }: { first: () => void; again: () => void }): void {
  let since: number | undefined;
  const end = (): void => {
    if (since === undefined) {
      since = Date.now();
      first();
    } else if (Date.now() - since > 500) {
      // Sooner it is the same Ctrl-C once more: the terminal sends it, and npm passes it on.
      again();
    }
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
  if (process.env['npm_lifecycle_event'] === undefined) return;
  // npm passes signals on to us, its child. When npm itself is killed, all that tells us is another parent.
  const npm = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(watch);
    end();
  }, 500);
  watch.unref();
}

function table(env: Environment, logs: string): string {
  const local = (name: string, path = ''): string => `http://127.0.0.1:${env[name] ?? ''}${path}`;
  const rows: [string, string][] = [
    ['Phone', local('SANDBOX_PORT', '/phone')],
    ['API', local('PORT')],
  ];
  if (!process.env['TEMPORAL_ADDRESS']) rows.push(['Temporal Web UI', local('TEMPORAL_UI_PORT')]);
  rows.push(
    ['Temporal', env['TEMPORAL_ADDRESS'] ?? ''],
    ['Metrics', `${local('METRICS_PORT', '/metrics')}, ${local('API_METRICS_PORT', '/metrics')}`],
    ['Postgres', withoutPassword(env['DATABASE_URL'] ?? '')],
    ['Logs', logs],
  );
  return ['', ...rows.map(([name, address]) => `  ${name.padEnd(17)}${address}`), ''].join('\n');
}

async function numbersToTry(databaseUrl: string): Promise<string> {
  const { samples } = await import('./city/samples.ts');
  const found = await samples(databaseUrl);
  if (found.length === 0) return '  The register is empty: npm run import fills it\n';
  const headings = {
    property: 'Assessee numbers to try',
    licence: 'Trade licences to try',
    stall: 'Market stalls to try',
  } as const;
  const kinds = Object.keys(headings) as (keyof typeof headings)[];
  return kinds
    .map((kind) => ({ kind, ofKind: found.filter(({ of }) => of === kind) }))
    .filter(({ ofKind }) => ofKind.length > 0)
    .flatMap(({ kind, ofKind }) => [
      `  ${headings[kind]}`,
      ...ofKind.map(({ number, shows }) => `  ${number.padEnd(20)}${shows}`),
      '',
    ])
    .join('\n');
}

function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.password = '';
  return url.href;
}

/** What the person can act on says so itself; only for the unexpected is the stack of use. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const known = ['StartProblem', 'SettingsError', 'NewerDatabaseError'].includes(error.name);
  return known ? error.message : (error.stack ?? error.message);
}
