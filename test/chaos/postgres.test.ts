import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../../sandbox/wait.ts';
import { gatherCrowd } from '../support/crowd.ts';
import { startTown, type Town } from '../support/town.ts';

let town: Town;
const unknownWaitMs = 3_000;

beforeAll(async () => {
  town = await startTown({ own: ['postgres'], env: { WHATSAPP_UNKNOWN_WAIT: `${unknownWaitMs}ms` } });
});
afterAll(() => town.stop());

test('two kills of Postgres during traffic refuse some posts, and lose or double none that were taken', async () => {
  const crowd = await gatherCrowd(town, 25);
  const refused: string[] = [];
  const api = town.house.pid('api');
  const writing = crowd.write(8, async (body) => {
    const answer = await town.post(body).catch(() => undefined);
    if (answer?.status === 200) return answer;
    refused.push(String(answer?.status ?? 'no answer'));
    return town.insist(body);
  });
  const began = Date.now();
  await town.killed('postgres');
  await town.killed('postgres');
  await writing;
  await crowd.wasAnsweredOnce(120_000);
  // The API lives through it: it knows what it cannot do, and says so.
  expect(new Set(refused)).toEqual(new Set(['503']));
  expect(town.house.pid('api')).toBe(api);
  process.stdout.write(
    `two kills of Postgres: ${refused.length} of 200 posts refused at first, all answered after ${Date.now() - began} ms\n`,
  );
});

test('a reply that WhatsApp took just before Postgres died is not sent again, however long that lasts', async () => {
  const crowd = await gatherCrowd(town, 5);
  const inFlight = 'select from messages where in_flight_since is not null';
  const before = (await town.sent()).length;
  // Statuses come so late that they cannot help.
  await town.faults({ latencyMs: 1_500, webhookDelayMs: 12_000 });
  await crowd.write(1);
  await waitFor('five calls under way', async () => (await town.rows(inFlight)).length === 5);
  await town.house.stopChild('postgres');
  const stoppedAt = Date.now();
  await waitFor('WhatsApp to take them', async () => (await town.sent()).length === before + 5);
  await town.faults({ latencyMs: 0 });
  await waitFor('longer than a try is waited for', () => Date.now() > stoppedAt + unknownWaitMs + 1_000);
  await town.house.startChild('postgres');
  await waitFor('statuses that tell the rest', async () => (await town.rows(inFlight)).length === 0);
  await crowd.wasAnsweredOnce();
  await town.faults({ webhookDelayMs: 0 });
});

test('without Postgres the API says so, soon, and takes the same message when it is back', async () => {
  const citizen = await town.inviteOne();
  await town.house.stopChild('postgres');
  const answer = await town.say(citizen, 'hi');
  expect(answer.status).toBe(503);
  expect(answer.ms).toBeLessThan(4_000);
  const ready = await fetch(`${town.apiUrl}/readyz`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toEqual({ ready: false, missing: ['database'] });
  await town.house.startChild('postgres');
  expect((await town.say(citizen, 'hi')).status).toBe(200);
});
