/** Sends replies: words in the citizen's language, to WhatsApp, once. */
import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import type { Database } from '../database/connection.ts';
import {
  beginMessage,
  messageAbandoned,
  messageAccepted,
  messageNotSent,
  type Begun,
  type MessageId,
} from '../database/messages.ts';
import type { CitizenId } from '../domain/citizen.ts';
import type { Language } from '../domain/language.ts';
import type { Address, MessageAbout } from '../domain/outbound.ts';
import type { Reply } from '../domain/reply.ts';
import type { Logger } from '../platform/log.ts';
import type { OutboundMetrics } from '../platform/metrics.ts';
import type { CorporationFacts } from '../texts/conversation.ts';
import { render } from '../texts/render.ts';
import { templateFor } from '../texts/templates.ts';
import type { SendResult, WhatsAppClient } from '../whatsapp/client.ts';
import { backoffMs, type GraphError } from '../whatsapp/errors.ts';

export interface ReplyMessage {
  /** The same for every try of this message. */
  readonly messageId: string;
  readonly about: MessageAbout;
  readonly citizenId: CitizenId;
  readonly language: Language;
  readonly reply: Reply;
}

export type Sent =
  | { readonly outcome: 'sent' }
  /** It will not go out by itself; a case says so to a person, unless the citizen does not want it. */
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
/** How long to wait for a person to mend an account or a token before looking again. */
const operatorMs = 60_000;

export function createReplyActivities({
  db,
  whatsapp,
  facts,
  metrics,
  log,
  unknownWaitMs,
  windowMs,
}: Dependencies): { sendReply(message: ReplyMessage): Promise<Sent> } {
  /**
   * Sends one message. Safe to repeat: what went out is not sent again, and a call whose end nobody knows is first
   * given time to be proved by a status.
   * @throws ApplicationFailure when it did not go and is to be tried again
   */
  async function sendReply({ messageId, about, citizenId, language, reply }: ReplyMessage): Promise<Sent> {
    const id = messageId as MessageId;
    const content = render(reply, language, facts);
    const begun = await beginMessage(
      db,
      { id, about, citizenId, textKey: reply.key, kind: content.kind },
      unknownWaitMs,
    );
    if (!begun.claimed && begun.wamid !== null) return { outcome: 'sent' };
    if (!begun.claimed) {
      const wait = Math.max(unknownWaitMs - (begun.inFlightMs ?? 0), 0) + 100;
      throw tryAgain('an earlier try has no known end', 'SendUnresolved', wait);
    }
    const address = addressOf(begun);
    if (!address) return abandon(id, 'the citizen has neither a number nor an id');
    const isOpen = begun.sinceInboundMs !== null && begun.sinceInboundMs <= windowMs;
    const fitting = isOpen ? content : templateFor(reply, language);
    if (!fitting) return abandon(id, 'the customer-service window has closed');

    const stopTimer = metrics.seconds.startTimer();
    const timeoutMs = activityInfo().isLocal ? quickMs : patientMs;
    const result = await whatsapp.send(fitting, address, { opaqueId: messageId, timeoutMs });
    const label = result.outcome === 'refused' ? `refused ${result.error.code ?? ''}`.trim() : result.outcome;
    stopTimer({ result: result.outcome });
    metrics.outbound.inc({ kind: fitting.kind, result: label });
    return conclude(id, result);
  }

  async function conclude(id: MessageId, result: SendResult): Promise<Sent> {
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
        return concludeRefusal(id, result.error);
    }
  }

  async function concludeRefusal(id: MessageId, error: GraphError): Promise<Sent> {
    const { code, details, remedy, retryAfterMs, traceId } = error;
    const reason = `${remedy.meaning} (${code ?? error.httpStatus}: ${details})`;
    switch (remedy.action) {
      case 'retry':
      case 'slowDown':
      case 'retryPair': {
        await messageNotSent(db, id, code);
        const wait = retryAfterMs ?? backoffMs(remedy.action, activityInfo().attempt);
        throw tryAgain(reason, 'Refused', wait);
      }
      case 'operator':
        log.error({ message: id, code, details, traceId }, remedy.meaning);
        await messageNotSent(db, id, code);
        throw tryAgain(reason, 'NeedsOperator', operatorMs);
      case 'unreachable':
      case 'optedOut':
      case 'drop':
      case 'retryLater':
        return abandon(id, reason, code);
      default:
        log.error({ message: id, code, details, traceId }, remedy.meaning);
        return abandon(id, reason, code);
    }
  }

  async function abandon(id: MessageId, reason: string, code?: number): Promise<Sent> {
    await messageAbandoned(db, id, code);
    return { outcome: 'untold', reason };
  }

  return { sendReply };
}

/** A phone is preferred: every kind of message can go to it. */
function addressOf({ phone, bsuid }: Begun): Address | undefined {
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
