import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { ApplicationFailure } from '@temporalio/common';
import type { InboundContent } from '../../domain/conversation/inbound.ts';
import { conversationLimits } from '../../domain/conversation/limits.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { conversationQuery, receiveMessagesSignal } from '../../workflows/conversation/messages.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { startConversations, type Conversations } from '../support/conversations.ts';
import { passTime } from '../support/time.ts';

let town: Conversations;

beforeAll(async () => {
  town = await startConversations(inject('temporalAddress'));
});
afterAll(() => town.close());
afterEach(() => {
  town.onSend = () => Promise.resolve({ outcome: 'sent' });
});

const text = (words: string): InboundContent => ({ kind: 'text', text: words });

describe('first contact', () => {
  test('"hi" brings the menu in Bengali, with English and Hindi as its last rows', async () => {
    const { language, reply } = await town.citizen().say('hi');
    expect(language).toBe('bn');
    expect(reply.key).toBe('menu');
    expect(reply.choices?.map(({ label }) => label)).toEqual([
      'propertyTax',
      'tradeLicence',
      'marketRent',
      'renewal',
      'receipts',
      'about',
      'language.en',
      'language.hi',
    ]);
  });

  test('the language is changed with one tap and remembered', async () => {
    const citizen = town.citizen();
    const menu = await citizen.say('hi');
    const english = await citizen.tap(menu, 'en');
    expect(english.language).toBe('en');
    expect(english.reply).toMatchObject({ key: 'menu', note: 'languageSet' });
    expect(english.reply.choices?.map(({ label }) => label)).toEqual([
      'propertyTax',
      'tradeLicence',
      'marketRent',
      'renewal',
      'receipts',
      'about',
      'language.bn',
      'language.hi',
    ]);
    expect(town.languages.get(citizen.id)).toBe('en');
  });

  test('a citizen who chose before is greeted in their language', async () => {
    const { language } = await town.citizen({ language: 'hi' }).say('नमस्ते');
    expect(language).toBe('hi');
  });
});

describe('what the citizen says', () => {
  test.each([
    ['help', 'help', undefined],
    ['সাহায্য', 'help', undefined],
    ['status', 'status', undefined],
    ['back', 'menu', undefined],
    ['এই পরিষেবা সম্পর্কে', 'about', undefined],
    ['6', 'about', undefined],
    ['৬', 'about', undefined],
    ['৫', 'status', undefined],
    ['আমার রসিদ', 'status', undefined],
    ['the cat sat on the mat', 'menu', 'notUnderstood'],
    ['🦜', 'menu', 'notUnderstood'],
    ['income tax', 'menu', 'notHere'],
    ['payment', 'payWhat', undefined],
    ['complaint', 'complaint', undefined],
    ['money deducted but no receipt', 'moneyCut', undefined],
    ['English', 'menu', 'languageSet'],
  ])('%s is answered with %s', async (said, key, note) => {
    const citizen = town.citizen();
    await citizen.say('hi');
    const { reply } = await citizen.say(said);
    expect(reply.key).toBe(key);
    expect(reply.note).toBe(note);
  });

  test('"language" asks which one, and takes a tap, a number or a name', async () => {
    for (const answer of ['tap', '3', 'हिंदी']) {
      const citizen = town.citizen();
      const question = await citizen.say('ভাষা');
      expect(question.reply.key).toBe('chooseLanguage');
      const done = await (answer === 'tap' ? citizen.tap(question, 'hi') : citizen.say(answer));
      expect(done).toMatchObject({ language: 'hi', reply: { key: 'menu', note: 'languageSet' } });
    }
  });

  test('a question is asked again after something else, and left for a global word', async () => {
    const citizen = town.citizen();
    await citizen.say('language');
    const again = await citizen.show({ kind: 'audio', mediaId: '1', mimeType: 'audio/ogg', voice: true });
    expect(again.reply).toMatchObject({ key: 'chooseLanguage', note: 'cannotHear' });
    expect((await citizen.say('help')).reply.key).toBe('help');
  });

  test('stop and start are recorded with the words and the message', async () => {
    const citizen = town.citizen();
    expect((await citizen.say('বন্ধ করুন')).reply.key).toBe('stopped');
    expect((await citizen.say('চালু')).reply.key).toBe('started');
    const mine = town.consents.filter(({ citizenId }) => citizenId === citizen.id);
    expect(mine).toMatchObject([
      { granted: false, words: 'বন্ধ করুন' },
      { granted: true, words: 'চালু' },
    ]);
    expect(mine[0]?.wamid).toMatch(/^wamid\./);
    // Who never stopped only wants to begin.
    expect((await citizen.say('start')).reply.key).toBe('menu');
  });

  test('the quick reply of a template stops reminders', async () => {
    const { reply } = await town
      .citizen()
      .show({ kind: 'quickReply', payload: 'STOP_REMINDERS', text: 'Stop reminders' });
    expect(reply.key).toBe('stopped');
  });
});

