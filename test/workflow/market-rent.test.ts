/** The rent of a market stall in the chat: the third kind of account, of which the conversation has no code of its own. */
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import type { PayToken } from '../../domain/payments/order.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { startConversations, type Conversations } from '../support/conversations.ts';
import { sampleRents, stall } from '../support/sample-replies.ts';

let town: Conversations;
let away: boolean;
const rents = sampleRents(3);
const pay = { token: 'sampletokensampletoken12' as PayToken, expiresAt: Date.UTC(2026, 10, 25, 11, 5) };
const [paid, nobodys] = ['0120346', '0120399'];

beforeAll(async () => {
  town = await startConversations(inject('temporalAddress'));
});
afterAll(() => town.close());
beforeEach(() => {
  away = false;
  town.stall = (number) => {
    if (away) return Promise.resolve({ found: 'unavailable' });
    if (number === stall.number) return Promise.resolve({ found: 'dues', dues: rents, pay });
    if (number !== paid) return Promise.resolve({ found: 'unknown' });
    return Promise.resolve({ found: 'nothingDue', account: { ...stall, number }, asOf: rents.asOf });
  };
});

test('from the menu, the number is asked for, and all that is due comes with the link', async () => {
  const citizen = town.citizen();
  const question = await citizen.tap(await citizen.say('hi'), 'marketRent');
  expect(question.reply.key).toBe('askNumber.stall');
  expect((await citizen.say('012-034')).reply).toMatchObject({
    key: 'askNumber.stall',
    note: 'number.stall.length',
  });
  expect((await citizen.say('০১২-০৩৪৫')).reply).toMatchObject({
    key: 'dues.stall',
    params: { total: rents.total, token: pay.token, account: { number: stall.number } },
  });
});

test.each(['0120345', '012 0345', 'stall rent 012-0345', 'স্টল ভাড়া ০১২০৩৪৫', 'दुकान का किराया 0120345'])(
  '"%s" goes straight to what is due',
  async (said) => {
    expect((await town.citizen().say(said)).reply.key).toBe('dues.stall');
  },
);

test('a stall on which nothing is due says so, and another number may follow', async () => {
  const citizen = town.citizen();
  const answer = await citizen.say(`stall ${paid}`);
  expect(answer.reply.key).toBe('nothingDue.stall');
  expect((await citizen.tap(answer, 'another')).reply.key).toBe('askNumber.stall');
  expect((await citizen.say(nobodys)).reply).toMatchObject({
    key: 'unknownNumber.stall',
    params: { number: nobodys },
  });
  expect((await citizen.say(stall.number)).reply.key).toBe('dues.stall');
  const again = await citizen.say('stall');
  expect(again.reply.choices?.map(({ label }) => label)).toContainEqual({
    account: { kind: 'stall', number: stall.number },
    place: { en: '•• Sample Street' },
  });
});

test('a number of seven digits that is no stall’s may be chosen to be anything', async () => {
  const { reply } = await town.citizen().say(nobodys);
  expect(reply).toMatchObject({ key: 'noSuchNumber', params: { number: nobodys } });
  expect(reply.choices?.map(({ label }) => label)).toEqual(['propertyTax', 'tradeLicence', 'marketRent']);
});

test('a number of another length beside the word is asked for again, with the reason', async () => {
  expect((await town.citizen().say('stall rent 311071100571')).reply).toMatchObject({
    key: 'askNumber.stall',
    note: 'number.stall.length',
  });
});

test('what was promised while the records were away comes when they are back', async () => {
  away = true;
  const citizen = town.citizen();
  expect((await citizen.say(stall.number)).reply.key).toBe('recordsAway');
  away = false;
  await waitFor('the promised answer', () => citizen.heard.length === 2, { timeoutMs: 30_000 });
  expect(citizen.heard[1]?.reply.key).toBe('dues.stall');
});
