/** Runs the real refund workflow on the real server, with books and a gateway that a test holds in its hands. */
import { randomUUID } from 'node:crypto';
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { DocumentActivities } from '../../activities/documents.ts';
import type { RefundActivities } from '../../activities/refunds.ts';
import type { ReplyMessage, Sent } from '../../activities/replies.ts';
import { workflowId } from '../../domain/entities.ts';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import { paise } from '../../domain/money.ts';
import type { CreditNoteNumber, RefundReference, RefundStanding } from '../../domain/payments/refund.ts';
import type { CaseId, CaseKindName } from '../../domain/people/case.ts';
import { gatewayQueue, taskQueues } from '../../domain/task-queues.ts';
import { workflowBundle } from '../../worker/bundle.ts';
import { queueWorkers } from '../../worker/options.ts';
import type { refund } from '../../workflows/index.ts';
import { refundNewsSignal, type RefundInput } from '../../workflows/refund/messages.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { sampleOrder } from './sample-payments.ts';
import { replayAll } from './replay.ts';
import { connectTestTemporal, currentDetails } from './temporal.ts';

/** One refund of a test, with what its books say. */
export interface TestRefund {
  readonly reference: RefundReference;
  readonly handle: WorkflowHandle<typeof refund>;
  /** What the books say; a test writes into it and then brings news. */
  readonly books: {
    standing: RefundStanding;
    /** What comes of asking the gateway; by default that it is asked and does not decide. */
    ask: () => Promise<void>;
    makePdf: () => Promise<void>;
    send: () => Promise<Sent>;
  };
  /** Everything that the citizen was told, in order. */
  readonly heard: ReplyMessage[];
  /** How often the gateway was asked. */
  asked(): number;
  /** Changes what the books say. */
  becomes(change: Partial<RefundStanding>): void;
  refunded(): void;
  needs(kind: CaseKindName): void;
  settled(kind: CaseKindName): void;
  news(check?: boolean): Promise<void>;
  attribute(name: string): Promise<unknown>;
  details(): Promise<string>;
}

export interface TestRefunds {
  readonly client: Client;
  refund(input?: Partial<RefundInput>, standing?: Partial<RefundStanding>): TestRefund;
  /** Replays the history of every refund. @throws when one does not replay */
  replayAll(): Promise<void>;
  close(): Promise<void>;
}

export async function startRefunds(address: string): Promise<TestRefunds> {
  const temporal = await connectTestTemporal(address);
  const { client } = temporal;
  const taskQueue = `refunds-${randomUUID()}`;
  const all = new Map<RefundReference, TestRefund & { calls: number }>();
  const of = ({ reference }: { readonly reference: RefundReference }): TestRefund & { calls: number } => {
    const found = all.get(reference);
    if (!found) throw new Error(`no test refund ${reference}`);
    return found;
  };

  const refunds: RefundActivities = {
    refundStanding: (asked) => Promise.resolve(of(asked).books.standing),
    async giveBack(asked) {
      const mine = of(asked);
      mine.calls += 1;
      await mine.books.ask();
      return mine.books.standing;
    },
    callForUndecidedRefund(asked) {
      of(asked).needs('refundUndecided');
      return Promise.resolve();
    },
    callForUntoldRefund(asked) {
      of(asked).needs('untold');
      return Promise.resolve();
    },
    tellOfRefundAgain: () => Promise.resolve(),
  };
  const sendReply = async (message: ReplyMessage): Promise<Sent> => {
    const reference = message.about.id as RefundReference;
    const mine = of({ reference });
    const sent = await mine.books.send();
    if (sent.outcome !== 'sent') return sent;
    mine.heard.push(message);
    mine.becomes({ told: [...mine.books.standing.told, message.messageId.slice(reference.length + 1)] });
    return sent;
  };
  const creditNote: DocumentActivities['creditNote'] = async ({ number }) => {
    const mine = [...all.values()].find(({ books }) => books.standing.creditNote === number);
    await mine?.books.makePdf();
    return { mediaId: '5', filename: 'credit-note.pdf' };
  };

  const codePath = await workflowBundle();
  await temporal.startWorker({
    taskQueue,
    activities: { ...refunds, sendReply },
    workflowBundle: { codePath },
  });
  await temporal.startWorker({ taskQueue: taskQueues.documents, activities: { creditNote } });
  const paces = { sendsPerSecond: 50, gatewayCallsPerSecond: 50 };
  for (const { runs, ...options } of queueWorkers([gatewayQueue('billdesk')], paces))
    await temporal.startWorker({ ...options, activities: refunds });

  function create(input: Partial<RefundInput> = {}, standing: Partial<RefundStanding> = {}): TestRefund {
    const reference = `RF${randomUUID().replaceAll('-', '').slice(0, 22).toUpperCase()}` as RefundReference;
    const options = {
      workflowId: workflowId('refund', reference),
      taskQueue,
      args: [{ reference, pollsMs: [3_600_000], ...input } satisfies RefundInput],
      typedSearchAttributes: [{ key: searchAttributes.needsAttention, value: false }],
    };
    const handle = client.workflow.getHandle<typeof refund>(options.workflowId);
    const made: TestRefund & { calls: number } = {
      reference,
      handle,
      heard: [],
      calls: 0,
      asked: () => made.calls,
      books: {
        standing: {
          reference,
          order: sampleOrder,
          attempt: {
            reference: 'PSTEST' as AttemptReference,
            gateway: 'billdesk',
            merchant: 'billdesk-main',
            merchantId: 'KMCTEST',
            openedAt: Date.now(),
            usableUntil: Date.now(),
          },
          transactionId: 'XIC1',
          amount: paise(123_400),
          excess: paise(123_400),
          reason: 'paidTwice',
          dueAgain: false,
          state: 'requested',
          hasMoney: true,
          requestedBy: 'Asha',
          requestedAt: Date.now(),
          cases: [],
          told: [],
          ...standing,
        },
        ask() {
          made.becomes({ state: 'submitted', submittedAt: Date.now() });
          return Promise.resolve();
        },
        makePdf: () => Promise.resolve(),
        send: () => Promise.resolve({ outcome: 'sent' }),
      },
      becomes(change) {
        made.books.standing = { ...made.books.standing, ...change };
      },
      refunded() {
        made.becomes({ state: 'refunded', creditNote: `CN-${reference}` as CreditNoteNumber, cases: [] });
      },
      needs(kind) {
        const { cases } = made.books.standing;
        const about = { subject: 'refund', subjectId: reference, reason: 'a test', details: {} } as const;
        const id = `${cases.length + 1}` as CaseId;
        made.becomes({ cases: [...cases, { ...about, id, kind, openedAt: Date.now(), dueAt: Date.now() }] });
      },
      settled(kind) {
        made.becomes({ cases: made.books.standing.cases.filter((each) => each.kind !== kind) });
      },
      async news(check = false) {
        await client.workflow.signalWithStart('refund', {
          ...options,
          signal: refundNewsSignal,
          signalArgs: [{ check }],
        });
      },
      async attribute(name) {
        const { typedSearchAttributes } = await handle.describe();
        return typedSearchAttributes.getAll().find(({ key }) => key.name === name)?.value;
      },
      details: () => currentDetails(handle),
    };
    all.set(reference, made);
    return made;
  }

  return {
    client,
    refund: create,
    async replayAll() {
      const recorded = [...all.values()].map(async ({ handle }) => ({
        workflowId: handle.workflowId,
        history: await handle.fetchHistory(),
      }));
      await replayAll({ codePath }, await Promise.all(recorded));
    },
    close: () => temporal.close(),
  };
}
