/** The messages in test/fixtures/messages/ are understood as rightly as promised (npm run bench -- understanding). */
import { expect, test } from 'vitest';
import { judge, ratesOf, readMessages, targets } from '../../bench/understanding.ts';

const judged = readMessages().map((message) => judge(message));

test('what citizens write is read rightly, and nearly never leads to what was not meant', () => {
  const { right, wrongAction } = ratesOf(judged.filter(({ message }) => message.heldOut !== true));
  expect(right).toBeGreaterThanOrEqual(targets.right);
  expect(wrongAction).toBeLessThanOrEqual(targets.wrongAction);
});

test('messages that nobody wrote rules for are understood as well as lately, or better', () => {
  const { right, wrongAction } = ratesOf(judged.filter(({ message }) => message.heldOut === true));
  expect(right).toBeGreaterThanOrEqual(targets.heldOutRight);
  expect(wrongAction).toBeLessThanOrEqual(targets.heldOutWrongAction);
});
