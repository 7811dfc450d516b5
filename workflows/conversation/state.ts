/** What a conversation remembers. Plain JSON, because it crosses continue-as-new. */
import { isFromCitizen, type HeardMessage } from '../../domain/conversation/inbound.ts';
import type { ConversationLimits } from '../../domain/conversation/limits.ts';
import type { AccountKind } from '../../domain/accounts/kinds.ts';
import type { Language } from '../../domain/language.ts';
import type { Reply, ReplyKey } from '../../domain/reply.ts';
import type { Errand } from './errand.ts';
import { noTexts, type TextsHeard } from './machine.ts';

export interface AwaitedAccount {
  /** Every kind that the number may be of; several where nobody said which. */
  readonly kinds: readonly AccountKind[];
  readonly number: string;
}

/** A message as it was given to WhatsApp: its id makes it one, however often it is sent. */
export interface SaidMessage {
  readonly messageId: string;
  readonly language: Language;
  readonly reply: Reply;
}

/** An errand half-way: what was asked and answered since it began. */
export interface ErrandUnderWay extends Errand {
  readonly answers: readonly HeardAnswer[];
  /** The question that waits for its answer, and the silence in milliseconds after which it is given up. */
  readonly asked?: { readonly question: ReplyKey; readonly silenceMs: number };
  /**
   * How far an earlier run of the conversation had come. A run that begins in the middle of an errand enters its script
   * again, gives it the answers that were heard and waits at the question that was asked, so the citizen does not notice.
   * A script asks first and acts last, so nothing is done twice; it looks up again, and when that leads to another
   * question, what is true now is asked.
   */
  readonly earlier?: Pick<ErrandUnderWay, 'answers' | 'asked'>;
}

export interface HeardAnswer {
  readonly question: ReplyKey;
  readonly answer: string;
}

export interface ConversationState {
  language: Language;
  /** The citizen has chosen no language yet: the words of their first message do. */
  isFirstContact?: boolean;
  optedOut: boolean;
  readonly limits: ConversationLimits;
  /** What is being done for the citizen; nothing at the menu. */
  errand?: ErrandUnderWay;
  /** What operators can filter by: the latest service and account, and what of them stands in the search attributes. */
  service?: string;
  accountNumber?: string;
  published: { service?: string; accountNumber?: string };
  /** How many messages we sent; numbers the next one. */
  replies: number;
  /** Messages that wait for their turn, oldest first. */
  inbox: HeardMessage[];
  /** Ids of the latest messages, to know a repetition. */
  seen: string[];
  /** When the citizen last wrote: milliseconds since 1970. */
  lastHeardAt: number;
  /** The choices that a tap may still answer: those that were offered last, and their words, in one form, where they are known. */
  offer?: { readonly token: string; readonly ids: readonly string[]; readonly labels?: readonly string[] };
  /** What was left half-way, for as long as nothing newer is offered: whoever comes back to it goes on there. */
  left?: ErrandUnderWay;
  /** What another machine would be known by (machine.ts). */
  texts: TextsHeard;
  /** The choice that was tapped last, and when: seconds since 1970. */
  tapped?: { readonly id: string; readonly at: number };
  /** The last message we sent, in case WhatsApp cannot deliver it, and when that was: milliseconds since 1970. */
  last?: SaidMessage;
  saidAt?: number;
  /** Guards the citizen's and our own allowance at WhatsApp against a flood. */
  allowance: { left: number; countedAt: number; exhausted: boolean };
  needsAttention: boolean;
  /** Accounts whose dues were promised while the records were away. */
  awaited: AwaitedAccount[];
  /** What came up while the citizen was being asked something, and waits for the end of that. */
  later: HeardMessage[];
}

/** With what a run begins. */
export interface ConversationBeginning {
  /** As it was when the conversation began. */
  readonly language: Language;
  /** The citizen has chosen no language yet. */
  readonly isFirstContact?: boolean;
  readonly optedOut: boolean;
  readonly limits: ConversationLimits;
  /** What an earlier run of the same conversation hands on; fields that its code did not know are missing. */
  readonly carried?: Partial<ConversationState>;
}

/** The state of a new run. What an earlier run carried may come from code that knew fewer fields. */
export function beginState(input: ConversationBeginning, now: number): ConversationState {
  const { errand: half } = input.carried ?? {};
  return {
    language: input.language,
    isFirstContact: input.isFirstContact,
    optedOut: input.optedOut,
    limits: input.limits,
    replies: 0,
    inbox: [],
    seen: [],
    lastHeardAt: now,
    allowance: { left: input.limits.burst, countedAt: now, exhausted: false },
    needsAttention: false,
    published: {},
    awaited: [],
    later: [],
    texts: noTexts,
    ...input.carried,
    errand: half && {
      task: half.task,
      opening: half.opening,
      answers: [],
      earlier: { answers: half.answers, asked: half.asked },
    },
  };
}

/** Takes in what was sent, without what was taken in before. */
export function takeIn(state: ConversationState, messages: readonly HeardMessage[]): void {
  for (const message of messages) {
    if (state.seen.includes(message.wamid)) continue;
    state.seen.push(message.wamid);
    state.inbox.push(message);
  }
  // By the time at which they were sent, as far as they wait together: WhatsApp promises no order.
  state.inbox.sort((one, other) => one.sentAt - other.sentAt);
  // What still waits must stay known, however much it is.
  state.seen.splice(0, state.seen.length - Math.max(state.limits.rememberedIds, state.inbox.length));
}

/** Uses one answer of the citizen's allowance: `answer` it, say once to `slowDown`, or stay `silent`. */
export function useAllowance(
  state: ConversationState,
  message: HeardMessage,
  now: number,
): 'answer' | 'slowDown' | 'silent' {
  const { allowance } = state;
  const { burst, refillMs, heardAgainAt } = state.limits;
  const refilled = Math.floor((now - allowance.countedAt) / refillMs);
  if (refilled > 0) {
    allowance.left = Math.min(burst, allowance.left + refilled);
    allowance.countedAt += refilled * refillMs;
  }
  if (isPressing(state, message)) {
    allowance.left = Math.max(0, allowance.left - 1);
    return 'answer';
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

/** Clocks differ, and who answers what came a moment ago answers that. */
const lateMs = 60_000;

/** Whether the citizen sent this well before our last message: it answers something else, whenever it arrives. */
export function isLate({ saidAt }: ConversationState, { sentAt, content }: HeardMessage): boolean {
  return saidAt !== undefined && isFromCitizen(content) && sentAt * 1_000 < saidAt - lateMs;
}

/** What is heard in any flood: to be left alone, and to be helped, each unless that is what was done last. */
export function isPressing({ optedOut, last }: ConversationState, { meaning }: HeardMessage): boolean {
  const wish = meaning?.intents?.[0];
  if (wish?.intent === 'stop') return wish.certainty === 'sure' && !optedOut;
  return wish?.intent === 'help' && last?.reply.key !== 'help';
}
