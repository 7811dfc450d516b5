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
const longest = 300_000;

test(
  'what citizens write is read rightly, and nearly never leads to what was not meant',
  async () => {
    const { right, wrongAction } = await ratesAmong(made);
    expect(right).toBeGreaterThanOrEqual(targets.right);
    expect(wrongAction).toBeLessThanOrEqual(targets.wrongAction);
  },
  longest,
);

test(
  'messages that nobody wrote rules for are understood as well as lately, or better',
  async () => {
    const { right, wrongAction } = await ratesAmong(heldOut);
    expect(right).toBeGreaterThanOrEqual(targets.heldOutRight);
    expect(wrongAction).toBeLessThanOrEqual(targets.heldOutWrongAction);
  },
  longest,
);

test(
  'messages of others, who only know what the service is for, are read as rightly as promised',
  async () => {
    const { right, wrongAction } = await ratesAmong(ofOthers);
    expect(right).toBeGreaterThanOrEqual(targets.right);
    expect(wrongAction).toBeLessThanOrEqual(targets.wrongAction);
  },
  longest,
);

async function ratesAmong(some: readonly Message[]): Promise<Rates> {
  return ratesOf(await Promise.all(some.map((message) => judge(message, listen))));
}
