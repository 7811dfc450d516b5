/**
 * The words between a service and a citizen: say, ask, choose. A service is a script that reads from top to bottom;
 * whatever the citizen does instead of answering is dealt with here.
 */
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { serviceOf, type AccountKind } from '../../domain/accounts/kinds.ts';
import type { MessageSent } from '../../activities/replies.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import { expectsAnswer, type HeardMessage, type InboundContent } from '../../domain/conversation/inbound.ts';
import type { Intent, Meaning } from '../../domain/conversation/meaning.ts';
import { isOnlyThanks, readingOf, type Asked } from '../../domain/conversation/reading.ts';
import type { Language } from '../../domain/language.ts';
import type { NoteKey, OfferedChoice, Reply } from '../../domain/reply.ts';
import { publishChanges } from '../publish.ts';
import { searchAttributes } from '../search-attributes.ts';
import { quick, send, throwUnlessFailed } from '../send.ts';
import type { Inbox } from './inbox.ts';
import { hearText } from './machine.ts';
import { awaitRecords, isSameAccount } from './records-back.ts';
import {
  isLate,
  isPressing,
  useAllowance,
  type AwaitedAccount,
  type ConversationState,
  type SaidMessage,
} from './state.ts';

/** The citizen said something that belongs to the top of the conversation, not to this service. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly by: HeardMessage;

  constructor(by: HeardMessage) {
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
  /** Answers thanks with an emoji on the message itself, which costs nothing; one that is lost is no harm. */
  react(message: HeardMessage): Promise<void>;
  /** As many choices as one message can offer. */
  readonly mostChoices: number;
  /**
   * The one place where messages are awaited: the next one that is to be answered, within the citizen's allowance, or one
   * from our own side. @returns undefined after `silenceMs` of silence
   */
  hear(silenceMs: number): Promise<HeardMessage | undefined>;
  /**
   * Asks until one of the choices is tapped, `hear` finds one in the citizen's own words, or it is typed by its place or its
   * words. Whatever is a wish of its own leaves the question. After two answers without sense comes help.
   */
  choose<Offered extends string, Heard extends string>(
    question: Reply,
    choices: readonly OfferedChoice<Offered>[],
    hear: (meaning: Meaning, content: InboundContent) => Answer<Heard>,
    more?: { readonly asked?: Asked; readonly help?: () => Promise<Reply> },
  ): Promise<Offered | Heard>;
  /**
   * Offers what may come next, for as long as the conversation lives. Whatever else the citizen does is taken as a wish of
   * its own.
   */
  offer<Offered extends string, Heard extends string>(
    reply: Reply,
    choices: readonly OfferedChoice<Offered>[],
    hear: (meaning: Meaning) => Answer<Heard>,
  ): Promise<Offered | Heard>;
  /** Promises the dues of an account for when the records answer again. */
  answerLater(account: AwaitedAccount): void;
}

interface ChatOptions {
  readonly citizenId: CitizenId;
  readonly state: ConversationState;
  readonly inbox: Inbox;
  /** Silence after which a question is given up, and after which the conversation ends. */
  readonly quietMs: number;
  readonly windowMs: number;
}

