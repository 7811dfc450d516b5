import { afterAll, beforeAll, expect, test } from 'vitest';
import { gatherCrowd } from '../support/crowd.ts';
import { startTown, type Town } from '../support/town.ts';

let town: Town;

beforeAll(async () => {
  town = await startTown({ own: ['postgres'], env: { WHATSAPP_UNKNOWN_WAIT: '3s' } });
});
afterAll(() => town.stop());

test('a kill -9 of Postgres during traffic refuses some posts and loses or doubles none that it took', async () => {
  const crowd = await gatherCrowd(town, 25);
  await crowd.write(1);
  const refused = new Map<string, number>();
  const writing = crowd.write(7, async (body) => {
    const answer = await town.post(body).catch(() => undefined);
    if (answer?.status === 200) return answer;
    const what = String(answer?.status ?? 'no answer');
    refused.set(what, (refused.get(what) ?? 0) + 1);
    return town.insist(body);
  });
  await town.killed('postgres');
  await town.killed('postgres');
  await writing;
  await crowd.wasAnsweredOnce(120_000);
  process.stdout.write((await town.log('api')).split('\n').filter((l) => !l.includes('cannot write a webhook')).map((l) => l.slice(0, 500)).join('\n'));process.stdout.write('WORKER ' + (await town.log('worker')).split('\n').map((l) => l.slice(0, 500)).join('\n'));
  expect([...refused.keys()]).toEqual(['503']);
  process.stdout.write(`two kills of Postgres: refused at first ${JSON.stringify([...refused])}\n`);
});

test('without Postgres the API says that it is not ready and answers 503 soon', async () => {
  await town.house.stopChild('postgres');
  const [citizen] = [{ phone: '919830000001', bsuid: 'IN.9830000001' }];
  const answer = await town.say(citizen, 'hi');
  expect(answer.status).toBe(503);
  expect(answer.ms).toBeLessThan(5_000);
  const ready = await fetch(`${town.apiUrl}/readyz`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({ ready: false, missing: ['database'] });
  await town.house.startChild('postgres');
  expect((await town.say(citizen, 'hi')).status).toBe(200);
});
