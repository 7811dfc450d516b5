/** What a conversation carries from run to run, and whom it answers. */
import { describe, expect, test } from 'vitest';
import type { CitizenId } from '../../domain/citizen.ts';
import type { HeardMessage } from '../../domain/conversation/inbound.ts';
import { conversationLimits } from '../../domain/conversation/limits.ts';
import { readMessage } from '../../domain/conversation/understanding/understand.ts';
import type { ConversationInput } from '../../workflows/conversation/messages.ts';
import { beginState, takeIn, useAllowance } from '../../workflows/conversation/state.ts';

const input: ConversationInput = {
  citizenId: 'a-citizen' as CitizenId,
  language: 'bn',
  optedOut: false,
  quietMs: 1_800_000,
  windowMs: 86_400_000,
  limits: conversationLimits,
};
const { burst, refillMs, heardAgainAt } = conversationLimits;

let count = 0;
function said(text: string): HeardMessage {
  count += 1;
  return readMessage({ wamid: `wamid.${count}`, sentAt: 1, content: { kind: 'text', text } });
}

describe('a carried state', () => {
  test('keeps what it has, and gets what its code did not know', () => {
    const { later: _, limits: __, ...known } = beginState(input, 1);
    const state = beginState({ ...input, carried: { ...known, language: 'hi', seen: ['wamid.a'] } }, 2);
    expect(state).toMatchObject({
      language: 'hi',
      seen: ['wamid.a'],
      lastHeardAt: 1,
      later: [],
      limits: conversationLimits,
    });
  });

  test('enters an errand that is half-way again, with what was heard', () => {
    const answers = [{ question: 'askNumber.licence', answer: '7001234567' }] as const;
    const asked = { question: 'confirmLicence', silenceMs: 1_000 } as const;
    const errand = { task: 'renewal', answers, asked } as const;
    expect(beginState({ ...input, carried: { errand } }, 1).errand).toEqual({
      task: 'renewal',
      answers: [],
      earlier: { answers, asked },
    });
  });
});

test('a repetition is known for as many messages as are remembered, and as long as it waits', () => {
  const state = beginState({ ...input, limits: { ...conversationLimits, rememberedIds: 2 } }, 1);
  const messages = ['a', 'b', 'c'].map(said);
  takeIn(state, messages);
  takeIn(state, messages);
  expect(state.inbox).toEqual(messages);
  state.inbox.length = 0;
  takeIn(state, [said('d')]);
  expect(state.seen).toHaveLength(2);
});

describe('the allowance', () => {
  /** How many of these are answered or told to slow down. */
  const flood = (state: ReturnType<typeof beginState>, texts: readonly string[], now = 1): string[] =>
    texts.map((text) => useAllowance(state, said(text), now)).filter((allowed) => allowed !== 'silent');

  test('ends with one word to slow down, and comes back with time', () => {
    const state = beginState(input, 1);
    const replies = flood(state, Array<string>(300).fill('jabber'));
    expect(replies).toHaveLength(burst);
    expect(replies.filter((reply) => reply === 'slowDown')).toHaveLength(1);
    expect(replies.at(-1)).toBe('slowDown');
    expect(flood(state, ['jabber'], 1 + (heardAgainAt - 1) * refillMs)).toEqual([]);
    expect(flood(state, ['jabber'], 1 + heardAgainAt * refillMs)).toEqual(['answer']);
  });

  test('is not needed for a wish to be left alone or to be helped, unless that is what was done last', () => {
    const state = beginState(input, 1);
    flood(state, Array<string>(300).fill('jabber'));
    expect(flood(state, ['বন্ধ'])).toEqual(['answer']);
    state.optedOut = true;
    expect(flood(state, ['stop'])).toEqual([]);
    expect(flood(state, ['help'])).toEqual(['answer']);
    state.last = { messageId: '1', language: 'bn', reply: { key: 'help' } };
    expect(flood(state, ['help', 'start', 'menu'])).toEqual([]);
  });
});
