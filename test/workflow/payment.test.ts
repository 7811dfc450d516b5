/** The life of a payment on the real server: what it waits for, whom it tells, and what people can ask of it. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { paise } from '../../domain/money.ts';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import { createPaytm } from '../../gateways/paytm/paytm.ts';
import { paytmStandIn } from '../../sandbox/gateways/paytm/paytm.tsx';
import { waitFor } from '../../sandbox/wait.ts';
import {
  paymentQuery,
  recheckUpdate,
  retryPostingUpdate,
  tellAgainUpdate,
} from '../../workflows/payment/messages.ts';
import { passTime } from '../support/time.ts';
import { startSandbox } from '../integration/sandbox-support.ts';
import { taxes } from '../integration/paytm-support.ts';
import { startPayments, type Payments, type TestPayment } from '../support/payments.ts';
import { sampleOrder } from '../support/sample-payments.ts';

let town: Payments;

beforeAll(async () => {
  town = await startPayments(inject('temporalAddress'));
});
afterAll(() => town.close());

const request = { why: 'a test' };

async function paidAtTheGateway(payment: TestPayment, posting: 'due' | 'posted' = 'posted'): Promise<void> {
  expect((await payment.pay()).outcome).toBe('redirect');
  payment.attempt('success');
  payment.paid(posting);
  await payment.news();
}

const keys = ({ heard }: TestPayment): string[] => heard.map(({ reply }) => reply.key);

const count = ({ calls }: TestPayment, name: string): number => calls.filter((call) => call === name).length;

/** Until the workflow has seen what the books say of the first attempt. */
async function seen(payment: TestPayment, state: string): Promise<void> {
  await waitFor(`a look at ${state}`, async () => {
    const standing = await payment.handle.query(paymentQuery);
    return standing?.attempts[0]?.state === state;
  });
}

