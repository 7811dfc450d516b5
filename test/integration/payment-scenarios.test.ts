/**
 * Everything that a gateway, a browser or a stranger may do to a payment, on the wire of the real house. However it goes,
 * every rupee that the gateway took is posted once, and every citizen is told once.
 */
import { randomBytes } from 'node:crypto';
import { CompactSign } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workflowId } from '../../domain/entities.ts';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import type { Acted } from '../../domain/people/act.ts';
import type { CaseKindName } from '../../domain/people/case.ts';
import type { ReplyKey } from '../../domain/reply.ts';
import type { BillDeskFaults, Forgery } from '../../sandbox/gateways/billdesk/faults.ts';
import type { Transaction } from '../../sandbox/kit/books.ts';
import { newTransaction } from '../../sandbox/gateways/billdesk/transaction.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { doNotPayAgain, problems } from '../../texts/pay.ts';
import { recheckUpdate } from '../../workflows/payment/messages.ts';
import type { Desk } from '../../database/people/act-on-case.ts';
import type { CommandRun } from '../support/command.ts';
import { accountant, decideAbout, deskOf, runDesk } from '../support/desk.ts';
import {
  gatherPayers,
  paidOnce,
  unpaid,
  untried,
  type Outcome,
  type Payer,
  type Payers,
} from '../support/payers.ts';
import { startTown, type Town } from '../support/town.ts';
import { median, type Answered } from '../support/webhooks.ts';

let town: Town;
let payers: Payers;
let desk: Desk;

beforeAll(async () => {
  town = await startTown({
    own: ['temporal'],
    env: {
      SANDBOX_CITY: '2000',
      PROXY_HOPS: '1',
      PAYMENT_POLLS: '2s,5s,9s,14s,17s,20s,23s,30s,60s,90s,1h',
    },
  });
  payers = await gatherPayers(town);
  desk = deskOf(town);
});
afterAll(async () => {
  await desk.db.end();
  await town.stop();
});

/** How every payment of this file ended, to be looked at once more when all is over. */
const endings = new Map<Payer, Outcome>();

async function becomes(payer: Payer, expected: Outcome, timeoutMs = 60_000): Promise<void> {
  const isSo = async (): Promise<true> => {
    expect(await payer.outcome()).toEqual(expected);
    return true;
  };
  await waitFor('the payment to become what it should', isSo, { timeoutMs, everyMs: 1_000 });
}

async function ends(payer: Payer, expected: Outcome, timeoutMs?: number): Promise<void> {
  await becomes(payer, expected, timeoutMs);
  endings.set(payer, expected);
}

/** Of a try that did not succeed it is still asked for days: it may yet. */
const paidLater: Outcome = { ...paidOnce, workflow: 'RUNNING' };

const tried: Outcome = {
  ...unpaid,
  stage: 'at the gateway',
  attempts: ['redirected'],
  page: 'atGateway',
  told: [],
};

/** Money is there that paid nothing: it waits for a person. */
function withExcess(amount: number): Partial<Outcome> {
  return { excess: amount, cases: ['excess'], workflow: 'RUNNING', stage: 'paid', needsAttention: true };
}

/** All the money came for what somebody else had paid. */
function allExcess(amount: number): Outcome {
  return {
    ...paidOnce,
    ...withExcess(amount),
    bills: 'paid on another link',
    receipts: 0,
    page: 'already paid',
    told: ['paymentExcess'],
    stage: 'excess',
  };
}

/** So that some time passes before the gateway is asked again. */
async function askedBefore(reference: AttemptReference): Promise<void> {
  await waitFor('the gateway to be asked', async () => (await evidence(reference, 'query')) > 0);
}

async function evidence(
  reference: AttemptReference,
  source: 'query' | 'webhook' | 'return',
): Promise<number> {
  const rows = await town.rows('select from evidence where reference = $1 and source = $2', [
    reference,
    source,
  ]);
  return rows.length;
}

async function waitsForPerson({ orderId }: Payer, kind: CaseKindName, at: Town = town): Promise<void> {
  await waitFor(`a case, ${kind}`, async () => {
    const rows = await at.rows(
      'select from cases where subject_id = $1 and kind = $2 and closed_at is null',
      [orderId, kind],
    );
    return rows.length === 1;
  });
}

function decide(
  { orderId }: Payer,
  decision: string,
  why = 'telephoned the gateway',
  at = desk,
): Promise<Acted> {
  return decideAbout(at, orderId, decision, { person: accountant, why });
}

/** As it is typed at the desk. */
function cancelled({ orderId }: Payer): Promise<CommandRun> {
  return runDesk(['cancel', orderId, '--why', 'asked for by the citizen'], {
    ...town.house.env,
    DESK_PERSON: accountant.name,
    DESK_ROLES: 'finance',
  });
}

function recheck({ orderId }: Payer): Promise<string> {
  const handle = town.temporal.workflow.getHandle(workflowId('payment', orderId));
  return handle.executeUpdate(recheckUpdate, { args: [{ why: 'the citizen asks' }] });
}

async function faults(change: Partial<BillDeskFaults>): Promise<void> {
  await town.sandbox('PATCH', 'billdesk/faults', change);
}

