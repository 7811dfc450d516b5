/** What a conversation remembers. Plain JSON, because it crosses continue-as-new. */
import type { AccountKind } from '../../domain/dues.ts';
import type { InboundMessage } from '../../domain/inbound.ts';
import type { Language } from '../../domain/language.ts';
import type { Reply } from '../../domain/reply.ts';
import type { ConversationInput } from './messages.ts';

export interface AwaitedAccount {
  /** `any`: nobody said what the number is. */
  readonly kind: AccountKind | 'any';
  readonly number: string;
}

/** A message as it was given to WhatsApp: its id makes it one, however often it is sent. */
export interface SaidMessage {
  readonly messageId: string;
  readonly language: Language;
  readonly reply: Reply;
}

export interface ConversationState {
  language: Language;
  optedOut: boolean;
  /** The service under way, or `menu`. */
  doing: string;
  /** What operators can filter by: the latest service and account, and what of them stands in the search attributes. */
  service?: string;
  accountNumber?: string;
  published: { service?: string; accountNumber?: string };
  /** How many messages we sent; numbers the next one. */
  replies: number;
  /** Messages that wait for their turn, oldest first. */
  inbox: InboundMessage[];
  /** Ids of the latest messages, to know a repetition. */
  seen: string[];
  /** When the citizen last wrote: milliseconds since 1970. */
  lastHeardAt: number;
  /** The choices that a tap may still answer: those of the last message we sent. */
  offer?: { readonly token: string; readonly ids: readonly string[] };
  /** The last message we sent, in case WhatsApp cannot deliver it. */
  last?: SaidMessage;
  /** Guards the citizen's and our own allowance at WhatsApp against a flood. */
  allowance: { left: number; countedAt: number; exhausted: boolean };
  needsAttention: boolean;
  /** Accounts whose dues were promised while the records were away. */
  awaited: AwaitedAccount[];
  /** What came up while the citizen was being asked something, and waits for the end of that. */
  later: InboundMessage[];
}

/** Longer than any retry of one webhook within a conversation, short enough to carry along. */
const remembered = 200;

/** WhatsApp lets us answer one citizen 45 times in a burst and then once in six seconds; we stay below. */
const burst = 30;
const refillMs = 6_000;
/** Whoever ran out is heard again when this much has come back. */
const heardAgainAt = 5;

export function beginState(input: ConversationInput, now: number): ConversationState {
  return {
    language: input.language,
    optedOut: input.optedOut,
    doing: 'menu',
    replies: 0,
    inbox: [],
    seen: [],
    lastHeardAt: now,
    allowance: { left: burst, countedAt: now, exhausted: false },
    needsAttention: false,
    published: {},
    awaited: [],
    later: [],
  };
}

/** Takes in what was sent, without what was taken in before. */
export function takeIn(state: ConversationState, messages: readonly InboundMessage[]): void {
  for (const message of messages) {
    if (state.seen.includes(message.wamid)) continue;
    state.seen.push(message.wamid);
    state.inbox.push(message);
  }
  // What still waits must stay known, however much it is.
  state.seen.splice(0, state.seen.length - Math.max(remembered, state.inbox.length));
}

/** Uses one answer of the citizen's allowance: `answer` it, say once to `slowDown`, or stay `silent`. */
export function useAllowance(
  { allowance }: ConversationState,
  now: number,
): 'answer' | 'slowDown' | 'silent' {
  const refilled = Math.floor((now - allowance.countedAt) / refillMs);
  if (refilled > 0) {
    allowance.left = Math.min(burst, allowance.left + refilled);
    allowance.countedAt += refilled * refillMs;
  }
  if (allowance.exhausted && allowance.left < heardAgainAt) return 'silent';
  allowance.exhausted = false;
  if (allowance.left > 1) {
    allowance.left -= 1;
    return 'answer';
  }
  allowance.left = 0;
  allowance.exhausted = true;
  return 'slowDown';
}
