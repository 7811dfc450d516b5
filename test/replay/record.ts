/**
 * Records the histories that test/replay/ replays: `npx tsx test/replay/record.ts`. Only scenes without a file are
 * recorded, because a recorded history stands for conversations that are under way somewhere. Add a scene with every
 * change of a workflow; rename its file before you record it anew.
 */
import type { Client } from '@temporalio/client';
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApplicationFailure } from '@temporalio/common';
import type { PurgedPortion } from '../../activities/purge.ts';
import type { PaidByCredit } from '../../database/payments/pay-by-credit.ts';
import type { PayToken } from '../../domain/payments/order.ts';
import { freePorts } from '../../sandbox/ports.ts';
import { findTemporal } from '../../sandbox/temporal-binary.ts';
import { startTemporal } from '../../sandbox/temporal-server.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { workflowBundle } from '../../worker/bundle.ts';
import { purging } from '../../domain/retention.ts';
import { purge } from '../../workflows/index.ts';
import { recheckUpdate, tellAgainUpdate, retryPostingUpdate } from '../../workflows/payment/messages.ts';
import { recheckRefundUpdate } from '../../workflows/refund/messages.ts';
import { startConversations, type Conversations, type TestCitizen } from '../support/conversations.ts';
import { startPayments, type Payments, type TestPayment } from '../support/payments.ts';
import { startRefunds, type TestRefund, type TestRefunds } from '../support/refunds.ts';
import { startRenewals } from '../support/renewals.ts';
import type { AssesseeNumber } from '../../domain/accounts/property.ts';
import { sampleDues, sampleRents, stall } from '../support/sample-replies.ts';
import { connectTestTemporal } from '../support/temporal.ts';
import { licenceConversations, renewals } from './licence-scenes.ts';

