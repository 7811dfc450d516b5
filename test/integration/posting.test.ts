/** The corporation's back office is told of every receipt, whatever it does meanwhile; the citizen does not wait for it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { workflowId } from '../../domain/entities.ts';
import type { OrderId } from '../../domain/payments/order.ts';
import type { BackOfficeFaults } from '../../sandbox/back-office/faults.ts';
import type { Receipt } from '../../sandbox/back-office/receipt.ts';
import type { MessageView } from '../../sandbox/graph/view.ts';
import { freePorts } from '../../sandbox/ports.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { retryPostingUpdate } from '../../workflows/payment/messages.ts';
import type { payment } from '../../workflows/index.ts';
import { startTown, type Town } from '../support/town.ts';

const officer = { who: 'Invented Officer', why: 'a test' };

let town: Town;
/** Properties that owe something, an LOI among it, each for one test. */
let owing: string[];

beforeAll(async () => {
  const [port = 0] = await freePorts(1);
  town = await startTown({
    env: {
      SANDBOX_CITY: '500',
      SANDBOX_PORT: String(port),
      BACK_OFFICE_URL: `http://127.0.0.1:${port}/back-office`,
      PAYMENT_POSTING_LATE: '1s',
    },
  });
  const rows = await town.rows<{ number: string }>(
    `select account_number as number from demands where paid_on is null and withdrawn_on is null
     group by 1 having count(*) > 1 and bool_or(kind = 'LOI') order by 1 limit 20`,
  );
  owing = rows.map(({ number }) => number);
});
afterAll(() => town.stop());
beforeEach(() => town.sandbox('DELETE', 'back-office/faults'));

const misbehave = (faults: Partial<BackOfficeFaults>): Promise<unknown> =>
  town.sandbox('PUT', 'back-office/faults', faults);

async function heard(citizen: string): Promise<MessageView[]> {
  const { messages } = await town.sandbox<{ messages: MessageView[] }>('GET', `citizens/${citizen}/chat`);
  return messages.filter(({ direction }) => direction === 'outbound');
}

/** Asks for a property, and waits for the answer. */
async function ask(citizen: string, number: string): Promise<MessageView> {
  const before = (await heard(citizen)).length;
  await town.sandbox('POST', `citizens/${citizen}/messages`, { text: number });
  await waitFor('an answer', async () => (await heard(citizen)).length > before);
  const answer = (await heard(citizen))[before];
  if (!answer) throw new Error('no answer');
  return answer;
}

interface Payer {
  readonly citizen: string;
  readonly number: string;
  readonly orderId: OrderId;
  /** Goes from the pay page to the gateway, pays, and waits for the receipt in the chat. */
  pay(): Promise<void>;
  /** What the back office has of this property. */
  readonly told: () => Promise<Receipt[]>;
  /** The receipt in our own books. */
  readonly receipt: () => Promise<{
    readonly number: string;
    readonly amount: number;
    readonly posted: boolean;
  }>;
  /** Waits until the workflow has ended, and tells what operators see of it then. */
  readonly ended: () => Promise<Record<string, unknown>>;
  needsAttention(): Promise<boolean>;
  /** Has the back office told at once. */
  retry(): Promise<string>;
}

