/** Runs the real payment workflow on the real server, with books and a gateway that a test holds in its hands. */
import { randomUUID } from 'node:crypto';
import {
  Client,
  Connection,
  WithStartWorkflowOperation,
  type WorkflowHandle,
  type WorkflowStartOptions,
} from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { DocumentActivities } from '../../activities/documents.ts';
import type { OpenResult, PaymentActivities } from '../../activities/payments.ts';
import type { ReplyMessage, Sent } from '../../activities/replies.ts';
import type { Act } from '../../database/audit.ts';
import { workflowId } from '../../domain/entities.ts';
import type { AttemptReference, AttemptState } from '../../domain/payments/attempt.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import { paise } from '../../domain/money.ts';
import { type OrderId, type PayToken, type Standing } from '../../domain/payments/order.ts';
import type { ReceiptNumber } from '../../domain/payments/receipt.ts';
import { registerSearchAttributes } from '../../platform/temporal.ts';
import { workflowBundle } from '../../worker/bundle.ts';
import type { payment } from '../../workflows/index.ts';
import { openAttemptUpdate, paymentNewsSignal, type PaymentInput } from '../../workflows/payment/messages.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { quietRuntime } from './runtime.ts';

/** One order of a test, with what its books say. */
export interface TestPayment {
  readonly handle: WorkflowHandle<typeof payment>;
  /** What the books say; a test writes into it and then brings news. */
  readonly books: {
    standing: Standing;
    /** What the gateway answers when it is asked; by default that it knows nothing new. */
    ask: () => Promise<void>;
    open: () => Promise<OpenResult>;
    post: () => Promise<void>;
    makePdf: () => Promise<void>;
  };
  /** Everything that the citizen was told, in order. */
  readonly heard: ReplyMessage[];
  /** Calls of the activities, by name. */
  readonly calls: string[];
  readonly acts: Act[];
  start(): Promise<void>;
  news(check?: boolean): Promise<void>;
  pay(): Promise<OpenResult>;
  /** Puts an attempt into the books, or moves it. */
  attempt(state: AttemptState, place?: number): void;
  /** Puts the receipt into the books. */
  paid(posted?: boolean): void;
  events(): Promise<number>;
  attribute(name: string): Promise<unknown>;
}

export interface Payments {
  readonly client: Client;
  payment(input?: Partial<PaymentInput>): TestPayment;
  /** The cases that were closed. */
  close(): Promise<void>;
}

const redirect = { url: 'https://gateway.example.test/pay', method: 'POST', fields: { rdata: 'x' } } as const;

