/** Which demands a sum of money settles, how far, and what is excess. */
import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '../../domain/calendar.ts';
import { lineKinds, type DemandLine, type Due } from '../../domain/dues.ts';
import { paise, type Paise } from '../../domain/money.ts';
import { allocate, total, type DemandBooks } from '../../domain/payments/allocate.ts';
import { due } from '../support/bills.ts';

const paidOn = '2026-11-27' as CalendarDate;

const untouched: DemandBooks = { isClosed: false, isSettled: false, allocated: {}, paidOnCovered: paise(0) };

/** The lines of a bill in rupees: principal, interest, penalty, charge. */
const lines = (...rupees: readonly number[]): DemandLine[] =>
  lineKinds.map((kind, index) => ({ kind, amount: paise((rupees[index] ?? 0) * 100) }));

const rupees = (amount: number): Paise => paise(amount * 100);

describe('money for a bill as it was shown', () => {
  test('settles it, and grants what was offered', () => {
    const bill = due('PD', 2026, [1_000], {
      rebate: { amount: rupees(50), until: paidOn, rules: [] },
      payable: rupees(950),
    });
    const { parts, excess } = allocate(rupees(950), [{ due: bill, books: untouched }], paidOn);
    expect(parts).toMatchObject([
      { settles: true, cash: { principal: 95_000 }, rebate: { principal: 5_000 }, age: 'current' },
    ]);
    expect(excess).toBe(0);
  });

  test('that is more than that leaves excess, and less pays a part: charges, penalty and interest first', () => {
    const bill = due('FS', 2020, [500, 50, 25, 5]);
    const more = allocate(rupees(600), [{ due: bill, books: untouched }], paidOn);
    expect(more).toMatchObject({ parts: [{ settles: true, age: 'arrears' }], excess: 2_000 });
    const less = allocate(rupees(60), [{ due: bill, books: untouched }], paidOn);
    expect(less).toMatchObject({
      parts: [{ settles: false, cash: { charge: 500, penalty: 2_500, interest: 3_000 } }],
      excess: 0,
    });
  });

  test('goes to the oldest first, and a bill that was paid meanwhile takes nothing', () => {
    const [old, recent] = [due('PD', 2024, [100]), due('PD', 2026, [200])];
    const { parts, excess } = allocate(
      rupees(300),
      [
        { due: old, books: { ...untouched, isClosed: true } },
        { due: recent, books: untouched },
      ],
      paidOn,
    );
    expect(parts.map((part) => part.due.id)).toEqual([recent.id]);
    expect(excess).toBe(10_000);
  });

  test('for a year that begins after this one is an advance', () => {
    const { parts } = allocate(rupees(10), [{ due: due('CE', 2027, [10]), books: untouched }], paidOn);
    expect(parts[0]?.age).toBe('advance');
  });
});

describe('money for a bill that the register has changed', () => {
  const bill = due('PD', 2025, [1_000], {
    rebate: { amount: rupees(50), until: paidOn, rules: [] },
    payable: rupees(950),
  });

  test('raised: a part of it is paid, without a rebate, and nothing of the money for the next bill', () => {
    const next = due('PD', 2026, [300]);
    const { parts, excess } = allocate(
      rupees(1_250),
      [
        { due: bill, books: { ...untouched, registered: lines(2_000) } },
        { due: next, books: untouched },
      ],
      paidOn,
    );
    expect(parts).toMatchObject([
      { settles: false, amount: 200_000, cash: { principal: 95_000 }, rebate: {} },
      { settles: true, cash: { principal: 30_000 } },
    ]);
    expect(excess).toBe(0);
  });

  test('lowered: it is settled, and the rest is excess', () => {
    const { parts, excess } = allocate(
      rupees(950),
      [{ due: bill, books: { ...untouched, registered: lines(400) } }],
      paidOn,
    );
    expect(parts).toMatchObject([
      { settles: true, cash: { principal: 35_000 }, rebate: { principal: 5_000 } },
    ]);
    expect(excess).toBe(60_000);
  });

  test('lowered below what was paid of it: it is settled, and all of the money is excess', () => {
    const { parts, excess } = allocate(
      rupees(950),
      [{ due: bill, books: { ...untouched, registered: lines(400), allocated: { principal: rupees(500) } } }],
      paidOn,
    );
    expect(parts).toMatchObject([{ settles: true, cash: {} }]);
    expect(excess).toBe(95_000);
  });
});

test('what was paid on the bills of a letter counts for the letter', () => {
  const letter = due('LOI', 2020, [1_000, 100], { covers: ['P1', 'P2'] });
  const { parts, excess } = allocate(
    rupees(1_100),
    [{ due: letter, books: { ...untouched, paidOnCovered: rupees(600) } }],
    paidOn,
  );
  expect(parts).toMatchObject([{ settles: true, covered: 60_000 }]);
  expect(total(parts[0]?.cash ?? {})).toBe(50_000);
  expect(excess).toBe(60_000);
});

/** Numbers that look random, the same for each seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

test('whatever comes, no money is lost and no bill is paid beyond its amount (5,000 cases)', () => {
  for (let seed = 1; seed <= 5_000; seed += 1) {
    const next = numbers(seed);
    const dues = Array.from({ length: 1 + next(3) }, (_, index) => {
      const bill: Due = due('PD', 2020 + index, [next(1_000), next(100), next(50), next(20)]);
      const rebate = paise(next(Math.max(1, (bill.lines[0]?.amount ?? 0) + 1)));
      const offered = {
        ...bill,
        rebate: { amount: rebate, until: paidOn, rules: [] },
        payable: paise(bill.amount - rebate),
      };
      const books: DemandBooks = {
        isClosed: next(10) === 0,
        isSettled: next(10) === 0,
        allocated: next(3) === 0 ? { principal: paise(next(100_000)), interest: paise(next(5_000)) } : {},
        paidOnCovered: paise(next(4) === 0 ? next(50_000) : 0),
        ...(next(2) === 0 && { registered: lines(next(1_500), next(100), next(50), next(20)) }),
      };
      return { due: offered, books };
    });
    const money = paise(next(400_000));
    const { parts, excess } = allocate(money, dues, paidOn);
    const cash = parts.reduce((all, part) => all + total(part.cash), 0);
    expect(cash + excess, `seed ${seed}`).toBe(money);
    expect(excess, `seed ${seed}`).toBeGreaterThanOrEqual(0);
    for (const part of parts) {
      const before = dues.find((one) => one.due === part.due)?.books;
      const paidBefore = total(before?.allocated ?? {});
      const all = paidBefore + part.covered + total(part.cash) + total(part.rebate) + total(part.waiver);
      // A bill that was lowered below what had been paid is settled by that.
      expect(all, `seed ${seed}`).toBeLessThanOrEqual(Math.max(part.amount, paidBefore));
      if (part.settles) expect(all, `seed ${seed}`).toBe(Math.max(part.amount, paidBefore));
    }
  }
});
