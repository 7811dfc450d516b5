/** Sends replies: words in the citizen's language, to WhatsApp, once. */
import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import type { Database } from '../database/connection.ts';
import { nicknameOf } from '../database/look-ups.ts';
import {
  beginMessage,
  giveUpMessage,
  leaveMessage,
  messageAccepted,
  messageNotSent,
  noteOptOut,
  noteRemedy,
  openUntoldCase,
  readAddress,
  type Begun,
  type MessageId,
} from '../database/messages.ts';
import { replaceUpload } from '../database/uploads.ts';
import type { CitizenId } from '../domain/citizen.ts';
import { normalise } from '../domain/conversation/understanding/text.ts';
import type { Language } from '../domain/language.ts';
import {
  untoldReasons,
  type Address,
  type MessageAbout,
  type MessageRemedy,
  type OutboundContent,
  type UntoldReason,
} from '../domain/outbound.ts';
import type { Reply, ReplyKey } from '../domain/reply.ts';
import type { Logger } from '../platform/log.ts';
import type { OutboundMetrics } from '../platform/metrics.ts';
import { traced } from '../platform/tracing.ts';
import { phoneRequest } from '../texts/conversation.ts';
import type { CorporationFacts } from '../texts/words.ts';
import { render } from '../texts/render.ts';
import { WhatsAppError, type SendResult, type WhatsAppClient } from '../whatsapp/client.ts';
import { backoffMs, remedyFor, type Action, type GraphError } from '../whatsapp/errors.ts';
import { cutToFit, limits, problemsOf } from '../whatsapp/limits.ts';
import { formOf, nextRemedy, takesLink } from './remedies.ts';

export interface ReplyMessage {
  /** The same for every try of this message. */
  readonly messageId: string;
  readonly about: MessageAbout;
  readonly citizenId: CitizenId;
  readonly language: Language;
  readonly reply: Reply;
}

export interface MessageSent {
  readonly outcome: 'sent';
  /** The words of its choices, in the form in which citizens' words are compared with them. */
  readonly labels?: readonly string[];
  /** How its words begin, to know them when they come back. */
  readonly opening?: string;
}

export type Sent =
  | MessageSent
  /** It will not go out by itself; a case says so to a person. */
  | { readonly outcome: 'untold'; readonly reason: string };

interface Dependencies {
  readonly db: Database;
  readonly whatsapp: WhatsAppClient;
  readonly facts: CorporationFacts;
  readonly metrics: OutboundMetrics;
  readonly log: Logger;
  /** How long a send without an answer waits for a status that proves it went. */
  readonly unknownWaitMs: number;
  /** WhatsApp's customer-service window. */
  readonly windowMs: number;
}

/** A first try must leave the workflow task time to finish; WhatsApp usually answers within a third of a second. */
const quickMs = 3_000;
const patientMs = 15_000;
/** How long to wait before a person who mends something, or a citizen who shows their number, is looked for again. */
const personMs = 60_000;

/** Before another form of the same message. */
const soonMs = 100;

const hourMs = 3_600_000;
/** How long a message is tried. In a chat, the citizen can write again; papers are of use for longer. */
const patienceMs: Readonly<Record<MessageAbout['entity'], number>> = {
  conversation: 24 * hourMs,
  payment: 72 * hourMs,
  renewal: 72 * hourMs,
  refund: 72 * hourMs,
};

/** Refusals whose reason a person has to mend. */
const forOperators: readonly Action[] = ['operator', 'bug', 'fallBack'];

/** What asks for money. Whoever wrote STOP gets it as an answer, but never unasked. */
const promptsToPay: readonly ReplyKey[] = ['paymentFailed', 'renewalReminder'];

/** One message on its way, with what is known of it. */
interface OnItsWay {
  readonly id: MessageId;
  readonly about: MessageAbout;
  readonly reply: Reply;
  readonly language: Language;
  /** As it goes out within the window. */
  readonly content: OutboundContent;
  readonly isOpen: boolean;
  readonly remedies: readonly MessageRemedy[];
  readonly address: Address;
}

