import { describe, expect, test } from 'vitest';
import { foldDigits } from '../../domain/digits.ts';
import { placeIn } from '../../domain/conversation/understanding/numbers.ts';
import { normalise } from '../../domain/conversation/understanding/text.ts';
import {
  globalWord,
  namedLanguage,
  requestedService,
} from '../../domain/conversation/understanding/words.ts';

describe('what citizens type', () => {
  test.each([
    ['hi', 'menu'],
    ['Hi!!', 'menu'],
    ['  HELLO ', 'menu'],
    ['হাই', 'menu'],
    ['নমস্কার।', 'menu'],
    ['नमस्ते', 'menu'],
    ['nomoskar', 'menu'],
    ['মেনু 🙏', 'menu'],
    ['back', 'back'],
    ['ফিরে যান', 'back'],
    ['wapas', 'back'],
    ['STOP', 'stop'],
    ['stop.', 'stop'],
    ['বন্ধ করুন', 'stop'],
    ['बंद करें', 'stop'],
    ['bondho koro', 'stop'],
    ['START', 'start'],
    ['চালু', 'start'],
    ['chalu karo', 'start'],
    ['help', 'help'],
    ['সাহায্য', 'help'],
    ['madad', 'help'],
    ['भाषा', 'language'],
    ['ভাষা', 'language'],
    ['bhasha', 'language'],
    ['status', 'status'],
    ['অবস্থা', 'status'],
    ['स्थिति', 'status'],
  ])('%s means %s', (said, meaning) => {
    expect(globalWord(normalise(said))).toBe(meaning);
  });

  test('a global word inside a sentence is not one', () => {
    expect(globalWord(normalise('the tap does not stop leaking'))).toBeUndefined();
    expect(globalWord(normalise(''))).toBeUndefined();
  });

  test('composed and decomposed letters are the same word, and joiners do not count', () => {
    // য় as one code point and as য + nukta.
    expect(normalise('সহায়তা')).toBe(normalise('সহায\u09bcতা'));
    expect(globalWord(normalise('সহা\u09dfতা'))).toBe('help');
    expect(globalWord(normalise('সাহা\u200dয্য'))).toBe('help');
    expect(globalWord(normalise('अंग्रेज\u093cी'))).toBeUndefined();
    expect(namedLanguage(normalise('अंग्रेज\u093cी'))).toBe('en');
  });

  test.each([
    ['English', 'en'],
    ['ইংরেজি', 'en'],
    ['angrezi', 'en'],
    ['বাংলা', 'bn'],
    ['bangla', 'bn'],
    ['हिंदी', 'hi'],
    ['हिन्दी', 'hi'],
    ['Hindi', 'hi'],
  ])('%s names the language %s', (said, language) => {
    expect(namedLanguage(normalise(said))).toBe(language);
  });

  test.each([
    ['about this service', 'about'],
    ['আপনাদের অফিস কোথায়?', 'about'],
    ['मुझे शिकायत करनी है', 'about'],
    ['office address please', 'about'],
  ])('%s asks for the service %s', (said, service) => {
    expect(requestedService(normalise(said))).toBe(service);
  });

  test('words inside other words ask for nothing', () => {
    expect(requestedService(normalise('officer'))).toBeUndefined();
  });

  test('digits of three scripts are the same digits', () => {
    expect(foldDigits('১২৩ ४५६ 789')).toBe('123 456 789');
    expect(placeIn('২')).toBe(1);
    expect(placeIn('२.')).toBe(1);
    expect(placeIn('2')).toBe(1);
    expect(placeIn('two')).toBeUndefined();
    expect(placeIn('123')).toBeUndefined();
  });
});