describe.concurrent('a success', () => {
  test('told by the webhook is on the page when the browser comes back', async () => {
    const payer = await payers.payer();
    expect((await payer.page()).shows).toBe('ready');
    const reference = await payer.goToGateway();
    const form = await payer.pay(reference);
    expect(form && (await payer.comeBack(form)).shows).toBe('paid');
    await ends(payer, paidOnce);
    expect((await payer.press()).shows).toBe('paid');
  });

  test('whose browser comes back before the webhook is confirmed, and told once', async () => {
    const payer = await payers.payer();
    const reference = await payer.goToGateway();
    const form = await payer.pay(reference, { webhook: 'afterReturn' });
    expect(['atGateway', 'paid']).toContain(form && (await payer.comeBack(form)).shows);
    await waitFor('the webhook', async () => (await evidence(reference, 'webhook')) > 0);
    await ends(payer, paidOnce);
  });

  test('of a browser that comes back without any webhook counts', async () => {
    const payer = await payers.payer();
    const reference = await payer.goToGateway();
    const form = await payer.pay(reference, { webhook: 'never' });
    if (form) await payer.comeBack(form);
    await ends(payer, paidOnce);
  });

  test('of a browser that never comes back counts by the webhook', async () => {
    const payer = await payers.payer();
    await payer.payNow({ returnForm: false });
    await ends(payer, paidOnce);
  });

  test('without webhook and without return is found by asking', async () => {
    const payer = await payers.payer();
    const reference = await payer.payNow({ webhook: 'never', returnForm: false });
    await ends(payer, paidOnce);
    expect(await evidence(reference, 'webhook')).toBe(0);
  });

  test('told three times at once counts once', async () => {
    const payer = await payers.payer();
    await payer.payNow({ webhookCopies: 3 });
    await ends(payer, paidOnce);
  });

  test('told before the pending that went before it stays a success', async () => {
    const payer = await payers.payer();
    const reference = await payer.payNow({ webhookOutOfOrder: true, webhookCopies: 2 });
    await waitFor('both webhooks', async () => (await evidence(reference, 'webhook')) === 2);
    await ends(payer, paidOnce);
  });

  test.each([
    ['the bare token', 'text/plain', (token: string) => token],
    ['JSON', 'application/json', (token: string) => JSON.stringify({ transaction_response: token })],
    ['a form', 'application/x-www-form-urlencoded', (token: string) => `encrypted_response=${token}`],
  ])('told as %s counts', async (_, type, body) => {
    const payer = await payers.payer();
    const reference = await payer.payNow({ webhook: 'never', returnForm: false });
    expect((await payers.tell(body(await payers.seal(reference)), type)).status).toBe(200);
    await ends(payer, paidOnce);
  });

  test('told again, in the same words and in others, hours later or before, changes nothing', async () => {
    const payer = await payers.payer();
    const reference = await payer.goToGateway();
    const pending = await payers.seal(reference, {
      transaction: newTransaction('upi', 'pending', Date.now()),
    });
    const failure = await payers.seal(reference, {
      transaction: newTransaction('upi', 'failure', Date.now()),
    });
    await payer.pay(reference, { webhook: 'never', returnForm: false });
    const success = await payers.seal(reference);
    for (const words of [success, success, await payers.seal(reference)]) {
      expect((await payers.tell(words)).status).toBe(200);
    }
    await ends(payer, paidOnce);
    for (const words of [success, await payers.seal(reference), pending, failure, success]) {
      expect((await payers.tell(words)).status).toBe(200);
    }
    await ends(payer, paidOnce);
  });
});

describe.concurrent('a gateway that writes in its own way', () => {
  test('without an id of the transaction, of two orders at once, has both paid', async () => {
    const both = [await payers.payer(), await payers.payer()];
    for (const payer of both) {
      const reference = await payer.goToGateway();
      await payer.pay(reference, { webhook: 'never', returnForm: false });
      expect((await payers.tell(await payers.seal(reference, { ids: 'NA' }))).status).toBe(200);
    }
    for (const payer of both) await ends(payer, paidOnce);
  });

  test('with one transaction written in six ways has taken it once', async () => {
    const payer = await payers.payer();
    const reference = await payer.goToGateway();
    await payer.pay(reference, { webhook: 'never', returnForm: false });
    for (const ids of ['absent', 'number', 'empty', 'lowerCase', 'trailingBlank', 'usual'] as const) {
      expect((await payers.tell(await payers.seal(reference, { ids }))).status).toBe(200);
    }
    await ends(payer, paidOnce);
  });

  test.each([
    ['an amount without paise', { amounts: 'whole' }],
    ['an amount with commas', { amounts: 'grouped' }],
    ['a number of JSON', { amounts: 'number' }],
    ['a time without a colon', { times: 'noColon' }],
    ['the day of February that there is not', { times: 'impossible' }],
  ] as const)('with %s is understood', async (_, odd) => {
    const payer = await payers.payer();
    const reference = await payer.goToGateway();
    await payer.pay(reference, { webhook: 'never', returnForm: false });
    expect((await payers.tell(await payers.seal(reference, odd))).status).toBe(200);
    await ends(payer, paidOnce);
  });

  test('that takes a success back calls a person, and nobody any more when it says it again', async () => {
    const payer = await payers.payer();
    const reference = await payer.payNow();
    await becomes(payer, paidOnce);
    await town.sandbox('POST', `billdesk/orders/${reference}/reverse`);
    await becomes(payer, {
      ...paidOnce,
      cases: ['reversal'],
      ledger: `off by 0; took 0, booked ${payer.amount}`,
      workflow: 'RUNNING',
      stage: 'paid',
      needsAttention: true,
    });
    await town.sandbox('POST', `billdesk/orders/${reference}/settle`, { outcome: 'success' });
    await ends(payer, paidOnce);
  });

  test('that gives money back by itself calls a person, who says what was done', async () => {
    const payer = await payers.payer();
    const reference = await payer.payNow();
    await becomes(payer, paidOnce);
    await town.sandbox('POST', `billdesk/orders/${reference}/refund`);
    await waitsForPerson(payer, 'gatewayRefund');
    expect((await payer.page()).shows).toBe('paid');
    await decide(payer, 'noted');
    await waitFor('its end', async () => (await payer.outcome()).workflow === 'COMPLETED', { everyMs: 400 });
    endings.set(payer, await payer.outcome());
  });
});

