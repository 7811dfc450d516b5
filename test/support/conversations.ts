/** Runs the real conversation workflow on the real server, with activities that only write down what was said. */
import { randomUUID } from 'node:crypto';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { ReplyMessage, Sent } from '../../activities/replies.ts';
import type { DocumentActivities } from '../../activities/documents.ts';
import type { RecordActivities } from '../../activities/records.ts';
import type { Consent } from '../../database/citizens.ts';
import { groupAssesseeNumber, type AssesseeNumber } from '../../domain/assessee-number.ts';
import { conversationId, type CitizenId } from '../../domain/citizen.ts';
import type { InboundContent } from '../../domain/inbound.ts';
import type { Language } from '../../domain/language.ts';
import type { RecentPayment } from '../../domain/order.ts';
import { registerSearchAttributes } from '../../platform/temporal.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { workflowBundle } from '../../worker/bundle.ts';
import { receiveMessagesSignal, type ConversationInput } from '../../workflows/conversation/messages.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { quietRuntime } from './runtime.ts';

/** What one citizen of a test does and sees. */
export interface TestCitizen {
  readonly id: CitizenId;
  readonly handle: WorkflowHandle;
  /** How many runs the conversation has had; more than one after it continued as new. */
  runs(): Promise<number>;
  /** Waits until nothing is under way and tells how many events the history has. */
  settled(): Promise<number>;
  /** Everything the bot said to them, in order. */
  readonly heard: ReplyMessage[];
  /** Sends without waiting; returns the ids of the messages. */
  send(...contents: readonly InboundContent[]): Promise<string[]>;
  /** Sends one text and waits for the answer to it. */
  say(text: string): Promise<ReplyMessage>;
  /** Sends anything and waits for the answer. */
  show(content: InboundContent): Promise<ReplyMessage>;
  /** Taps the choice of a message that was heard. */
  tap(message: ReplyMessage | undefined, choice: string): Promise<ReplyMessage>;
}

export interface Conversations {
  readonly client: Client;
  readonly connection: NativeConnection;
  readonly languages: Map<CitizenId, Language>;
  readonly consents: Consent[];
  /** Decides what becomes of a message, local or not; by default it is sent. */
  onSend: (message: ReplyMessage) => Promise<Sent>;
  /** What becomes of a wish to be forgotten. */
  onForget: () => Promise<void>;
  /** The records; by default they know no number. */
  lookUp: RecordActivities['lookUpProperty'];
  /** What everybody paid last; by default nothing. */
  payments: RecentPayment[];
  citizen(input?: Partial<ConversationInput>): TestCitizen;
  close(): Promise<void>;
}

