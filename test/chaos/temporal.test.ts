import { afterAll, beforeAll, expect, test } from 'vitest';
import { gatherCrowd } from '../support/crowd.ts';
import { startTown, type Town } from '../support/town.ts';
import { median, type Answered } from '../support/webhooks.ts';

let town: Town;

beforeAll(async () => {
  town = await startTown({ own: ['temporal'] });
});
afterAll(() => town.stop());

test('while Temporal is down webhooks are taken quickly, and answered once and in order when it is back', async () => {
  // Twenty-five at a time: it is the API that is measured, not a queue before two cores.
  const crowds = [await gatherCrowd(town, 25), await gatherCrowd(town, 25)];
  await town.house.stopChild('temporal');

  const answers: Answered[] = [];
  for (const crowd of crowds) answers.push(...(await crowd.write(4, (body) => town.post(body))));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 200 }, () => 200));
  expect(median(answers)).toBeLessThanOrEqual(1_000);
  const ready = (await (await fetch(`${town.apiUrl}/readyz`)).json()) as unknown;
  expect(ready).toEqual({ ready: true, missing: ['temporal'] });

  const began = Date.now();
  await town.house.startChild('temporal');
  for (const crowd of crowds) await crowd.wasAnsweredOnce(120_000);
  process.stdout.write(
    `200 webhooks without Temporal: median ${median(answers).toFixed(0)} ms; all answered ${Date.now() - began} ms after its start\n`,
  );
});
