/** Runs the real conversation workflow on the real server, with activities that only write down what was said. */
import { randomUUID } from 'node:crypto';
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { CreditActivities } from '../../activities/credit.ts';
import type { ReplyMessage, Sent } from '../../activities/replies.ts';
import type { DocumentActivities } from '../../activities/documents.ts';
import type { RecentAccount, RecordActivities } from '../../activities/records.ts';
import type { RenewalActivities, RenewalOffer } from '../../activities/renewals.ts';
import type { Consent } from '../../database/citizens.ts';
import type { CeNumber } from '../../domain/accounts/licence.ts';
import type { AccountKind, AccountNumber, AccountReference } from '../../domain/accounts/kinds.ts';
import { type AssesseeNumber, groupAssesseeNumber } from '../../domain/accounts/property.ts';
import type { StallNumber } from '../../domain/accounts/stall.ts';
import type { CertificateKey } from '../../domain/certificate.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import { workflowId } from '../../domain/entities.ts';
import type { HeardMessage, InboundContent, InboundMessage } from '../../domain/conversation/inbound.ts';
import { conversationLimits } from '../../domain/conversation/limits.ts';
import type { Meaning } from '../../domain/conversation/meaning.ts';
import type { LookUp, NotFound } from '../../domain/look-up.ts';
import type { Language } from '../../domain/language.ts';
import type { OwnPlace } from '../../domain/reply.ts';
import type { RecentPayment } from '../../domain/payments/order.ts';
import type { CitizenStanding } from '../../domain/standing.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { workflowBundle } from '../../worker/bundle.ts';
import { receiveMessagesSignal, type ConversationInput } from '../../workflows/conversation/messages.ts';
import { hear } from './ear.ts';
import { connectTestTemporal } from './temporal.ts';

/** What one citizen of a test does and sees. */
export interface TestCitizen {
  readonly id: CitizenId;
  readonly handle: WorkflowHandle;
  /** How many runs the conversation has had; more than one after it continued as new. */
  runs(): Promise<number>;
  /** Waits until nothing is under way and tells how many events the history has. */
  readonly settled: () => Promise<number>;
  /** Everything the bot said to them, in order. */
  readonly heard: ReplyMessage[];
  /** Sends without waiting; returns the ids of the messages. */
  send(...contents: readonly InboundContent[]): Promise<string[]>;
  /** Sends one text and waits for the answer to it. */
  say(text: string): Promise<ReplyMessage>;
  /** Sends texts in one go, each sent so many seconds from now. */
  sendAt(said: readonly (readonly [seconds: number, text: string])[]): Promise<void>;
  /** A text with a meaning that is given. */
  mean(text: string, meaning: Meaning): Promise<ReplyMessage>;
  /** Sends anything and waits for the answer. */
  show(content: InboundContent): Promise<ReplyMessage>;
  /** Taps the choice of a message that was heard. */
  tap(message: ReplyMessage | undefined, choice: string): Promise<ReplyMessage>;
}

export interface Conversations {
  readonly client: Client;
  readonly languages: Map<CitizenId, Language>;
  readonly consents: Consent[];
  /** Decides what becomes of a message, local or not; by default it is sent. */
  onSend: (message: ReplyMessage) => Promise<Sent>;
  /** What becomes of a wish to be forgotten. */
  onForget: () => Promise<void>;
  /** What becomes of a certificate that is to be made. */
  onCertificate: () => Promise<void>;
  /** What is due on a property; by default nobody knows one. */
  lookUp: (of: { readonly number: AssesseeNumber }) => Promise<LookUp<'property'>>;
  /** What there is to know of a licence; by default nobody knows one. */
  licence: (number: CeNumber) => Promise<RenewalOffer | NotFound>;
  /** What is due on it; by default nothing. */
  fee: (offer: RenewalOffer) => Promise<LookUp<'licence'>>;
  /** What is due on a stall; by default nobody knows one. */
  stall: (number: StallNumber) => Promise<LookUp<'stall'>>;
  /** What comes of an application. */
  apply: RenewalActivities['applyForRenewal'];
  /** What comes of the wish to pay by credit alone. */
  payByCredit: CreditActivities['payByCredit'];
  /** What everybody paid last; by default nothing. */
  payments: RecentPayment[];
  /** What else is under way for everybody; by default nothing. */
  standing: Omit<CitizenStanding, 'payments'>;
  /** What a greeting shows of everybody's places; by default nothing. */
  ownPlaces: () => Promise<OwnPlace[]>;
  /** The names that accounts were given, oldest first. */
  readonly names: { readonly nickname: string; readonly account: AccountReference }[];
  /** Who asked for a person, oldest first. */
  readonly asking: CitizenId[];
  /** On which messages there is an emoji from us, oldest first. */
  readonly reactions: string[];
  citizen(input?: Partial<ConversationInput>): TestCitizen;
  close(): Promise<void>;
}

