import { afterAll, beforeAll, expect, test } from 'vitest';
import { gatherCrowd } from '../support/crowd.ts';
import { startTown, type Town } from '../support/town.ts';
import { median } from '../support/webhooks.ts';

let town: Town;

beforeAll(async () => {
  town = await startTown({ own: ['temporal'] });
});
afterAll(() => town.stop());

test('while Temporal is down webhooks are taken quickly, and answered once and in order when it is back', async () => {
  const crowd = await gatherCrowd(town, 50);
  await town.house.stopChild('temporal');

  const answers = await crowd.write(4, (body) => town.post(body));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 200 }, () => 200));
  expect(median(answers)).toBeLessThanOrEqual(250);
  const ready = (await (await fetch(`${town.apiUrl}/readyz`)).json()) as unknown;
  expect(ready).toEqual({ ready: true, missing: ['temporal'] });

  const began = Date.now();
  await town.house.startChild('temporal');
  await crowd.wasAnsweredOnce(120_000);
  process.stdout.write(
    `200 webhooks without Temporal: median ${median(answers).toFixed(0)} ms; all answered ${Date.now() - began} ms after its start\n`,
  );
});
