/** What a message can mean, as it is handed to its conversation. */
import { describe, expect, test } from 'vitest';
import type { InboundContent } from '../../domain/conversation/inbound.ts';
import type { Meaning } from '../../domain/conversation/meaning.ts';
import { understand, understandMessage } from '../../domain/conversation/understanding/understand.ts';

/** Without what was not said. */
function meaningOf(content: InboundContent | string): unknown {
  const said: InboundContent = typeof content === 'string' ? { kind: 'text', text: content } : content;
  return JSON.parse(JSON.stringify(understand(said) ?? null));
}

const assessee = '311071100571';

describe('a text', () => {
  test.each<[string, Meaning]>([
    ['hi', { word: 'menu' }],
    ['English', { language: 'en' }],
    ['what is the meaning of life', {}],
    ['🙂', {}],
    ['পুরো হিসাব', { wishes: ['statement'] }],
    ['choose bills', { wishes: ['chooseBills'] }],
    ['where is my number', { wishes: ['whereIsNumber'] }],
    ['আমার নম্বর ভুলে যান', { wishes: ['forgetNumbers'] }],
    ['হ্যাঁ, ঠিক আছে', { agreement: 'yes' }],
    ['something changed', { agreement: 'no' }],
    ['Nothing has changed.', { agreement: 'yes' }],
    ['my trade licence renewal', { service: 'renewal' }],
    ['two or 4', short(4)],
    ['৩ বছর', short(3)],
    ['1 and 3', { ...short(), places: [0, 2] }],
    ['2', { ...short(2), place: 1 }],
  ])('"%s" means what it says', (said, meaning) => {
    expect(meaningOf(said)).toEqual(meaning);
  });

  test('with a number says what it is for every kind of account', () => {
    expect(meaningOf('৩১-১০৭-১১-০০৫৭-১')).toMatchObject({
      numbers: { property: { number: assessee }, licence: { number: assessee } },
      bareNumber: { number: assessee, kinds: ['property', 'licence'] },
    });
    expect(meaningOf('CE no. 7001/2345/67')).toMatchObject({
      service: 'tradeLicence',
      numbers: { property: { problem: 'length' }, licence: { number: '7001234567' } },
      bareNumber: { number: '7001234567', kinds: ['licence'], problems: { property: 'length' } },
    });
    expect(meaningOf('স্টল নম্বর ০১২-০৩৪৫')).toMatchObject({
      service: 'marketRent',
      numbers: { licence: { problem: 'length' }, stall: { number: '0120345' } },
      bareNumber: { number: '0120345', kinds: ['stall'] },
    });
    expect(meaningOf('319991100571')).toMatchObject({
      numbers: { property: { problem: 'ward' } },
      bareNumber: { kinds: ['licence'], problems: { property: 'ward' } },
    });
  });
});

/** What a short number is besides a place or years. */
function short(only?: number): Meaning {
  const problem = { problem: 'length' } as const;
  return {
    numbers: { property: problem, licence: problem, stall: problem },
    ...(only !== undefined && { places: [only - 1], years: only }),
  };
}

describe('what is no text', () => {
  const media = { mediaId: '1', mimeType: 'x/y' };

  test('means what its caption says, or the payload of its button', () => {
    expect(meaningOf({ kind: 'image', ...media, caption: 'help' })).toEqual({ word: 'help' });
    expect(meaningOf({ kind: 'quickReply', payload: 'STOP_REMINDERS', text: 'OK!!' })).toMatchObject({
      word: 'stop',
    });
  });

  test('means nothing without words: a tap stays the tap that it is', () => {
    for (const content of [
      { kind: 'tap', id: 'a:propertyTax', title: 'Property tax' },
      { kind: 'audio', ...media },
      { kind: 'reaction', wamid: 'wamid.x' },
    ] as const) {
      expect(understand(content)).toBeUndefined();
      const message = { wamid: 'wamid.x', sentAt: 1, content };
      expect(understandMessage(message)).toBe(message);
    }
  });
});

test('the longest text that can be sent means little in bytes, whatever stands in it', () => {
  for (const text of [
    '7'.repeat(4_096),
    '1 2 3 '.repeat(682),
    Array.from({ length: 999 }, (_, i) => i + 1).join(' '),
  ]) {
    expect(JSON.stringify(understand({ kind: 'text', text })).length).toBeLessThan(5_000);
  }
});