export async function startPayments(address: string): Promise<Payments> {
  quietRuntime();
  const operator = await Connection.connect({ address });
  await registerSearchAttributes(operator, 'default', Object.values(searchAttributes));
  const client = new Client({ connection: operator });
  const connection = await NativeConnection.connect({ address });
  const taskQueue = `payments-${randomUUID()}`;
  const all = new Map<OrderId, TestPayment>();
  const of = ({ orderId }: { readonly orderId: OrderId }): TestPayment => {
    const found = all.get(orderId);
    if (!found) throw new Error(`no test payment ${orderId}`);
    return found;
  };

  const payments: PaymentActivities = {
    standing(asked) {
      of(asked).calls.push('standing');
      return Promise.resolve(of(asked).books.standing);
    },
    async openAttempt(wanted) {
      of(wanted).calls.push('openAttempt');
      return of(wanted).books.open();
    },
    async askGateway(asked) {
      of(asked).calls.push('askGateway');
      await of(asked).books.ask();
      return of(asked).books.standing;
    },
    async postReceipt(asked) {
      of(asked).calls.push('postReceipt');
      await of(asked).books.post();
      of(asked).paid(true);
    },
    resolveReview(resolving) {
      const { books, acts } = of(resolving);
      acts.push(resolving);
      books.standing = { ...books.standing, reviews: [] };
      return Promise.resolve({ is: 'resolved' });
    },
    cancelOrder(act) {
      const { books, acts } = of(act);
      acts.push(act);
      books.standing = { ...books.standing, state: 'cancelled' };
      return Promise.resolve();
    },
    noteAct(act) {
      of(act).acts.push(act);
      return Promise.resolve();
    },
  };
  const sendReply = (message: ReplyMessage): Promise<Sent> => {
    const orderId = message.messageId.slice(0, 36) as OrderId;
    const { books, heard } = of({ orderId });
    heard.push(message);
    const { standing } = books;
    books.standing = { ...standing, told: [...standing.told, message.messageId.slice(37)] };
    return Promise.resolve({ outcome: 'sent' });
  };
  const paymentReceipt: DocumentActivities['paymentReceipt'] = async (asked) => {
    of(asked).calls.push('paymentReceipt');
    await of(asked).books.makePdf();
    return { mediaId: '3', filename: 'receipt.pdf' };
  };

  const workers = await Promise.all([
    Worker.create({
      connection,
      taskQueue,
      activities: { ...payments, sendReply },
      workflowBundle: { codePath: await workflowBundle() },
    }),
    Worker.create({ connection, taskQueue: 'documents', activities: { paymentReceipt } }),
  ]);
  const running = Promise.all(workers.map((worker) => worker.run()));

  function create(input: Partial<PaymentInput> = {}): TestPayment {
    const orderId = randomUUID() as OrderId;
    const options = {
      workflowId: workflowId('payment', orderId),
      taskQueue,
      args: [
        {
          orderId,
          token: 'sampletokensampletoken12' as PayToken,
          service: 'propertyTax',
          accountNumber: '311071100571',
          ward: 107,
          amount: paise(123_400),
          citizenId: randomUUID() as CitizenId,
          language: 'bn',
          expiresAt: Date.now() + 86_400_000,
          pollsMs: [3_600_000],
          postingLateMs: 900_000,
          ...input,
        } satisfies PaymentInput,
      ] as const,
      typedSearchAttributes: [{ key: searchAttributes.needsAttention, value: false }],
    } satisfies WorkflowStartOptions<typeof payment>;
    const handle = client.workflow.getHandle<typeof payment>(options.workflowId);

    const made: TestPayment = {
      handle,
      heard: [],
      calls: [],
      acts: [],
      books: {
        standing: { orderId, state: 'open', attempts: [], excess: paise(0), reviews: [], told: [] },
        ask: () => Promise.resolve(),
        post: () => Promise.resolve(),
        makePdf: () => Promise.resolve(),
        open() {
          made.attempt('redirected', made.books.standing.attempts.length);
          return Promise.resolve({ is: 'redirect', redirect });
        },
      },
      async start() {
        await client.workflow.start('payment', options);
      },
      async news(check = false) {
        await client.workflow.signalWithStart('payment', {
          ...options,
          signal: paymentNewsSignal,
          signalArgs: [{ check }],
        });
      },
      pay: () =>
        client.workflow.executeUpdateWithStart(openAttemptUpdate, {
          startWorkflowOperation: new WithStartWorkflowOperation('payment', {
            ...options,
            workflowIdConflictPolicy: 'USE_EXISTING',
          }),
          args: [{ browser: { ip: '203.0.113.7', userAgent: 'test' }, anyway: false }],
        }),
      attempt(state, place = 0) {
        const attempts = [...made.books.standing.attempts];
        attempts[place] = {
          openedAt: Date.now(),
          ...attempts[place],
          reference: `PSTEST${place}` as AttemptReference,
          gateway: 'billdesk',
          state,
          usableUntil: Date.now() + 1_800_000,
          ...(state === 'failed' && { reason: 'declined' }),
        };
        made.books.standing = { ...made.books.standing, attempts };
      },
      paid(posted = true) {
        const receipt = {
          number: 'W-2026-27-000123' as ReceiptNumber,
          amount: paise(123_400),
          paidAt: Date.now(),
          posted,
        };
        made.books.standing = { ...made.books.standing, state: 'paid', receipt };
      },
      events: async () => (await handle.fetchHistory()).events?.length ?? 0,
      async attribute(name) {
        const { typedSearchAttributes } = await handle.describe();
        return typedSearchAttributes.getAll().find(({ key }) => key.name === name)?.value;
      },
    };
    all.set(orderId, made);
    return made;
  }

  return {
    client,
    payment: create,
    async close() {
      for (const worker of workers) worker.shutdown();
      await running;
      await connection.close();
      await operator.close();
    },
  };
}
