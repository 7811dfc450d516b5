/**
 * The words between a service and a citizen: say, ask, choose. A service is a script that reads from top to bottom;
 * whatever the citizen does instead of answering is dealt with here.
 */
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { CitizenId } from '../../domain/citizen.ts';
import { expectsAnswer, type InboundContent, type InboundMessage } from '../../domain/inbound.ts';
import type { Language } from '../../domain/language.ts';
import type { NoteKey, OfferedChoice, Reply } from '../../domain/reply.ts';
import { globalWord, namedLanguage, typedPosition } from '../../domain/words.ts';
import { publishChanges } from '../publish.ts';
import { searchAttributes } from '../search-attributes.ts';
import { send } from '../send.ts';
import { bareNumberIn } from './bare-number.ts';
import type { Inbox } from './inbox.ts';
import { awaitRecords } from './records-back.ts';
import type { AwaitedAccount, ConversationState, SaidMessage } from './state.ts';

/** The citizen said something that belongs to the top of the conversation, not to this service. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly by: InboundMessage;

  constructor(by: InboundMessage) {
    super('the citizen wants something else');
    this.by = by;
  }
}

/** The citizen left the service half-way. */
export class WentQuiet extends Error {
  override readonly name = 'WentQuiet';
}

export type Answer<T> =
  | { readonly is: T }
  | {
      readonly unclear: NoteKey;
      /** What was typed is no place in the list either. */
      readonly final?: true;
    };

export interface Chat {
  readonly citizenId: CitizenId;
  /** The citizen's language at this moment. */
  readonly language: Language;
  /** Tells operators which account this is about: one that the records know, never a number that was merely typed. */
  concerns(accountNumber: string): void;
  /** Sends one message: the reply to the citizen's last one. */
  say(reply: Reply): Promise<void>;
  /** Says again what WhatsApp could not deliver. */
  repeat(messageId: string): Promise<void>;
  /** Asks until `read` makes sense of what comes back. */
  ask<T>(question: Reply, read: (content: InboundContent) => Answer<T>): Promise<T>;
  /** Asks until one of the choices is tapped, `heard` in the citizen's own words, or typed by its place. */
  choose<Offered extends string, Heard extends string>(
    question: Reply,
    choices: readonly OfferedChoice<Offered>[],
    hear: (text: string) => Answer<Heard>,
  ): Promise<Offered | Heard>;
  /** Offers what may come next. Whatever else the citizen does is taken as a wish of its own. */
  offer<Offered extends string, Heard extends string>(
    reply: Reply,
    choices: readonly OfferedChoice<Offered>[],
    hear: (text: string) => Answer<Heard>,
  ): Promise<Offered | Heard>;
  /** Promises the dues of an account for when the records answer again. */
  answerLater(account: AwaitedAccount): void;
}

interface ChatOptions {
  readonly citizenId: CitizenId;
  readonly state: ConversationState;
  readonly inbox: Inbox;
  readonly quietMs: number;
}

