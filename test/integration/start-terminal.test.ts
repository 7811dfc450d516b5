/** `npm start` as a person at the terminal sees it, with stand-ins for our own processes. */
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { answers } from '../../sandbox/wait.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { postgresUrl } from '../../sandbox/postgres.ts';
import {
  family,
  gone,
  ownPorts,
  temporaryFolder,
  typeStart,
  type Terminal,
} from '../fixtures/house/terminal.ts';

describe('npm start', { timeout: 60_000 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let ports: Record<string, string>;
  let terminal: Terminal;
  const local = (name: string, path = ''): string => `http://127.0.0.1:${ports[name] ?? ''}${path}`;

  beforeAll(async () => {
    folder = await temporaryFolder();
    ports = await ownPorts();
  });
  afterAll(() => folder.remove());
  afterEach(async () => {
    terminal.send('SIGKILL');
    await terminal.exit;
  });

  const start = async (): Promise<Terminal> => {
    terminal = typeStart(folder.path, ports);
    await terminal.shows(/^ready$/m);
    return terminal;
  };
  const ask = async (sql: string): Promise<unknown[]> => {
    const { databaseOwnerPassword: owner } = JSON.parse(
      await readFile(join(folder.path, 'sandbox.json'), 'utf8'),
    ) as { databaseOwnerPassword: string };
    const passwords = { superuser: '', owner, app: '' };
    const client = new pg.Client({
      connectionString: postgresUrl({ port: Number(ports['POSTGRES_PORT']), passwords }, 'owner'),
    });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  test('prints a table of addresses that answer and, last, the line ready', async () => {
    const { output } = await start();
    expect(output()).toMatch(/\nready\n$/);
    const addresses = [local('SANDBOX_PORT', '/phone'), local('PORT'), local('TEMPORAL_UI_PORT')];
    for (const address of addresses) {
      expect(output()).toContain(address);
      expect(await answers(address)).toBe(true);
    }
    const secrets = JSON.parse(await readFile(join(folder.path, 'sandbox.json'), 'utf8')) as object;
    for (const secret of Object.values(secrets)) expect(output()).not.toContain(secret);
    expect(output()).toMatch(/Assessee numbers to try\n( {2}\d\d-\d{3}-\d\d-\d{4}-\d {4}\w.*\n){7}/);
    await ask('CREATE TABLE kept AS SELECT 42 AS answer');
  });

  test('after its own kill -9 nothing is left, and the next start has the data', async () => {
    const { pid } = await start();
    const members = family(pid);
    expect(members.length).toBeGreaterThan(6);
    terminal.send('SIGKILL');
    // Not waited for here: the next start has to get along with what is still ending.
    const orphans = gone(members);
    await start();
    await orphans;
    expect(await ask('SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  test('a second start in the same folder is refused while the first goes on', async () => {
    const first = await start();
    const second = typeStart(folder.path, await ownPorts());
    expect(await second.exit).toBe(1);
    expect(second.output()).toContain('already runs');
    expect(second.output()).toContain(folder.path.split('/').at(-1));
    expect(await answers(local('PORT'))).toBe(true);
    first.send('SIGINT');
    expect(await first.exit).toBe(0);
  });

  test('Ctrl-C ends everything, leaves no process and exits with 0', async () => {
    const { pid, exit } = await start();
    const members = family(pid);
    terminal.send('SIGINT');
    expect(await exit).toBe(0);
    await gone(members, 1_000);
  });

  test('Ctrl-C during the start ends what had been started', async () => {
    terminal = typeStart(folder.path, ports);
    await terminal.shows('postgres');
    const members = family(terminal.pid);
    terminal.send('SIGINT');
    expect(await terminal.exit).toBe(0);
    await gone(members, 1_000);
  });

  test('a database from a newer version is refused with what to do', async () => {
    await start();
    await ask("INSERT INTO migrations (name, run_on) VALUES ('9999-from-the-future', now())");
    terminal.send('SIGINT');
    expect(await terminal.exit).toBe(0);
    terminal = typeStart(folder.path, ports);
    expect(await terminal.exit).toBe(1);
    expect(terminal.output()).toContain('newer version');
    expect(terminal.output()).not.toContain('    at ');
  });
});
