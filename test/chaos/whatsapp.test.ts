import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Failure } from '../../sandbox/graph/faults.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { gatherCrowd } from '../support/crowd.ts';
import { startTown, type Town } from '../support/town.ts';

let town: Town;

beforeAll(async () => {
  town = await startTown({ env: { WHATSAPP_UNKNOWN_WAIT: '3s' } });
});
afterAll(() => town.stop());
afterEach(() => town.sandbox('DELETE', 'faults'));

const triedAgain = async (): Promise<number> => {
  const [row] = await town.rows<{ count: number }>('select count(*)::int from messages where attempts > 1');
  return row?.count ?? 0;
};

test('what citizens write while WhatsApp takes nothing for a while is answered once and in order afterwards', async () => {
  const crowd = await gatherCrowd(town, 30);
  await town.faults({ down: true });
  const downUntil = Date.now() + 24_000;
  while (Date.now() < downUntil) {
    await crowd.write(1);
    await pause(Math.min(6_000, downUntil - Date.now()));
  }
  expect(await town.sent()).toEqual([]);
  await town.faults({ down: false });
  const began = Date.now();
  await crowd.wasAnsweredOnce(150_000);
  process.stdout.write(
    `WhatsApp down for 24 s, 30 citizens, 4 messages each: answered ${Date.now() - began} ms after its end\n`,
  );
}, 300_000);

test('sends that went although their answer was lost are not sent again', async () => {
  const crowd = await gatherCrowd(town, 20);
  const before = await triedAgain();
  await town.faults({ failNext: 20, failWith: 'answerLost' });
  await crowd.write(2);
  await crowd.wasAnsweredOnce();
  process.stdout.write(
    `20 lost answers: ${(await triedAgain()) - before} claimed a second time, none sent twice\n`,
  );
});

test.each<Failure>(['http500', 'http429', '131056', 'http503html', 'reset'])(
  'with a third of the sends failing (%s) nothing is lost or doubled',
  async (failWith) => {
    const crowd = await gatherCrowd(town, 10);
    await town.faults({ failRate: 0.3, failWith });
    await crowd.write(3);
    // From now on it may become better, else a wait of 64 s in Meta's ladder would make this test as long.
    await waitFor('most answers', async () => {
      const heard = await Promise.all(crowd.citizens.map(({ id }) => town.heard(id)));
      return heard.flat().length >= 20;
    });
    await town.faults({ failRate: 0 });
    await crowd.wasAnsweredOnce(120_000);
  },
);

test('webhooks that come twice, in batches, out of order, and statuses that never come, change nothing', async () => {
  const citizens = await town.invite(20);
  await town.faults({
    duplicateWebhooks: 2,
    reorderWebhooks: { windowMs: 400 },
    batchWebhooks: 150,
    dropStatuses: 'all',
    dropRate: 0.5,
  });
  const words = ['help', 'status', 'about', 'hi'];
  for (const text of words) {
    for (const { id } of citizens) await town.sandbox('POST', `citizens/${id}/messages`, { text });
  }
  await waitFor('all webhooks to be taken', async () => {
    const { waiting } = await town.sandbox<{ waiting: number }>('GET', 'webhooks');
    return waiting === 0;
  });
  await town.settled();
  for (const { id } of citizens) {
    const keys = (await town.heard(id)).map(({ key }) => key);
    expect(keys.sort()).toEqual(['about', 'help', 'menu', 'status']);
  }
});
