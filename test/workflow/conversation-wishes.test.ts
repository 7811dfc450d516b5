/** What citizens do instead of answering: wishes of their own, thanks, several numbers, coming back to what was offered. */
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { InboundContent } from '../../domain/conversation/inbound.ts';
import type { Intent, Meaning } from '../../domain/conversation/meaning.ts';
import type { CeNumber } from '../../domain/accounts/licence.ts';
import type { AssesseeNumber } from '../../domain/accounts/property.ts';
import { paise } from '../../domain/money.ts';
import { services } from '../../domain/services.ts';
import { conversationQuery } from '../../workflows/conversation/messages.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { startConversations, type Conversations, type TestCitizen } from '../support/conversations.ts';
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
  // At the menu, too.
  const anyone = town.citizen();
  expect((await anyone.say('jabberwocky')).reply).toMatchObject({ key: 'menu', note: 'notUnderstood' });
  const menu = await anyone.say('brillig');
  expect(menu.reply.key).toBe('stuck');
  expect(menu.reply.choices?.map(({ label }) => label)).toEqual([...services, 'person']);
  const other = town.citizen();
  await other.say('language');
  await other.say('jabberwocky');
  const stuck = await other.say('jabberwocky');
  expect(stuck.reply.key).toBe('stuck');
  expect((await other.tap(stuck, 'person')).reply.key).toBe('personAsked');
  expect(town.asking).toContain(other.id);
});

const text = (words: string): InboundContent => ({ kind: 'text', text: words });

async function allHeard(citizen: TestCitizen): Promise<void> {
  await waitFor('an empty inbox', async () => (await citizen.handle.query(conversationQuery)).waiting === 0);
  await citizen.settled();
}

test('thanks get an emoji and no message, and close no question', async () => {
  const citizen = town.citizen();
  await citizen.say(house);
  const thanks = await citizen.send(text('ধন্যবাদ'), text('ok thanks'), text('👍'), text('ok'));
  await allHeard(citizen);
  expect(citizen.heard).toHaveLength(1);
  expect(town.reactions.filter((wamid) => thanks.includes(wamid))).toEqual(thanks);
  expect((await citizen.say('statement')).reply.key).toBe('statement');
  // Neither do they as a first word: a menu would cost money.
  const other = town.citizen();
  const first = await other.send(text('ধন্যবাদ'));
  await allHeard(other);
  expect(other.heard).toEqual([]);
  expect(town.reactions).toEqual(expect.arrayContaining(first));
});

describe.concurrent('another machine', () => {
  const opening = 'Welcome to the Corporation, what do you need';
  /** Its answer to each of our messages. */
  const machines: Record<string, (round: number) => string> = {
    'that always says the same': () => 'We are closed on Sundays. Zzyzx.',
    'that always says something that we understand': () => 'property tax',
    'that counts': (round) => `Thank you for writing, your ticket is ${round}. Our office hours are 10 to 5.`,
    'that sends our words back': () => `You said: ${opening}?`,
    'that makes no sense': (round) => `${'zyx'.repeat(1 + (round % 7))}${'qwv'.repeat(1 + (round % 5))}`,
    'that takes turns': (round) =>
      `${['Closed today', 'On holiday', 'Call later'][round % 3] ?? ''}, says the zzyzx.`,
  };
  beforeAll(() => {
    town.onSend = () => Promise.resolve({ outcome: 'sent', opening });
  });
  afterAll(() => {
    town.onSend = () => Promise.resolve({ outcome: 'sent' });
  });

  test.each(
    Object.keys(machines).flatMap((name) => ['hi', 'property tax'].map((first) => [name, first] as const)),
  )('%s is soon left alone after "%s", and a person is not', async (name, first) => {
    const said = Array.from({ length: 60 }, (_, round) => text(machines[name]?.(round) ?? ''));
    const citizen = town.citizen();
    await citizen.say(first);
    for (const each of said.slice(0, 12)) {
      await citizen.send(each);
      await allHeard(citizen);
    }
    await citizen.send(...said.slice(12));
    await allHeard(citizen);
    expect(citizen.heard.length).toBeLessThanOrEqual(10);
    expect((await citizen.say('trade licence')).reply.key).toBe('askNumber.licence');
  });
});