describe.concurrent('what is no success, or not at first', () => {
  test('a failure is told once, and the same link pays at the second try', async () => {
    const payer = await payers.payer();
    const reference = await payer.goToGateway();
    const form = await payer.pay(reference, { outcome: 'failure', webhookCopies: 3 });
    expect(form && (await payer.comeBack(form)).shows).toBe('failed');
    await ends(payer, unpaid);
    expect(await payer.payNow()).not.toBe(reference);
    await ends(payer, { ...paidLater, attempts: ['failed', 'success'], told: ['paymentFailed', 'receipt'] });
    // News of the first try is old news.
    expect((await payers.tell(await payers.seal(reference))).status).toBe(200);
    await ends(payer, { ...paidLater, attempts: ['failed', 'success'], told: ['paymentFailed', 'receipt'] });
  });

  test('a cancellation comes as a plain form, is confirmed by asking, and does not hinder another try', async () => {
    const payer = await payers.payer();
    const reference = await payer.goToGateway();
    const form = await payer.pay(reference, { outcome: 'cancel', webhook: 'never' });
    expect(form?.fields).toEqual({
      terminal_state: '111',
      orderid: reference,
      txnResponse: '[object Object]',
    });
    if (form) await payer.comeBack(form);
    await ends(payer, { ...unpaid, attempts: ['cancelled'], told: [] });
    await payer.payNow();
    await ends(payer, { ...paidLater, attempts: ['cancelled', 'success'] });
  });

  test('a cancellation that the browser claims and the bank does not know of is a payment', async () => {
    const payer = await payers.payer();
    const reference = await payer.goToGateway();
    const form = await payer.pay(reference, { webhook: 'never' });
    const page = await payer.comeBack({
      url: form?.url ?? '',
      fields: { terminal_state: '111', orderid: reference, txnResponse: '[object Object]' },
    });
    expect(page.status).toBe(200);
    await ends(payer, paidOnce);
  });

  test('a bank that takes its time: do not pay again is said in the chat and on the page, then comes the receipt', async () => {
    const payer = await payers.payer();
    const reference = await payer.payNow({ outcome: 'pending' });
    await ends(payer, {
      ...unpaid,
      attempts: ['pending'],
      page: 'undecided',
      told: ['paymentPending'],
      stage: 'bank undecided',
    });
    const again = await payer.press();
    expect(again.shows).toBe('undecided');
    expect(again.html).toContain(doNotPayAgain.bn);
    await town.sandbox('POST', `billdesk/orders/${reference}/settle`, { outcome: 'success' });
    await ends(payer, { ...paidOnce, told: ['paymentPending', 'receipt'] });
  });

  test('a bank that takes its time and then refuses: told, and the link pays at the second try', async () => {
    const payer = await payers.payer();
    const reference = await payer.payNow({ outcome: 'pending', webhook: 'never' });
    await waitFor('the word that it takes long', async () => (await payer.told()).length > 0);
    await town.sandbox('POST', `billdesk/orders/${reference}/settle`, { outcome: 'failure' });
    const told = ['paymentPending', 'paymentFailed'] as const;
    await ends(payer, { ...unpaid, told });
    await payer.payNow();
    await ends(payer, { ...paidLater, attempts: ['failed', 'success'], told: [...told, 'receipt'] });
  });

  test('a bank that takes its time and tells nobody is asked again', async () => {
    const payer = await payers.payer();
    await payer.payNow({ outcome: 'pendingThenSuccess', settleAfterMs: 3_000, webhook: 'never' });
    await waitFor('the receipt', async () => (await payer.told()).includes('receipt'));
    const told = await payer.told();
    await ends(payer, {
      ...paidOnce,
      told: told.includes('paymentPending') ? ['paymentPending', 'receipt'] : ['receipt'],
    });
  });

  test('a failure that becomes a success late is a success', async () => {
    const payer = await payers.payer();
    const reference = await payer.payNow({ outcome: 'failure' });
    await ends(payer, unpaid);
    await town.sandbox('POST', `billdesk/orders/${reference}/settle`, { outcome: 'success' });
    await ends(payer, { ...paidOnce, told: ['paymentFailed', 'receipt'] });
    expect((await payer.press()).shows).toBe('paid');
  });

  test('a first try that succeeds after the second did is kept as excess, and told', async () => {
    const payer = await payers.payer();
    const reference = await payer.payNow({ outcome: 'failure' });
    await waitFor('the failure', async () => (await payer.page()).shows === 'failed', { everyMs: 400 });
    await payer.payNow();
    await waitFor('the receipt', async () => (await payer.told()).includes('receipt'));
    await town.sandbox('POST', `billdesk/orders/${reference}/settle`, { outcome: 'success' });
    await ends(payer, {
      ...paidOnce,
      ...withExcess(payer.amount),
      attempts: ['success', 'success'],
      told: ['paymentFailed', 'receipt', 'paymentExcess'],
    });
  });
});

