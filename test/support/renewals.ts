/** Runs the real renewal workflow on the real server, with books that a test holds in its hands. */
import { randomUUID } from 'node:crypto';
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { DocumentActivities } from '../../activities/documents.ts';
import type { RenewalActivities } from '../../activities/renewals.ts';
import type { ReplyMessage, Sent } from '../../activities/replies.ts';
import type { CalendarDate } from '../../domain/calendar.ts';
import type { CertificateKey, CertificateNumber } from '../../domain/certificate.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import { workflowId } from '../../domain/entities.ts';
import { paise } from '../../domain/money.ts';
import type { PayToken } from '../../domain/payments/order.ts';
import type { CaseId } from '../../domain/people/case.ts';
import {
  renewalId,
  type RenewalId,
  type RenewalPayment,
  type RenewalStanding,
} from '../../domain/renewal.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { workflowBundle } from '../../worker/bundle.ts';
import type { renewal } from '../../workflows/index.ts';
import { renewalNewsSignal, type RenewalInput } from '../../workflows/renewal/messages.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { licence } from './sample-replies.ts';
import { connectTestTemporal, currentDetails } from './temporal.ts';

/** One renewal of a test, with what its books say. */
export interface TestRenewal {
  readonly handle: WorkflowHandle<typeof renewal>;
  /** What the books say, and what goes wrong with them. */
  readonly books: {
    standing: RenewalStanding;
    makePdf: (number: CertificateNumber) => Promise<void>;
    send: () => Promise<Sent>;
  };
  /** Everything that citizens were told, in order. */
  readonly heard: ReplyMessage[];
  /** Calls of the activities, by name. */
  readonly calls: string[];
  /** Writes something into the books and tells the workflow that there is news; begins it when there is none. */
  news(change?: Partial<RenewalStanding>): Promise<void>;
  events(): Promise<number>;
  attribute(name: string): Promise<unknown>;
  /** What the Web UI shows of where it stands. */
  details(): Promise<string>;
}

