/** The house keeps its children alive, and tests can take them down for a while. */
import { readFile } from 'node:fs/promises';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHouse, type ChildName, type House } from '../../sandbox/house.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { standIns } from '../fixtures/house/children.ts';
import { ownPorts, temporaryFolder } from '../fixtures/house/terminal.ts';

describe('a house', { timeout: 60_000 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let house: House;
  const said: string[] = [];

  beforeAll(async () => {
    folder = await temporaryFolder();
    house = await startHouse({
      folder: folder.path,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...(await ownPorts()) },
      children: standIns,
      say: (line) => said.push(line),
    });
  }, 60_000);
  afterAll(async () => {
    await house.stop();
    await folder.remove();
  });

  const killAndReturn = async (name: ChildName): Promise<void> => {
    const before = house.pid(name);
    house.kill(name, 'SIGKILL');
    await waitFor(`a new ${name}`, () => house.pid(name) !== before && house.pid(name) !== undefined);
    await house.ready(name);
  };

  test('starts a killed process again and says its name and the reason', async () => {
    const untouched = house.pid('worker');
    await killAndReturn('api');
    expect(said).toContain('api ended (signal SIGKILL); starting it again in 0.5 s');
    expect(house.pid('worker')).toBe(untouched);
  });

  test('Postgres keeps what it acknowledged before a kill -9', async () => {
    const query = async (sql: string): Promise<unknown[]> => {
      const client = new pg.Client({ connectionString: house.env['DATABASE_OWNER_URL'] });
      await client.connect();
      try {
        return (await client.query<Record<string, unknown>>(sql)).rows;
      } finally {
        await client.end();
      }
    };
    await query('CREATE TABLE paid AS SELECT 100 AS paise');
    await killAndReturn('postgres');
    expect(await query('SELECT paise FROM paid')).toEqual([{ paise: 100 }]);
  });

  test('Temporal keeps what it acknowledged before a kill -9', async () => {
    const client = async (): Promise<{ client: Client; close: () => Promise<void> }> => {
      const connection = await Connection.connect({ address: house.env['TEMPORAL_ADDRESS'] ?? '' });
      return { client: new Client({ connection }), close: () => connection.close() };
    };
    const before = await client();
    const ids = Array.from({ length: 20 }, (_, index) => `kept-${index}`);
    await Promise.all(
      ids.map((workflowId) => before.client.workflow.start('unknown', { taskQueue: 'nobody', workflowId })),
    );
    const returned = killAndReturn('temporal');
    await before.close();
    await returned;
    const after = await client();
    for (const id of ids) {
      expect((await after.client.workflow.getHandle(id).describe()).status.name).toBe('RUNNING');
    }
    await after.close();
  });

  test('a child can be taken down, stays down, and comes back', async () => {
    await house.stopChild('temporal');
    expect(house.pid('temporal')).toBeUndefined();
    expect(house.pid('api')).toBeGreaterThan(0);
    await house.startChild('temporal');
    expect(house.pid('temporal')).toBeGreaterThan(0);
  });

  test("passes a child's warnings on in one line and keeps everything in its log", async () => {
    const log = await readFile(`${folder.path}/logs/sandbox.log`, 'utf8');
    expect(log).toContain('"level":"info"');
    expect(said).toContain('sandbox: warn: only a stand-in');
    expect(said.join('\n')).not.toContain('listening');
  });
});