export interface ReplyActivities {
  sendReply(message: ReplyMessage): Promise<Sent>;
  /** Puts an emoji on a message of the citizen's. Safe to repeat: there is one reaction to a message. */
  react(to: { readonly citizenId: CitizenId; readonly wamid: string }): Promise<void>;
}

export function createReplyActivities({
  db,
  whatsapp,
  facts,
  metrics,
  log,
  unknownWaitMs,
  windowMs,
}: Dependencies): ReplyActivities {
  /**
   * Sends one message. Safe to repeat: what went out is not sent again, and a call whose end nobody knows is first
   * given time to be proved by a status. What WhatsApp refused, now or in a later status, goes in another form where the
   * table of errors has a remedy; what cannot be told in the end is a case.
   * @param written its reply, as it is without what only the sender knows
   * @throws ApplicationFailure when it did not go and is to be tried again
   */
  async function sendReply(message: ReplyMessage, written: OutboundContent): Promise<Sent> {
    const { messageId, about, citizenId, language } = message;
    const id = messageId as MessageId;
    const { key } = message.reply;
    const { kind } = written;
    const begun = await beginMessage(db, { id, about, citizenId, textKey: key, kind }, unknownWaitMs);
    if (begun.givenUp) return { outcome: 'untold', reason: 'it was given up before' };
    if (!begun.claimed && begun.wamid !== null) return { outcome: 'sent' };
    if (!begun.claimed) {
      const wait = Math.max(unknownWaitMs - (begun.inFlightMs ?? 0), 0) + 100;
      throw tryAgain('an earlier try has no known end', 'SendUnresolved', wait);
    }
    const { errorCode, mediaId, sinceInboundMs, optedOut, remedies } = begun;
    if (Date.now() - activityInfo().scheduledTimestampMs > patienceMs[about.entity]) {
      return giveUp(id, 'tooLate', errorCode);
    }
    const address = addressOf(begun);
    if (!address) return giveUp(id, 'noAddress');
    const isOpen = sinceInboundMs !== null && sinceInboundMs <= windowMs;
    if (optedOut && !isOpen && promptsToPay.includes(key)) return giveUp(id, 'stopped');
    const named = await withNickname(message.reply, citizenId);
    const reply = mediaId === null ? named : withFile(named, mediaId);
    const whole = reply === message.reply ? written : render(reply, language, facts);
    const content = problemsOf(whole).length === 0 ? whole : cutToFit(whole);
    if (content !== whole) await openUntoldCase(db, id, `${id}-shortened`, { reason: 'shortened' });
    const onItsWay: OnItsWay = { id, about, reply, language, content, isOpen, remedies, address };
    if (errorCode !== null) return remedy(onItsWay, errorCode);
    if (remedies.includes('phone') && !('phone' in address)) return waitForPhone(onItsWay);
    return post(onItsWay);
  }

  /** What is due goes by the name that its reader has for it. Only here, so that no workflow but a chat knows the name. */
  async function withNickname(reply: Reply, citizenId: CitizenId): Promise<Reply> {
    if (reply.key !== 'renewalReminder') return reply;
    const { kind, number } = reply.params.licence;
    const nickname = await nicknameOf(db, { citizenId, kind, number });
    return { ...reply, params: { ...reply.params, nickname } };
  }

  async function post(message: OnItsWay): Promise<Sent> {
    const { id, address } = message;
    const form = formOf(message);
    if (!form && isOfCard(message)) return leave(id);
    if (!form) return giveUp(id, 'windowClosed');
    if (problemsOf(form).length > 0) {
      log.error({ message: id, problems: problemsOf(form) }, untoldReasons.unsendable);
      return giveUp(id, 'unsendable');
    }
    const stopTimer = metrics.seconds.startTimer();
    const timeoutMs = activityInfo().isLocal ? quickMs : patientMs;
    const result = await traced('send whatsapp', { facts: { kind: form.kind }, kind: 'client' }, () =>
      whatsapp.send(form, address, { opaqueId: id, timeoutMs }),
    );
    const label = result.outcome === 'refused' ? `refused ${result.error.code ?? ''}`.trim() : result.outcome;
    stopTimer({ result: result.outcome });
    metrics.outbound.inc({ kind: form.kind, result: label });
    return conclude(message, result);
  }

  /** Sends what WhatsApp refused, or could not deliver, in the form that the table of errors calls for. */
  async function remedy(message: OnItsWay, errorCode: number): Promise<Sent> {
    const { id, about, reply, language, address, remedies } = message;
    const { action } = remedyFor(errorCode);
    if (activityInfo().isLocal) {
      await messageNotSent(db, id, errorCode);
      throw tryAgain('another form takes longer than a turn', 'Refused');
    }
    if (action === 'retryLater') {
      if (about.entity === 'conversation') return giveUp(id, 'refused', errorCode);
      await messageNotSent(db, id);
      throw tryAgain(remedyFor(errorCode).meaning, 'Refused', backoffMs(action, 1));
    }
    const next = nextRemedy(action, message);
    if (next === undefined) return post(message);
    if (next === 'nothing') return giveUp(id, 'refused', errorCode);
    const amended = { ...message, remedies: [...remedies, next] };
    switch (next) {
      case 'again': {
        const mediaId = await uploadAgain(reply);
        await noteRemedy(db, id, next, mediaId);
        if (mediaId === undefined) return post(amended);
        const renewed = withFile(reply, mediaId);
        return post({ ...amended, reply: renewed, content: render(renewed, language, facts) });
      }
      case 'phone':
        await noteRemedy(db, id, next);
        await openUntoldCase(db, id, id, { reason: 'phoneNeeded', errorCode });
        // A lost request is no harm: the case is open.
        await whatsapp.send({ kind: 'contactRequest', body: phoneRequest[language] }, address);
        return waitForPhone(amended);
      default:
        await noteRemedy(db, id, next);
        return post(amended);
    }
  }

  /** The citizen may show their number at any moment; a chat does not wait for that. */
  async function waitForPhone({ id, about }: OnItsWay): Promise<Sent> {
    if (about.entity === 'conversation') return giveUp(id, 'phoneNeeded');
    await messageNotSent(db, id);
    throw tryAgain(untoldReasons.phoneNeeded, 'PhoneNeeded', personMs);
  }

  /** @returns the id of a new upload of the reply's file; undefined where it has none, or WhatsApp does not give it back */
  async function uploadAgain({ params }: Reply): Promise<string | undefined> {
    if (!params || !('mediaId' in params)) return undefined;
    const { mediaId } = params;
    try {
      const { bytes, mimeType } = await whatsapp.downloadMedia(mediaId, { maxBytes: limits.media.document });
      const filename = 'filename' in params ? params.filename : 'picture';
      const { id } = await whatsapp.uploadMedia({ bytes, mimeType, filename });
      await replaceUpload(db, mediaId, id);
      return id;
    } catch (error) {
      if (!(error instanceof WhatsAppError)) throw error;
      log.warn({ err: error }, 'a file that WhatsApp refused cannot be uploaded again');
      return undefined;
    }
  }

  async function conclude(message: OnItsWay, result: SendResult): Promise<Sent> {
    const { id } = message;
    switch (result.outcome) {
      case 'accepted':
        // WhatsApp has it, so a note that cannot be made must not bring another try; a status brings the wamid later.
        await messageAccepted(db, id, result.wamid).catch((error: unknown) =>
          log.warn({ err: error, message: id }, 'sent, but not written down'),
        );
        return { outcome: 'sent' };
      case 'notSent':
        await messageNotSent(db, id);
        throw tryAgain(result.reason, 'NotSent');
      case 'unknown':
        // The row stays marked as under way: only time or a status settles it.
        throw tryAgain(result.reason, 'SendUnresolved', unknownWaitMs + 100);
      case 'refused':
        return concludeRefusal(message, result.error);
    }
  }

  async function concludeRefusal(message: OnItsWay, error: GraphError): Promise<Sent> {
    const { id } = message;
    const { code, details, remedy: known, retryAfterMs, traceId } = error;
    const reason = `${known.meaning} (${code ?? error.httpStatus}: ${details})`;
    if (forOperators.includes(known.action))
      log.error({ message: id, code, details, traceId }, known.meaning);
    if (takesLink(known.action, message)) {
      await messageNotSent(db, id, code);
      throw tryAgain(reason, 'Refused', soonMs);
    }
    if ((known.action === 'drop' || known.action === 'bug') && isOfCard(message)) return leave(id);
    switch (known.action) {
      case 'retry':
      case 'slowDown':
      case 'retryPair': {
        await messageNotSent(db, id);
        const wait = retryAfterMs ?? backoffMs(known.action, activityInfo().attempt);
        throw tryAgain(reason, 'Refused', wait);
      }
      case 'operator':
        await messageNotSent(db, id);
        throw tryAgain(reason, 'NeedsOperator', personMs);
      case 'fallBack':
      case 'template':
      case 'retryOnce':
      case 'askPhone':
      case 'retryLater':
        if (nextRemedy(known.action, message) === 'nothing') return giveUp(id, 'refused', code);
        await messageNotSent(db, id, code);
        throw tryAgain(reason, 'Refused', soonMs);
      case 'optedOut':
        await noteOptOut(db, id);
        return giveUp(id, 'refused', code);
      case 'bug':
      case 'unreachable':
      case 'drop':
        return giveUp(id, 'refused', code);
    }
  }

  /** Leaves a message out of which nothing follows: the card of its order says of itself that it has ended. */
  async function leave(id: MessageId): Promise<Sent> {
    await leaveMessage(db, id);
    return { outcome: 'sent' };
  }

  async function giveUp(id: MessageId, reason: UntoldReason, errorCode?: number | null): Promise<Sent> {
    const meaning = errorCode == null ? untoldReasons[reason] : remedyFor(errorCode).meaning;
    await giveUpMessage(db, id, { reason, meaning, ...(errorCode != null && { errorCode }) });
    return { outcome: 'untold', reason: meaning };
  }

  return {
    async sendReply(message) {
      const content = render(message.reply, message.language, facts);
      const sent = await sendReply(message, content);
      if (sent.outcome !== 'sent') return sent;
      const [labels, opening] = [labelsOf(content), openingOf(content)];
      return { ...sent, ...(labels.length > 0 && { labels }), ...(opening !== undefined && { opening }) };
    },
    async react({ citizenId, wamid }) {
      const address = addressOf(await readAddress(db, citizenId));
      if (!address) return;
      const { outcome } = await whatsapp.send({ kind: 'reaction', wamid, emoji: '🙏' }, address, {
        timeoutMs: quickMs,
      });
      metrics.outbound.inc({ kind: 'reaction', result: outcome });
    },
  };
}

