/** The life of a refund on the real server: what it waits for, when it asks the gateway, and what the citizen is told. */
import { WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { waitFor } from '../../sandbox/wait.ts';
import { recheckRefundUpdate, tellOfRefundAgainUpdate } from '../../workflows/refund/messages.ts';
import { startRefunds, type TestRefund, type TestRefunds } from '../support/refunds.ts';

let town: TestRefunds;

beforeAll(async () => {
  town = await startRefunds(inject('temporalAddress'));
});
afterAll(() => town.close());

const request = { why: 'a test' };

const keys = ({ heard }: TestRefund): string[] => heard.map(({ reply }) => reply.key);

/** The second person agrees. */
async function approve(refund: TestRefund): Promise<void> {
  refund.settled('refundApproval');
  refund.becomes({ state: 'approved', approvedBy: 'Bimal', approvedAt: Date.now() });
  await refund.news();
}

async function requested(refund: TestRefund): Promise<void> {
  refund.needs('refundApproval');
  await refund.news();
  await waitFor('a look', async () => (await refund.attribute('Stage')) === 'awaiting approval');
}

describe.concurrent('a refund', () => {
  test('waits for its second person, is sent, and ends with the credit note', async () => {
    const refund = town.refund();
    await requested(refund);
    expect(await refund.attribute('NeedsAttention')).toBe(true);
    expect(await refund.details()).toContain('npm run desk -- case 1');
    expect(refund.asked()).toBe(0);
    refund.books.ask = () => {
      refund.refunded();
      return Promise.resolve();
    };
    await approve(refund);
    await refund.handle.result();
    expect(keys(refund)).toEqual(['refundOnItsWay', 'refundSent']);
    expect(refund.asked()).toBe(1);
    expect(await refund.attribute('Stage')).toBe('refunded');
    expect(await refund.attribute('NeedsAttention')).toBe(false);
  });

  test('that is taken back ends, and nobody is told', async () => {
    const refund = town.refund();
    await requested(refund);
    refund.settled('refundApproval');
    refund.becomes({ state: 'withdrawn' });
    await refund.news();
    await refund.handle.result();
    expect(keys(refund)).toEqual([]);
    expect(refund.asked()).toBe(0);
  });

  test('whose gateway does not answer is asked for again until it does', async () => {
    const refund = town.refund({ pollsMs: [1_000, 2_100, 3_200, 60_000] });
    refund.books.ask = () => {
      refund.becomes({ state: 'submitted' });
      if (refund.asked() < 3) throw new Error('no answer');
      refund.refunded();
      return Promise.resolve();
    };
    await approve(refund);
    await refund.handle.result();
    expect(refund.asked()).toBe(3);
    expect(keys(refund)).toEqual(['refundOnItsWay', 'refundSent']);
  });

  test('whose outcome comes before the answer of the gateway is told once', async () => {
    const refund = town.refund();
    refund.books.ask = async () => {
      refund.refunded();
      await refund.news();
      await waitFor('the credit note', () => keys(refund).includes('refundSent'));
    };
    await approve(refund);
    await refund.handle.result();
    expect(keys(refund).filter((key) => key === 'refundSent')).toHaveLength(1);
  });

  test('of which nothing goes back says so to whoever was told to expect it, and waits for a person', async () => {
    const refund = town.refund();
    await approve(refund);
    await waitFor('the question', () => refund.asked() === 1);
    await waitFor('the word about it', () => keys(refund).includes('refundOnItsWay'));
    refund.becomes({ state: 'failed', failure: 'RFIDE0002' });
    refund.needs('refundFailed');
    await refund.news();
    await waitFor('the word about it', () => keys(refund).includes('refundFailed'));
    expect(await refund.details()).toContain('RFIDE0002');
    expect(await refund.attribute('NeedsAttention')).toBe(true);
    refund.settled('refundFailed');
    await refund.news();
    await refund.handle.result();
    expect(keys(refund)).toEqual(['refundOnItsWay', 'refundFailed']);
  });

  test('that the gateway does not decide in time calls a person, once, who may have it asked again', async () => {
    const refund = town.refund({ pollsMs: [1_000] });
    await approve(refund);
    await waitFor('the case', () => refund.books.standing.cases.length > 0, { timeoutMs: 15_000 });
    await refund.news();
    const before = refund.asked();
    await refund.news(true);
    await waitFor('the question', () => refund.asked() > before);
    expect(refund.books.standing.cases.map(({ kind }) => kind)).toEqual(['refundUndecided']);
    refund.books.ask = () => {
      refund.refunded();
      return Promise.resolve();
    };
    const said = await refund.handle.executeUpdate(recheckRefundUpdate, { args: [request] });
    expect(said).toBe('was submitted, now refunded');
    await refund.handle.result();
  });

  test('whose money is not in the books again after a restore is asked about when it is', async () => {
    const refund = town.refund({ pollsMs: [1_000] }, { hasMoney: false });
    await approve(refund);
    await waitFor('the question', () => refund.asked() === 1);
    await waitFor('the word about it', () => keys(refund).length === 1);
    expect(refund.books.standing.cases).toEqual([]);
    refund.becomes({ hasMoney: true });
    refund.refunded();
    await refund.news();
    await refund.handle.result();
  });

  test('whose credit note takes long is told in words first, and what cannot be told is a case', async () => {
    const refund = town.refund();
    let pdfs = 0;
    refund.books.makePdf = () => {
      if ((pdfs += 1) > 1) return Promise.resolve();
      throw ApplicationFailure.nonRetryable('no PDF today');
    };
    refund.books.ask = () => {
      refund.refunded();
      return Promise.resolve();
    };
    await approve(refund);
    await waitFor('the credit note', () => keys(refund).includes('refundSent'));
    await refund.handle.result();
    expect(keys(refund)).toEqual(['refundOnItsWay', 'refundSentWords', 'refundSent']);

    const untold = town.refund();
    untold.books.send = () => Promise.resolve({ outcome: 'untold', reason: 'a test' });
    untold.books.ask = () => {
      untold.refunded();
      return Promise.resolve();
    };
    await approve(untold);
    await waitFor('the case', () => untold.books.standing.cases.some(({ kind }) => kind === 'untold'));
    untold.books.send = () => Promise.resolve({ outcome: 'sent' });
    untold.settled('untold');
    await untold.handle.executeUpdate(tellOfRefundAgainUpdate, { args: [request] });
    await waitFor('the credit note', () => keys(untold).includes('refundSent'));
    untold.becomes({ cases: [] });
    await untold.news();
    await untold.handle.result();
  });

  test('that is cancelled in the Web UI is watched until the gateway has decided', async () => {
    const refund = town.refund();
    await approve(refund);
    await waitFor('the question', () => refund.asked() === 1);
    await refund.handle.cancel();
    await waitFor('the word about it', async () => (await refund.details()).includes('was cancelled'));
    refund.refunded();
    refund.needs('refundBeyond');
    await refund.news();
    const error: unknown = await refund.handle.result().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WorkflowFailedError);
    expect((error as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
    expect(keys(refund)).toEqual(['refundOnItsWay', 'refundSent']);
  });

  test('of the portal tells nobody and ends', async () => {
    const refund = town.refund();
    const { order } = refund.books.standing;
    refund.becomes({ order: { ...order, citizenId: undefined as never } });
    refund.books.ask = () => {
      refund.refunded();
      return Promise.resolve();
    };
    await approve(refund);
    await refund.handle.result();
    expect(keys(refund)).toEqual([]);
  });
});

test('every history of this file replays', async () => {
  await town.replayAll();
});