describe('taps', () => {
  test('a tap on an earlier message is answered and not executed', async () => {
    const citizen = town.citizen();
    const first = await citizen.say('hi');
    await citizen.say('hi');
    const { language, reply } = await citizen.tap(first, 'en');
    expect(language).toBe('bn');
    expect(reply).toMatchObject({ key: 'menu', note: 'staleTap' });
  });

  test('the second of two quick taps on the same row is one too many, and answered by nothing', async () => {
    const citizen = town.citizen();
    const menu = await citizen.say('hi');
    const id = menu.reply.choices?.find((choice) => choice.id.endsWith(':about'))?.id ?? '';
    await citizen.send({ kind: 'tap', id, title: 'about' }, { kind: 'tap', id, title: 'about' });
    await waitFor('the answer', () => citizen.heard.length === 2);
    await citizen.settled();
    expect(citizen.heard.map(({ reply }) => reply.note ?? reply.key)).toEqual(['menu', 'about']);
  });
});

describe('what is not text', () => {
  const media = { mediaId: '1', mimeType: 'x/y' };
  test.each<[InboundContent, string]>([
    [{ kind: 'image', ...media }, 'typeFromPicture'],
    [{ kind: 'video', ...media }, 'cannotSee'],
    [{ kind: 'audio', ...media }, 'cannotHear'],
    [{ kind: 'document', ...media }, 'typeFromFile'],
    [{ kind: 'sticker', ...media }, 'cannotUseSticker'],
    [{ kind: 'location', latitude: 22.57, longitude: 88.36 }, 'cannotUseLocation'],
    [{ kind: 'contacts', phones: [], requested: false }, 'cannotUseContact'],
    [{ kind: 'form', responseJson: '{}' }, 'cannotUseThis'],
    [{ kind: 'order' }, 'cannotUseThis'],
    [{ kind: 'unsupported', type: 'poll' }, 'cannotUseThis'],
  ])('%o is answered fittingly', async (content, note) => {
    expect((await town.citizen().show(content)).reply).toMatchObject({ key: 'menu', note });
  });

  test('words under a picture are read', async () => {
    const { reply } = await town.citizen().show({ kind: 'image', ...media, caption: 'help' });
    expect(reply.key).toBe('help');
  });

  test('reactions, edits and take-backs get no answer', async () => {
    const citizen = town.citizen();
    await citizen.send(
      { kind: 'reaction', wamid: 'wamid.x', emoji: '👍' },
      { kind: 'edit', wamid: 'wamid.x' },
      { kind: 'revoke', wamid: 'wamid.x' },
      text('hi'),
    );
    await waitFor('an answer', () => citizen.heard.length > 0);
    expect(await citizen.handle.query(conversationQuery)).toMatchObject({ replies: 1, waiting: 0 });
  });
});

