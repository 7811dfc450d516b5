/** The back office dies in mid-conversation and comes back; and whoever tries out numbers is stopped. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samples } from '../../sandbox/city/samples.ts';
import { freePorts } from '../../sandbox/ports.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { startTown, type Town } from '../support/town.ts';

let town: Town;
let number: string;

beforeAll(async () => {
  const [port = 0] = await freePorts(1);
  town = await startTown({
    env: {
      SANDBOX_CITY: '2000',
      SANDBOX_PORT: String(port),
      BACK_OFFICE_URL: `http://127.0.0.1:${port}/back-office`,
      LOOKUPS_PER_HOUR: '3',
    },
  });
  const found = await samples(town.house.env['DATABASE_URL'] ?? '');
  number = found.find(({ shows }) => shows.includes('arrears'))?.number ?? '';
});
afterAll(() => town.stop());

/** Sends a text from the phone and waits for so many answers in all. */
async function say(citizen: string, text: string, answers: number): Promise<string> {
  await town.sandbox('POST', `citizens/${citizen}/messages`, { text });
  return await answer(citizen, answers);
}

async function answer(citizen: string, count: number, timeoutMs = 20_000): Promise<string> {
  const read = async (): Promise<string[]> => {
    const { messages } = await town.sandbox<{ messages: { direction: string; text: string }[] }>(
      'GET',
      `citizens/${citizen}/chat`,
    );
    return messages.filter(({ direction }) => direction === 'outbound').map(({ text }) => text);
  };
  await waitFor(`answer ${count}`, async () => (await read()).length >= count, { timeoutMs });
  const all = await read();
  expect(all).toHaveLength(count);
  return all[count - 1] ?? '';
}

test.each([
  ['it is down', { down: true }],
  ['it answers 500', { http500: true }],
  ['it answers another number', { wrong: 'number' }],
  ['a page of HTML stands in its place', { wrong: 'html404' }],
])(
  'when %s, the citizen is told at once and gets the answer by itself when it is mended',
  async (_, fault) => {
    const [citizen] = await town.invite(1);
    const id = citizen?.id ?? '';
    await town.sandbox('PATCH', 'back-office/faults', fault);
    expect(await say(id, number, 1)).toContain('সাড়া দিচ্ছে না');
    await town.sandbox('DELETE', 'back-office/faults');
    const promised = await answer(id, 2, 60_000);
    expect(promised).toContain(number);
    expect(promised).toContain('মোট দিতে হবে');
  },
);

test('when it takes longer than a turn the citizen is told at once, and gets the answer as soon as it has come', async () => {
  const [citizen] = await town.invite(1);
  const id = citizen?.id ?? '';
  await town.sandbox('PATCH', 'back-office/faults', { latencyMs: 4_000 });
  expect(await say(id, number, 1)).toContain('সাড়া দিচ্ছে না');
  // It stays as slow as that.
  expect(await answer(id, 2, 30_000)).toContain('মোট দিতে হবে');
  await town.sandbox('DELETE', 'back-office/faults');
});

test('who asks for one number after the other is stopped, and may still ask for the ones before', async () => {
  const [citizen] = await town.invite(1);
  const id = citizen?.id ?? '';
  expect(await say(id, '110010199990', 1)).toContain('পাওয়া গেল না');
  expect(await say(id, '110010199991', 2)).toContain('পাওয়া গেল না');
  expect(await say(id, number, 3)).toContain('মোট দিতে হবে');
  expect(await say(id, '110010199993', 4)).toContain('এক ঘণ্টা পরে আবার');
  expect(await say(id, number, 5)).toContain('মোট দিতে হবে');
});
