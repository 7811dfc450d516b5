/** The ways in which an amount can be paid, at one account and at several. */
import { expect, test } from 'vitest';
import { paise } from '../../domain/money.ts';
import type { OfferedWay } from '../../domain/payments/way.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import { waysAmong, waysAt } from '../../gateways/ways.ts';

const never = (): never => {
  throw new Error('not called');
};
const silent: Gateway = {
  name: 'billdesk',
  merchantsFor: () => [],
  open: never,
  ask: never,
  readCallback: never,
  readReturn: never,
};
const upTo = (rupees: number): readonly OfferedWay[] => [
  { way: 'page' },
  { way: 'upiQr', most: paise(rupees * 100) },
  { way: 'upiApp', most: paise(rupees * 100) },
];
const speaking: Gateway = {
  ...silent,
  name: 'paytm',
  ways: (merchant) => upTo(merchant === 'taxes' ? 500_000 : 100_000),
};
const gateways = { by: (name: string) => (name === 'paytm' ? speaking : silent) };
const main = { gateway: 'billdesk', id: 'main', weight: 100 } as const;
const upi = { gateway: 'paytm', id: 'upi', weight: 100 } as const;
const taxes = { ...upi, id: 'taxes' } as const;

test('a gateway that says nothing of ways has its page', () => {
  expect(waysAt(silent, 'main', paise(100))).toEqual({ ways: ['page'] });
});

test('several accounts offer what one of them does, up to the highest of their limits', () => {
  const among = (rupees: number) => waysAmong(gateways, [main, upi, taxes], paise(rupees * 100));
  const all = ['page', 'upiApp', 'upiQr'];
  expect(among(100_000)).toEqual({ ways: all });
  expect(among(500_000).ways).toEqual(all);
  expect(among(500_001)).toEqual({ ways: ['page'], upiMost: paise(500_000_00) });
  expect(waysAmong(gateways, [main], paise(500_001_00))).toEqual({ ways: ['page'] });
  expect(waysAmong(gateways, [], paise(100))).toEqual({ ways: [] });
});