export async function startConversations(address: string): Promise<Conversations> {
  const temporal = await connectTestTemporal(address);
  const { client } = temporal;
  const run = randomUUID();
  const heard = new Map<CitizenId, ReplyMessage[]>();
  const languages = new Map<CitizenId, Language>();
  const consents: Consent[] = [];
  const asking: CitizenId[] = [];
  const reactions: string[] = [];
  const names: Conversations['names'] = [];
  const everything: Pick<
    Conversations,
    | 'standing'
    | 'onSend'
    | 'onForget'
    | 'onCertificate'
    | 'lookUp'
    | 'payments'
    | 'ownPlaces'
    | 'licence'
    | 'fee'
    | 'stall'
    | 'apply'
    | 'payByCredit'
  > = {
    payments: [],
    ownPlaces: () => Promise.resolve([]),
    standing: { applications: [], certificates: [], matters: [] },
    onForget: () => Promise.resolve(),
    onSend: () => Promise.resolve({ outcome: 'sent' }),
    onCertificate: () => Promise.resolve(),
    lookUp: () => Promise.resolve({ found: 'unknown' }),
    licence: () => Promise.resolve({ found: 'unknown' }),
    fee: ({ licence: account, trade, renewability: { may } }) =>
      Promise.resolve({ found: 'nothingDue', account, asOf: Date.now(), trade, renewable: may === 'renew' }),
    stall: () => Promise.resolve({ found: 'unknown' }),
    apply: () => Promise.resolve({ outcome: 'changed' }),
    payByCredit: () => Promise.resolve({ outcome: 'paid' }),
  };
  const asked = new Map<CitizenId, RecentAccount[]>();

  /** What the records say of an account, before anybody is noted to have asked. */
  const known: { readonly [K in AccountKind]: (number: AccountNumber<K>) => Promise<LookUp<K>> } = {
    property: (number) => everything.lookUp({ number }),
    async licence(number) {
      const offer = await everything.licence(number);
      return offer.found === 'offer' ? everything.fee(offer) : offer;
    },
    stall: (number) => everything.stall(number),
  };
  const ask = <K extends AccountKind>({ kind, number }: AccountReference<K>): Promise<LookUp<K>> =>
    known[kind](number);
  const place = { en: '•• Sample Street' };

  const activities = {
    async sendReply(message: ReplyMessage): Promise<Sent> {
      const sent = await everything.onSend(message);
      // As the real activity: a repeated try of the same message sends nothing.
      const mine = heard.get(message.citizenId) ?? [];
      const isNew = !mine.some(({ messageId }) => messageId === message.messageId);
      if (sent.outcome === 'sent' && isNew) mine.push(message);
      return sent;
    },
    react({ wamid }: { wamid: string }): Promise<void> {
      reactions.push(wamid);
      return Promise.resolve();
    },
    setLanguage({ citizenId, language }: { citizenId: CitizenId; language: Language }): Promise<void> {
      languages.set(citizenId, language);
      return Promise.resolve();
    },
    askForPerson({ citizenId }: { citizenId: CitizenId }): Promise<void> {
      asking.push(citizenId);
      return Promise.resolve();
    },
    recordConsent(consent: Consent): Promise<{ optedOut: boolean }> {
      consents.push(consent);
      const mine = consents.filter(({ citizenId }) => citizenId === consent.citizenId);
      const latest = mine.reduce((before, each) => (each.sentAt >= before.sentAt ? each : before));
      return Promise.resolve({ optedOut: !latest.granted });
    },
  };
  const records: RecordActivities = {
    async lookUp({ citizenId, account, bills }) {
      const answer: LookUp = await ask(account);
      const mine = (asked.get(citizenId) ?? []).filter((other) => other.account.number !== account.number);
      if (isKnown(answer)) asked.set(citizenId, [{ account, place }, ...mine]);
      if (answer.found !== 'dues' || !bills) return answer;
      const dues = answer.dues.dues.filter(({ id }) => bills.includes(id));
      return { ...answer, chosen: true, dues: { ...answer.dues, dues } };
    },
    async lookUpNumber({ kinds, number, ...inChat }) {
      const accounts = kinds.map((kind): AccountReference => ({ kind, number: number as AccountNumber }));
      const answers = await Promise.all(
        accounts.map(async (account) => ({ account, answer: await ask(account) })),
      );
      const refused = answers.find(
        ({ answer }) => answer.found === 'unavailable' || answer.found === 'tooMany',
      );
      if (refused) return { found: refused.answer.found as 'unavailable' | 'tooMany' };
      const [first, ...others] = answers.filter(({ answer }) => isKnown(answer));
      if (!first) return { found: 'unknown' };
      const { account } = first;
      if (others.length > 0)
        return { found: 'several', kinds: [account.kind, ...others.map((other) => other.account.kind)] };
      return { found: 'account', account, answer: await records.lookUp({ ...inChat, account }) };
    },
    async awaitRecords(account) {
      // As the back office does, which has no answer to a number of another form.
      if (account.kind === 'property' && account.number.length !== 12) throw new Error('malformed number');
      const { found } = await ask(account);
      if (found === 'unavailable') throw new Error('away');
    },
    recentAccounts: ({ citizenId, kind }) =>
      Promise.resolve((asked.get(citizenId) ?? []).filter(({ account }) => account.kind === kind)),
    recentPayments: () => Promise.resolve(everything.payments),
    citizenStanding: () => Promise.resolve({ ...everything.standing, payments: everything.payments }),
    ownPlaces: () => everything.ownPlaces(),
    nameAccount({ citizenId, nickname, account }) {
      const [latest] = asked.get(citizenId) ?? [];
      const named = account ?? latest?.account;
      if (named) names.push({ nickname, account: named });
      return Promise.resolve(named);
    },
    async forgetAccounts({ citizenId }) {
      await everything.onForget();
      asked.delete(citizenId);
    },
  };
  const documents: Omit<DocumentActivities, 'creditNote'> = {
    propertyStatement: ({ number }) =>
      Promise.resolve({ mediaId: '1', filename: `${number}.pdf`, number: groupAssesseeNumber(number) }),
    paymentReceipt: ({ number }) =>
      Promise.resolve({ mediaId: '3', filename: `receipt-${number}.pdf`, paid: [] }),
    billPicture: () => Promise.resolve({ mediaId: '2' }),
    async renewalCertificate({ number }) {
      await everything.onCertificate();
      const key = 'samplekeysamplekeysample' as CertificateKey;
      return { mediaId: '4', filename: `certificate-${number}.pdf`, key };
    },
  };
  const renewals: Pick<RenewalActivities, 'renewalOffer' | 'applyForRenewal'> = {
    renewalOffer: ({ number }) => everything.licence(number),
    applyForRenewal: (asking) => everything.apply(asking),
  };
  const credits: CreditActivities = { payByCredit: (wanted) => everything.payByCredit(wanted) };
  const all = { ...activities, ...records, ...renewals, ...documents, ...credits };
  const taskQueue = `conversations-${run}`;
  await temporal.startWorker({
    taskQueue,
    activities: all,
    workflowBundle: { codePath: await workflowBundle() },
  });
  await temporal.startWorker({ taskQueue: taskQueues.whatsapp, activities });
  await temporal.startWorker({ taskQueue: taskQueues.documents, activities: documents });
  await temporal.startWorker({ taskQueue: taskQueues.records, activities: records });

  function citizen(input: Partial<ConversationInput> = {}): TestCitizen {
    const id = randomUUID() as CitizenId;
    const mine: ReplyMessage[] = [];
    heard.set(id, mine);
    const handle = client.workflow.getHandle(workflowId('conversation', id));
    let answered = 0;

    async function send(...contents: readonly InboundContent[]): Promise<string[]> {
      const messages = contents.map(newMessage);
      await deliver(await Promise.all(messages.map(hear)));
      return messages.map(({ wamid }) => wamid);
    }

    async function deliver(messages: readonly HeardMessage[]): Promise<void> {
      const start: ConversationInput = {
        citizenId: id,
        language: 'bn',
        optedOut: false,
        limits: conversationLimits,
        quietMs: 1_800_000,
        windowMs: 86_400_000,
        ...input,
      };
      await client.workflow.signalWithStart('conversation', {
        workflowId: workflowId('conversation', id),
        taskQueue,
        args: [start],
        signal: receiveMessagesSignal,
        signalArgs: [{ messages }],
      });
    }

    const show = (content: InboundContent): Promise<ReplyMessage> => answerTo(() => send(content));

    async function answerTo(act: () => Promise<unknown>): Promise<ReplyMessage> {
      answered = mine.length;
      await act();
      await waitFor('an answer', () => mine.length > answered, { timeoutMs: 20_000, everyMs: 10 });
      return mine[answered] as ReplyMessage;
    }

    return {
      id,
      handle,
      heard: mine,
      runs: async () =>
        (await client.workflow.count(`WorkflowId = '${workflowId('conversation', id)}'`)).count,
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
      async sendAt(said) {
        const messages = said.map(([seconds, text]) => {
          const message = newMessage({ kind: 'text', text });
          return hear({ ...message, sentAt: message.sentAt + seconds });
        });
        await deliver(await Promise.all(messages));
      },
      mean: (text, meaning) => answerTo(() => deliver([{ ...newMessage({ kind: 'text', text }), meaning }])),
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
    languages,
    consents,
    asking,
    reactions,
    names,
    citizen,
    close: () => temporal.close(),
  });
}

function newMessage(content: InboundContent): InboundMessage {
  return { wamid: `wamid.${randomUUID()}`, sentAt: Math.floor(Date.now() / 1000), content };
}

function isKnown({ found }: LookUp): boolean {
  return found === 'dues' || found === 'nothingDue';
}