export function createChat({ citizenId, state, inbox, quietMs }: ChatOptions): Chat {
  function publish(): void {
    const { service, accountNumber, published } = state;
    publishChanges(published, { service, accountNumber });
    state.published = { service, accountNumber };
  }

  async function say(reply: Reply): Promise<void> {
    publish();
    state.replies += 1;
    const { runId } = workflowInfo();
    // Names this very message, so that a tap on an older one is known as such, also in a later conversation.
    const token = `${runId.slice(0, 8)}${state.replies}`;
    state.offer = reply.choices && { token, ids: reply.choices.map(({ id }) => id) };
    const choices = reply.choices?.map((choice) => ({ ...choice, id: `${token}:${choice.id}` }));
    const { language } = state;
    state.last = { messageId: `${runId}-${state.replies}`, language, reply: { ...reply, choices } };
    await deliver(state.last);
  }

  async function deliver(message: SaidMessage): Promise<void> {
    const about = { entity: 'conversation', id: citizenId } as const;
    const { outcome } = await send({ ...message, about, citizenId });
    if (outcome === 'sent') return;
    state.needsAttention = true;
    upsertSearchAttributes([{ key: searchAttributes.needsAttention, value: true }]);
  }

  async function repeat(messageId: string): Promise<void> {
    // What was said before the last message no longer matters.
    if (state.last?.messageId === messageId) await deliver(state.last);
  }

  /** Waits for an answer. What `read` cannot make sense of goes to `unclear`, which may throw to leave. */
  async function hearAnswer<T>(
    read: (content: InboundContent) => Answer<T>,
    unclear: (message: InboundMessage, why: NoteKey) => Promise<void>,
  ): Promise<T> {
    for (;;) {
      const message = await inbox.next(quietMs);
      if (!message) throw new WentQuiet();
      if (message.content.kind === 'undelivered') await repeat(message.content.messageId);
      if (message.content.kind === 'recordsBack') state.later.push(message);
      if (!expectsAnswer(message.content)) continue;
      const answer = read(message.content);
      if ('is' in answer) return answer.is;
      await unclear(message, answer.unclear);
    }
  }

  async function ask<T>(question: Reply, read: (content: InboundContent) => Answer<T>): Promise<T> {
    await say(question);
    return hearAnswer(read, async (message, note) => {
      if (belongsToTheTop(message.content, note)) throw new Interrupted(message);
      await say({ ...question, note });
    });
  }

  /** Reads a tap, the citizen's own words, or a typed place in the list. */
  function reader<Offered extends string, Heard extends string>(
    choices: readonly OfferedChoice<Offered>[],
    hear: (text: string) => Answer<Heard>,
  ): (content: InboundContent) => Answer<Offered | Heard> {
    return (content) => {
      const text = textOf(content);
      const heard = text === undefined ? undefined : hear(text);
      // Before a place in the list: "3" may mean three years.
      if (heard && ('is' in heard || heard.final === true)) return heard;
      const tapped = offeredChoice(content, state);
      const is = choices.find(({ id }) => id === tapped)?.id;
      if (is !== undefined) return { is };
      // To a picture with words that mean nothing we say that pictures are not read.
      return heard && content.kind === 'text' ? heard : { unclear: noteFor(content) };
    };
  }

  return {
    citizenId,
    get language() {
      return state.language;
    },
    concerns(accountNumber) {
      state.accountNumber = accountNumber;
    },
    say,
    repeat,
    ask,
    choose: (question, choices, hear) => ask({ ...question, choices }, reader(choices, hear)),
    async offer(reply, choices, hear) {
      await say({ ...reply, choices });
      return hearAnswer(reader(choices, hear), (message) => {
        throw new Interrupted(message);
      });
    },
    answerLater(account) {
      const { kind, number } = account;
      if (state.awaited.some((other) => other.kind === kind && other.number === number)) return;
      state.awaited.push(account);
      awaitRecords(state, account);
    },
  };
}

/** The words that came with a message, if any: typed, on a template's button, or under a picture. */
export function textOf(content: InboundContent): string | undefined {
  if (content.kind === 'text' || content.kind === 'quickReply') return content.text;
  return 'caption' in content ? content.caption : undefined;
}

/** The choice of our last message that the citizen tapped, or typed by its place in the list. */
export function offeredChoice(content: InboundContent, { offer }: ConversationState): string | undefined {
  if (!offer) return undefined;
  if (content.kind === 'tap') {
    return offer.ids.find((id) => content.id === `${offer.token}:${id}`);
  }
  const text = textOf(content);
  const position = text === undefined ? undefined : typedPosition(text);
  return position === undefined ? undefined : offer.ids[position];
}

/** Why a message did not answer what we asked. */
export function noteFor({ kind }: InboundContent): NoteKey {
  switch (kind) {
    case 'text':
    case 'quickReply':
      return 'notUnderstood';
    case 'tap':
      return 'staleTap';
    case 'image':
    case 'video':
      return 'cannotSee';
    case 'audio':
      return 'cannotHear';
    case 'document':
      return 'cannotOpenFile';
    case 'sticker':
      return 'cannotUseSticker';
    case 'location':
      return 'cannotUseLocation';
    case 'contacts':
      return 'cannotUseContact';
    default:
      return 'cannotUseThis';
  }
}

/** Also an account's number, where none was asked for. */
function belongsToTheTop(content: InboundContent, note: NoteKey): boolean {
  const text = textOf(content);
  if (text === undefined) return false;
  if (globalWord(text) !== undefined || namedLanguage(text) !== undefined) return true;
  return note === 'notUnderstood' && bareNumberIn(text) !== undefined;
}
