/** The life of a payment on the real server: what it waits for, whom it tells, and what people can do with it. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { ApplicationFailure } from '@temporalio/common';
import { paise } from '../../domain/money.ts';
import type { ReviewId } from '../../domain/payments/order.ts';
import { waitFor } from '../../sandbox/wait.ts';
import {
  cancelUpdate,
  paymentQuery,
  recheckUpdate,
  resolveReviewUpdate,
  retryPostingUpdate,
} from '../../workflows/payment/messages.ts';
import { startPayments, type Payments, type TestPayment } from '../support/payments.ts';

let town: Payments;

beforeAll(async () => {
  town = await startPayments(inject('temporalAddress'));
});
afterAll(() => town.close());

const officer = { who: 'Invented Officer', why: 'a test' };

async function paidAtTheGateway(payment: TestPayment): Promise<void> {
  expect((await payment.pay()).is).toBe('redirect');
  payment.attempt('success');
  payment.paid();
  await payment.news();
}

const keys = ({ heard }: TestPayment): string[] => heard.map(({ reply }) => reply.key);

describe('a payment', () => {
  test('from the link to the receipt takes at most 45 events, tells once and ends', async () => {
    const payment = town.payment();
    await payment.start();
    await paidAtTheGateway(payment);
    await payment.handle.result();
    expect(keys(payment)).toEqual(['receipt']);
    expect(await payment.events()).toBeLessThanOrEqual(45);
    expect(await payment.attribute('PaymentStage')).toBe('done');
    expect(await payment.attribute('Gateway')).toBe('billdesk');
    expect(await payment.attribute('NeedsAttention')).toBe(false);
  });

  test('that nobody pays ends with its link, and says nothing', async () => {
    const payment = town.payment({ expiresAt: Date.now() + 500 });
    await payment.start();
    await waitFor('the first look', () => payment.calls.length > 0);
    payment.books.standing = { ...payment.books.standing, state: 'expired' };
    await payment.handle.result();
    expect(keys(payment)).toEqual([]);
    expect(await payment.attribute('PaymentStage')).toBe('expired');
  });

  test('asks the gateway by itself when no callback comes', async () => {
    const payment = town.payment({ pollsMs: [1_000, 2_100, 3_200] });
    payment.books.ask = () => {
      if (payment.calls.filter((call) => call === 'askGateway').length === 2) {
        payment.attempt('success');
        payment.paid();
      }
      return Promise.resolve();
    };
    await payment.pay();
    await payment.handle.result();
    expect(keys(payment)).toEqual(['receipt']);
  });

  test('goes on asking when the gateway does not answer', async () => {
    const payment = town.payment({ pollsMs: [1_000, 2_100, 3_200] });
    payment.books.ask = () => {
      if (payment.calls.filter((call) => call === 'askGateway').length < 3) throw new Error('HTTP 500');
      payment.attempt('success');
      payment.paid();
      return Promise.resolve();
    };
    await payment.pay();
    await payment.handle.result();
    expect(keys(payment)).toEqual(['receipt']);
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
    expect(payment.calls.filter((call) => call === 'askGateway')).toHaveLength(1);
  });

  test('two tabs are served one after the other', async () => {
    const payment = town.payment();
    const { open } = payment.books;
    let [under, most] = [0, 0];
    payment.books.open = async () => {
      most = Math.max(most, (under += 1));
      await new Promise((resolve) => setTimeout(resolve, 50));
      under -= 1;
      return open();
    };
    await Promise.all([payment.pay(), payment.pay()]);
    expect(most).toBe(1);
  });

  test('a gateway that is away is told to the citizen, and the order stays open', async () => {
    const payment = town.payment();
    payment.books.open = () => Promise.reject(new Error('no answer'));
    expect(await payment.pay()).toEqual({ is: 'refused', because: 'gatewayAway' });
    expect((await payment.handle.describe()).status.name).toBe('RUNNING');
  });

  test('whose bank has not decided cannot be paid again, and the citizen is told so once', async () => {
    const payment = town.payment({ pollsMs: [1_000, 2_100, 60_000] });
    await payment.pay();
    payment.attempt('pending');
    await payment.news();
    await waitFor('a look at the books', async () => {
      const standing = await payment.handle.query(paymentQuery);
      return standing?.attempts[0]?.state === 'pending';
    });
    await expect(payment.pay()).rejects.toMatchObject({ cause: { message: 'undecided' } });
    await waitFor('the word about it', () => payment.heard.length > 0);
    await waitFor('another poll', () => payment.calls.filter((call) => call === 'askGateway').length >= 2);
    expect(keys(payment)).toEqual(['paymentPending']);
    payment.attempt('success');
    payment.paid();
    await payment.news();
    await payment.handle.result();
    expect(keys(payment)).toEqual(['paymentPending', 'receipt']);
  });

  test('that is decided quickly tells nothing of having been undecided', async () => {
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

  test('that fails tells the reason and the way to try again; the next one may succeed', async () => {
    const payment = town.payment();
    await payment.pay();
    payment.attempt('failed');
    await payment.news();
    await waitFor('the word about it', () => payment.heard.length === 1);
    expect(payment.heard[0]?.reply).toMatchObject({
      key: 'paymentFailed',
      params: { reason: 'declined', token: 'sampletokensampletoken12' },
    });
    await payment.pay();
    payment.attempt('success', 1);
    payment.paid();
    await payment.news();
    await waitFor('the receipt', () => payment.heard.length === 2);
    expect(keys(payment)).toEqual(['paymentFailed', 'receipt']);
  });

  test('keeps watching what failed, because a bank may change its mind', async () => {
    const hours = Array.from({ length: 9 }, (_, index) => 500 * (index + 1));
    const payment = town.payment({ pollsMs: hours, expiresAt: Date.now() + 100 });
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
    expect(payment.calls.filter((call) => call === 'askGateway')).toHaveLength(1);
  });

  test('tells in words first when the PDF cannot be made, and sends it when it can', async () => {
    const payment = town.payment();
    payment.books.makePdf = () => {
      if (payment.calls.filter((call) => call === 'paymentReceipt').length > 1) return Promise.resolve();
      throw ApplicationFailure.nonRetryable('no PDF today');
    };
    await paidAtTheGateway(payment);
    await payment.handle.result();
    expect(keys(payment)).toEqual(['receiptWords', 'receipt']);
  });

  test('tells of money that came for what was paid already, and asks for a person', async () => {
    const payment = town.payment();
    await payment.pay();
    payment.attempt('success');
    payment.books.standing = { ...payment.books.standing, state: 'paid', excess: paise(123_400) };
    await payment.news();
    await payment.handle.result();
    expect(keys(payment)).toEqual(['paymentExcess']);
    expect(await payment.attribute('NeedsAttention')).toBe(true);
  });

  test('of nobody in the chat says nothing and ends', async () => {
    const payment = town.payment({ citizenId: undefined });
    await paidAtTheGateway(payment);
    await payment.handle.result();
    expect(keys(payment)).toEqual([]);
    expect(await payment.attribute('PaymentStage')).toBe('done');
  });

  test('that has ended is taken up again by late news, and tells nothing twice', async () => {
    const payment = town.payment();
    await paidAtTheGateway(payment);
    await payment.handle.result();
    payment.books.standing = { ...payment.books.standing, excess: paise(123_400) };
    await payment.news();
    await waitFor('the word about it', () => payment.heard.length > 1);
    await town.client.workflow.getHandle(payment.handle.workflowId).result();
    expect(keys(payment)).toEqual(['receipt', 'paymentExcess']);
    expect(payment.calls.filter((call) => call === 'paymentReceipt')).toHaveLength(1);
  });
});

describe('the corporation’s records', () => {
  test('are told of the receipt, beside the citizen', async () => {
    const payment = town.payment();
    await payment.pay();
    payment.attempt('success');
    payment.paid(false);
    await payment.news();
    await payment.handle.result();
    expect(payment.calls).toContain('postReceipt');
    expect(keys(payment)).toEqual(['receipt']);
    expect(await payment.attribute('PaymentStage')).toBe('done');
  });

  test('that refuse it need a person, who can have it told again at once', async () => {
    const payment = town.payment();
    payment.books.post = () => {
      throw ApplicationFailure.nonRetryable('the bill is unknown', 'RecordsRefused');
    };
    await payment.pay();
    payment.attempt('success');
    payment.paid(false);
    await payment.news();
    await waitFor('attention', async () => (await payment.attribute('NeedsAttention')) === true);
    await waitFor('the receipt', () => keys(payment).includes('receipt'));
    payment.books.post = () => Promise.resolve();
    await payment.handle.executeUpdate(retryPostingUpdate, { args: [officer] });
    await payment.handle.result();
    expect(keys(payment)).toEqual(['receipt']);
    expect(payment.acts).toMatchObject([{ act: 'retryPosting', ...officer }]);
    expect(await payment.attribute('NeedsAttention')).toBe(false);
  });

  test('are told once more when a person says so while a try is under way that fails', async () => {
    const payment = town.payment();
    let refuse: (() => void) | undefined;
    payment.books.post = () =>
      new Promise((_, reject) => {
        refuse = () => reject(ApplicationFailure.nonRetryable('the bill is unknown', 'RecordsRefused'));
      });
    await payment.pay();
    payment.attempt('success');
    payment.paid(false);
    await payment.news();
    await waitFor('the try', () => refuse !== undefined);
    await payment.handle.executeUpdate(retryPostingUpdate, { args: [officer] });
    payment.books.post = () => Promise.resolve();
    refuse?.();
    await payment.handle.result();
    expect(payment.calls.filter((call) => call === 'postReceipt')).toHaveLength(2);
  });
});

describe('people', () => {
  test('must say who they are and why', async () => {
    const payment = town.payment();
    await payment.start();
    for (const by of [{ who: '', why: 'x' }, { who: 'x', why: ' ' }, {} as typeof officer]) {
      await expect(payment.handle.executeUpdate(recheckUpdate, { args: [by] })).rejects.toMatchObject({
        cause: { message: expect.stringContaining('who you are and why') as string },
      });
    }
    expect(payment.acts).toEqual([]);
  });

  test('have the gateway asked', async () => {
    const payment = town.payment();
    await payment.pay();
    await payment.handle.executeUpdate(recheckUpdate, { args: [officer] });
    await waitFor('the question', () => payment.calls.includes('askGateway'));
    expect(payment.acts).toMatchObject([{ act: 'recheck', ...officer }]);
  });

  test('decide on a claim that cannot be true, which until then keeps everything open', async () => {
    const payment = town.payment();
    await payment.pay();
    payment.attempt('review');
    const review = { id: 'r1' as ReviewId, reason: 'amount', reference: 'PSTEST0', amount: 1 } as const;
    payment.books.standing = { ...payment.books.standing, reviews: [review] };
    await payment.news();
    await waitFor('attention', async () => (await payment.attribute('NeedsAttention')) === true);
    await expect(payment.pay()).rejects.toMatchObject({ cause: { message: 'undecided' } });
    const wrong = { ...officer, reviewId: 'r2' as ReviewId, decision: 'accept' } as const;
    await expect(payment.handle.executeUpdate(resolveReviewUpdate, { args: [wrong] })).rejects.toThrow();
    payment.attempt('success');
    payment.paid();
    await payment.handle.executeUpdate(resolveReviewUpdate, { args: [{ ...wrong, reviewId: review.id }] });
    await payment.handle.result();
    expect(keys(payment)).toEqual(['paymentPending', 'receipt']);
  });

  test('can end an order that is not paid, and no other', async () => {
    const payment = town.payment();
    await payment.start();
    await payment.handle.executeUpdate(cancelUpdate, { args: [officer] });
    await payment.handle.result();
    const pending = town.payment();
    await pending.pay();
    pending.attempt('pending');
    await pending.news();
    await waitFor('the news', async () => {
      const standing = await pending.handle.query(paymentQuery);
      return standing?.attempts[0]?.state === 'pending';
    });
    await expect(pending.handle.executeUpdate(cancelUpdate, { args: [officer] })).rejects.toMatchObject({
      cause: { message: expect.stringContaining('money may be on its way') as string },
    });
  });
});