const conversations: Readonly<Record<string, (town: Conversations) => Promise<TestCitizen>>> = {
  async everyday(town) {
    const citizen = town.citizen();
    await citizen.tap(await citizen.say('hi'), 'en');
    await citizen.tap(await citizen.say('menu'), 'about');
    await citizen.say('language');
    await citizen.say('help');
    await citizen.show({ kind: 'audio', mediaId: '1', mimeType: 'audio/ogg', voice: true });
    await citizen.say('stop');
    await citizen.say('start');
    return citizen;
  },

  async 'continued-as-new'(town) {
    const citizen = town.citizen();
    while ((await citizen.runs()) === 1) await citizen.say('hi');
    await citizen.say('about');
    return citizen;
  },

  async flooded(town) {
    const citizen = town.citizen();
    await citizen.say('language');
    const jabber = Array.from({ length: 40 }, (_, index) => `jabberwocky ${String(index % 7)}`);
    const said = [...jabber, ...Array<string>(5).fill('jabberwocky'), 'stop', 'stop', 'help'];
    await citizen.send(...said.map((text) => ({ kind: 'text', text }) as const));
    await waitFor('the help', () => citizen.heard.at(-1)?.reply.key === 'help');
    return citizen;
  },

  async 'sent-patiently'(town) {
    let failures = 2;
    town.onSend = () => {
      failures -= 1;
      if (failures >= 0) throw ApplicationFailure.create({ message: 'down', nextRetryDelay: '100ms' });
      return Promise.resolve({ outcome: 'sent' });
    };
    const citizen = town.citizen();
    await citizen.say('hi');
    return citizen;
  },

  async 'went-quiet-and-ended'(town) {
    const citizen = town.citizen({ quietMs: 500, windowMs: 1_500 });
    await citizen.say('language');
    await citizen.handle.result();
    return citizen;
  },

  async 'property-tax'(town) {
    const dues = sampleDues(2);
    town.lookUp = ({ number }) =>
      Promise.resolve(number === dues.account.number ? { found: 'dues', dues } : { found: 'unknown' });
    const citizen = town.citizen();
    await citizen.tap(await citizen.say('hi'), 'propertyTax');
    await citizen.say('31-107');
    await citizen.say('110010100015');
    await citizen.tap(await citizen.say('31-107-11-0057-1'), 'statement');
    await citizen.tap(await citizen.say('tax'), 'whereIsIt');
    await citizen.tap(await citizen.say('311071100571'), 'another');
    await citizen.say('forget me');
    return citizen;
  },

  async 'paid-by-credit'(town) {
    const dues = sampleDues(1);
    const pay = { token: 'sampletokensampletoken12' as PayToken, expiresAt: Date.UTC(2026, 10, 25, 11, 5) };
    const credit = { amount: dues.total, from: [] };
    town.lookUp = () => Promise.resolve({ found: 'dues', dues, pay, credit });
    const outcomes: PaidByCredit[] = [{ outcome: 'refused', because: 'changed' }, { outcome: 'paid' }];
    town.payByCredit = () => Promise.resolve(outcomes.shift() ?? { outcome: 'paidBefore' });
    const citizen = town.citizen();
    const again = await citizen.tap(await citizen.say('31-107-11-0057-1'), 'useCredit');
    const id = again.reply.choices?.[0]?.id ?? '';
    await citizen.send({ kind: 'tap', id, title: 'useCredit' });
    await waitFor('the payment', () => outcomes.length === 0);
    await citizen.say('menu');
    return citizen;
  },

  async 'market-rent'(town) {
    const dues = sampleRents(3);
    const pay = { token: 'sampletokensampletoken12' as PayToken, expiresAt: Date.UTC(2026, 10, 25, 11, 5) };
    town.stall = (number) =>
      Promise.resolve(number === stall.number ? { found: 'dues', dues, pay } : { found: 'unknown' });
    const citizen = town.citizen();
    await citizen.tap(await citizen.say('hi'), 'marketRent');
    await citizen.say('012-0399');
    await citizen.say(stall.number);
    await citizen.tap(await citizen.say('stall'), 'whereIsIt');
    await citizen.say('menu');
    return citizen;
  },

  async 'wishes-of-its-own'(town) {
    const dues = sampleDues(2);
    town.lookUp = () => Promise.resolve({ found: 'dues', dues });
    const citizen = town.citizen({ isFirstContact: true });
    await citizen.say('property tax please');
    await citizen.say('jabberwocky');
    await citizen.say('jabberwocky');
    await citizen.say('I do not have the bill');
    await citizen.say('money was deducted but no receipt came');
    await citizen.say('status');
    await citizen.say('payment');
    await citizen.say('income tax');
    await citizen.say('complaint');
    const list = await citizen.say('311071100571\n31-107-11-0058-9');
    await citizen.show({ kind: 'tap', id: list.reply.choices?.[0]?.id ?? '', title: '' });
    await citizen.say('statement');
    return citizen;
  },

  async 'places-and-names'(town) {
    const { account, asOf, dues, total } = sampleDues(2);
    town.lookUp = () => Promise.resolve({ found: 'nothingDue', account, asOf });
    town.ownPlaces = () =>
      Promise.resolve([
        {
          account: { kind: 'property', number: account.number as AssesseeNumber },
          place: account.address,
          payable: total,
        },
      ]);
    const citizen = town.citizen();
    const menu = await citizen.say('hi');
    const row = menu.reply.choices?.[0]?.id ?? '';
    const nothing = await citizen.show({ kind: 'tap', id: row, title: '' });
    await citizen.tap(nothing, 'name');
    await citizen.say('My flat');
    await citizen.say('call it home');
    town.lookUp = () => Promise.resolve({ found: 'dues', dues: { account, asOf, dues, total } });
    await citizen.show({ kind: 'tap', id: row, title: '' });
    return citizen;
  },

  async 'thanked-asked-back-and-left'(town) {
    town.lookUp = () => Promise.resolve({ found: 'dues', dues: sampleDues(2) });
    town.ownPlaces = () => Promise.resolve([]);
    const citizen = town.citizen({ quietMs: 500 });
    await citizen.say('311071100571');
    await citizen.send({ kind: 'text', text: 'thanks' });
    await citizen.mean('zzyzx', { intents: [{ intent: 'receipts', certainty: 'likely' }] });
    await citizen.say('yes');
    for (let i = 0; i < 5; i += 1) await citizen.send({ kind: 'text', text: 'We are closed until Monday.' });
    const question = await citizen.say('language');
    await waitFor('the end of the question', async () => {
      const { events } = await citizen.handle.fetchHistory();
      return (events?.filter(({ timerFiredEventAttributes }) => timerFiredEventAttributes).length ?? 0) > 0;
    });
    await citizen.tap(question, 'hi');
    await citizen.say('किसी से बात करनी है');
    return citizen;
  },

  async 'records-away'(town) {
    let away = true;
    const dues = sampleDues(1);
    town.lookUp = () => Promise.resolve(away ? { found: 'unavailable' } : { found: 'dues', dues });
    const citizen = town.citizen();
    await citizen.say('311071100571');
    await citizen.say('language');
    away = false;
    await citizen.say('English');
    await waitFor('the promised answer', () => citizen.heard.length === 4, { timeoutMs: 30_000 });
    return citizen;
  },
};

