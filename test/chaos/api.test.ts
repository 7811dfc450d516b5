import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gatherCrowd } from '../support/crowd.ts';
import { startTown, type Town } from '../support/town.ts';

let town: Town;

beforeAll(async () => {
  town = await startTown({ own: ['temporal'] });
});
afterAll(() => town.stop());

test('what an API took and could not hand on before its kill -9 is delivered by the next one', async () => {
  const crowd = await gatherCrowd(town, 20);
  await town.house.stopChild('temporal');
  const answers = await crowd.write(3, (body) => town.post(body));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await town.rows('select from outbox where delivered_at is null')).toHaveLength(60);

  await town.killed('api');
  const began = Date.now();
  await town.house.startChild('temporal');
  await crowd.wasAnsweredOnce(120_000);
  process.stdout.write(`60 messages kept over a kill of the API: answered after ${Date.now() - began} ms\n`);
});

test('with an API that dies again and again, a sender who repeats gets every message answered once', async () => {
  const crowd = await gatherCrowd(town, 5);
  const kills = 3;
  let posts = 0;
  const sending = crowd.write(20, async (body) => {
    await pause(100);
    // As if the answer had been lost on its way: what was taken comes once more.
    await town.post(body).catch(() => undefined);
    posts += 1;
    return town.insist(body);
  });
  for (let kill = 0; kill < kills; kill += 1) {
    await pause(Math.random() * 500);
    expect(posts).toBeLessThan(100);
    await town.killed('api');
  }
  await sending;
  await crowd.wasAnsweredOnce(120_000);
  process.stdout.write(`${posts} messages, each posted twice or more, through ${kills} kills of the API\n`);
});
