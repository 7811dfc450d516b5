import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../../sandbox/wait.ts';
import { gatherCrowd } from '../support/crowd.ts';
import { startTown, type Town } from '../support/town.ts';

let town: Town;

beforeAll(async () => {
  town = await startTown({ env: { WHATSAPP_UNKNOWN_WAIT: '3s' } });
});
afterAll(() => town.stop());

const count = async (which: string): Promise<number> => {
  const [row] = await town.rows<{ count: number }>(`select count(*)::int from messages where ${which}`);
  return row?.count ?? 0;
};

test('a worker that is killed three times in the middle of fifty conversations loses and doubles nothing', async () => {
  const crowd = await gatherCrowd(town, 50);
  await crowd.write(1);
  await crowd.wasAnsweredOnce();

  const began = Date.now();
  for (let round = 0; round < 3; round += 1) {
    const before = await count('wamid is not null');
    const written = crowd.write(1);
    const replying = async (): Promise<boolean> => (await count('wamid is not null')) > before + round * 5;
    await waitFor('replies on their way', replying, { everyMs: 2 });
    await town.killed('worker');
    await written;
  }
  await crowd.wasAnsweredOnce(120_000);
  const again = await count('attempts > 1');
  // Else the kills came when nothing was under way, and this test has shown nothing.
  expect(again).toBeGreaterThan(0);
  process.stdout.write(
    `three kills: all answered ${Date.now() - began} ms after the first message; ${again} replies were tried again\n`,
  );
});
