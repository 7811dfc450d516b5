/** Runs the real payment workflow on the real server, with books and a gateway that a test holds in its hands. */
import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import {
  WithStartWorkflowOperation,
  type WorkflowHandle,
  type WorkflowStartOptions,
} from '@temporalio/client';
import type { DocumentActivities } from '../../activities/documents.ts';
import type { OpenResult, PaymentActivities } from '../../activities/payments.ts';
import type { ReplyMessage, Sent } from '../../activities/replies.ts';
import { workflowId } from '../../domain/entities.ts';
import type { AttemptReference, AttemptState } from '../../domain/payments/attempt.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import { paise } from '../../domain/money.ts';
import type { Order, OrderId, ReceiptStanding, Standing } from '../../domain/payments/order.ts';
import type { ReceiptNumber } from '../../domain/payments/receipt.ts';
import type { CaseId, CaseKindName } from '../../domain/people/case.ts';
import { gatewayQueue, taskQueues } from '../../domain/task-queues.ts';
import { workflowBundle } from '../../worker/bundle.ts';
import { queueWorkers } from '../../worker/options.ts';
import type { payment } from '../../workflows/index.ts';
import { openAttemptUpdate, paymentNewsSignal, type PaymentInput } from '../../workflows/payment/messages.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { sampleOrder } from './sample-payments.ts';
import { replayAll } from './replay.ts';
import { connectTestTemporal, currentDetails } from './temporal.ts';

/** One order of a test, with what its books say. */
export interface TestPayment {
  readonly orderId: OrderId;
  readonly handle: WorkflowHandle<typeof payment>;
  /** What the books say; a test writes into it and then brings news. */
  readonly books: {
    standing: Standing;
    /** Called before the books answer. */
    look: () => Promise<void>;
    /** What the gateway answers when it is asked; by default that it knows nothing new. */
    ask: () => Promise<void>;
    /** Merchant accounts of the pool, in the order in which they are picked. */
    accounts: readonly string[];
    open: (merchant: string) => Promise<OpenResult>;
    post: () => Promise<void>;
    makePdf: () => Promise<void>;
    send: () => Promise<Sent>;
  };
  /** Everything that the citizen was told, in order. */
  readonly heard: ReplyMessage[];
  /** Calls of the activities, by name. */
  readonly calls: string[];
  news(check?: boolean, isPaidInChat?: boolean): Promise<void>;
  pay(): Promise<OpenResult>;
  /** Puts an attempt into the books, or moves it. */
  attempt(state: AttemptState, place?: number, usableUntil?: number): void;
  /** Puts a receipt into the books. */
  paid(posting?: ReceiptStanding['posting'], number?: string): void;
  /** Puts money into the books that came for what had been paid. */
  tooMuch(id: string): void;
  needs(kind: CaseKindName, details?: Readonly<Record<string, unknown>>): void;
  settled(kind: CaseKindName): void;
  events(): Promise<number>;
  attribute(name: string): Promise<unknown>;
  details(): Promise<string>;
}

/** What a test wants otherwise of a payment than the usual. */
type TestPaymentInput = Partial<Omit<PaymentInput, 'order'>> & { readonly order?: Partial<Order> };

export interface Payments {
  readonly client: Client;
  payment(input?: TestPaymentInput): TestPayment;
  /** Replays the history of every payment. @throws when one does not replay */
  replayAll(): Promise<void>;
  close(): Promise<void>;
}

/** Why an account was picked. */
const choice = 'weight 100 of 100, health 1';
const redirect = { url: 'https://gateway.example.test/pay', kind: 'form', fields: { rdata: 'x' } } as const;