describe('many messages', () => {
  test('the same message twice is answered once', async () => {
    const citizen = town.citizen();
    const message = { wamid: 'wamid.same', sentAt: 1_790_000_000, content: text('hi') };
    await citizen.send(text('help'));
    for (let i = 0; i < 3; i += 1) {
      await citizen.handle.signal('receiveMessages', { messages: [message, message] });
    }
    await waitFor('two answers', () => citizen.heard.length === 2);
    expect(await citizen.handle.query(conversationQuery)).toMatchObject({ replies: 2, waiting: 0 });
  });

  test('ten at once are answered in order, once each', async () => {
    const citizen = town.citizen();
    const words = ['help', 'status', 'hi', 'about', 'help', 'hi', 'status', 'about', 'help', 'hi'];
    await citizen.send(...words.map(text));
    await waitFor('ten answers', () => citizen.heard.length === 10);
    expect(citizen.heard.map(({ reply }) => reply.key)).toEqual(
      words.map((word) => (word === 'hi' ? 'menu' : word)),
    );
  });

  /** No two in a row alike: the same again and again is left without an answer. */
  const flood = Array.from({ length: 60 }, (_, at) => text(at % 2 === 0 ? 'hi' : 'about'));

  test('a flood is told once to slow down, and then no more is said', async () => {
    const citizen = town.citizen();
    await citizen.send(...flood);
    await waitFor('the inbox is empty', async () => {
      const { waiting, replies } = await citizen.handle.query(conversationQuery);
      return waiting === 0 && replies > 0;
    });
    expect(citizen.heard.length).toBeLessThan(35);
    expect(citizen.heard.filter(({ reply }) => reply.key === 'slowDown')).toHaveLength(1);
    expect(citizen.heard.at(-1)?.reply.key).toBe('slowDown');
  });

  test('a wish to be left alone or to be helped is heard in any flood, and once', async () => {
    const citizen = town.citizen();
    const wishes = ['বন্ধ করুন', 'stop', 'help', 'help', 'सहायता'].map(text);
    await citizen.send(...flood, ...wishes);
    await waitFor('both answers', () => citizen.heard.some(({ reply }) => reply.key === 'help'));
    await citizen.settled();
    expect(citizen.heard.slice(-3).map(({ reply }) => reply.key)).toEqual(['slowDown', 'stopped', 'help']);
    expect(town.consents.filter(({ citizenId }) => citizenId === citizen.id)).toHaveLength(1);
  });

  test('a choice that was offered before a flood may still be tapped after it', async () => {
    const limits = { ...conversationLimits, burst: 3, refillMs: 200, heardAgainAt: 2 };
    const citizen = town.citizen({ limits });
    const question = await citizen.say('language');
    await citizen.send(...Array.from({ length: 5 }, () => text('jabberwocky')));
    await waitFor('the word to slow down', () => citizen.heard.at(-1)?.reply.key === 'slowDown');
    const asked = citizen.heard.findLast(({ reply }) => reply.key === question.reply.key);
    await new Promise((resolve) => setTimeout(resolve, limits.heardAgainAt * limits.refillMs));
    expect(await citizen.tap(asked, 'hi')).toMatchObject({ language: 'hi', reply: { key: 'menu' } });
  });
});

describe('a long conversation', () => {
  test('continues as new without losing, doubling or reordering anything', async () => {
    const citizen = town.citizen();
    const words = Array.from({ length: 28 }, (_, i) => (i % 2 === 0 ? 'help' : 'hi'));
    await citizen.say('about');
    // One after the other, so that every turn writes its own events.
    for (const word of words.slice(0, 14)) await citizen.say(word);
    await citizen.send(...words.slice(14).map(text));
    await waitFor('all answers', () => citizen.heard.length === words.length + 1);
    expect(citizen.heard.slice(1).map(({ reply }) => (reply.key === 'menu' ? 'hi' : reply.key))).toEqual(
      words,
    );
    expect(await citizen.runs()).toBeGreaterThan(1);
  });

  test('knows a repetition from before, and the choices it offered', async () => {
    const citizen = town.citizen();
    const [repeated = ''] = await citizen.send(text('help'));
    await waitFor('an answer', () => citizen.heard.length === 1);
    while ((await citizen.runs()) === 1) {
      await citizen.say('about');
      await citizen.say('hi');
    }
    const menu = citizen.heard.at(-1);
    const before = citizen.heard.length;
    await citizen.handle.signal(receiveMessagesSignal, {
      messages: [{ wamid: repeated, sentAt: 1_790_000_000, content: text('help') }],
    });
    expect((await citizen.tap(menu, 'en')).reply).toMatchObject({ key: 'menu', note: 'languageSet' });
    expect(citizen.heard.length).toBe(before + 1);
  });
});