describe.concurrent('words that BillDesk did not seal', () => {
  test.each<Forgery>(['signature', 'key', 'algNone', 'encryptionKey'])(
    'with a wrong %s are refused, and the truth is asked for',
    async (forge) => {
      const payer = await payers.payer();
      const reference = await payer.goToGateway();
      await askedBefore(reference);
      await payer.pay(reference, { forge });
      expect((await payers.tell(await payers.seal(reference, { forge }))).status).toBe(401);
      await ends(payer, paidOnce);
      expect(await evidence(reference, 'webhook')).toBe(0);
    },
  );

  test('signed with another algorithm, or with nothing at all, are refused and leave no trace', async () => {
    const payer = await payers.payer();
    const reference = await payer.goToGateway();
    const [, claim = ''] = (await payers.seal(reference)).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'RS256', clientid: 'kmcsandbox' })).toString(
      'base64url',
    );
    const other = await new CompactSign(Buffer.from(claim, 'base64url'))
      .setProtectedHeader({ alg: 'HS512', clientid: 'kmcsandbox' })
      .sign(randomBytes(64));
    for (const forged of [
      `${header}.${claim}.${randomBytes(256).toString('base64url')}`,
      `${header}.${claim}.`,
      other,
    ]) {
      expect((await payers.tell(forged)).status).toBe(401);
    }
    for (const rubbish of [
      '',
      'paid',
      '{"transaction_response":"yes"}',
      `orderid=${reference}&auth_status=0300`,
    ]) {
      expect((await payers.tell(rubbish)).status).toBe(400);
    }
    expect(await evidence(reference, 'webhook')).toBe(0);
    await ends(payer, tried);
  });

  test('in a return form decide nothing', async () => {
    const payer = await payers.payer();
    const reference = await payer.goToGateway();
    const url = `${town.apiUrl}/return/billdesk`;
    const plain = {
      orderid: reference,
      auth_status: '0300',
      amount: '1.00',
      transaction_error_type: 'success',
    };
    expect((await payer.comeBack({ url, fields: plain })).shows).toBe('atGateway');
    // A genuine seal proves who said it, and still decides nothing here: it could be an old one.
    const sealed = { encrypted_response: await payers.seal(reference) };
    expect((await payer.comeBack({ url, fields: sealed })).shows).toBe('atGateway');
    const forged = { encrypted_response: await payers.seal(reference, { forge: 'key' }) };
    expect((await payer.comeBack({ url, fields: forged })).status).toBe(400);
    expect((await payer.comeBack({ url, fields: { orderid: 'PSNOBODYS' } })).status).toBe(400);
    expect((await payer.comeBack({ url, fields: {} })).status).toBe(400);
    await waitFor('the gateway to be asked', async () => (await evidence(reference, 'query')) > 2);
    await ends(payer, tried);
  });
});

describe.concurrent('a claim that cannot be true waits for a person', () => {
  const inReview: Outcome = {
    ...unpaid,
    attempts: ['review'],
    cases: ['review'],
    page: 'review',
    told: ['paymentInReview'],
    stage: 'review',
    needsAttention: true,
  };

  test('of another merchant: accepted, it is paid', async () => {
    const payer = await payers.payer();
    const reference = await payer.goToGateway();
    await askedBefore(reference);
    await payer.pay(reference, { forge: 'merchant', returnForm: false });
    // What the gateway has, we do not have yet.
    await becomes(payer, {
      ...inReview,
      ledger: `off by 0; took ${payer.amount}, booked 0`,
    });
    expect((await payer.press()).shows).toBe('review');
    expect(await decide(payer, 'accept')).toMatchObject({ outcome: 'done' });
    await ends(payer, { ...paidOnce, told: ['paymentInReview', 'receipt'] });
  });

  test('of another amount: dismissed for a reason, and the citizen is told and can pay', async () => {
    const payer = await payers.payer();
    const reference = await payer.goToGateway();
    expect((await payers.tell(await payers.seal(reference, { forge: 'amount' }))).status).toBe(200);
    await ends(payer, inReview);
    expect(await decide(payer, 'dismiss', ' ')).toMatchObject({
      outcome: 'refused',
      because: expect.stringContaining('say why') as string,
    });
    expect(await cancelled(payer)).toMatchObject({
      code: 2,
      printed: expect.stringContaining('on its way') as string,
    });
    await ends(payer, inReview);
    expect(await decide(payer, 'dismiss')).toMatchObject({ outcome: 'done' });
    const told = ['paymentInReview', 'paymentFailed'] as const;
    await ends(payer, { ...unpaid, told });
    await payer.payNow();
    await ends(payer, { ...paidLater, attempts: ['failed', 'success'], told: [...told, 'receipt'] });
  });

  test('of another currency: nobody can take it, and the gateway that says it rightly closes the case', async () => {
    const payer = await payers.payer();
    const reference = await payer.goToGateway();
    await askedBefore(reference);
    await payer.pay(reference, { forge: 'currency', returnForm: false });
    await waitsForPerson(payer, 'review');
    for (const decision of ['accept', 'excess']) {
      expect(await decide(payer, decision)).toEqual({
        outcome: 'refused',
        because: 'it is not in rupees: ask the gateway what it took',
      });
    }
    await waitFor('the word that it takes long', async () => (await payer.told()).length > 0);
    expect(await recheck(payer)).toBe(`${reference}: was review, now success`);
    await ends(payer, { ...paidOnce, told: ['paymentInReview', 'receipt'] });
  });

  test('kept as excess, it is told, and the citizen can pay; kept as a credit, it waits for nobody', async () => {
    const payer = await payers.payer();
    const reference = await payer.goToGateway();
    await askedBefore(reference);
    await payer.pay(reference, { forge: 'merchant', returnForm: false });
    await becomes(payer, { ...inReview, ledger: `off by 0; took ${payer.amount}, booked 0` });
    await decide(payer, 'excess');
    const told = ['paymentInReview', 'paymentExcess'] as const;
    const kept = withExcess(payer.amount);
    await ends(payer, {
      ...unpaid,
      ...kept,
      attempts: ['success'],
      page: 'ready',
      stage: 'link sent',
      told,
    });
    // The bills are still unpaid, and may be paid.
    await payer.payNow();
    const paid: Outcome = { ...paidOnce, attempts: ['success', 'success'], told: [...told, 'receipt'] };
    await ends(payer, { ...paid, ...kept });
    await decide(payer, 'keep');
    await ends(payer, { ...paid, excess: payer.amount });
  });

  test('of an order that nobody made is shown to people, and the real one is found by asking', async () => {
    const payer = await payers.payer();
    const reference = await payer.payNow({ forge: 'order', returnForm: false });
    await ends(payer, paidOnce);
    const cases = await town.rows<{ amount: bigint }>(
      `select amount from cases where kind = 'unknownReference' and closed_at is null
         and details ->> 'reference' like '%' || $1`,
      [reference.slice(0, 20)],
    );
    expect(cases).toEqual([{ amount: BigInt(payer.amount) }]);
  });
});