const payments: Readonly<Record<string, (town: Payments) => Promise<TestPayment>>> = {
  async paid(town) {
    const payment = town.payment();
    await payment.pay();
    payment.attempt('success');
    payment.paid('due');
    await payment.news();
    await payment.handle.result();
    return payment;
  },

  async 'excess-became-credit'(town) {
    const payment = town.payment();
    await payment.pay();
    payment.attempt('success');
    payment.tooMuch('1');
    payment.needs('excess');
    await payment.news();
    await waitFor('the word about it', () => payment.heard.length === 1);
    payment.settled('excess');
    const { standing } = payment.books;
    payment.books.standing = { ...standing, credits: standing.excess };
    await payment.news();
    await payment.handle.result();
    return payment;
  },

  async 'paid-at-the-next-account'(town) {
    const payment = town.payment();
    const { open } = payment.books;
    payment.books.accounts = ['first', 'second', 'third'];
    payment.books.open = (merchant) => {
      if (merchant === 'first') return Promise.resolve({ outcome: 'refused', because: 'gatewayAway' });
      if (merchant === 'second') throw ApplicationFailure.nonRetryable('no answer');
      return open(merchant);
    };
    await payment.pay();
    payment.attempt('success');
    payment.paid('due');
    await payment.news();
    await payment.handle.result();
    return payment;
  },

  async 'failed-then-paid'(town) {
    const payment = town.payment({ pollsMs: [1_000, 2_100, 3_200, 60_000] });
    await payment.pay();
    payment.attempt('failed');
    await payment.news();
    await waitFor('the word about it', () => payment.heard.length === 1);
    await payment.pay();
    payment.attempt('pending', 1);
    await payment.news(true);
    await waitFor('the word about it', () => payment.heard.length === 2);
    payment.attempt('success', 1);
    payment.attempt('success', 0);
    payment.paid('due');
    payment.tooMuch('1');
    await payment.news();
    await payment.handle.result();
    return payment;
  },

  async 'words-first-and-records-refuse'(town) {
    const payment = town.payment();
    let pdfs = 0;
    payment.books.makePdf = () => {
      if ((pdfs += 1) > 1) return Promise.resolve();
      throw ApplicationFailure.nonRetryable('no PDF today');
    };
    await payment.pay();
    payment.attempt('success');
    payment.paid('refused');
    payment.needs('postingRefused');
    await payment.news();
    await waitFor('both words', () => payment.heard.length === 2);
    await payment.handle.executeUpdate(retryPostingUpdate, { args: [request] });
    await waitFor('the posting', () => payment.calls.includes('postReceipts'));
    payment.settled('postingRefused');
    await payment.news();
    await payment.handle.result();
    return payment;
  },

  async 'undecided-and-rechecked'(town) {
    const payment = town.payment({ pollsMs: [1_000, 2_100] });
    payment.books.ask = () => Promise.reject(new Error('no answer'));
    await payment.pay();
    await waitFor('the case', () => payment.books.standing.cases.length > 0);
    payment.books.ask = () => {
      payment.attempt('failed');
      payment.settled('undecided');
      return Promise.resolve();
    };
    await payment.handle.executeUpdate(recheckUpdate, { args: [request] });
    await payment.handle.result();
    return payment;
  },

  async 'untold-and-told-again'(town) {
    const payment = town.payment();
    payment.books.send = () => Promise.resolve({ outcome: 'untold', reason: 'a recording' });
    await payment.pay();
    payment.attempt('success');
    payment.paid();
    await payment.news();
    await waitFor('the case', () => payment.books.standing.cases.length > 0);
    payment.books.send = () => Promise.resolve({ outcome: 'sent' });
    await payment.handle.executeUpdate(tellAgainUpdate, { args: [request] });
    await waitFor('the receipt', () => payment.heard.length === 1);
    payment.settled('untold');
    await payment.news();
    await payment.handle.result();
    return payment;
  },

  async 'workflow-cancelled'(town) {
    const payment = town.payment();
    await payment.pay();
    await payment.handle.cancel();
    payment.attempt('success');
    payment.paid('due');
    await payment.news();
    await payment.handle.result().catch(() => undefined);
    return payment;
  },
};

