/** What a citizen is told of their payment, each once: the receipt, excess and its credit, a failure, and that the bank takes long. */
import { ApplicationFailure } from '@temporalio/workflow';
import { attemptStates, decidedBy } from '../../domain/payments/attempt.ts';
import {
  toPay,
  type AttemptStanding,
  type ReceiptStanding,
  type Standing,
  type Telling,
} from '../../domain/payments/order.ts';
import { nextPoll } from '../../domain/payments/polls.ts';
import type { Reply, ReplyParams } from '../../domain/reply.ts';
import { makeDocument } from '../documents.ts';
import { reasonOf, type Life } from '../entity.ts';
import { books } from './books.ts';
import { send } from '../send.ts';
import type { PaymentInput } from './messages.ts';

/** Something to be told, and how. */
interface Owed {
  readonly telling: Telling;
  readonly tell: () => Promise<void>;
}

/** Begins to tell whatever is owed and was not told. What cannot be told is a case. */
export function tellCitizen(life: Life, input: PaymentInput, standing: Standing, now: number): void {
  const { id: orderId } = input.order;
  for (const { telling, tell } of owedTellings(life, input, standing, now)) {
    if (standing.told.includes(telling)) continue;
    life.begin(`tell ${telling}`, async () => {
      try {
        await tell();
      } catch (error) {
        if (reasonOf(error) === undefined) throw error;
        await life.ask(books, (mine) => mine.callForUntold({ orderId, telling }));
        throw error;
      }
    });
  }
}

function owedTellings(life: Life, input: PaymentInput, standing: Standing, now: number): readonly Owed[] {
  const { order, pollsMs } = input;
  const { id: orderId, token, service, account, citizenId, language } = order;
  const accountNumber = account.number;
  if (citizenId === undefined) return [];
  const { receipts, excess, credits = [], attempts, state, told } = standing;
  const about = { service, accountNumber, amount: toPay(order) };

  /** The id makes it one message, however often it is sent. */
  async function say(telling: Telling, reply: Reply): Promise<void> {
    const messageId = `${orderId}-${telling}`;
    if (told.includes(telling)) return;
    const payment = { entity: 'payment', id: orderId } as const;
    const { outcome } = await send(
      { messageId, about: payment, citizenId: reader, language, reply },
      life.inTurn,
    );
    if (outcome === 'untold') {
      throw ApplicationFailure.nonRetryable(`${telling} was not told`);
    }
  }
  const reader = citizenId;

  async function sendReceipt({ number, amount: paid, byCredit }: ReceiptStanding): Promise<void> {
    const params = {
      ...{ service, number, accountNumber, amount: paid, token },
      ...(byCredit !== undefined && { byCredit }),
    };
    const document = await makeDocument(
      (documents) => documents.paymentReceipt({ number, language }),
      () => say(`receiptWords-${number}`, { key: 'receiptWords', params }),
    );
    await say(`receipt-${number}`, { key: 'receipt', params: { ...params, ...document } });
  }

  const owed: Owed[] = receipts.map((receipt) => ({
    telling: `receipt-${receipt.number}`,
    tell: () => sendReceipt(receipt),
  }));
  for (const { id, amount: excessAmount } of excess) {
    const telling: Telling = `excess-${id}`;
    const params = { ...about, amount: excessAmount };
    owed.push({ telling, tell: () => say(telling, { key: 'paymentExcess', params }) });
  }
  for (const { id, amount: credited } of credits) {
    const telling: Telling = `credited-${id}`;
    const params = { ...about, amount: credited };
    owed.push({ telling, tell: () => say(telling, { key: 'excessCredited', params }) });
  }
  owed.push(...owedOfChat());
  // Whoever has a receipt, or was told of excess, knows how it ended.
  if (receipts.length > 0 || excess.length > 0) return owed;

  for (const attempt of attempts) {
    const { reference, reason = 'other' } = attempt;
    const failed: Telling = `failed-${reference}`;
    const pending: Telling = `pending-${reference}`;
    const isLatest = attempt === attempts.at(-1);
    if (
      isFailure(attempt) &&
      attempt.chat === undefined &&
      (told.includes(pending) || (isLatest && attempt.state === 'failed' && state === 'open'))
    ) {
      // Who was told to wait is told the end, also when there is nothing left to pay under the link.
      const reply: Reply =
        state === 'open'
          ? { key: 'paymentFailed', params: { ...about, token, reason } }
          : { key: 'paymentFailedForGood', params: { ...about, reason } };
      owed.push({ telling: failed, tell: () => say(failed, reply) });
    }
    if (isLatest && isLongPending(attempt)) {
      const reply: Reply =
        attempt.state === 'review'
          ? { key: 'paymentInReview', params: about }
          : { key: 'paymentPending', params: { ...about, by: decidedBy(attempt.openedAt) } };
      owed.push({ telling: pending, tell: () => say(pending, reply) });
    }
  }
  return owed;

  /** The card of an order in the chat shows how it ended, so that nobody pays it again; with it come the words. */
  function owedOfChat(): readonly Owed[] {
    return attempts.flatMap((attempt): Owed[] => {
      const { reference, chat } = attempt;
      if (chat === undefined) return [];
      if (attempt.state === 'success') {
        const paid: Telling = `chatPaid-${reference}`;
        return [{ telling: paid, tell: () => say(paid, { key: 'chatOrderPaid', params: { reference } }) }];
      }
      const because = whyEnded(attempt);
      if (because === undefined) return [];
      const ended: Telling = `chatEnded-${reference}`;
      const mayPay = state === 'open' && because !== 'replaced';
      const params = { ...about, reference, because, ...(mayPay && { token }) };
      return [{ telling: ended, tell: () => say(ended, { key: 'chatOrderEnded', params }) }];
    });
  }

  function whyEnded(attempt: AttemptStanding): ReplyParams['chatOrderEnded']['because'] | undefined {
    if (attemptStates[attempt.state] === 'undecided') return undefined;
    if (receipts.length > 0 || excess.length > 0 || state === 'paid') return 'paidElsewhere';
    if (!isFailure(attempt)) return state === 'open' ? undefined : 'other';
    if (attempt !== attempts.at(-1)) return 'replaced';
    return attempt.reason ?? (attempt.state === 'expired' ? 'expired' : 'other');
  }

  /** So long that the citizen wonders: most are decided before, some by the question that is under way. */
  function isLongPending(attempt: AttemptStanding): boolean {
    if (attempt.state === 'review') return true;
    const wondersAt = nextPoll(attempt, undefined, pollsMs) ?? now;
    return attempt.state === 'pending' && wondersAt <= now && !life.isUnderWay(askingWork(attempt.reference));
  }
}

/** The name of the work of asking about an attempt. */
export function askingWork(reference: string): string {
  return `ask ${reference}`;
}

function isFailure({ state }: AttemptStanding): boolean {
  return attemptStates[state] === 'decided' && state !== 'success';
}
