import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { answers, waitFor } from '../../sandbox/wait.ts';
import { temporaryFolder } from '../fixtures/house/terminal.ts';
import { runCommand } from '../support/command.ts';
import { freshDatabase } from '../support/database.ts';
import { gatherPayers, paidOnce } from '../support/payers.ts';
import { startTown, type Town } from '../support/town.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
/** Whoever runs the container: may read the code and write nothing. `nobody` on Linux. */
const ordinary = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

let town: Town;
let image: Awaited<ReturnType<typeof temporaryFolder>>;
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  image = await temporaryFolder();
  await chmod(image.path, 0o755);
  town = await startTown({ env: { SANDBOX_CITY: '200', PROXY_HOPS: '1', RELEASE: 'built' } });
  await town.house.stopChild('api');
  await town.house.stopChild('worker');
}, 240_000);
afterAll(async () => {
  for (const end of ends) await end();
  await town.stop();
  await image.remove();
});

/** A process of the image, with the environment of a container: nothing but its settings. */
function start(entry: string): ReturnType<typeof spawn> {
  const child = spawn(process.execPath, [join(image.path, 'dist', entry)], {
    cwd: image.path,
    env: { ...town.house.env, NODE_ENV: 'production', HOME: '/nonexistent' },
    stdio: ['ignore', 'inherit', 'inherit'],
    ...ordinary,
  });
  ends.push(async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'close');
  });
  return child;
}

test('a process that is started before its release was prepared says what to do', async () => {
  const DATABASE_URL = await freshDatabase(inject('databaseUrl'));
  for (const entry of ['api/main.ts', 'worker/main.ts']) {
    const { code, printed } = await runCommand(entry, [], { ...town.house.env, DATABASE_URL });
    expect(code).toBe(1);
    expect(printed).toMatch(/^DATABASE_URL names a database that lacks .*prepare\.js/m);
    expect(printed).not.toMatch(/^\s+at /m);
  }
});

test('what the image is made of, run by an ordinary user, takes a payment to its receipt', async () => {
  // As the Dockerfile does it.
  await cp(join(root, 'package.json'), join(image.path, 'package.json'));
  await cp(join(root, 'package-lock.json'), join(image.path, 'package-lock.json'));
  await run('npm', ['run', 'build'], { cwd: root });
  await cp(join(root, 'dist'), join(image.path, 'dist'), { recursive: true });
  await run('npm', ['ci', '--omit=dev', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], {
    cwd: image.path,
  });

  const [prepared] = (await once(start('worker/prepare.js'), 'close')) as [number];
  expect(prepared).toBe(0);
  start('worker/main.js');
  start('api/main.js');
  const { METRICS_PORT = '', PORT = '' } = town.house.env;
  await waitFor('the worker', () => answers(`http://127.0.0.1:${METRICS_PORT}/healthz`));
  await waitFor('the API', () => answers(`http://127.0.0.1:${PORT}/readyz`));

  const payers = await gatherPayers(town);
  const payer = await payers.payer();
  await payer.payNow();
  const isPaid = async (): Promise<true> => {
    expect(await payer.outcome()).toEqual(paidOnce);
    return true;
  };
  await waitFor('the receipt', isPaid, { timeoutMs: 60_000, everyMs: 400 });
}, 240_000);
