/** By which words an account gets a name, and which only speak of names. */
import { expect, test } from 'vitest';
import { asNickname, nicknameIn } from '../../domain/conversation/nickname.ts';

test.each([
  ['Call it Ma’s flat.', 'Ma’s flat'],
  ['please save this as "Shop 2"', 'Shop 2'],
  ['নাম দাও দোকান', 'দোকান'],
  ['এর নাম বড় বাড়ি রাখো', 'বড় বাড়ি'],
  ['इसका नाम दुकान रख दो', 'दुकान'],
  ['naam rakho ghar', 'ghar'],
])('"%s" names it %s', (text, name) => {
  expect(nicknameIn(text)).toBe(name.normalize('NFC'));
});

test.each([
  'call me',
  'এর নাম ভুল আছে',
  'এটার নাম বদলে দিন',
  'मालिक का नाम गलत है',
  'name change in property tax',
  'naam',
  `call it ${'x'.repeat(90)}`,
])('"%s" names nothing', (text) => {
  expect(nicknameIn(text)).toBeUndefined();
});

test('a name is short and plain, and has a letter or a digit', () => {
  expect(Array.from(asNickname('a'.repeat(60)) ?? '')).toHaveLength(24);
  expect(asNickname('*bold* https://example.org\nflat')).toBe('bold example. org flat');
  expect(asNickname('৪ নম্বর')).toBe('৪ নম্বর');
  expect(asNickname('…!')).toBeUndefined();
});
