/** A house of its own for a measurement, in a folder that goes when the measurement ends. */
import { mkdtemp, chmod, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHouse, type House } from '../sandbox/house.ts';
import { ownPorts } from '../test/fixtures/house/terminal.ts';

/** Runs a measurement on an empty house, and removes everything whatever happens. */
export async function inFreshHouse(measure: (house: House, folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'purosheba-bench-'));
  await chmod(folder, 0o755);
  try {
    const house = await startHouse({
      folder: join(folder, 'house'),
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        TEMPORAL_CLI_PATH: process.env['TEMPORAL_CLI_PATH'],
        SANDBOX_CITY: '0',
        // Every citizen has an address of their own.
        PROXY_HOPS: '1',
        ...(await ownPorts()),
      },
    });
    await measure(house, folder).finally(() => house.stop());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
