import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '../../domain/calendar.ts';
import { paise, rupees, type Paise } from '../../domain/money.ts';
import { allocate, total, type DueInBooks } from '../../domain/payments/allocate.ts';
import {
  creditNeeded,
  firstOf,
  fundedBy,
  objectionToCredit,
  objectionToRelease,
} from '../../domain/payments/credit.ts';
import type { Standing } from '../../domain/payments/order.ts';
import type { Money } from '../../domain/payments/refund.ts';
import { stageOf } from '../../domain/payments/stage.ts';
import { due } from '../support/bills.ts';
import { sampleView } from '../support/sample-payments.ts';

/** ₹1,000 came: ₹600 paid bills, ₹300 is excess, ₹100 became credit. */
const money: Money = {
  id: '1',
  amount: paise(100_000),
  allocated: paise(60_000),
  paid: paise(60_000),
  refundable: paise(90_000),
  excess: paise(30_000),
  credited: paise(10_000),
  creditLeft: paise(4_000),
  isDisputed: false,
  seen: '90000-abcdef',
};
const wanted = (amount: number): { amount: Paise; seen: string } => ({
  amount: paise(amount),
  seen: money.seen,
});

describe('what came too much', () => {
  test('can become credit, all or part of it, also where the gateway gave it no id', () => {
    expect(objectionToCredit(wanted(30_000), money, rupees)).toBeUndefined();
    expect(objectionToCredit(wanted(1), money, rupees)).toBeUndefined();
  });

  test.each([
    ['there is less of it', wanted(30_001), money, 'at most ₹300.00'],
    ['somebody has moved it since', { ...wanted(1), seen: '1-x' }, money, 'now ₹300.00 of it is excess'],
    ['the payer disputes it', wanted(1), { ...money, isDisputed: true }, 'the bank decides first'],
  ])('cannot where %s', (_, want, of, words) => {
    expect(objectionToCredit(want, of, rupees)).toContain(words);
  });

  test('is taken back out of credit as far as that is unused, and nobody pays with it', () => {
    const free = { held: false, rupees };
    expect(objectionToRelease(wanted(4_000), money, free)).toBeUndefined();
    expect(objectionToRelease(wanted(4_001), money, free)).toContain('at most ₹40.00');
    expect(objectionToRelease(wanted(1), money, { ...free, held: true })).toContain('at this moment');
    expect(objectionToRelease({ ...wanted(1), seen: '1-x' }, money, free)).toContain('now ₹40.00');
  });
});

describe('several sources of money', () => {
  const books: DueInBooks['books'] = {
    isClosed: false,
    isSettled: false,
    allocated: {},
    paidOnCovered: paise(0),
  };
  const bills = [
    due('PD', 2025, [100, 20], {
      rebate: { amount: paise(1_000), until: '2026-12-13' as CalendarDate, rules: [] },
      payable: paise(11_000),
    }),
    due('PD', 2026, [50]),
  ].map((each) => ({ due: each, books }));
  const parts = (amount: number): ReturnType<typeof allocate>['parts'] =>
    allocate(paise(amount), bills, '2026-11-22' as CalendarDate).parts;
  const pays = (sources: readonly number[], amount: number): object[] =>
    fundedBy(
      parts(amount),
      sources.map((each) => ({ amount: paise(each) })),
    ).map(({ parts: mine }) => mine.map(({ cash, rebate }) => ({ ...cash, rebate: total(rebate) })));

  test('pay bill by bill, the first source first, and what is taken off stands with the last of a bill', () => {
    expect(pays([3_000, 9_000, 4_000], 16_000)).toEqual([
      [{ interest: 2_000, principal: 1_000, rebate: 0 }],
      [
        { principal: 8_000, rebate: 1_000 },
        { principal: 1_000, rebate: 0 },
      ],
      [{ principal: 4_000, rebate: 0 }],
    ]);
  });

  test('pay together what the bills take, to the paisa, however it is divided', () => {
    for (let first = 0; first <= 16_000; first += 777) {
      const funded = fundedBy(parts(16_000), [{ amount: paise(first) }, { amount: paise(16_000 - first) }]);
      const sums = funded.map(({ parts: mine }) => mine.reduce((all, { cash }) => all + total(cash), 0));
      expect(sums).toEqual([first, 16_000 - first]);
      expect(
        funded.flatMap(({ parts: mine }) => mine).reduce((all, { rebate }) => all + total(rebate), 0),
      ).toBe(1_000);
    }
  });

  test('spend no more credit than is needed: the money of the gateway goes first', () => {
    expect(creditNeeded(parts(16_000), paise(12_000))).toBe(4_000);
    expect(creditNeeded(parts(16_000), paise(20_000))).toBe(0);
  });

  test('are named as far as they are used, the oldest first', () => {
    const sources = [
      { amount: paise(300), paidAt: 1 },
      { amount: paise(500), paidAt: 2 },
    ];
    expect(firstOf(sources, paise(400))).toEqual([
      { amount: 300, paidAt: 1 },
      { amount: 100, paidAt: 2 },
    ]);
    expect(firstOf(sources, paise(300))).toHaveLength(1);
  });
});

describe('the stage of an order whose money paid nothing', () => {
  const excess = [{ id: '1', amount: paise(1_000) }];
  const sent = { at: 1, creditNote: 'CN-2026-27-000001', dueAgain: false };
  const back = (amount: number): NonNullable<Standing['refunds']>[number] => ({
    amount: paise(amount),
    excess: paise(amount),
    sent,
  });
  test.each<[string, Partial<Standing>, string]>([
    ['is excess while nothing became of it', {}, 'excess'],
    ['while it is on its way back', { refunds: [{ amount: paise(1_000), excess: paise(1_000) }] }, 'excess'],
    ['while a part is left', { refunds: [back(400)], credits: [{ id: '1', amount: paise(500) }] }, 'excess'],
    ['and no longer when it went back', { refunds: [back(1_000)] }, 'givenBack'],
    ['or became credit', { credits: [{ id: '1', amount: paise(1_000) }] }, 'credited'],
    ['or both', { refunds: [back(400)], credits: [{ id: '1', amount: paise(600) }] }, 'credited'],
  ])('%s', (_, standing, stage) => {
    expect(stageOf(sampleView({ state: 'paid', excess, ...standing }).standing, 0)).toBe(stage);
  });
});