describe('what is only likely', () => {
  /** As the understanding hears it: what it makes of words changes, what becomes of that does not. */
  const likely = (...intents: Intent[]): Meaning => ({
    intents: intents.map((intent) => ({ intent, certainty: 'likely' })),
  });

  test('is asked back with buttons, and a tap, its words or a yes carry it out', async () => {
    for (const accept of ['tap', 'yes', 'হ্যাঁ', 'ok']) {
      const citizen = town.citizen();
      const asked = await citizen.mean('zzyzx receipt', likely('receipts'));
      expect(asked.reply).toMatchObject({ key: 'didYouMean', choices: [{ label: 'receipts' }] });
      const { reply } = accept === 'tap' ? await citizen.tap(asked, 'receipts') : await citizen.say(accept);
      expect(reply.key, accept).toBe('status');
    }
  });

  test('is one of several buttons, and done only when it is tapped', async () => {
    const citizen = town.citizen();
    const asked = await citizen.mean('zzyzx', likely('stop', 'moneyCut'));
    expect(asked.reply.choices?.map(({ label }) => label)).toEqual(['wish.stop', 'wish.moneyCut']);
    expect(town.consents.some(({ citizenId }) => citizenId === citizen.id)).toBe(false);
    expect((await citizen.tap(asked, 'stop')).reply.key).toBe('stopped');
    expect(town.consents.some(({ citizenId }) => citizenId === citizen.id)).toBe(true);
  });

  test('is left by another message', async () => {
    for (const [said, key] of [
      [house, 'dues.property'],
      ['trade licence', 'askNumber.licence'],
      ['no', 'menu'],
    ] as const) {
      const citizen = town.citizen();
      await citizen.mean('zzyzx', likely('receipts'));
      const { reply } = await citizen.say(said);
      expect(reply).toMatchObject({ key });
      expect(reply.note).toBeUndefined();
    }
  });

  test('leaves the question for a number, and that question goes on with the number', async () => {
    const citizen = town.citizen();
    await citizen.say('property tax');
    const asked = await citizen.mean('zzyzx', likely('moneyCut'));
    expect(asked.reply.key).toBe('didYouMean');
    expect((await citizen.say(house)).reply.key).toBe('dues.property');
  });
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

test('whoever opens the chat for the first time is welcomed before they write', async () => {
  const { reply } = await town.citizen().show({ kind: 'unsupported', type: 'request_welcome' });
  expect(reply.key).toBe('menu');
  expect(reply.note).toBeUndefined();
});

test('a number under a picture is read', async () => {
  const { reply } = await town
    .citizen()
    .show({ kind: 'image', mediaId: '1', mimeType: 'image/jpeg', caption: `tax ${house}` });
  expect(reply.key).toBe('dues.property');
});

test('a number that is put right by an edit is looked up, and another edit needs no answer', async () => {
  const citizen = town.citizen();
  await citizen.say('property tax');
  expect((await citizen.say('31107110057')).reply.key).toBe('askNumber.property');
  const { reply } = await citizen.show({ kind: 'edit', wamid: 'wamid.wrong', text: house });
  expect(reply.key).toBe('dues.property');
  const before = citizen.heard.length;
  await citizen.send({ kind: 'edit', wamid: 'wamid.other', text: 'sorry' });
  await allHeard(citizen);
  expect(citizen.heard).toHaveLength(before);
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
      reply: { key: 'askNumber.property', isFirstContact: true },
    });
    expect(town.languages.get(citizen.id)).toBe(language);
    expect((await citizen.say('menu')).reply).not.toHaveProperty('isFirstContact');
  }
  for (const said of ['hi', 'নমস্কার', 'नमस्ते']) {
    const citizen = town.citizen({ isFirstContact: true });
    expect((await citizen.say(said)).reply).toMatchObject({ key: 'menu', isFirstContact: true });
    expect((await citizen.say('menu')).reply).not.toHaveProperty('isFirstContact');
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

describe('a citizen’s own places', () => {
  const flat = {
    account: { kind: 'property', number: house as AssesseeNumber },
    place: { en: '•• Sample Street' },
    nickname: 'মায়ের ফ্ল্যাট',
    payable: paise(459_600),
  } as const;
  const shop = {
    ...flat,
    account: { kind: 'licence', number: '2001234567' as CeNumber },
    nickname: undefined,
  } as const;

  test('stand in the menu beside the services, one tap away until something newer is offered', async () => {
    town.ownPlaces = () => Promise.resolve([flat, shop]);
    const citizen = town.citizen();
    const menu = await citizen.say('hi');
    expect(menu.reply).toMatchObject({ key: 'menu', params: { places: [flat, { account: shop.account }] } });
    expect(menu.reply.choices?.map(({ label }) => (typeof label === 'string' ? label : 'own'))).toEqual([
      'own',
      'own',
      ...services,
    ]);
    const row = menu.reply.choices?.[0]?.id.split(':').slice(1).join(':') ?? '';
    expect((await citizen.tap(menu, row)).reply.key).toBe('dues.property');
    await citizen.send(text('thanks'), { kind: 'sticker', mediaId: '1', mimeType: 'image/webp' });
    await allHeard(citizen);
    expect((await citizen.tap(menu, row)).reply).toMatchObject({ key: 'menu', note: 'staleTap' });
    town.ownPlaces = () => Promise.resolve([]);
  });

  test('are left out where the records do not answer', async () => {
    town.ownPlaces = () => Promise.reject(new Error('away'));
    expect((await town.citizen().say('hi')).reply).toMatchObject({ key: 'menu', params: { isFirst: true } });
    town.ownPlaces = () => Promise.resolve([]);
  });

  test.each([
    ['call it Ma’s flat', 'Ma’s flat'],
    ['Please name this "Ma\'s flat"', "Ma's flat"],
    ['নাম দিন মায়ের ফ্ল্যাট', 'মায়ের ফ্ল্যাট'],
    ['এটার নাম মায়ের ফ্ল্যাট রাখুন', 'মায়ের ফ্ল্যাট'],
    ['नाम दें माँ का घर', 'माँ का घर'],
    ['etar nam Mayer flat rakho', 'Mayer flat'],
  ])('are named after a look-up: %s', async (words, nickname) => {
    const citizen = town.citizen();
    await citizen.say(house);
    expect((await citizen.say(words)).reply).toMatchObject({
      key: 'named',
      params: { nickname, account: flat.account },
    });
    expect(town.names.at(-1)).toEqual({ nickname, account: flat.account });
  });

  test('are named by a button, and whatever else is wanted leaves that question', async () => {
    const { account, asOf } = sampleDues(1);
    town.lookUp = ({ number }) =>
      Promise.resolve({ found: 'nothingDue', account: { ...account, number }, asOf });
    const citizen = town.citizen();
    const nothing = await citizen.say(house);
    const question = await citizen.tap(nothing, 'name');
    expect(question.reply.key).toBe('askNickname');
    expect((await citizen.say('My shop')).reply).toMatchObject({
      key: 'named',
      params: { nickname: 'My shop' },
    });
    await citizen.tap(await citizen.say(house), 'name');
    expect((await citizen.say('stop')).reply.key).toBe('stopped');
    await citizen.tap(await citizen.say(house), 'name');
    expect((await citizen.say('311071100589')).reply.key).toBe('nothingDue.property');
  });

  test('need a number before they get a name', async () => {
    expect((await town.citizen().say('call it home')).reply.key).toBe('nothingToName');
  });
});

describe('messages count by the time at which they were sent', () => {
  const threeDays = 3 * 86_400;

  test('those that wait together are answered in that order', async () => {
    const citizen = town.citizen();
    await citizen.sendAt([
      [0, 'about'],
      [-5, 'help'],
      [-9, 'language'],
    ]);
    await allHeard(citizen);
    expect(citizen.heard.map(({ reply }) => reply.key)).toEqual(['chooseLanguage', 'help', 'about']);
  });

  test('a "start" of three days ago that comes after "stop" changes nothing, and says so', async () => {
    const citizen = town.citizen();
    expect((await citizen.say('stop')).reply.key).toBe('stopped');
    await citizen.sendAt([[-threeDays, 'start']]);
    await allHeard(citizen);
    expect(citizen.heard.map(({ reply }) => reply.key)).toEqual(['stopped', 'stopped']);
    expect((await citizen.say('start')).reply.key).toBe('started');
    await citizen.sendAt([[-threeDays, 'stop']]);
    await allHeard(citizen);
    expect(citizen.heard.at(-1)?.reply.key).toBe('started');
  });

  test('a "2" of twenty hours ago chooses no bill, and is told that it came late', async () => {
    const citizen = town.citizen();
    await citizen.say(house);
    await citizen.say('choose');
    await citizen.sendAt([[-72_000, '2']]);
    await allHeard(citizen);
    expect(citizen.heard.at(-1)?.reply).toMatchObject({ key: 'chooseBills', note: 'cameLate' });
    expect((await citizen.say('2')).reply.key).toBe('dues.property');
    // What needs no question is done, whenever it comes.
    await citizen.sendAt([[-72_000, 'trade licence']]);
    await allHeard(citizen);
    expect(citizen.heard.at(-1)?.reply.key).toBe('askNumber.licence');
  });
});

test('the same choice tapped twice is one message', async () => {
  const citizen = town.citizen();
  const menu = await citizen.say('hi');
  const about = menu.reply.choices?.find(({ label }) => label === 'about')?.id ?? '';
  const tap: InboundContent = { kind: 'tap', id: about, title: '' };
  await citizen.send(tap, tap);
  await allHeard(citizen);
  expect(citizen.heard.map(({ reply }) => reply.key)).toEqual(['menu', 'about']);
});
