/** The ways in which an amount can be paid, at one account and at several. */
import { expect, test } from 'vitest';
import { paise } from '../../domain/money.ts';
import { offers, waysToPay, type Payable } from '../../domain/payments/way.ts';

const rupees = (amount: number) => paise(amount * 100);
const main: Payable = {};
const upTo = (most: number): Payable => ({
  ways: [{ way: 'page' }, { way: 'upiQr', most: rupees(most) }, { way: 'upiApp', most: rupees(most) }],
});
const all = ['page', 'upiApp', 'upiQr'];

test('an account that says nothing of ways has its page', () => {
  expect(waysToPay([main], rupees(1))).toEqual({ ways: ['page'], limits: {} });
  expect(offers(main, 'page', rupees(1))).toBe(true);
  expect(offers(main, 'upiQr', rupees(1))).toBe(false);
});

test('several accounts offer what one of them does, up to the highest of their limits', () => {
  const among = (amount: number) => waysToPay([main, upTo(100_000), upTo(500_000)], rupees(amount));
  expect(among(100_000)).toEqual({ ways: all, limits: {} });
  expect(among(500_000)).toEqual({ ways: all, limits: {} });
  const most = rupees(500_000);
  expect(among(500_001)).toEqual({ ways: ['page'], limits: { upiApp: most, upiQr: most } });
  expect(waysToPay([], rupees(1))).toEqual({ ways: [], limits: {} });
});

test('what one payment may come to at an account holds for every way to it', () => {
  const small: Payable = { ...upTo(100_000), most: rupees(20_000) };
  expect(offers(small, 'upiQr', rupees(20_000))).toBe(true);
  expect(offers(small, 'upiQr', rupees(20_001))).toBe(false);
  const most = rupees(20_000);
  expect(waysToPay([small], rupees(20_001))).toEqual({
    ways: [],
    limits: { page: most, upiApp: most, upiQr: most },
  });
  expect(waysToPay([small, main], rupees(20_001))).toEqual({
    ways: ['page'],
    limits: { upiApp: most, upiQr: most },
  });
});
