/** What citizens do instead of answering: wishes of their own, thanks, several numbers, coming back to what was offered. */
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { InboundContent } from '../../domain/conversation/inbound.ts';
import { conversationQuery } from '../../workflows/conversation/messages.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { startConversations, type Conversations } from '../support/conversations.ts';
import { link } from '../support/licence-offers.ts';
import { sampleDues } from '../support/sample-replies.ts';

let town: Conversations;
const house = '311071100571';

beforeAll(async () => {
  town = await startConversations(inject('temporalAddress'));
});
afterAll(() => town.close());
beforeEach(() => {
  const dues = sampleDues(3);
  town.lookUp = ({ number }) =>
    Promise.resolve(
      number.startsWith('31')
        ? { found: 'dues', dues: { ...dues, account: { ...dues.account, number } }, pay: link }
        : { found: 'unknown' },
    );
});

describe.concurrent('a question is left for', () => {
  test.each([
    ['trade licence', 'askNumber.licence'],
    ['রসিদ', 'status'],
    ['complaint', 'complaint'],
    ['help', 'help'],
    ['stop', 'stopped'],
    ['talk to a person', 'personAsked'],
    ['টাকা কেটেছে, রসিদ আসেনি', 'moneyCut'],
    ['income tax', 'menu'],
    ['cancel', 'menu'],
    ['menu please', 'menu'],
    ['English', 'menu'],
    ['stall no 0120345', 'unknownNumber.stall'],
  ])('%s, which brings %s', async (said, key) => {
    const citizen = town.citizen();
    expect((await citizen.say('property tax')).reply.key).toBe('askNumber.property');
    expect((await citizen.say(said)).reply.key).toBe(key);
  });
});

test('"I do not have the bill" brings the picture that shows where the number stands', async () => {
  for (const said of ['I do not have the bill', 'নম্বর জানি না', 'bill nei', 'पता नहीं']) {
    const citizen = town.citizen();
    await citizen.say('property tax');
    expect((await citizen.say(said)).reply.key).toBe('billPicture');
  }
});

test('after two answers without sense comes help, and not the same question again', async () => {
  const citizen = town.citizen();
  await citizen.say('property tax');
  expect((await citizen.say('jabberwocky')).reply).toMatchObject({
    key: 'askNumber.property',
    note: 'notANumber',
  });
  expect((await citizen.say('jabberwocky')).reply).toMatchObject({ key: 'billPicture', note: 'orAsk' });
  const other = town.citizen();
  await other.say('language');
  await other.say('jabberwocky');
  const stuck = await other.say('jabberwocky');
  expect(stuck.reply.key).toBe('stuck');
  expect((await other.tap(stuck, 'person')).reply.key).toBe('personAsked');
  expect(town.asking).toContain(other.id);
});

test('thanks need no answer, and close no question', async () => {
  const citizen = town.citizen();
  await citizen.say(house);
  const text = (words: string): InboundContent => ({ kind: 'text', text: words });
  await citizen.send(text('ধন্যবাদ'), text('ok thanks'), text('👍'));
  await waitFor('an empty inbox', async () => (await citizen.handle.query(conversationQuery)).waiting === 0);
  expect(citizen.heard).toHaveLength(1);
  expect((await citizen.say('statement')).reply.key).toBe('statement');
  // As a first word they deserve one.
  expect((await town.citizen().say('ধন্যবাদ')).reply.key).toBe('menu');
});

test('the same words that nobody understands are not answered for ever: another machine may say them', async () => {
  const text: InboundContent = { kind: 'text', text: 'We are closed on Sundays. Zzyzx.' };
  for (const first of ['hi', 'property tax']) {
    const citizen = town.citizen();
    await citizen.say(first);
    for (let i = 0; i < 8; i += 1) await citizen.send(text);
    await waitFor(
      'an empty inbox',
      async () => (await citizen.handle.query(conversationQuery)).waiting === 0,
    );
    await citizen.settled();
    expect(citizen.heard).toHaveLength(4);
    expect((await citizen.say('help')).reply.key).toBe('help');
  }
});

test('what the last message offered is there after a quiet while', async () => {
  const citizen = town.citizen({ quietMs: 1_000 });
  const question = await citizen.say('language');
  await waitFor('the alarm', async () => {
    const { events } = await citizen.handle.fetchHistory();
    return events?.some(({ timerFiredEventAttributes }) => timerFiredEventAttributes) ?? false;
  });
  expect(await citizen.tap(question, 'hi')).toMatchObject({
    language: 'hi',
    reply: { key: 'menu', note: 'languageSet' },
  });
});

test('bills are chosen by all, ranges and exceptions', async () => {
  const every = sampleDues(3).dues.length;
  for (const [said, count] of [
    ['all', every],
    ['1-3', 3],
    ['all except 2', every - 1],
    ['সব', every],
    ['latest', 1],
  ] as const) {
    const citizen = town.citizen();
    await citizen.say(house);
    await citizen.say('choose');
    const { reply } = await citizen.say(said);
    expect(reply.key).toBe('dues.property');
    if (reply.key === 'dues.property') expect(reply.params.dues, said).toHaveLength(count);
  }
});

test('several numbers in one message are each one tap away, one after the other', async () => {
  const citizen = town.citizen();
  const list = await citizen.say('Please see: \n1. 311071100571\n2. 31-107-11-0058-9\n3) CE no 2001234567');
  expect(list.reply.key).toBe('whichOfNumbers');
  expect(list.reply.choices).toHaveLength(3);
  const [first, second] = list.reply.choices ?? [];
  const tap = (id = ''): InboundContent => ({ kind: 'tap', id, title: '' });
  expect((await citizen.show(tap(first?.id))).reply.key).toBe('dues.property');
  expect((await citizen.show(tap(second?.id))).reply.key).toBe('dues.property');
});

test('a number under a picture is read', async () => {
  const { reply } = await town
    .citizen()
    .show({ kind: 'image', mediaId: '1', mimeType: 'image/jpeg', caption: `tax ${house}` });
  expect(reply.key).toBe('dues.property');
});

test('who has chosen no language is answered in that of their first words, and told of the others', async () => {
  for (const [said, language] of [
    ['Hello, I want to pay property tax', 'en'],
    ['मुझे टैक्स भरना है', 'hi'],
    ['বাড়ির ট্যাক্স দেব', 'bn'],
  ] as const) {
    const citizen = town.citizen({ isFirstContact: true });
    const first = await citizen.say(said);
    expect(first).toMatchObject({
      language,
      reply: { key: 'askNumber.property' },
    });
  }
  for (const said of ['hi', 'নমস্কার', 'नमस्ते']) {
    const citizen = town.citizen({ isFirstContact: true });
    expect((await citizen.say(said)).reply).toMatchObject({ key: 'menu', note: 'otherLanguages' });
    expect((await citizen.say('menu')).reply.note).toBeUndefined();
  }
});

test('words of a button that are typed count as a tap', async () => {
  town.onSend = ({ reply }) =>
    Promise.resolve({
      outcome: 'sent',
      ...(reply.choices && { labels: reply.choices.map((_, at) => `zzyzx ${String(at + 1)}`) }),
    });
  const citizen = town.citizen();
  await citizen.say('hi');
  expect((await citizen.say('Zzyzx 6')).reply.key).toBe('about');
  town.onSend = () => Promise.resolve({ outcome: 'sent' });
});