/** The second person agrees. */
async function approve(refund: TestRefund): Promise<void> {
  refund.settled('refundApproval');
  refund.becomes({ state: 'approved', approvedBy: 'Bimal', approvedAt: Date.now() });
  await refund.news();
}

const refunds: Readonly<Record<string, (town: TestRefunds) => Promise<TestRefund>>> = {
  async 'approved-and-sent'(town) {
    const refund = town.refund({ pollsMs: [1_000, 2_100, 60_000] });
    refund.needs('refundApproval');
    await refund.news();
    await waitFor('a look', async () => (await refund.attribute('Stage')) === 'awaiting approval');
    let pdfs = 0;
    refund.books.makePdf = () => {
      if ((pdfs += 1) > 1) return Promise.resolve();
      throw ApplicationFailure.nonRetryable('no PDF today');
    };
    refund.books.ask = () => {
      refund.becomes({ state: 'submitted' });
      if (refund.asked() < 2) throw new Error('no answer');
      refund.refunded();
      return Promise.resolve();
    };
    await approve(refund);
    await refund.handle.result();
    return refund;
  },

  async 'undecided-and-failed'(town) {
    const refund = town.refund({ pollsMs: [1_000] });
    await approve(refund);
    await waitFor('the case', () => refund.books.standing.cases.length > 0);
    refund.books.ask = () => {
      refund.settled('refundUndecided');
      refund.becomes({ state: 'failed', failure: 'a recording' });
      return Promise.resolve();
    };
    await refund.handle.executeUpdate(recheckRefundUpdate, { args: [request] });
    await refund.handle.result();
    return refund;
  },
};

const request = { why: 'a recording' };

const folder = await mkdtemp(join(tmpdir(), 'purosheba-record-'));
const [port = 0, uiPort = 0] = await freePorts(2);
const limits = { 'limit.historyCount.suggestContinueAsNew': 100 };
const server = await startTemporal({ file: join(folder, 'temporal.db'), port, uiPort, limits });
const town = await startConversations(server.address);
for (const [name, play] of Object.entries({ ...conversations, ...licenceConversations })) {
  await record(town, `conversation-${name}`, async () => {
    const citizen = await play(town);
    await citizen.settled();
    return citizen.handle.workflowId;
  });
}
await town.close();
const counter = await startPayments(server.address);
for (const [name, play] of Object.entries(payments)) {
  await record(counter, `payment-${name}`, async () => (await play(counter)).handle.workflowId);
}
await counter.close();
const treasury = await startRefunds(server.address);
for (const [name, play] of Object.entries(refunds)) {
  await record(treasury, `refund-${name}`, async () => (await play(treasury)).handle.workflowId);
}
await treasury.close();
const office = await startRenewals(server.address);
for (const [name, play] of Object.entries(renewals)) {
  await record(office, `renewal-${name}`, async () => (await play(office)).handle.workflowId);
}
await office.close();
const night = await connectTestTemporal(server.address);
const portions = [1_000, 1_000, 17];
await night.startWorker({
  taskQueue: purging.taskQueue,
  workflowBundle: { codePath: await workflowBundle() },
  activities: {
    purgePortion: (): PurgedPortion => {
      const rows = portions.shift() ?? 0;
      return { rows, days: 366, more: portions.length > 0 };
    },
  },
});
await record(night, 'purge-in-portions', async () => {
  const workflowId = 'purge-look-ups';
  const { taskQueue } = purging;
  await night.client.workflow.execute(purge, { workflowId, taskQueue, args: [{ kind: 'look-ups' }] });
  return workflowId;
});
await night.close();
await server.stop();
await rm(folder, { recursive: true });

/** @param play plays the scene and tells the workflow's id */
async function record(
  { client }: { client: Client },
  name: string,
  play: () => Promise<string>,
): Promise<void> {
  const file = join(import.meta.dirname, 'histories', `${name}.json`);
  if (existsSync(file)) return;
  const workflowId = await play();
  const { namespace } = client.options;
  const where = ['--address', server.address, '--namespace', namespace];
  const show = ['workflow', 'show', ...where, '-w', workflowId, '-o', 'json'];
  const shown = execFileSync(await findTemporal(), show, { encoding: 'utf8' });
  // Stack traces say where the recording was made; that belongs to nobody.
  const history = JSON.parse(shown.replaceAll(`${process.cwd()}/`, '')) as unknown;
  writeFileSync(file, `${JSON.stringify({ workflowId, history }, null, 1)}\n`);
  process.stdout.write(`recorded ${name}\n`);
}