/** Somebody who has a link for a property of their own. */
async function payer(): Promise<Payer> {
  const { id: citizen } = await town.inviteOne();
  const number = owing.pop() ?? '';
  const { link } = await ask(citizen, number);
  const page = link?.url ?? '';
  const token = /\/pay\/([^?]+)/.exec(page)?.[1] ?? '';
  const [order] = await town.rows<{ id: OrderId }>('select id from orders where token = $1', [token]);
  const orderId = order?.id ?? ('' as OrderId);
  const handle = town.temporal.workflow.getHandle<typeof payment>(workflowId('payment', orderId));

  async function attributes(): Promise<Record<string, unknown>> {
    const { typedSearchAttributes, status } = await handle.describe();
    const all = typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value] as const);
    return { ...Object.fromEntries(all), status: status.name };
  }

  return {
    citizen,
    number,
    orderId,
    async pay() {
      const before = (await heard(citizen)).length;
      expect((await fetch(page)).status).toBe(200);
      const html = await (await fetch(page, { method: 'POST' })).text();
      expect(html).toContain('class="onward"');
      const [attempt] = await town.rows<{ reference: string }>(
        'select reference from attempts where order_id = $1',
        [orderId],
      );
      await town.sandbox('POST', `billdesk/orders/${attempt?.reference ?? ''}/pay`, { outcome: 'success' });
      await waitFor('the receipt in the chat', async () => (await heard(citizen)).length > before);
      expect((await heard(citizen))[before]).toMatchObject({ type: 'document' });
    },
    async told() {
      const { receipts } = await town.sandbox<{ receipts: Receipt[] }>('GET', 'back-office/receipts');
      return receipts.filter(({ account }) => account.number === number);
    },
    async receipt() {
      const [receipt] = await town.rows<{ number: string; amount: number; posted: boolean }>(
        `select number, amount::float8 as amount, not exists (select from postings p
           where p.receipt_number = receipts.number and p.state <> 'posted') as posted
         from receipts where order_id = $1`,
        [orderId],
      );
      if (!receipt) throw new Error('no receipt');
      return receipt;
    },
    async ended() {
      await waitFor('its end', async () => (await attributes())['status'] !== 'RUNNING', {
        timeoutMs: 60_000,
      });
      return attributes();
    },
    needsAttention: async () => (await attributes())['NeedsAttention'] === true,
    retry: () => handle.executeUpdate(retryPostingUpdate, { args: [officer] }),
  };
}

/** Everybody knows of the payment, and once. */
async function expectPosted({ told, receipt, ended, citizen, number }: Payer): Promise<void> {
  expect(await ended()).toMatchObject({ status: 'COMPLETED', Stage: 'done', NeedsAttention: false });
  const { number: receiptNumber, amount, posted } = await receipt();
  expect(posted).toBe(true);
  expect(await told()).toMatchObject([{ number: receiptNumber, amountPaise: amount }]);
  expect((await heard(citizen)).filter(({ type }) => type === 'document')).toHaveLength(1);
  // The LOI among them has paid what it covers, in the back office's own view.
  expect(await backOfficeBills(number)).toEqual([]);
}

/** What the back office itself holds to be due. */
async function backOfficeBills(number: string): Promise<unknown> {
  const { BACK_OFFICE_URL: url = '', BACK_OFFICE_TOKEN: bearer = '' } = town.house.env;
  const response = await fetch(`${url}/v1/properties/${number}/demands`, {
    headers: { authorization: `Bearer ${bearer}` },
  });
  return ((await response.json()) as { demands: unknown }).demands;
}

describe('the back office is told of a receipt', () => {
  test('at once, when it answers', async () => {
    const one = await payer();
    await one.pay();
    await expectPosted(one);
  });

  test.each<[string, Partial<BackOfficeFaults>]>([
    ['it was down', { down: true }],
    ['its answer got lost', { wrong: 'number' }],
  ])('by itself, when %s and it is back; the citizen has had the receipt all the time', async (_, faults) => {
    const one = await payer();
    await misbehave(faults);
    await one.pay();
    expect(await one.receipt()).toMatchObject({ posted: false });
    await town.sandbox('DELETE', 'back-office/faults');
    await expectPosted(one);
  });

  test('when a person says so, who is called when it is down for too long', async () => {
    const one = await payer();
    await misbehave({ down: true });
    await one.pay();
    await waitFor('a call for a person', () => one.needsAttention(), { timeoutMs: 90_000 });
    expect(await one.told()).toEqual([]);
    await town.sandbox('DELETE', 'back-office/faults');
    expect(await one.retry()).toBe('the records are being told');
    await expectPosted(one);
  });

  test('when a person says so, who is called at once when it refuses; nobody is asked to pay again meanwhile', async () => {
    const one = await payer();
    await misbehave({ refuseReceipts: true });
    await one.pay();
    await waitFor('a call for a person', () => one.needsAttention());
    expect(await one.receipt()).toMatchObject({ posted: false });

    expect(await backOfficeBills(one.number)).not.toEqual([]);
    const { id: other } = await town.inviteOne();
    const answer = await ask(other, one.number);
    expect(answer.text).toContain('কোনও বকেয়া নেই');
    expect(answer.link).toBeUndefined();

    // As long as it refuses, a person who tries learns nothing new.
    await one.retry();
    expect(await one.needsAttention()).toBe(true);
    await town.sandbox('DELETE', 'back-office/faults');
    await one.retry();
    await expectPosted(one);
  });
});
