/** What citizens type, before it is asked what it means. */
import { describe, expect, test } from 'vitest';
import { foldDigits } from '../../domain/digits.ts';
import { isWithin, skeleton, stemsOf } from '../../domain/conversation/understanding/spelling.ts';
import { clean, normalise, tokensOf } from '../../domain/conversation/understanding/text.ts';

describe('one form of a text', () => {
  test('composed and decomposed letters are the same, and what is not seen does not count', () => {
    // য় as one code point and as য + nukta.
    expect(normalise('সহায়তা')).toBe(normalise('সহায\u09bcতা'));
    expect(normalise('সাহা\u200dয্য')).toBe(normalise('সাহায্য'));
    expect(normalise('ＳＴＯＰ ⛔\uFE0F')).toBe('stop');
    expect(normalise('menu ⬅\uFE0F')).toBe('menu');
    expect(clean('31\u00ad107\u200e11')).toBe('3110711');
  });

  test('digits of every script are the same digits, keycaps among them', () => {
    expect(foldDigits('১২৩ ४५६ ٧٨٩ ۰۱۲ 345')).toBe('123 456 789 012 345');
    expect(clean('1\uFE0F\u20E3').trim()).toBe('1');
    expect(clean('１２')).toBe('12');
  });

  test('words end where clauses end, and emoji that answer are words', () => {
    expect(tokensOf('no, all ok 👍🏽').map(({ word, clause }) => [word, clause])).toEqual([
      ['no', 0],
      ['all', 1],
      ['ok', 1],
      ['emojiyes', 1],
    ]);
    expect(tokensOf("isn't C.E. no").map(({ word }) => word)).toEqual(['isnt', 'c', 'e', 'no']);
  });
});

describe('spellings of one word', () => {
  test.each([
    ['রসিদ', 'rosid', 'roshid', 'rasid', 'raseed', 'रसीद'],
    ['লাইসেন্স', 'laisens', 'licence', 'license', 'लाइसेंस', 'लाइसेन्स'],
    ['নবীকরণ', 'nobikoron', 'nabikaran', 'नवीकरण'],
    ['অভিযোগ', 'obhijog', 'ovijog', 'abhijog'],
    ['शिकायत', 'shikayat', 'sikayat'],
    ['সম্পত্তি', 'sompotti', 'sampatti', 'सम्पत्ति', 'संपत्ति'],
  ])('%s has one skeleton however it is written', (...spellings) => {
    expect(new Set(spellings.map(skeleton)).size).toBe(1);
  });

  test('an ending is taken from what is long enough to be a word', () => {
    expect(stemsOf('ট্যাক্সের')).toContain('ট্যাক্স');
    expect(stemsOf('লাইসেন্সগুলির')).toContain('লাইসেন্স');
    expect(stemsOf('করের')).not.toContain('কর');
    expect(stemsOf('licencer')).toContain('licence');
  });

  test('a mistake is a letter put in, left out, changed, or swapped with the next', () => {
    for (const wrong of ['recceipt', 'receit', 'recaipt', 'reciept'])
      expect(isWithin(wrong, 'receipt', 1)).toBe(true);
    expect(isWithin('recipe', 'receipt', 1)).toBe(false);
  });
});
