/** The messages in test/fixtures/messages/ are understood as rightly as promised (npm run bench -- understanding). */
import { expect, test } from 'vitest';
import { judge, ratesOf, readMessages, targets } from '../../bench/understanding.ts';

const messages = readMessages();
/** Of those that the weights were made with, every fifth stands for all. */
const made = messages.filter(({ heldOut }) => heldOut !== true).filter((_, index) => index % 5 === 0);
const heldOut = messages.filter((message) => message.heldOut === true);

test('what citizens write is read rightly, and nearly never leads to what was not meant', () => {
  const { right, wrongAction } = ratesOf(made.map((message) => judge(message)));
  expect(right).toBeGreaterThanOrEqual(targets.right);
  expect(wrongAction).toBeLessThanOrEqual(targets.wrongAction);
});

test('messages that nobody wrote rules for are understood as well as lately, or better', () => {
  const { right, wrongAction } = ratesOf(heldOut.map((message) => judge(message)));
  expect(right).toBeGreaterThanOrEqual(targets.heldOutRight);
  expect(wrongAction).toBeLessThanOrEqual(targets.heldOutWrongAction);
});
