/** The messages in test/fixtures/messages/ are understood as rightly as promised (npm run bench -- understanding). */
import { expect, test } from 'vitest';
import {
  isOfOthers,
  judge,
  ratesOf,
  readMessages,
  targets,
  type Message,
  type Rates,
} from '../../bench/understanding.ts';
import { listen } from '../support/ear.ts';

const messages = readMessages();
/** Of those that the weights were made with, every fortieth stands for all. */
const made = messages.filter(({ heldOut }) => heldOut !== true).filter((_, index) => index % 40 === 0);
/** Of those that nothing was made with, every sixth; and all that others wrote to measure with. */
const heldOut = messages
  .filter((message) => message.heldOut === true && !isOfOthers(message))
  .filter((_, index) => index % 6 === 0);
const ofOthers = messages.filter(isOfOthers);
const { right, wrongAction, heldOutRight, heldOutWrongAction } = targets;

test.each([
  ['messages that the weights were made with', made, right, wrongAction],
  ['messages that nobody wrote rules for', heldOut, heldOutRight, heldOutWrongAction],
  ['messages of others, who only know what the service is for', ofOthers, right, wrongAction],
])(
  '%s are read as rightly as promised, and nearly never lead to what was not meant',
  async (_, some, leastRight, mostWrong) => {
    const rates = await ratesAmong(some);
    expect(rates.right).toBeGreaterThanOrEqual(leastRight);
    expect(rates.wrongAction).toBeLessThanOrEqual(mostWrong);
  },
  300_000,
);

async function ratesAmong(some: readonly Message[]): Promise<Rates> {
  return ratesOf(await Promise.all(some.map((message) => judge(message, listen))));
}