export function createChat({ citizenId, state, inbox, quietMs, windowMs }: ChatOptions): Chat {
  /**
   * The same in every run. A workflow task that is tried again may continue as new earlier than at first; what was sent by
   * then is said again by the next run, under the same id, and so goes out once.
   */
  const conversationId = workflowInfo().firstExecutionRunId;

  function publish(): void {
    const { service, accountNumber, published } = state;
    publishChanges(published, { service, accountNumber });
    state.published = { service, accountNumber };
  }

  async function say(reply: Reply): Promise<void> {
    state.replies += 1;
    // Names this very message, so that a tap on an older one is known as such, also in a later conversation.
    const token = `${conversationId.slice(0, 8)}${state.replies}`;
    const choices = reply.choices?.map((choice) => ({ ...choice, id: `${token}:${choice.id}` }));
    const isFirst = state.replies === 1 && state.isFirstContact === true;
    const ids = reply.choices?.map(({ id }) => id) ?? [];
    // What was offered stays so until something newer is.
    if (ids.length > 0) {
      state.offer = { token, ids };
      state.left = undefined;
    }
    const sent = await sendOut({ ...reply, choices, ...(isFirst && { isFirstContact: true }) });
    if (ids.length > 0 && sent?.labels) state.offer = { token, ids, labels: sent.labels };
  }

  /** A question that is under way stays open. */
  async function tellToSlowDown(): Promise<void> {
    state.replies += 1;
    await sendOut({ key: 'slowDown' });
  }

  async function sendOut(reply: Reply): Promise<MessageSent | undefined> {
    publish();
    const { language } = state;
    state.saidAt = Date.now();
    state.last = { messageId: `${conversationId}-${state.replies}`, language, reply };
    return deliver(state.last);
  }

  async function deliver(message: SaidMessage): Promise<MessageSent | undefined> {
    const about = { entity: 'conversation', id: citizenId } as const;
    const sent = await send({ ...message, about, citizenId });
    if (sent.outcome === 'sent') {
      state.texts = { ...state.texts, ours: sent.opening };
      return sent;
    }
    state.needsAttention = true;
    upsertSearchAttributes([{ key: searchAttributes.needsAttention, value: true }]);
    return undefined;
  }

  async function react({ wamid }: HeardMessage): Promise<void> {
    await quick.react({ citizenId, wamid }).catch(throwUnlessFailed);
  }

  async function repeat(messageId: string): Promise<void> {
    // What was said before the last message no longer matters.
    if (state.last?.messageId === messageId) await deliver(state.last);
  }

  async function hear(silenceMs: number): Promise<HeardMessage | undefined> {
    for (;;) {
      const message = await inbox.next(silenceMs);
      if (!message) return undefined;
      const { content } = message;
      if (content.kind === 'undelivered') await repeat(content.messageId);
      if (content.kind === 'recordsBack') return message;
      if (!expectsAnswer(content) || isSecondTap(message) || isMachine(message)) continue;
      const allowed = useAllowance(state, message, Date.now());
      if (allowed === 'answer') return message;
      if (allowed === 'slowDown') await tellToSlowDown();
    }
  }

  function isMachine(message: HeardMessage): boolean {
    const heard = hearText(state.texts, message, offeredChoice(message, state) !== undefined);
    state.texts = heard.texts;
    return heard.isMachine && !isPressing(state, message);
  }

  /** Whether the same choice was tapped a moment ago: a second answer to it would only cost money. */
  function isSecondTap({ content, sentAt }: HeardMessage): boolean {
    const id = content.kind === 'tap' ? content.id : undefined;
    const { tapped } = state;
    state.tapped = id === undefined ? undefined : { id, at: sentAt };
    return id !== undefined && tapped?.id === id && sentAt - tapped.at <= secondTapSeconds;
  }

  /**
   * Puts a question, unless an earlier run did.
   * @returns the answer that an earlier run heard to it, if any
   */
  async function put(question: Reply, silenceMs: number): Promise<string | undefined> {
    const { errand } = state;
    const { answers: [known, ...more] = [], asked } = errand?.earlier ?? {};
    if (errand && known?.question === question.key) {
      state.errand = { ...errand, earlier: { answers: more, asked } };
      return known.answer;
    }
    if (errand)
      state.errand = { ...errand, asked: { question: question.key, silenceMs }, earlier: undefined };
    if (known !== undefined || asked?.question !== question.key) await say(question);
    return undefined;
  }

  /** Puts a question and waits for an answer. What `read` cannot make sense of goes to `unclear`, which may throw to leave. */
  async function hearAnswer<A extends string>(
    question: Reply,
    silenceMs: number,
    read: (message: HeardMessage) => Answer<A>,
    unclear: (message: HeardMessage, why: NoteKey) => Promise<void>,
  ): Promise<A> {
    let answer = (await put(question, silenceMs)) as A | undefined;
    while (answer === undefined) {
      const message = await hear(silenceMs);
      if (!message) throw new WentQuiet();
      if (message.content.kind === 'recordsBack') {
        state.later.push(message);
        continue;
      }
      // A tap names the very message that it answers.
      const heard: Answer<A> =
        isLate(state, message) && message.content.kind !== 'tap' ? { unclear: 'cameLate' } : read(message);
      if ('is' in heard) answer = heard.is;
      else if (isOnlyThanks(message)) await react(message);
      else await unclear(message, heard.unclear);
    }
    if (state.errand) {
      const answers = [...state.errand.answers, { question: question.key, answer }];
      state.errand = { ...state.errand, answers, asked: undefined };
    }
    return answer;
  }

  /** Reads a tap, the citizen's own words, or a typed place in the list. */
  function reader<Offered extends string, Heard extends string>(
    choices: readonly OfferedChoice<Offered>[],
    understand: (meaning: Meaning, content: InboundContent) => Answer<Heard>,
  ): (message: HeardMessage) => Answer<Offered | Heard> {
    return (message) => {
      const { content, meaning } = message;
      const heard = meaning && understand(meaning, content);
      // Before a place in the list: "3" may mean three years.
      if (heard && ('is' in heard || heard.final === true)) return heard;
      const tapped = offeredChoice(message, state);
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
    mostChoices: state.limits.choices,
    say,
    react,
    hear,
    choose(reply, choices, understand, { asked = { for: 'nothing' } as const, help } = {}) {
      const question = { ...reply, choices };
      let misses = 0;
      return hearAnswer(question, quietMs, reader(choices, understand), async (message, note) => {
        const isForPerson = offeredChoice(message, state) === askForPerson.id;
        if (isForPerson || isWishOfItsOwn(message, asked)) throw new Interrupted(message);
        // What has a reason of its own is told that instead.
        if (note === 'notUnderstood' || note === 'notANumber') misses += 1;
        else return say({ ...question, note });
        if (misses % helpEvery !== missesBeforeHelp) return say({ ...question, note });
        return say(
          help
            ? await help()
            : { key: 'stuck', choices: [...choices.slice(0, state.limits.choices - 1), askForPerson] },
        );
      });
    },
    offer: (reply, choices, understand) =>
      hearAnswer({ ...reply, choices }, windowMs, reader(choices, understand), (message) => {
        throw new Interrupted(message);
      }),
    answerLater(account) {
      if (state.awaited.some((other) => isSameAccount(other, account))) return;
      state.awaited.push(account);
      awaitRecords(state, account);
    },
  };
}

/** The way out of a question that is not understood. */
export const askForPerson = { id: 'person', label: 'person' } as const satisfies OfferedChoice;
export const missesBeforeHelp = 2;
/** Help comes again after so many answers without sense; in between, the question. */
const helpEvery = 3;
const secondTapSeconds = 10;

/** The choice of our last message that the citizen tapped, or typed by its place in the list or in its own words. */
export function offeredChoice(message: HeardMessage, state: ConversationState): string | undefined {
  const { content, meaning } = message;
  const { offer } = state;
  if (!offer) return undefined;
  if (content.kind === 'tap') {
    return offer.ids.find((id) => content.id === `${offer.token}:${id}`);
  }
  const label = meaning?.label;
  if (label === undefined || isLate(state, message)) return undefined;
  return /^\d{1,2}$/.test(label)
    ? offer.ids[Number(label) - 1]
    : offer.ids[offer.labels?.indexOf(label) ?? -1];
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
      return 'typeFromPicture';
    case 'video':
      return 'cannotSee';
    case 'audio':
      return 'cannotHear';
    case 'document':
      return 'typeFromFile';
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

/** What is offered only beside something else; at the top it would lead nowhere. */
const besideSomething: readonly Intent[] = ['statement', 'chooseBills', 'whereIsNumber', 'forgetNumbers'];

/** Whether a message leaves the question: for another service, an account's number, help, to be left alone. */
function isWishOfItsOwn({ content, meaning }: HeardMessage, asked: Asked): boolean {
  if (!meaning || content.kind === 'tap') return false;
  const { wish, numbers } = readingOf(meaning, asked);
  if (numbers ?? meaning.nickname) return true;
  if (!wish || besideSomething.includes(wish.intent) || wish.intent === 'thanks') return false;
  // What is only likely may as well be an answer that was not understood, unless a number was asked for and none came.
  if (wish.certainty !== 'sure' && asked.for !== 'number') return false;
  return !(asked.for === 'number' && isAbout(wish.intent, asked.kind));
}

/** Whether whoever is asked for a number of this kind says only once more what they came for. */
function isAbout(intent: Intent, kind: AccountKind): boolean {
  return intent === serviceOf[kind] || intent === 'pay' || (kind === 'licence' && intent === 'renewal');
}