describe.concurrent('money that comes twice', () => {
  test('on one order: one receipt, the rest is excess, and told', async () => {
    const payer = await payers.payer();
    await faults({ doubleSuccess: true });
    const reference = await payer.goToGateway();
    await Promise.all([payer.pay(reference), payer.pay(reference)]);
    await ends(payer, {
      ...paidOnce,
      ...withExcess(payer.amount),
      told: inAnyOrder('receipt', 'paymentExcess'),
    });
  });

  test('on one order, after everything had been done: the workflow begins again and tells of the excess alone', async () => {
    const payer = await payers.payer();
    const reference = await payer.payNow();
    await ends(payer, paidOnce);
    await faults({ doubleSuccess: true });
    await payer.pay(reference);
    await ends(payer, {
      ...paidOnce,
      ...withExcess(payer.amount),
      told: ['receipt', 'paymentExcess'],
    });
  });

  test('from two citizens for the same bills: the second is warned; one receipt, one excess', async () => {
    const first = await payers.payer();
    const second = await payers.payer({ number: first.number });
    const [a] = [await first.goToGateway()];
    expect((await second.page()).shows).toBe('elsewhere');
    expect((await second.press()).shows).toBe('elsewhere');
    const b = await second.goToGateway(true);
    await first.pay(a);
    await ends(first, paidOnce);
    await second.pay(b);
    await ends(second, allExcess(second.amount));
  });

  test('from two citizens at the same moment: one receipt, one excess, whoever comes first', async () => {
    const first = await payers.payer();
    const second = await payers.payer({ number: first.number });
    const a = await first.goToGateway();
    const b = await second.goToGateway(true);
    await Promise.all([first.pay(a), second.pay(b)]);
    await waitFor(
      'both to be told',
      async () => (await first.told()).length + (await second.told()).length === 2,
    );
    const [lucky, other] = (await first.told()).includes('receipt') ? [first, second] : [second, first];
    await ends(lucky, paidOnce);
    await ends(other, allExcess(other.amount));
  });

  test('two tabs of one order are sent to the same page of the gateway', async () => {
    const payer = await payers.payer();
    const references = await Promise.all([payer.goToGateway(), payer.goToGateway()]);
    expect(references[0]).toBe(references[1]);
    await payer.pay(references[0]);
    await ends(payer, paidOnce);
  });
});

/** Two messages that were sent at the same moment come in either order. */
function inAnyOrder(...keys: readonly ReplyKey[]): Outcome['told'] {
  const sorted = (list: readonly ReplyKey[]): string => [...list].sort().join();
  return expect.toSatisfy((told: readonly ReplyKey[]) => sorted(told) === sorted(keys)) as Outcome['told'];
}

describe.concurrent('a person', () => {
  test('who cancels an order ends it, with an entry in the audit log; the next link pays', async () => {
    const payer = await payers.payer();
    expect(await cancelled(payer)).toMatchObject({ code: 0 });
    await ends(payer, { ...untried, page: 'cancelled' });
    expect((await payer.press()).shows).toBe('cancelled');
    const audit = await town.rows('select act, who, why from audit_log where order_id = $1', [payer.orderId]);
    expect(audit).toEqual([{ act: 'cancel', who: accountant.name, why: 'asked for by the citizen' }]);
    const again = await payers.payer({ citizen: payer.citizen, number: payer.number });
    expect(again.orderId).not.toBe(payer.orderId);
    await again.payNow();
    await ends(again, paidOnce);
    // The press has begun a workflow, which found nothing to do.
    await ends(payer, {
      ...untried,
      bills: 'paid on another link',
      page: 'already paid',
      workflow: 'COMPLETED',
      stage: 'cancelled',
      needsAttention: false,
    });
  });

  test('who would cancel an order whose money may be on its way is refused in words', async () => {
    const payer = await payers.payer();
    const reference = await payer.goToGateway();
    expect(await cancelled(payer)).toMatchObject({
      code: 2,
      printed: expect.stringContaining('money may be on its way') as string,
    });
    await payer.pay(reference);
    await ends(payer, paidOnce);
  });

  test('who asks to recheck has the gateway asked at once', async () => {
    const payer = await payers.payer();
    const reference = await payer.payNow({ webhook: 'never', returnForm: false, outcome: 'failure' });
    await ends(payer, unpaid);
    await town.sandbox('POST', `billdesk/orders/${reference}/settle`, { outcome: 'success' });
    await recheck(payer);
    await ends(payer, { ...paidOnce, told: ['paymentFailed', 'receipt'] }, 8_000);
  });
});