export async function startConversations(address: string): Promise<Conversations> {
  quietRuntime();
  const operator = await Connection.connect({ address });
  await registerSearchAttributes(operator, 'default', Object.values(searchAttributes));
  const client = new Client({ connection: operator });
  const connection = await NativeConnection.connect({ address });
  const run = randomUUID();
  const heard = new Map<CitizenId, ReplyMessage[]>();
  const languages = new Map<CitizenId, Language>();
  const consents: Consent[] = [];
  const everything: Pick<Conversations, 'onSend' | 'onForget' | 'lookUp' | 'payments'> = {
    payments: [],
    onForget: () => Promise.resolve(),
    onSend: () => Promise.resolve({ outcome: 'sent' }),
    lookUp: () => Promise.resolve({ found: 'unknown' }),
  };
  const asked = new Map<CitizenId, AssesseeNumber[]>();

  const activities = {
    async sendReply(message: ReplyMessage): Promise<Sent> {
      const sent = await everything.onSend(message);
      // As the real activity: a repeated try of the same message sends nothing.
      const mine = heard.get(message.citizenId) ?? [];
      const isNew = !mine.some(({ messageId }) => messageId === message.messageId);
      if (sent.outcome === 'sent' && isNew) mine.push(message);
      return sent;
    },
    setLanguage({ citizenId, language }: { citizenId: CitizenId; language: Language }): Promise<void> {
      languages.set(citizenId, language);
      return Promise.resolve();
    },
    recordConsent(consent: Consent): Promise<void> {
      consents.push(consent);
      return Promise.resolve();
    },
  };
  const records: RecordActivities = {
    async lookUpProperty(asking) {
      const answer = await everything.lookUp(asking);
      const mine = asked.get(asking.citizenId) ?? [];
      if (answer.found === 'dues') asked.set(asking.citizenId, [asking.number, ...mine]);
      return answer;
    },
    async awaitRecords(asking) {
      const { found } = await everything.lookUp({ ...asking, language: 'bn' });
      if (found === 'unavailable') throw new Error('away');
    },
    recentProperties: ({ citizenId }) =>
      Promise.resolve(
        [...new Set(asked.get(citizenId))].map((number) => ({ number, place: { en: '•• Sample Street' } })),
      ),
    async lookUpBills(asking) {
      const answer = await everything.lookUp(asking);
      if (answer.found !== 'dues') return answer;
      const chosen = answer.dues.dues.filter(({ id }) => asking.bills.includes(id));
      return { ...answer, dues: { ...answer.dues, dues: chosen } };
    },
    recentPayments: () => Promise.resolve(everything.payments),
    async forgetProperties({ citizenId }) {
      await everything.onForget();
      asked.delete(citizenId);
    },
  };
  const documents: DocumentActivities = {
    propertyStatement: ({ number }) =>
      Promise.resolve({ mediaId: '1', filename: `${number}.pdf`, number: groupAssesseeNumber(number) }),
    paymentReceipt: ({ orderId }) => Promise.resolve({ mediaId: '3', filename: `receipt-${orderId}.pdf` }),
    billPicture: () => Promise.resolve({ mediaId: '2' }),
  };
  const all = { ...activities, ...records, ...documents };
  const taskQueue = `conversations-${run}`;
  const workers = await Promise.all([
    Worker.create({
      connection,
      taskQueue,
      activities: all,
      workflowBundle: { codePath: await workflowBundle() },
    }),
    Worker.create({ connection, taskQueue: 'whatsapp', activities }),
    Worker.create({ connection, taskQueue: 'documents', activities: documents }),
  ]);
  const running = Promise.all(workers.map((worker) => worker.run()));

  function citizen(input: Partial<ConversationInput> = {}): TestCitizen {
    const id = randomUUID() as CitizenId;
    const mine: ReplyMessage[] = [];
    heard.set(id, mine);
    const handle = client.workflow.getHandle(conversationId(id));
    let answered = 0;

    async function send(...contents: readonly InboundContent[]): Promise<string[]> {
      const messages = contents.map((content) => ({
        wamid: `wamid.${randomUUID()}`,
        sentAt: Math.floor(Date.now() / 1000),
        content,
      }));
      await deliver(messages);
      return messages.map(({ wamid }) => wamid);
    }

    async function deliver(
      messages: { wamid: string; sentAt: number; content: InboundContent }[],
    ): Promise<void> {
      const start: ConversationInput = {
        citizenId: id,
        language: 'bn',
        optedOut: false,
        quietMs: 1_800_000,
        windowMs: 86_400_000,
        ...input,
      };
      await client.workflow.signalWithStart('conversation', {
        workflowId: conversationId(id),
        taskQueue,
        args: [start],
        signal: receiveMessagesSignal,
        signalArgs: [{ messages }],
      });
    }

    async function show(content: InboundContent): Promise<ReplyMessage> {
      answered = mine.length;
      await send(content);
      await waitFor('an answer', () => mine.length > answered, { timeoutMs: 20_000, everyMs: 10 });
      return mine[answered] as ReplyMessage;
    }

    return {
      id,
      handle,
      heard: mine,
      runs: async () => (await client.workflow.count(`WorkflowId = '${conversationId(id)}'`)).count,
      send,
      async settled() {
        let events = 0;
        await waitFor('the end of the turn', async () => {
          const history = (await handle.fetchHistory()).events ?? [];
          const last = history.at(-1);
          events = history.length;
          // A turn is written down as a whole when its workflow task is completed.
          return !(
            last?.workflowExecutionStartedEventAttributes ??
            last?.workflowExecutionSignaledEventAttributes ??
            last?.workflowTaskScheduledEventAttributes ??
            last?.workflowTaskStartedEventAttributes
          );
        });
        return events;
      },
      show,
      say: (text) => show({ kind: 'text', text }),
      tap(message, choice) {
        const offered = message?.reply.choices?.find(({ id: offer }) => offer.endsWith(`:${choice}`));
        if (!offered) throw new Error(`${choice} was not offered`);
        return show({ kind: 'tap', id: offered.id, title: choice });
      },
    };
  }

  return Object.assign(everything, {
    client,
    connection,
    languages,
    consents,
    citizen,
    async close() {
      for (const worker of workers) worker.shutdown();
      await running;
      await connection.close();
      await operator.close();
    },
  });
}
