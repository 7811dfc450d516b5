/** What a citizen is told of a refund, each thing once: that it is on its way, and how it ended. */
import { ApplicationFailure } from '@temporalio/workflow';
import { addDays, dateInKolkata } from '../../domain/calendar.ts';
import { refundDays, type RefundStanding, type RefundTelling } from '../../domain/payments/refund.ts';
import type { Reply } from '../../domain/reply.ts';
import { makeDocument } from '../documents.ts';
import { reasonOf, type Life } from '../entity.ts';
import { send } from '../send.ts';
import { books } from './books.ts';

/** Something to be told, and how. */
interface Owed {
  readonly telling: RefundTelling;
  readonly tell: () => Promise<void>;
}

/** Begins to tell whatever is owed and was not told. What cannot be told is a case. */
export function tellCitizen(life: Life, standing: RefundStanding): void {
  const { reference, told } = standing;
  for (const { telling, tell } of owedTellings(life, standing)) {
    if (told.includes(telling)) continue;
    life.begin(`tell ${telling}`, async () => {
      try {
        await tell();
      } catch (error) {
        if (reasonOf(error) === undefined) throw error;
        await life.ask(books, (mine) => mine.callForUntoldRefund({ reference, telling }));
        throw error;
      }
    });
  }
}

function owedTellings(life: Life, standing: RefundStanding): readonly Owed[] {
  const { reference, order, amount, dueAgain, state, approvedAt, creditNote, told } = standing;
  const { citizenId, language, service, account } = order;
  if (citizenId === undefined) return [];
  const reader = citizenId;
  const about = { service, accountNumber: account.number, amount };

  /** The id makes it one message, however often it is sent. */
  async function say(telling: RefundTelling, reply: Reply): Promise<void> {
    if (told.includes(telling)) return;
    const { outcome } = await send(
      {
        messageId: `${reference}-${telling}`,
        about: { entity: 'refund', id: reference },
        citizenId: reader,
        language,
        reply,
      },
      life.inTurn,
    );
    if (outcome === 'untold') throw ApplicationFailure.nonRetryable(`${telling} was not told`);
  }

  async function sendCreditNote(number: NonNullable<typeof creditNote>): Promise<void> {
    const params = { ...about, number, dueAgain };
    const document = await makeDocument(
      (documents) => documents.creditNote({ number, language }),
      () => say('sentWords', { key: 'refundSentWords', params }),
    );
    await say('sent', { key: 'refundSent', params: { ...params, ...document } });
  }

  switch (state) {
    case 'approved':
    case 'submitted': {
      if (approvedAt === undefined) return [];
      const by = addDays(dateInKolkata(approvedAt), refundDays);
      const reply: Reply = { key: 'refundOnItsWay', params: { ...about, by } };
      return [{ telling: 'onItsWay', tell: () => say('onItsWay', reply) }];
    }
    case 'refunded':
      return creditNote === undefined ? [] : [{ telling: 'sent', tell: () => sendCreditNote(creditNote) }];
    case 'failed':
      // Whoever was never told that it is on its way has nothing to wait for.
      return told.includes('onItsWay')
        ? [{ telling: 'failed', tell: () => say('failed', { key: 'refundFailed', params: about }) }]
        : [];
    default:
      return [];
  }
}