describe('a gateway that fails', () => {
  test('with 500 at the order: nothing was charged is said, and the same link pays later', async () => {
    const payer = await payers.payer();
    await faults({ http500: true });
    const page = await payer.press();
    await faults({ http500: false });
    expect(page.shows).toBe('gateway away');
    expect(page.html).toContain(problems.gatewayAway.body.bn);
    await payer.payNow();
    await ends(payer, { ...paidLater, attempts: ['expired', 'success'] });
  });

  test('by being down: the same', async () => {
    const payer = await payers.payer();
    await faults({ down: true });
    expect((await payer.press()).shows).toBe('gateway away');
    await faults({ down: false });
    await payer.payNow();
    await ends(payer, { ...paidLater, attempts: ['expired', 'success'] });
  });

  test('with 500 at the question: nothing is decided until it answers', async () => {
    const payer = await payers.payer();
    const reference = await payer.goToGateway();
    await faults({ http500: true });
    const form = await payer.pay(reference, { webhook: 'never' });
    expect(form && (await payer.comeBack(form)).shows).toBe('atGateway');
    const handle = town.temporal.workflow.getHandle(workflowId('payment', payer.orderId));
    await waitFor('a question without an answer', async () => {
      const { events } = await handle.fetchHistory();
      return (events ?? []).some((event) => event.activityTaskFailedEventAttributes != null);
    });
    expect((await payer.outcome()).receipts).toBe(0);
    await faults({ http500: false });
    await ends(payer, paidOnce);
  });

  test.each(['cut', 'silent'] as const)(
    'by losing the answer to an order that it made (%s): the citizen tries again and pays once',
    async (createAnswer) => {
      const payer = await payers.payer();
      await faults({ createAnswer });
      expect((await payer.press()).shows).toBe('gateway away');
      await faults({ createAnswer: 'none' });
      const reference = await payer.payNow();
      await ends(payer, { ...paidLater, attempts: ['expired', 'success'] });
      const known = await town.rows<{ reference: AttemptReference }>(
        'select reference from attempts where order_id = $1 order by id',
        [payer.orderId],
      );
      // Both are known there, by names of their own; only one was ever shown to the citizen.
      const states = await Promise.all(
        known.map((attempt) =>
          town.sandbox<{ state: string }>('GET', `billdesk/orders/${attempt.reference}`),
        ),
      );
      expect(states.map(({ state }) => state)).toEqual(['open', 'success']);
      expect(known[1]?.reference).toBe(reference);
    },
  );

  test('by a page whose time is over: the gateway is asked, and a new page is opened', async () => {
    const payer = await payers.payer();
    await faults({ sessionMs: 1_000 });
    const reference = await payer.goToGateway();
    await faults({ sessionMs: 1_800_000 });
    await waitFor('the end of its page', async () => {
      const { obstacle } = await town.sandbox<{ obstacle: unknown }>('GET', `billdesk/orders/${reference}`);
      return obstacle === 'expired';
    });
    await expect(payer.pay(reference)).rejects.toThrow('expired');
    expect(await payer.payNow()).not.toBe(reference);
    await ends(payer, { ...paidLater, attempts: ['expired', 'success'] });
  });

  test('by a page whose time is over although it was paid on in time: it is not paid twice', async () => {
    const payer = await payers.payer();
    await faults({ sessionMs: 5_000 });
    const reference = await payer.goToGateway();
    await faults({ sessionMs: 1_800_000 });
    await askedBefore(reference);
    await payer.pay(reference, { webhook: 'never', returnForm: false });
    expect(['paid', 'undecided']).toContain((await payer.press()).shows);
    await ends(payer, paidOnce);
  });
});

