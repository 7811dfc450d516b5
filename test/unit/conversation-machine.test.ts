/** By what another machine is known, and a person is not taken for one. */
import { expect, test } from 'vitest';
import type { InboundContent } from '../../domain/conversation/inbound.ts';
import { hearText, noTexts } from '../../workflows/conversation/machine.ts';
import { hear } from '../support/ear.ts';

type Said = string | InboundContent;

/** Which of these, so many seconds apart, are taken for words of a machine. */
async function machinesAmong(
  said: readonly Said[],
  { apart = 5, ours }: { readonly apart?: number; readonly ours?: string } = {},
): Promise<boolean[]> {
  let texts = { ...noTexts, ours };
  const messages = said.map((each, index) => {
    const content = typeof each === 'string' ? ({ kind: 'text', text: each } as const) : each;
    return hear({ wamid: `wamid.${index}`, sentAt: 1_000 + index * apart, content });
  });
  return (await Promise.all(messages)).map((message) => {
    const heard = hearText(texts, message, false);
    texts = { ...heard.texts, ours };
    return heard.isMachine;
  });
}

const times = (count: number, text: Said): Said[] => Array<Said>(count).fill(text);

test('the same text is answered three times', async () => {
  expect(await machinesAmong(times(5, 'menu'))).toEqual([false, false, false, true, true]);
  expect(await machinesAmong(times(5, 'We are closed. Please call us on Monday.'), { apart: 600 })).toEqual([
    false,
    false,
    false,
    true,
    true,
  ]);
});

test('a person may ask for the same again a little later, or between other things', async () => {
  expect(await machinesAmong(times(9, 'status'), { apart: 90 })).not.toContain(true);
  expect(await machinesAmong(['menu', '1', 'menu', '2', 'menu', '1', 'menu', '2', 'menu'])).not.toContain(
    true,
  );
  const numbers = Array.from({ length: 9 }, (_, at) => `please tell the dues of 31107110057${at}`);
  expect(await machinesAmong(numbers)).not.toContain(true);
});

test('a number that counts up, and texts that take turns, are known as well', async () => {
  const counting = Array.from(
    { length: 5 },
    (_, at) => `We have your message, ticket no ${900 + at}, please wait`,
  );
  expect(await machinesAmong(counting)).toEqual([false, false, false, true, true]);
  const turns = ['Nobody is here right now, zzyzx', 'We will call you back soon, zzyzx'];
  expect((await machinesAmong([...turns, ...turns, ...turns, ...turns])).slice(-2)).toEqual([true, true]);
});

test('after five texts without sense the next waits for sense', async () => {
  const nonsense = ['asdf', 'qwv', 'xqz', 'lkjh', 'dfgh', 'xcvb', 'wvx'];
  expect(await machinesAmong(nonsense)).toEqual([false, false, false, false, false, true, true]);
  expect((await machinesAmong([...nonsense, 'trade licence', 'zyq'])).slice(-2)).toEqual([false, false]);
  const sticker = { kind: 'sticker', mediaId: '1', mimeType: 'image/webp' } as const;
  expect((await machinesAmong([...nonsense, sticker, 'zyq'])).slice(-2)).toEqual([false, false]);
});

test('our own words are known within others', async () => {
  const ours = 'Welcome to the Kolkata Municipal Corpora';
  expect(await machinesAmong([`> ${ours}tion. What do you need?\nThank you`], { ours })).toEqual([true]);
  expect(await machinesAmong(['Welcome'], { ours })).toEqual([false]);
});