describe('silence', () => {
  test('a half-done service is left after a while, without a word', async () => {
    const citizen = town.citizen({ quietMs: 1_000 });
    await citizen.say('language');
    expect((await citizen.handle.query(conversationQuery)).doing).toBe('menu');
    const before = citizen.heard.length;
    await waitFor('the alarm', async () => {
      const { events } = await citizen.handle.fetchHistory();
      return events?.some(({ timerFiredEventAttributes }) => timerFiredEventAttributes) ?? false;
    });
    const { reply } = await citizen.say('3');
    expect(reply).toMatchObject({ key: 'menu' });
    expect(citizen.heard.length).toBe(before + 1);
  });

  test.each([
    ['one "hi"', 'hi', 16],
    ['one question', 'language', 20],
  ])('%s and a day without a word are at most 20 events', async (_, said, most) => {
    const idle = Array.from({ length: 10 }, () => town.citizen());
    for (const citizen of idle) await citizen.say(said);
    const events = await Promise.all(
      idle.map(async (citizen) => {
        await citizen.settled();
        await passTime(citizen.handle, 2 * 86_400_000);
        await citizen.handle.result();
        return (await citizen.handle.fetchHistory()).events?.length ?? Infinity;
      }),
    );
    expect(Math.max(...events)).toBeLessThanOrEqual(most);
  });

  test('the conversation ends after its window, and the next message begins a new one', async () => {
    const citizen = town.citizen({ quietMs: 500, windowMs: 1_500 });
    await citizen.say('hi');
    await citizen.handle.result();
    expect((await citizen.say('hi')).reply.key).toBe('menu');
  });
});

describe('sending', () => {
  test('what does not go at once is sent by the patient activity, in order', async () => {
    let failures = 2;
    town.onSend = () => {
      failures -= 1;
      if (failures >= 0) throw ApplicationFailure.create({ message: 'down', nextRetryDelay: '200ms' });
      return Promise.resolve({ outcome: 'sent' });
    };
    const citizen = town.citizen();
    await citizen.send(text('help'), text('hi'));
    await waitFor('two answers', () => citizen.heard.length === 2);
    expect(citizen.heard.map(({ reply }) => reply.key)).toEqual(['help', 'menu']);
  });

  test('what can never be sent is shown to operators, and the conversation goes on', async () => {
    town.onSend = () => Promise.resolve({ outcome: 'untold', reason: 'a test' });
    const citizen = town.citizen();
    await citizen.send(text('hi'));
    await waitFor('the flag', async () => {
      const { typedSearchAttributes } = await citizen.handle.describe();
      return typedSearchAttributes.get(searchAttributes.needsAttention) === true;
    });
    town.onSend = () => Promise.resolve({ outcome: 'sent' });
    expect((await citizen.say('hi')).reply.key).toBe('menu');
  });

  test('what WhatsApp could not deliver is said once more, unless more was said since', async () => {
    const sent: string[] = [];
    town.onSend = ({ reply, messageId }) => {
      sent.push(`${reply.key} ${messageId}`);
      return Promise.resolve({ outcome: 'sent' });
    };
    const citizen = town.citizen();
    const help = await citizen.say('help');
    await citizen.send({ kind: 'undelivered', messageId: help.messageId });
    await waitFor('the same once more', () => sent.length === 2);
    const menu = await citizen.say('hi');
    const status = await citizen.say('status');
    await citizen.send({ kind: 'undelivered', messageId: menu.messageId });
    const about = await citizen.say('about');
    expect(sent).toEqual(
      [help, help, menu, status, about].map(({ reply, messageId }) => `${reply.key} ${messageId}`),
    );
  });

  test('one turn with a look-up and a reply costs at most seven events', async () => {
    const citizen = town.citizen();
    await citizen.say('hi');
    const before = await citizen.settled();
    await citizen.say('English');
    const after = await citizen.settled();
    expect(after - before).toBeLessThanOrEqual(7);
  });
});