export interface Renewals {
  readonly client: Client;
  renewal(standing?: Partial<RenewalStanding>, input?: Partial<RenewalInput>): TestRenewal;
  /** Ends the worker, with everything that it remembers of workflows, and starts another. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export const inADay = (): number => Date.now() + 86_400_000;

export function payment(expiresAt = inADay(), token = 'sampletokensampletoken12'): RenewalPayment {
  return { token: token as PayToken, amount: paise(180_000), expiresAt };
}

let issued = 0;
/** What stands in the books when a renewal has been paid; each time with a certificate of its own. */
export function renewed(): Required<Pick<RenewalStanding, 'state' | 'certificate'>> {
  issued += 1;
  const number = `CE-2026-27-${String(issued).padStart(6, '0')}` as CertificateNumber;
  return { state: 'renewed', certificate: { number, validUntil: '2027-12-31' as CalendarDate } };
}

export async function startRenewals(address: string): Promise<Renewals> {
  const temporal = await connectTestTemporal(address);
  const { client } = temporal;
  const taskQueue = `renewals-${randomUUID()}`;
  const all: TestRenewal[] = [];
  const find = (is: (standing: RenewalStanding) => boolean): TestRenewal => {
    const found = all.find(({ books }) => is(books.standing));
    if (!found) throw new Error('no such test renewal');
    return found;
  };
  const of = (id: RenewalId): TestRenewal => find((standing) => standing.id === id);

  const renewals: Omit<RenewalActivities, 'renewalOffer' | 'applyForRenewal'> = {
    renewalStanding({ id }) {
      of(id).calls.push('renewalStanding');
      return Promise.resolve(of(id).books.standing);
    },
    lapseRenewal({ id }) {
      const { books, calls } = of(id);
      calls.push('lapseRenewal');
      if (!books.standing.paying) books.standing = { ...books.standing, state: 'lapsed' };
      return Promise.resolve(books.standing);
    },
    callForUntold({ id, messageId: fact }) {
      const { books, calls } = of(id);
      calls.push('callForUntold');
      const untold = { id: `case of ${fact}` as CaseId, kind: 'untold', fact } as const;
      books.standing = { ...books.standing, cases: [...books.standing.cases, untold] };
      return Promise.resolve();
    },
  };
  async function sendReply(message: ReplyMessage): Promise<Sent> {
    const { params } = message.reply;
    const number = params && 'licence' in params ? params.licence.number : undefined;
    const { books, heard } = find((standing) => standing.licence.number === number);
    const sent = await books.send();
    if (sent.outcome !== 'sent') return sent;
    heard.push(message);
    const { told, cases } = books.standing;
    books.standing = {
      ...books.standing,
      told: [...told, message.messageId],
      cases: cases.filter(({ kind }) => kind !== 'untold'),
    };
    return sent;
  }
  const renewalCertificate: DocumentActivities['renewalCertificate'] = async ({ number }) => {
    const { books, calls } = find((standing) => standing.certificate?.number === number);
    calls.push('renewalCertificate');
    await books.makePdf(number);
    const key = 'samplekeysamplekeysample' as CertificateKey;
    return { mediaId: '4', filename: `certificate-${number}.pdf`, key };
  };

  const codePath = await workflowBundle();
  const startWorker = (): Promise<() => Promise<void>> =>
    temporal.startWorker({
      taskQueue,
      activities: { ...renewals, sendReply },
      workflowBundle: { codePath },
    });
  let stopWorker = await startWorker();
  await temporal.startWorker({ taskQueue: taskQueues.whatsapp, activities: { sendReply } });
  await temporal.startWorker({ taskQueue: taskQueues.documents, activities: { renewalCertificate } });

  function create(
    standing: Partial<RenewalStanding> = {},
    { reminderMs = 43_200_000 }: Partial<RenewalInput> = {},
  ): TestRenewal {
    const number = String(700_000_000_000 + Math.floor(Math.random() * 1e11));
    const id = renewalId(number, '2026-27');
    const ownId = workflowId('renewal', id);
    const handle = client.workflow.getHandle<typeof renewal>(ownId);
    const made: TestRenewal = {
      handle,
      heard: [],
      calls: [],
      books: {
        standing: {
          id,
          application: randomUUID(),
          citizenId: randomUUID() as CitizenId,
          language: 'bn',
          licence: { ...licence, number },
          years: 1,
          state: 'awaitingPayment',
          approved: false,
          appliedAt: Date.now(),
          payment: payment(),
          paying: false,
          mayRemind: true,
          outdone: [],
          cases: [],
          told: [],
          ...standing,
        },
        makePdf: () => Promise.resolve(),
        send: () => Promise.resolve({ outcome: 'sent' }),
      },
      async news(change = {}) {
        made.books.standing = { ...made.books.standing, ...change };
        await client.workflow.signalWithStart('renewal', {
          workflowId: ownId,
          taskQueue,
          args: [{ id, reminderMs } satisfies RenewalInput],
          typedSearchAttributes: [{ key: searchAttributes.needsAttention, value: false }],
          signal: renewalNewsSignal,
          signalArgs: [],
        });
      },
      events: async () => (await handle.fetchHistory()).events?.length ?? 0,
      async attribute(name) {
        const { typedSearchAttributes } = await handle.describe();
        return typedSearchAttributes.getAll().find(({ key }) => key.name === name)?.value;
      },
      details: () => currentDetails(handle),
    };
    all.push(made);
    return made;
  }

  let restarted = Promise.resolve();

  return {
    client,
    renewal: create,
    restart() {
      // One after the other: tests that run at once share the worker.
      restarted = restarted.then(async () => {
        await stopWorker();
        stopWorker = await startWorker();
      });
      return restarted;
    },
    close: () => temporal.close(),
  };
}