describe('where links and questions soon end', () => {
  let brief: Town;
  let others: Payers;
  let theirDesk: Desk;
  beforeAll(async () => {
    brief = await startTown({
      env: {
        SANDBOX_CITY: '200',
        PROXY_HOPS: '1',
        PAYMENT_LINK_LIFETIME: '10s',
        PAYMENT_POLLS: '2s,4s,6s,8s,10s,12s,16s',
        BILLDESK_MERCHANTS: JSON.stringify([rotating]),
      },
    });
    others = await gatherPayers(brief);
    theirDesk = deskOf(brief);
  });
  afterAll(async () => {
    await theirDesk.db.end();
    await brief.stop();
  });

  const theirFaults = (change: Partial<BillDeskFaults>): Promise<unknown> =>
    brief.sandbox('PATCH', 'billdesk/faults', change);

  test('a gateway that changes its key, from one scheme to the other, is believed with the old and the new one', async () => {
    for (const sealKey of ['first', 'last'] as const) {
      await theirFaults({ sealKey });
      const payer = await others.payer();
      const reference = await payer.payNow({ returnForm: false });
      await becomes(payer, paidOnce);
      const webhooks = await brief.rows(`select from evidence where reference = $1 and source = 'webhook'`, [
        reference,
      ]);
      expect(webhooks).toHaveLength(1);
    }
    await theirFaults({ sealKey: 'inForce' });
  });

  test('a claim of another amount that a person accepts pays what it reaches for', async () => {
    const payer = await others.payer();
    const reference = await payer.goToGateway();
    expect((await others.tell(await others.seal(reference, { forge: 'amount' }))).status).toBe(200);
    await waitsForPerson(payer, 'review', brief);
    expect(await decide(payer, 'accept', 'in the statement', theirDesk)).toMatchObject({ outcome: 'done' });
    await waitFor('the receipt', async () => (await payer.told()).includes('receipt'));
    expect(await payer.outcome()).toMatchObject({
      attempts: ['success'],
      bills: 'unpaid',
      receipts: 1,
      excess: 0,
      cases: ['partPaid'],
      ledger: 'off by 0; took 0, booked 100',
      page: 'paid',
    });
  });

  test('a failure that becomes a success late, of which nobody tells, is found by asking', async () => {
    const payer = await others.payer();
    const reference = await payer.payNow({ outcome: 'failure', webhook: 'never' });
    await waitFor('the failure', async () => (await payer.outcome()).attempts[0] === 'failed', {
      everyMs: 400,
    });
    await brief.sandbox('POST', `billdesk/orders/${reference}/settle`, { outcome: 'success' });
    await waitFor('the receipt', async () => (await payer.told()).includes('receipt'));
  });

  describe.concurrent('a link whose time is over', () => {
    test('opens no payment, but one that was begun in time succeeds', async () => {
      const [visitor, payer] = [await others.payer(), await others.payer()];
      const reference = await payer.goToGateway();
      await becomes(visitor, { ...untried, page: 'expired' });
      expect((await visitor.press()).shows).toBe('expired');
      // Money may still be on its way: nobody is told that none has come.
      await waitFor('the end of the link', async () => (await payer.page()).shows === 'undecided', {
        everyMs: 400,
      });
      expect((await others.tell(await others.seal(reference))).status).toBe(200);
      await waitFor('the receipt', async () => (await payer.told()).includes('receipt'));
      // The same number gives a new link.
      const again = await others.payer({ citizen: visitor.citizen, number: visitor.number });
      expect(again.orderId).not.toBe(visitor.orderId);
    });

    test('keeps its promise: who was told to wait is told of a failure', async () => {
      const payer = await others.payer();
      const reference = await payer.goToGateway();
      await others.tell(await others.seal(reference, word('pending')));
      await waitFor('the word that it takes long', async () => (await payer.told()).length > 0);
      await waitFor('its end', async () => (await payer.outcome()).cases.includes('undecided'), {
        everyMs: 400,
      });
      expect((await payer.page()).shows).toBe('undecided');
      await others.tell(await others.seal(reference, word('failure')));
      await becomes(payer, {
        ...unpaid,
        page: 'expired',
        told: ['paymentPending', 'paymentFailedForGood'],
        workflow: 'COMPLETED',
        stage: 'expired',
      });
    });

    test('of a payment that the gateway has forgotten: others are warned and let through, and a person decides', async () => {
      const payer = await others.payer();
      const reference = await payer.goToGateway();
      await others.tell(await others.seal(reference, word('pending')));
      await waitsForPerson(payer, 'undecided', brief);
      const other = await others.payer({ number: payer.number });
      expect((await other.page()).shows).toBe('elsewhere');
      await other.goToGateway(true);
      expect(await decide(payer, 'recheck', 'the citizen asks', theirDesk)).toMatchObject({
        outcome: 'done',
      });
      expect((await payer.outcome()).cases).toEqual(['undecided']);
      expect(await decide(payer, 'dismiss', 'the gateway writes so', theirDesk)).toMatchObject({
        outcome: 'done',
      });
      await becomes(payer, {
        ...unpaid,
        page: 'expired',
        told: ['paymentPending', 'paymentFailedForGood'],
        workflow: 'COMPLETED',
        stage: 'expired',
      });
    });

    test('of money of which the gateway says nothing that anybody understands: a person is called, and the late word closes the case', async () => {
      const payer = await others.payer();
      await theirFaults({ queryAnswer: 'nothing' });
      const reference = await payer.payNow({ webhook: 'never', returnForm: false });
      for (const status of ['0001', 'NA', 'PERHAPS']) {
        const asked = await queries(reference);
        await theirFaults({ queryAnswer: 'usual', status });
        await waitFor(`an answer of ${status}`, async () => (await queries(reference)) > asked);
      }
      await becomes(payer, {
        ...tried,
        cases: ['undecided'],
        ledger: `off by 0; took ${payer.amount}, booked 0`,
        page: 'undecided',
        stage: 'bank undecided',
        needsAttention: true,
      });
      expect((await others.tell(await others.seal(reference))).status).toBe(200);
      await becomes(payer, paidOnce);
    });
  });

  async function queries(reference: AttemptReference): Promise<number> {
    const rows = await brief.rows(`select from evidence where reference = $1 and source = 'query'`, [
      reference,
    ]);
    return rows.length;
  }
});

/** What a bank says that the stand-in does not know of. */
function word(state: 'pending' | 'failure'): { readonly transaction: Transaction } {
  return { transaction: newTransaction('upi', state, Date.now()) };
}