async function endsCancelled({ handle }: TestPayment): Promise<void> {
  const error: unknown = await handle.result().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(WorkflowFailedError);
  expect((error as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
}

describe.concurrent('a payment', () => {
  test(
    'from the first try to the receipt, posted and told, takes at most 40 events and ends',
    { concurrent: false },
    async () => {
      const payment = town.payment();
      await paidAtTheGateway(payment, 'due');
      await payment.handle.result();
      expect(keys(payment)).toEqual(['receipt']);
      expect(count(payment, 'postReceipts')).toBe(1);
      const events = await payment.events();
      expect(events, `${events} events`).toBeLessThanOrEqual(40);
      expect(await payment.attribute('Stage')).toBe('done');
      expect(await payment.attribute('Gateway')).toBe('billdesk');
      expect(await payment.attribute('NeedsAttention')).toBe(false);
    },
  );

  test('asks the gateway by itself when no callback comes, also when it does not answer', async () => {
    const payment = town.payment({ pollsMs: [1_000, 2_100, 3_200, 5_000, 7_000, 9_000] });
    payment.books.ask = () => {
      if (count(payment, 'askGateway') < 3) throw new Error('HTTP 500');
      payment.attempt('success');
      payment.paid();
      return Promise.resolve();
    };
    await payment.pay();
    await payment.handle.result();
    expect(keys(payment)).toEqual(['receipt']);
  });

  test('in the chat is asked about when WhatsApp says that it is paid, also where a question is under way', async () => {
    const payment = town.payment();
    payment.attempt('redirected');
    const { standing } = payment.books;
    const attempts = standing.attempts.map((attempt) => ({ ...attempt, chat: 'kmc' }));
    payment.books.standing = { ...standing, attempts };
    payment.books.ask = async () => {
      if (count(payment, 'askGateway') === 1) return new Promise<void>(() => undefined);
      payment.attempt('success');
      payment.paid();
    };
    await payment.news(true);
    await waitFor('the question', () => Promise.resolve(count(payment, 'askGateway') === 1));
    await payment.news(true, true);
    await payment.handle.result();
    expect(count(payment, 'askGateway')).toBe(2);
    expect(keys(payment).toSorted()).toEqual(['chatOrderPaid', 'receipt']);
  });

  test('asks when the citizen comes back from the gateway', async () => {
    const payment = town.payment();
    payment.books.ask = () => {
      payment.attempt('success');
      payment.paid();
      return Promise.resolve();
    };
    await payment.pay();
    await payment.news(true);
    await payment.handle.result();
    expect(count(payment, 'askGateway')).toBe(1);
  });

  test(
    'at a gateway that knows no more is asked about eight times in five days, and then a person is called',
    { concurrent: false },
    async () => {
      const merchants = [taxes] as const;
      const options = { merchants, webhookUrl: 'http://127.0.0.1:9/nowhere', inUse: true };
      const sandbox = await startSandbox('http://127.0.0.1:9/nowhere', { gateways: [paytmStandIn(options)] });
      const askedOf: string[] = [];
      const paytm = createPaytm({
        merchants,
        apiUrl: `${sandbox.url}/paytm`,
        fetch: (input, init) => {
          askedOf.push(new URL(input as string).pathname);
          return fetch(input, init);
        },
      });
      const payment = town.payment({ pollsMs: undefined });
      const at = { merchant: taxes.id, reference: 'PSUPIPOLLS' as AttemptReference };
      payment.books.ask = async () => {
        await paytm.ask(at);
      };
      await payment.pay();
      // A citizen who comes back at once is too early for UPI, and is not served by a question.
      await payment.news(true);
      payment.attempt('pending');
      await payment.news();
      await seen(payment, 'pending');
      expect(askedOf).toEqual([]);
      await passTime(payment.handle, 6 * 86_400_000);
      await waitFor('the case', () => payment.books.standing.cases.length > 0, { timeoutMs: 60_000 });
      expect(askedOf).toEqual(Array.from({ length: 8 }, () => '/paytm/v3/order/status'));
      const said = await payment.handle.executeUpdate(recheckUpdate, { args: [request] });
      expect(said).toContain('not asked');
      expect(askedOf).toHaveLength(8);
      await payment.handle.terminate();
      await sandbox.close();
    },
  );

  test('serves two tabs one after the other', async () => {
    const payment = town.payment();
    const { open } = payment.books;
    let [under, most] = [0, 0];
    payment.books.open = async (merchant) => {
      most = Math.max(most, (under += 1));
      await new Promise((resolve) => setTimeout(resolve, 50));
      under -= 1;
      return open(merchant);
    };
    await Promise.all([payment.pay(), payment.pay()]);
    expect(most).toBe(1);
  });

  test('whose gateway is away says so, and ends: the next try begins it again', async () => {
    const payment = town.payment();
    payment.books.open = () => Promise.reject(new Error('no answer'));
    expect(await payment.pay()).toEqual({ outcome: 'refused', because: 'gatewayAway' });
    await payment.handle.result();
    expect(keys(payment)).toEqual([]);
  });

  test('goes on to the next merchant account within the same press, and shows operators why each was picked', async () => {
    const payment = town.payment();
    const { open } = payment.books;
    const asked: string[] = [];
    payment.books.accounts = ['first', 'second', 'third'];
    payment.books.open = (merchant) => {
      asked.push(merchant);
      if (merchant === 'first') return Promise.resolve({ outcome: 'refused', because: 'gatewayAway' });
      return merchant === 'second' ? Promise.reject(new Error('no answer')) : open(merchant);
    };
    expect(await payment.pay()).toMatchObject({ outcome: 'redirect' });
    expect(asked).toEqual(['first', 'second', 'third']);
    await waitFor('the details', async () =>
      (await payment.details()).includes('picked by weight 100 of 100'),
    );
    payment.attempt('failed');
    payment.books.open = () => Promise.resolve({ outcome: 'refused', because: 'undecided' });
    asked.length = 0;
    await payment.news();
    expect(await payment.pay()).toEqual({ outcome: 'refused', because: 'undecided' });
  });

  test('of nobody in the chat says nothing and ends', async () => {
    const payment = town.payment({ order: { citizenId: undefined } });
    await paidAtTheGateway(payment);
    await payment.handle.result();
    expect(keys(payment)).toEqual([]);
    expect(await payment.attribute('Stage')).toBe('done');
  });

  test('that has ended is begun again by late news, and tells nothing twice', async () => {
    const payment = town.payment();
    await paidAtTheGateway(payment);
    await payment.handle.result();
    payment.tooMuch('7');
    await payment.news();
    await waitFor('the word about it', () => payment.heard.length > 1);
    await town.client.workflow.getHandle(payment.handle.workflowId).result();
    expect(keys(payment)).toEqual(['receipt', 'paymentExcess']);
    expect(count(payment, 'paymentReceipt')).toBe(1);
  });

  test('continues as new while the records are away for ever, and posts when they are back', async () => {
    const payment = town.payment();
    payment.books.post = () =>
      count(payment, 'postReceipts') === 1 ? new Promise(() => undefined) : Promise.resolve();
    await paidAtTheGateway(payment, 'due');
    const { runId } = await payment.handle.describe();
    await waitFor(
      'the next run',
      async () => {
        await payment.news();
        return (await payment.handle.describe()).runId !== runId;
      },
      { timeoutMs: 60_000 },
    );
    await payment.handle.result();
    expect(keys(payment)).toEqual(['receipt']);
    expect(payment.books.standing.receipts).toMatchObject([{ posting: 'posted' }]);
  });
});

describe.concurrent('a bank that has not decided', () => {
  test('keeps the citizen from paying again, and they are told so once, and of the end', async () => {
    // On a busy machine the first poll comes after the time of the second, which is then left out.
    const payment = town.payment({ pollsMs: [1_000, 2_100, 5_000, 10_000, 20_000, 60_000] });
    await payment.pay();
    payment.attempt('pending');
    await payment.news();
    await seen(payment, 'pending');
    await expect(payment.pay()).rejects.toMatchObject({ cause: { message: 'undecided' } });
    await waitFor('the word about it', () => payment.heard.length > 0);
    await waitFor('another poll', () => count(payment, 'askGateway') >= 2);
    expect(keys(payment)).toEqual(['paymentPending']);
    payment.attempt('success');
    payment.paid();
    await payment.news();
    await payment.handle.result();
    expect(keys(payment)).toEqual(['paymentPending', 'receipt']);
  });

  test('and decides quickly is not mentioned', async () => {
    const payment = town.payment();
    await payment.pay();
    payment.attempt('pending');
    await payment.news();
    payment.attempt('success');
    payment.paid();
    await payment.news();
    await payment.handle.result();
    expect(keys(payment)).toEqual(['receipt']);
  });

  test.each(['expired', 'cancelled', 'changed'] as const)(
    'and says no when the order is %s is told of without a link to pay',
    async (state) => {
      const payment = town.payment({ pollsMs: [1_000, 60_000] });
      await payment.pay();
      payment.attempt('pending');
      await payment.news();
      await waitFor('the word about it', () => payment.heard.length > 0);
      payment.attempt('failed');
      payment.books.standing = { ...payment.books.standing, state };
      await payment.news();
      await waitFor('the end', () => payment.heard.length > 1);
      expect(keys(payment)).toEqual(['paymentPending', 'paymentFailedForGood']);
    },
  );

  test('until the last poll is a case, which keeps it watched and shows that a person is needed', async () => {
    const payment = town.payment({ pollsMs: [1_000, 2_100] });
    payment.books.ask = () => Promise.reject(new Error('no answer'));
    await payment.pay();
    await waitFor('the case', () => payment.books.standing.cases.length > 0, { timeoutMs: 10_000 });
    await waitFor('attention', async () => (await payment.attribute('NeedsAttention')) === true);
    expect(payment.books.standing.cases).toMatchObject([
      { kind: 'undecided', details: { reference: 'PSTEST0' } },
    ]);
    payment.books.ask = () => {
      payment.attempt('failed');
      payment.settled('undecided');
      return Promise.resolve();
    };
    expect(await payment.handle.executeUpdate(recheckUpdate, { args: [request] })).toBe(
      'PSTEST0: was redirected, now failed',
    );
    await payment.handle.result();
    expect(await payment.attribute('NeedsAttention')).toBe(false);
  });

  test('about an attempt whose page has ended leaves it undecided for those who look', async () => {
    const payment = town.payment();
    await payment.pay();
    payment.attempt('redirected', 0, Date.now() - 1_000);
    await payment.news();
    await waitFor('the stage', async () => (await payment.attribute('Stage')) === 'bank undecided');
    expect((await payment.handle.describe()).status.name).toBe('RUNNING');
  });
});

describe.concurrent('a failure', () => {
  test('is told with its reason and the way to try again; the next try may succeed', async () => {
    const payment = town.payment();
    await payment.pay();
    payment.attempt('failed');
    await payment.news();
    await waitFor('the word about it', () => payment.heard.length === 1);
    expect(payment.heard[0]?.reply).toMatchObject({
      key: 'paymentFailed',
      params: { reason: 'declined', token: sampleOrder.token },
    });
    await payment.pay();
    payment.attempt('success', 1);
    payment.paid();
    await payment.news();
    await waitFor('the receipt', () => payment.heard.length === 2);
    expect(keys(payment)).toEqual(['paymentFailed', 'receipt']);
  });

  test('is watched for longer, because a bank may change its mind', async () => {
    const payment = town.payment({ pollsMs: [1_000, 2_100] });
    payment.books.ask = () => {
      payment.attempt('success');
      payment.paid();
      return Promise.resolve();
    };
    await payment.pay();
    payment.attempt('failed');
    payment.books.standing = { ...payment.books.standing, state: 'expired' };
    await payment.news();
    await payment.handle.result();
    expect(keys(payment)).toEqual(['receipt']);
    expect(count(payment, 'askGateway')).toBe(1);
  });
});

describe.concurrent('money', () => {
  test('that came too much is told each time it came', async () => {
    const payment = town.payment();
    await payment.pay();
    payment.attempt('success');
    payment.tooMuch('1');
    payment.tooMuch('2');
    await payment.news();
    await payment.handle.result();
    expect(keys(payment)).toEqual(['paymentExcess', 'paymentExcess']);
    expect(new Set(payment.heard.map(({ messageId }) => messageId)).size).toBe(2);
  });

  test('that became credit is told once more, and then the payment is no excess any longer', async () => {
    const payment = town.payment();
    await payment.pay();
    payment.attempt('success');
    payment.tooMuch('1');
    payment.needs('excess');
    await payment.news();
    await waitFor('the word about it', () => payment.heard.length === 1);
    await waitFor('the stage', async () => (await payment.attribute('Stage')) === 'excess');
    payment.settled('excess');
    const { standing } = payment.books;
    payment.books.standing = { ...standing, credits: [{ id: '9', amount: paise(123_400) }] };
    await payment.news();
    await payment.handle.result();
    expect(keys(payment)).toEqual(['paymentExcess', 'excessCredited']);
    expect(await payment.attribute('Stage')).toBe('credited');
    expect(await payment.details()).toContain('became credit of the account');
  });

  test('that was credit alone is told with its receipt, and no gateway is asked', async () => {
    const payment = town.payment();
    payment.paid('due');
    await payment.news();
    await payment.handle.result();
    expect(keys(payment)).toEqual(['receipt']);
    expect(count(payment, 'askGateway')).toBe(0);
    expect(await payment.attribute('Stage')).toBe('done');
  });

  test('of two captures is two receipts, each told once', async () => {
    const payment = town.payment();
    await paidAtTheGateway(payment);
    payment.attempt('success', 1);
    payment.paid('due', `X-${payment.orderId.slice(0, 8)}`);
    await payment.news();
    await waitFor('both receipts', () => payment.heard.length === 2);
    expect(keys(payment)).toEqual(['receipt', 'receipt']);
    expect(new Set(payment.heard.map(({ messageId }) => messageId)).size).toBe(2);
  });

  test('is told in words first when the PDF cannot be made, and with it when it can', async () => {
    const payment = town.payment();
    payment.books.makePdf = () => {
      if (count(payment, 'paymentReceipt') > 1) return Promise.resolve();
      throw ApplicationFailure.nonRetryable('no PDF today');
    };
    await paidAtTheGateway(payment);
    await payment.handle.result();
    expect(keys(payment)).toEqual(['receiptWords', 'receipt']);
  });
});

describe.concurrent('what needs a person', () => {
  test('keeps the payment open and is mirrored, until the case is closed', async () => {
    const payment = town.payment();
    await payment.pay();
    payment.attempt('success');
    payment.tooMuch('1');
    payment.needs('excess');
    await payment.news();
    await waitFor('attention', async () => (await payment.attribute('NeedsAttention')) === true);
    expect(await payment.details()).toContain('Money that came for what had been paid');
    payment.settled('excess');
    await payment.news();
    await payment.handle.result();
    expect(await payment.attribute('NeedsAttention')).toBe(false);
  });

  test('is asked for what could not be told, which is told when somebody says so', async () => {
    const payment = town.payment();
    payment.books.send = () => Promise.resolve({ outcome: 'untold', reason: 'a test' });
    await paidAtTheGateway(payment);
    await waitFor('the case', () => payment.books.standing.cases.length === 1);
    expect(payment.books.standing.cases).toMatchObject([{ kind: 'untold' }]);
    await waitFor('attention', async () => (await payment.attribute('NeedsAttention')) === true);
    payment.books.send = () => Promise.resolve({ outcome: 'sent' });
    await payment.handle.executeUpdate(tellAgainUpdate, { args: [request] });
    await waitFor('the receipt', () => payment.heard.length === 1);
    payment.settled('untold');
    await payment.news();
    await payment.handle.result();
  });

  test('is called for once when the records are away for long, and not when they come back', async () => {
    const payment = town.payment({ postingLateMs: 1_000 });
    let isAway = true;
    payment.books.post = () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve());
    await paidAtTheGateway(payment, 'due');
    await waitFor('the case', () => payment.books.standing.cases.length === 1);
    expect(payment.books.standing.cases).toMatchObject([{ kind: 'postingLate' }]);
    await waitFor('the receipt', () => payment.heard.length === 1);
    isAway = false;
    await payment.handle.executeUpdate(retryPostingUpdate, { args: [request] });
    await payment.handle.result();
    expect(payment.books.standing.receipts).toMatchObject([{ posting: 'posted' }]);
  });

  test('has what the records refused told again, which nothing else does', async () => {
    const payment = town.payment();
    await payment.pay();
    payment.attempt('success');
    payment.paid('refused');
    payment.needs('postingRefused');
    await payment.news();
    await waitFor('the receipt', () => payment.heard.length === 1);
    await payment.news();
    expect(count(payment, 'postReceipts')).toBe(0);
    await payment.handle.executeUpdate(retryPostingUpdate, { args: [request] });
    await waitFor('the posting', () => count(payment, 'postReceipts') === 1);
    payment.settled('postingRefused');
    await payment.news();
    await payment.handle.result();
    expect(payment.books.standing.receipts).toMatchObject([{ posting: 'posted' }]);
  });

  test('must say why they ask', async () => {
    const payment = town.payment();
    await payment.pay();
    for (const asked of [{ why: ' ' }, {} as typeof request]) {
      await expect(payment.handle.executeUpdate(recheckUpdate, { args: [asked] })).rejects.toMatchObject({
        cause: { message: expect.stringContaining('say why') as string },
      });
    }
    expect(count(payment, 'askGateway')).toBe(0);
  });

  test('has the gateway asked about every attempt, and learns what came of each', async () => {
    const payment = town.payment();
    await payment.pay();
    payment.attempt('failed');
    await payment.news();
    await seen(payment, 'failed');
    await payment.pay();
    payment.attempt('review', 1);
    expect(await payment.handle.executeUpdate(recheckUpdate, { args: [request] })).toBe(
      'PSTEST0: was failed, now failed; PSTEST1: was review, now review',
    );
    payment.books.ask = () => Promise.reject(new Error('HTTP 500'));
    expect(await payment.handle.executeUpdate(recheckUpdate, { args: [request] })).toContain(
      'PSTEST0: was failed, now no answer: HTTP 500',
    );
  });
});

describe.concurrent('a payment whose workflow a person cancels', () => {
  const posted = ({ books }: TestPayment): void => {
    expect(books.standing.receipts).toMatchObject([{ posting: 'posted' }]);
  };

  /** The money comes after the cancel, and everything that follows from it is done. */
  async function comesThrough(payment: TestPayment): Promise<void> {
    payment.attempt('success');
    payment.paid('due');
    await payment.news();
    await endsCancelled(payment);
    expect(keys(payment).at(-1)).toBe('receipt');
    posted(payment);
  }

  test('while the citizen is at the gateway watches on, shows it, and posts and tells', async () => {
    const payment = town.payment();
    await payment.pay();
    await payment.handle.cancel();
    await waitFor('the word about it', async () => (await payment.details()).includes('was cancelled'));
    await comesThrough(payment);
  });

  test('while an attempt is being opened sends the citizen to the gateway all the same', async () => {
    const payment = town.payment();
    const { open } = payment.books;
    let isOpening = false;
    payment.books.open = async (merchant) => {
      isOpening = true;
      await new Promise((resolve) => setTimeout(resolve, 500));
      return open(merchant);
    };
    const opened = payment.pay();
    await waitFor('the call', () => isOpening);
    await payment.handle.cancel();
    expect((await opened).outcome).toBe('redirect');
    await comesThrough(payment);
  });

  test('while the bank has not decided goes on asking', async () => {
    const payment = town.payment({ pollsMs: [1_000, 2_100, 3_200, 60_000] });
    await payment.pay();
    payment.attempt('pending');
    await payment.news();
    await seen(payment, 'pending');
    await payment.handle.cancel();
    await waitFor('a poll', () => count(payment, 'askGateway') > 0);
    await comesThrough(payment);
  });

  test('while it posts carries the posting out', async () => {
    const payment = town.payment();
    let release = (): void => undefined;
    payment.books.post = () => new Promise((resolve) => (release = resolve));
    await paidAtTheGateway(payment, 'due');
    await waitFor('the posting', () => count(payment, 'postReceipts') === 1);
    await payment.handle.cancel();
    await waitFor('the word about it', async () => (await payment.details()).includes('was cancelled'));
    release();
    await endsCancelled(payment);
    posted(payment);
    expect(keys(payment)).toEqual(['receipt']);
  });

  test('while it makes or sends the receipt sends it', async () => {
    const payment = town.payment();
    let release = (): void => undefined;
    payment.books.makePdf = () => new Promise((resolve) => (release = resolve));
    await paidAtTheGateway(payment, 'due');
    await waitFor('the PDF', () => count(payment, 'paymentReceipt') === 1);
    await payment.handle.cancel();
    release();
    await endsCancelled(payment);
    posted(payment);
    expect(keys(payment)).toEqual(['receipt']);
  });

  test('while the database is away waits for it', async () => {
    const payment = town.payment();
    await payment.pay();
    await seen(payment, 'redirected');
    payment.attempt('success');
    payment.paid('due');
    let isAway = true;
    payment.books.look = () => (isAway ? Promise.reject(new Error('ECONNREFUSED')) : Promise.resolve());
    await payment.news();
    await payment.handle.cancel();
    isAway = false;
    await endsCancelled(payment);
    posted(payment);
    expect(keys(payment)).toEqual(['receipt']);
  });

  test('while it only watches what has failed ends at once', async () => {
    const payment = town.payment();
    await payment.pay();
    payment.attempt('failed');
    await payment.news();
    await waitFor('the word about it', () => payment.heard.length === 1);
    await payment.handle.cancel();
    await endsCancelled(payment);
  });
});

describe('a payment among others', () => {
  test('is told within a second although twelve others wait for a gateway that takes 7.5 s', async () => {
    const slow = Array.from({ length: 12 }, () => town.payment());
    const paid = town.payment();
    await paid.pay();
    let under = 0;
    const opened = slow.map((payment) => {
      const { open } = payment.books;
      payment.books.open = async (merchant) => {
        under += 1;
        await new Promise((resolve) => setTimeout(resolve, 7_500));
        return open(merchant);
      };
      return payment.pay();
    });
    await waitFor('all twelve calls', () => under === 12);
    const since = Date.now();
    paid.attempt('success');
    paid.paid('due');
    await paid.news();
    await waitFor('the receipt', () => paid.heard.length === 1, { everyMs: 20 });
    expect(Date.now() - since).toBeLessThan(1_000);
    for (const { outcome } of await Promise.all(opened)) expect(outcome).toBe('redirect');
  });
});

test('every history replays', () => town.replayAll());