/** The words on the buttons and rows of a message, as whoever types them instead of tapping is understood. */
function labelsOf(content: OutboundContent): string[] {
  const choices =
    content.kind === 'list'
      ? content.sections.flatMap(({ rows }) => rows)
      : content.kind === 'buttons'
        ? content.buttons
        : [];
  return choices.map(({ title }) => normalise(title));
}

/** Whatever is shorter a citizen may write themselves. */
const openingLength = { least: 20, most: 40 } as const;

function openingOf(content: OutboundContent): string | undefined {
  const words = 'caption' in content ? content.caption : 'body' in content ? content.body : undefined;
  const opening = typeof words === 'string' ? Array.from(words).slice(0, openingLength.most).join('') : '';
  return opening.length < openingLength.least ? undefined : opening;
}

/** What became of an order in the chat: the money and the receipt are told in a message of their own. */
const isOfCard = ({ content }: OnItsWay): boolean => content.kind === 'orderStatus';

/** The same reply with its file under another id. */
function withFile(reply: Reply, mediaId: string): Reply {
  // The compiler cannot see that the values stay those of the reply's own key.
  return { ...reply, params: { ...reply.params, mediaId } } as Reply;
}

/** A phone is preferred: every kind of message can go to it. */
function addressOf({ phone, bsuid }: Pick<Begun, 'phone' | 'bsuid'>): Address | undefined {
  if (phone !== null) return { phone };
  return bsuid === null ? undefined : { bsuid };
}

function tryAgain(message: string, type: string, waitMs?: number): ApplicationFailure {
  return ApplicationFailure.create({
    message,
    type,
    ...(waitMs === undefined ? {} : { nextRetryDelay: waitMs }),
  });
}