/** A merchant account in the middle of a change from one key to another, and from one scheme to the other. */
const rotating = {
  id: 'main',
  mercid: 'KMCSANDBOX',
  clientid: 'kmcsandbox',
  keys: [
    { scheme: 'hmac', secret: randomBytes(24).toString('hex') },
    {
      scheme: 'symmetric',
      keyId: 'next',
      encryptionPassword: randomBytes(16).toString('hex'),
      signingPassword: randomBytes(16).toString('hex'),
      from: new Date(Date.now() + 3_600_000).toISOString(),
    },
  ],
};

describe('while Temporal is down', () => {
  const count = 40;

  test('the pay page says that nothing was charged; callbacks are taken quickly and their money is posted; receipts come when it is back', async () => {
    const citizens = await town.invite(10);
    const paying: { readonly payer: Payer; readonly reference: AttemptReference }[] = [];
    await Promise.all(
      citizens.map(async (citizen) => {
        for (let order = 0; order < count / citizens.length; order += 1) {
          const payer = await payers.payer({ citizen });
          paying.push({ payer, reference: await payer.goToGateway() });
        }
      }),
    );
    const visitor = await payers.payer();
    await town.house.stopChild('temporal');

    const pressedAt = Date.now();
    const page = await visitor.press();
    const waitedMs = Date.now() - pressedAt;
    expect(page.shows).toBe('try again');
    expect(waitedMs).toBeLessThan(17_000);
    expect(page.html).toContain(problems.tryAgain.body.bn);

    const answers: Answered[] = [];
    while (answers.length < count) {
      // Ten at a time: it is the API that is measured, not a queue before two cores.
      const some = paying.slice(answers.length, answers.length + 10);
      for (const { payer, reference } of some)
        await payer.pay(reference, { webhook: 'never', returnForm: false });
      const words = await Promise.all(some.map(({ reference }) => payers.seal(reference)));
      answers.push(...(await Promise.all(words.map((each) => payers.tell(each)))));
    }
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: count }, () => 200));
    // Whoever waited for Temporal would take several seconds, on any machine.
    expect(median(answers)).toBeLessThanOrEqual(1_000);
    const posted = 'select from receipts where order_id = any($1)';
    expect(await town.rows(posted, [paying.map(({ payer }) => payer.orderId)])).toHaveLength(count);
    for (const { payer } of paying.slice(0, 3)) expect((await payer.page()).shows).toBe('paid');

    await town.house.startChild('temporal');
    const began = Date.now();
    for (const { payer } of paying) await ends(payer, paidOnce, 90_000);
    process.stdout.write(
      `without Temporal: the pay page answers after ${waitedMs} ms; ${count} callbacks, median ${median(answers).toFixed(0)} ms; all receipts ${Date.now() - began} ms after its start\n`,
    );
    await visitor.payNow();
    await ends(visitor, paidOnce);
  });

  test('a second payment of what is paid and done, with webhook and return, is told when it is back', async () => {
    const payer = await payers.payer();
    const reference = await payer.payNow();
    await becomes(payer, paidOnce);
    await faults({ doubleSuccess: true });
    await town.house.stopChild('temporal');
    const form = await payer.pay(reference);
    await waitFor('the second webhook', async () => (await evidence(reference, 'webhook')) === 2);
    expect(form && (await payer.comeBack(form)).shows).toBe('paid');
    const waiting = 'select id from outbox where subject = $1 and delivered_at is null';
    await waitFor('the news to be on its way', async () => {
      const news = await town.rows(waiting, [payer.orderId]);
      const idle = await town.rows(`${waiting} for update skip locked`, [payer.orderId]);
      return news.length > 0 && idle.length === 0;
    });
    await town.house.startChild('temporal');
    await ends(payer, {
      ...paidOnce,
      ...withExcess(payer.amount),
      told: ['receipt', 'paymentExcess'],
    });
  });
});

describe('after all of that', () => {
  test('every payment is as it ended, and nobody was told anything else or twice', async () => {
    for (const [payer, expected] of endings) expect(await payer.outcome()).toEqual(expected);
    expect(await payers.strayMessages()).toEqual({});
    expect(endings.size).toBe(payers.all.length);
  });

  test('the ledger is even, holds what the gateway took and no more, and receipts have no gaps', async () => {
    const { count, amountPaise, successes } = await payers.totals();
    const [books] = await town.rows(
      `select (select sum(amount)::float8 from entry_lines) as balance,
         (select sum(amount)::float8 from entry_lines where account like 'clearing/%' or account like 'suspense/%') as took,
         (select array_agg(a.reference || ' ' || c.amount order by a.reference collate "C")
            from captures c join attempts a on a.id = c.attempt_id) as captures,
         (select count(*)::int from receipts) as receipts, (select max(ordinal) from receipts) as highest,
         (select last from number_series) as last`,
    );
    const receipts = [...endings.values()].reduce((sum, ending) => sum + ending.receipts, 0);
    expect(books).toEqual({
      balance: 0,
      took: amountPaise,
      captures: successes.map(({ reference, amountPaise: paise }) => `${reference} ${paise}`).sort(),
      receipts,
      highest: receipts,
      last: receipts,
    });
    expect(count).toBe(successes.length);
  });

  test('no process wrote a number, a name, a token or a seal into its log', async () => {
    const logs = (await Promise.all([town.log('api'), town.log('worker')])).join('\n');
    expect(logs.length).toBeGreaterThan(10_000);
    expect([...payers.secrets].filter((secret) => logs.includes(secret))).toEqual([]);
    // How every token of BillDesk's begins, and the one that opens its page.
    expect(logs).not.toMatch(/eyJ|OToken/);
  });
});
