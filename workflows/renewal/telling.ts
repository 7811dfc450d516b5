/** What citizens are told of a renewal: each thing once, whatever dies in between. */
import { ApplicationFailure } from '@temporalio/workflow';
import type { Applicant, RenewalStanding, RenewalTelling } from '../../domain/renewal.ts';
import type { Reply } from '../../domain/reply.ts';
import { makeDocument } from '../documents.ts';
import { reasonOf, type Life } from '../entity.ts';
import { send } from '../send.ts';
import { books } from './books.ts';

/** Something to be told to somebody, and how; the id makes it one message, however often it is sent. */
interface Owed {
  readonly messageId: string;
  readonly tell: () => Promise<void>;
}

/** Begins to tell whatever is owed and was not told. What cannot be told is a case. */
export function tellCitizens(life: Life, standing: RenewalStanding, isTimeToRemind: boolean): void {
  const { id, told } = standing;
  for (const { messageId, tell } of owedTellings(life, standing, isTimeToRemind)) {
    if (told.includes(messageId)) continue;
    life.begin(messageId, async () => {
      try {
        await tell();
      } catch (error) {
        if (reasonOf(error) === undefined) throw error;
        // A certificate that was replaced before it could be made is not owed any more.
        const current = await life.ask(books, (mine) => mine.renewalStanding({ id }));
        const owed = owedTellings(life, current, isTimeToRemind);
        if (!owed.some((still) => still.messageId === messageId)) return;
        await life.ask(books, (mine) => mine.callForUntold({ id, messageId }));
        throw error;
      }
    });
  }
}

function owedTellings(life: Life, standing: RenewalStanding, isTimeToRemind: boolean): Owed[] {
  const { id, licence, years, state, approved, payment, certificate, reason = '', outdone } = standing;
  const about = { licence, years };

  async function say(
    { application, citizenId, language }: Applicant,
    telling: RenewalTelling,
    reply: Reply,
  ): Promise<void> {
    const messageId = `${application}-${telling}`;
    if (citizenId === undefined || standing.told.includes(messageId)) return;
    const message = { messageId, about: { entity: 'renewal', id }, citizenId, language, reply } as const;
    const { outcome } = await send(message, life.inTurn);
    if (outcome === 'untold') throw ApplicationFailure.nonRetryable(`${telling} was not told`);
  }

  function owed(who: Applicant, telling: RenewalTelling, tell: () => Promise<void>): Owed[] {
    return who.citizenId === undefined ? [] : [{ messageId: `${who.application}-${telling}`, tell }];
  }

  const words = (who: Applicant, telling: RenewalTelling, reply: Reply): Owed[] =>
    owed(who, telling, () => say(who, telling, reply));

  /** The certificate, as a PDF; in words for the meantime, where it takes longer. */
  function handOver({ number, validUntil }: NonNullable<typeof certificate>): Owed[] {
    const params = { number, validUntil, licence };
    return owed(standing, `certificate-${number}`, async () => {
      const document = await makeDocument(
        (documents) => documents.renewalCertificate({ number }),
        () => say(standing, `words-${number}`, { key: 'certificateWords', params }),
      );
      await say(standing, `certificate-${number}`, {
        key: 'certificate',
        params: { ...params, ...document },
      });
    });
  }

  function toApplicant(): Owed[] {
    switch (state) {
      case 'awaitingPayment': {
        if (!payment) return [];
        const params = { ...about, ...payment };
        return [
          ...(approved ? words(standing, 'approved', { key: 'renewalApproved', params }) : []),
          ...(isTimeToRemind ? words(standing, 'reminder', { key: 'renewalReminder', params }) : []),
        ];
      }
      case 'renewed':
        return certificate ? handOver(certificate) : [];
      case 'sentBack':
        return words(standing, 'sentBack', { key: 'renewalSentBack', params: { ...about, reason } });
      case 'refused':
        return words(standing, 'refused', { key: 'renewalRefused', params: { ...about, reason } });
      case 'held':
        return words(standing, 'held', { key: 'renewalHeld', params: { licence } });
      default:
        return [];
    }
  }

  /** Whoever had applied before somebody else was served is told that there is nothing left to pay. */
  const toOthers = outdone.flatMap((other) => {
    const key = other.because === 'paid' ? 'renewalOutdone' : 'renewalGivenWay';
    return words(other, 'outdone', { key, params: { licence } });
  });
  return [...toOthers, ...toApplicant()];
}
