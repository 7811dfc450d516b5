/** What a text as a whole sounds like, by the model that ships. */
import { describe, expect, test } from 'vitest';
import type { Impression } from '../../domain/conversation/understanding/impression.ts';
import { together } from '../../domain/conversation/understanding/impression.ts';
import { readMessage, understandMessage } from '../../domain/conversation/understanding/understand.ts';
import { spell } from '../../hearing/pieces.ts';
import { listen } from '../support/ear.ts';

function likeliest(shares: Readonly<Record<string, number | undefined>>): string | undefined {
  return Object.entries(shares).sort(([, a = 0], [, b = 0]) => b - a)[0]?.[0];
}

describe('the ear', () => {
  test.each([
    ['what do I owe this month for the corner I sell fish from in Gariahat market', 'marketRent'],
    ['দোকানের কাগজটার মেয়াদ ফুরিয়ে গেছে, আবার করাতে হবে', 'renewal'],
    ['account se rupaye nikal gaye par kuch hua nahi', 'moneyCut'],
    ['कोई अफ़सर मुझे फ़ोन कर दे', 'person'],
  ])('hears what "%s" is about', async (text, wish) => {
    expect(likeliest((await listen(text))?.wishes ?? {})).toBe(wish);
  });

  test('says the same of a text each time, also of many at once', async () => {
    const texts = Array.from({ length: 20 }, (_, at) => `bill ${String(at)} ta debo na, baki sob debo`);
    const alone: (Impression | undefined)[] = [];
    for (const text of texts) alone.push(await listen(text));
    expect(await Promise.all(texts.map(listen))).toEqual(alone);
  });

  test('gives shares of one whole, whatever is sent', async () => {
    for (const text of ['', ' ', '🙏🏽', '\u0000', 'ক'.repeat(4_096), 'tamil தமிழ் 中文', '9'.repeat(4_096)]) {
      const { wishes, agreement, choice, years } = (await listen(text)) ?? {};
      for (const shares of [wishes, agreement, choice, years]) {
        const all = Object.values(shares ?? {});
        expect(all.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
      }
    }
  });

  test('does not see which number a number is, and reads digits and letters of one form', () => {
    expect(spell('  ৩১-১০৭-১১-০০৫৭-১  ')).toBe('000');
    expect(spell('BILL ২ ও ৩')).toBe('bill 2 ও 3');
    expect(spell('Ｈｉｉｉｉｉｉ\u200B')).toBe('hiii');
  });
});

test('where the ear fails, words alone are read', async () => {
  const message = { wamid: 'wamid.x', sentAt: 1, content: { kind: 'text', text: 'property tax' } } as const;
  expect(await understandMessage(message, () => Promise.resolve(undefined))).toEqual(readMessage(message));
  expect(readMessage(message).meaning?.intents).toEqual([{ intent: 'propertyTax', certainty: 'sure' }]);
  const all = readMessage({ ...message, content: { kind: 'text', text: 'all of them' } });
  expect(all.meaning?.places).toEqual({ chosen: 'all' });
});

test('two judgements that agree are surer than each, and two that differ less', () => {
  const read = [
    { verdict: 'yes', share: 0.8 },
    { verdict: 'no', share: 0.2 },
  ];
  expect(together(read, { yes: 0.8, no: 0.2 })[0]).toMatchObject({ verdict: 'yes' });
  expect(together(read, { yes: 0.1, no: 0.9 })[0]?.share).toBeLessThan(0.8);
  expect(together([], { yes: 0.1, no: 0.9 })[0]).toMatchObject({ verdict: 'no' });
});