export async function startPayments(address: string): Promise<Payments> {
  const temporal = await connectTestTemporal(address);
  const { client } = temporal;
  const taskQueue = `payments-${randomUUID()}`;
  const all = new Map<OrderId, TestPayment>();
  const of = ({ orderId }: { readonly orderId: OrderId }): TestPayment => {
    const found = all.get(orderId);
    if (!found) throw new Error(`no test payment ${orderId}`);
    return found;
  };

  /** What never ends must not keep a worker from its end. */
  const untilShutdown = <T>(work: Promise<T>): Promise<T> =>
    Promise.race([work, Context.current().cancelled]);

  const payments: PaymentActivities = {
    async standing(asked) {
      of(asked).calls.push('standing');
      await of(asked).books.look();
      return of(asked).books.standing;
    },
    pickAccount({ orderId, tried }) {
      const { accounts } = of({ orderId }).books;
      const merchant = accounts.find((each) => !tried.includes(each));
      return Promise.resolve(
        merchant === undefined
          ? { outcome: 'refused', because: 'gatewayAway' }
          : { outcome: 'picked', gateway: 'billdesk', merchant, choice, isTrial: false, timeoutMs: 7_000 },
      );
    },
    async openAttempt(wanted) {
      of(wanted).calls.push('openAttempt');
      return untilShutdown(of(wanted).books.open(wanted.account.merchant));
    },
    async askGateway(asked) {
      of(asked).calls.push('askGateway');
      await untilShutdown(of(asked).books.ask());
      return of(asked).books.standing;
    },
    async postReceipts(asked) {
      const { calls, books } = of(asked);
      calls.push('postReceipts');
      await untilShutdown(books.post());
      const receipts = books.standing.receipts.map((receipt): ReceiptStanding =>
        receipt.posting === 'due' ? { ...receipt, posting: 'posted' } : receipt,
      );
      books.standing = { ...books.standing, receipts };
      of(asked).settled('postingLate');
    },
    retryPosting(asked) {
      const { calls, books } = of(asked);
      calls.push('retryPosting');
      const receipts = books.standing.receipts.map((receipt): ReceiptStanding =>
        receipt.posting === 'refused' ? { ...receipt, posting: 'due' } : receipt,
      );
      books.standing = { ...books.standing, receipts };
      return Promise.resolve();
    },
    callForUndecided(asked) {
      of(asked).needs('undecided', { reference: asked.reference });
      return Promise.resolve();
    },
    callForLatePosting(asked) {
      of(asked).needs('postingLate');
      return Promise.resolve();
    },
    callForUntold({ telling, ...asked }) {
      of(asked).needs('untold', { telling });
      return Promise.resolve();
    },
    tellAgain(asked) {
      of(asked).calls.push('tellAgain');
      return Promise.resolve();
    },
  };
  const sendReply = async (message: ReplyMessage): Promise<Sent> => {
    const orderId = message.messageId.slice(0, 36) as OrderId;
    const { books, heard } = of({ orderId });
    const sent = await books.send();
    if (sent.outcome !== 'sent') return sent;
    heard.push(message);
    const { standing } = books;
    books.standing = { ...standing, told: [...standing.told, message.messageId.slice(37)] };
    return sent;
  };
  const pdfs = new Map<ReceiptNumber, TestPayment>();
  const paymentReceipt: DocumentActivities['paymentReceipt'] = async ({ number }) => {
    const asked = pdfs.get(number);
    if (!asked) throw new Error(`no receipt ${number}`);
    asked.calls.push('paymentReceipt');
    await untilShutdown(asked.books.makePdf());
    return { mediaId: '3', filename: 'receipt.pdf', paid: [] };
  };

  const codePath = await workflowBundle();
  await temporal.startWorker({
    taskQueue,
    activities: { ...payments, sendReply },
    workflowBundle: { codePath },
    // As few as a slow gateway would use up, were it served here.
    maxConcurrentActivityTaskExecutions: 4,
    maxConcurrentWorkflowTaskExecutions: 4,
    maxConcurrentLocalActivityExecutions: 4,
  });
  await temporal.startWorker({ taskQueue: taskQueues.documents, activities: { paymentReceipt } });
  const paces = { sendsPerSecond: 50, gatewayCallsPerSecond: 50 };
  for (const { runs, ...options } of queueWorkers([gatewayQueue('billdesk')], paces))
    await temporal.startWorker({ ...options, activities: payments });

  function create({ order, ...input }: TestPaymentInput = {}): TestPayment {
    const orderId = randomUUID() as OrderId;
    const options = {
      workflowId: workflowId('payment', orderId),
      taskQueue,
      args: [
        {
          order: {
            ...sampleOrder,
            id: orderId,
            amount: paise(123_400),
            citizenId: randomUUID() as CitizenId,
            ...order,
          },
          pollsMs: [3_600_000],
          postingLateMs: 900_000,
          ...input,
        } satisfies PaymentInput,
      ] as const,
      typedSearchAttributes: [{ key: searchAttributes.needsAttention, value: false }],
    } satisfies WorkflowStartOptions<typeof payment>;
    const handle = client.workflow.getHandle<typeof payment>(options.workflowId);

    const made: TestPayment = {
      orderId,
      handle,
      heard: [],
      calls: [],
      books: {
        standing: { orderId, state: 'open', attempts: [], receipts: [], excess: [], cases: [], told: [] },
        look: () => Promise.resolve(),
        ask: () => Promise.resolve(),
        accounts: ['billdesk-main'],
        post: () => Promise.resolve(),
        makePdf: () => Promise.resolve(),
        send: () => Promise.resolve({ outcome: 'sent' }),
        open() {
          made.attempt('redirected', made.books.standing.attempts.length);
          return Promise.resolve({ outcome: 'redirect', gateway: 'billdesk', redirect });
        },
      },
      async news(check = false, isPaidInChat = false) {
        await client.workflow.signalWithStart('payment', {
          ...options,
          signal: paymentNewsSignal,
          signalArgs: [{ check, ...(isPaidInChat && { isPaidInChat }) }],
        });
      },
      pay: () =>
        client.workflow.executeUpdateWithStart(openAttemptUpdate, {
          startWorkflowOperation: new WithStartWorkflowOperation('payment', {
            ...options,
            workflowIdConflictPolicy: 'USE_EXISTING',
          }),
          args: [{ browser: { ip: '203.0.113.7', userAgent: 'test' }, anyway: false, way: 'page' }],
        }),
      attempt(state, place = 0, usableUntil = Date.now() + 1_800_000) {
        const attempts = [...made.books.standing.attempts];
        attempts[place] = {
          openedAt: Date.now(),
          ...attempts[place],
          reference: `PSTEST${place}` as AttemptReference,
          gateway: 'billdesk',
          merchant: 'billdesk-main',
          merchantId: 'KMCTEST',
          state,
          choice,
          usableUntil,
          ...(state === 'failed' && { reason: 'declined' }),
        };
        made.books.standing = { ...made.books.standing, attempts };
      },
      paid(posting = 'posted', name = `W-${orderId.slice(0, 8)}`) {
        const number = name as ReceiptNumber;
        pdfs.set(number, made);
        const receipt = { number, amount: paise(123_400), paidAt: Date.now(), posting };
        const { standing } = made.books;
        made.books.standing = { ...standing, state: 'paid', receipts: [...standing.receipts, receipt] };
      },
      tooMuch(id) {
        const { standing } = made.books;
        const excess = [...standing.excess, { id, amount: paise(123_400) }];
        made.books.standing = { ...standing, state: 'paid', excess };
      },
      needs(kind, details = {}) {
        const { standing } = made.books;
        const opened: Standing['cases'][number] = {
          id: `${standing.cases.length + 1}` as CaseId,
          kind,
          subject: 'payment',
          subjectId: orderId,
          reason: 'a test',
          details,
          openedAt: Date.now(),
          dueAt: Date.now(),
        };
        made.books.standing = { ...standing, cases: [...standing.cases, opened] };
      },
      settled(kind) {
        const { standing } = made.books;
        const cases = standing.cases.filter((each) => each.kind !== kind);
        made.books.standing = { ...standing, cases };
      },
      events: async () => (await handle.fetchHistory()).events?.length ?? 0,
      async attribute(name) {
        const { typedSearchAttributes } = await handle.describe();
        return typedSearchAttributes.getAll().find(({ key }) => key.name === name)?.value;
      },
      details: () => currentDetails(handle),
    };
    all.set(orderId, made);
    return made;
  }

  return {
    client,
    payment: create,
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
