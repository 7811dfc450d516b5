/** What a person may give back, and when a gateway is asked about it: decisions without a database. */
import { describe, expect, test } from 'vitest';
import { paise, type Paise } from '../../domain/money.ts';
import {
  divide,
  mayRefundMove,
  nextRefundPoll,
  refundMoves,
  refundPollsMs,
  refundStates,
  refundStatesThatAre,
  type Money,
  type RefundState,
  type WantedRefund,
} from '../../domain/payments/refund.ts';

/** ₹1,000 came: ₹600 paid bills, the rest is excess. */
const money: Money = {
  id: '1',
  amount: paise(100_000),
  allocated: paise(60_000),
  paid: paise(60_000),
  refundable: paise(100_000),
  excess: paise(40_000),
  credited: paise(0),
  creditLeft: paise(0),
  transactionId: 'XIC1',
  isDisputed: false,
  seen: '100000-abcdef',
};
const rupees = (amount: Paise): string => `₹${amount / 100}`;
const wanted = (amount: number, dueAgain = false): WantedRefund => ({
  amount: paise(amount),
  dueAgain,
  seen: money.seen,
});
const divided = (refund: WantedRefund, change: Partial<Money> = {}, isUndone = true): unknown =>
  divide(refund, { ...money, ...change }, { rupees, isUndone });
const because = (words: string): object => ({ because: expect.stringContaining(words) as string });

describe('a refund', () => {
  test('comes out of what came too much first', () => {
    expect(divided(wanted(30_000))).toEqual({ excess: 30_000 });
    expect(divided(wanted(40_000))).toEqual({ excess: 40_000 });
    expect(divided(wanted(70_000))).toEqual({ excess: 40_000 });
    expect(divided(wanted(70_000), { excess: paise(0) })).toEqual({ excess: 0 });
  });

  test.each<[string, WantedRefund, Partial<Money>, string]>([
    ['on another sight', { ...wanted(1), seen: '100000-fedcba' }, {}, 'now ₹1000 can go back'],
    ['of what is disputed', wanted(1), { isDisputed: true }, 'the bank decides first'],
    ['of what has no id', wanted(1), { transactionId: undefined }, 'no id'],
    ['of more than there is', wanted(100_001), {}, 'at most ₹1000'],
    ['of more than is left', wanted(50_001), { refundable: paise(50_000) }, 'at most ₹500'],
    ['of excess, with a bill due again', wanted(40_000, true), {}, 'no bill was paid'],
    ['of part of a bill that is due again', wanted(99_999, true), {}, 'goes back: ₹1000'],
    ['of a bill that is due again already', wanted(100_000, true), { allocated: paise(0) }, 'goes back'],
  ])('%s is refused in words', (_, refund, change, words) => {
    expect(divided(refund, change)).toEqual(because(words));
  });

  test('has its bills due again when all that paid them goes back, and nothing else has come of it', () => {
    expect(divided(wanted(100_000, true))).toEqual({ excess: 40_000 });
    expect(divided(wanted(60_000, true), { excess: paise(0), refundable: paise(60_000) })).toEqual({
      excess: 0,
    });
    expect(divided(wanted(100_000, true), {}, false)).toEqual(because('undone by hand'));
  });
});

describe('the moves of a refund', () => {
  test('name every state, each move once', () => {
    const named = new Set<RefundState>(refundMoves.flatMap(({ from, to }) => [from, to]));
    expect([...named].sort()).toEqual(Object.keys(refundStates).sort());
    const pairs = refundMoves.map(({ from, to }) => `${from} ${to}`);
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  test('need a second person before the gateway, and let nothing out of the end but what the gateway did after all', () => {
    expect(mayRefundMove('requested', 'submitted')).toBe(false);
    expect(mayRefundMove('requested', 'refunded')).toBe(false);
    expect(mayRefundMove('submitted', 'withdrawn')).toBe(false);
    for (const to of Object.keys(refundStates) as RefundState[])
      expect(mayRefundMove('refunded', to)).toBe(false);
    expect(refundMoves.filter(({ from }) => refundStates[from] === 'free').map(({ to }) => to)).toEqual([
      'refunded',
    ]);
    expect(refundStatesThatAre('held')).toEqual(['requested', 'approved', 'submitted']);
  });
});

describe('the gateway', () => {
  const approvedAt = Date.UTC(2026, 10, 30);
  const day = 86_400_000;
  const ask = (state: RefundState, askedAt?: number, hasMoney = true): number | undefined =>
    nextRefundPoll({ state, approvedAt, hasMoney }, askedAt, refundPollsMs);

  test('is asked as soon as two persons agree, and then up to seven days', () => {
    expect(ask('requested')).toBeUndefined();
    expect(ask('approved')).toBe(approvedAt);
    expect(ask('submitted', approvedAt)).toBe(approvedAt + 60_000);
    expect(ask('submitted', approvedAt + 6 * day)).toBe(approvedAt + 7 * day);
    expect(ask('submitted', approvedAt + 7 * day)).toBeUndefined();
    expect(ask('refunded', approvedAt)).toBeUndefined();
  });

  test('is asked soon again while the payment is not in the books, however long ago it was', () => {
    expect(ask('submitted', approvedAt + 9 * day, false)).toBe(approvedAt + 9 * day + 60_000);
  });
});
