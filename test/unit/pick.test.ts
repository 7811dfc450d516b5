/** Which merchant account takes the next attempt, and how long the citizen waits for it. */
import { describe, expect, test } from 'vitest';
import { paise } from '../../domain/money.ts';
import { unknownHealth } from '../../domain/payments/health.ts';
import type { OfferedWay } from '../../domain/payments/way.ts';
import {
  candidatesOf,
  openAccounts,
  patienceFor,
  pickAccount,
  type Candidate,
  type Pick,
  type PickRequest,
} from '../../domain/payments/pick.ts';
import { seeded } from '../../sandbox/city/random.ts';

const now = Date.parse('2026-11-30T21:30:00+05:30');
const well = { ...unknownHealth, since: now };
const account = (id: string, change: Partial<Candidate> = {}): Candidate => ({
  gateway: 'billdesk',
  id,
  weight: 100,
  isDrained: false,
  health: well,
  ...change,
});
const open = { ...well, failures: 5, shutUntil: now + 60_000 };
const due = { ...open, shutUntil: now };

const pick = (candidates: readonly Candidate[], change: Partial<PickRequest> = {}): Pick =>
  pickAccount(candidates, {
    ...{ amount: paise(178_500), way: 'page', before: [], tried: [], now, chance: 0.5 },
    ...change,
  });

/** Everything that may be picked, by drawing often. */
function possible(candidates: readonly Candidate[], change: Partial<PickRequest> = {}): string[] {
  const all = Array.from({ length: 100 }, (_, index) => pick(candidates, { ...change, chance: index / 100 }));
  return [...new Set(all.map((each) => (each.outcome === 'picked' ? each.merchant : each.because)))].sort();
}

test('accounts get their share by weight times health, within bounds', () => {
  const random = seeded(20_261_130);
  const pool = [
    account('a', { weight: 40 }),
    account('b', { weight: 40, health: { ...well, health: 0.5 } }),
    account('c', { weight: 20 }),
    account('d', { weight: 100, isDrained: true }),
  ];
  const counts: Record<string, number> = {};
  for (let time = 0; time < 10_000; time += 1) {
    const picked = pick(pool, { chance: random.between(0, 999_999) / 1_000_000 });
    if (picked.outcome === 'picked') counts[picked.merchant] = (counts[picked.merchant] ?? 0) + 1;
  }
  expect(Object.keys(counts).sort()).toEqual(['a', 'b', 'c']);
  for (const [id, share] of Object.entries({ a: 0.5, b: 0.25, c: 0.25 })) {
    expect(Math.abs((counts[id] ?? 0) / 10_000 - share)).toBeLessThan(0.02);
  }
});

describe('an account is not picked', () => {
  const other = account('other');

  test.each<[string, Candidate, Partial<PickRequest>]>([
    ['that a person has drained', account('it', { isDrained: true }), {}],
    ['whose circuit is open', account('it', { health: open }), {}],
    ['whose limit the amount passes', account('it', { most: paise(178_499) }), {}],
    ['that has failed within this press', account('it'), { tried: ['it'] }],
    ['at which the order was not paid before', account('it'), { before: ['it'] }],
    ['that is a reserve', account('it', { weight: 0 }), {}],
  ])('%s, where there is another', (_what, it, change) => {
    expect(possible([it, other], change)).toEqual(['other']);
    expect(possible([other, it], change)).toEqual(['other']);
  });

  test.each<[string, Candidate, Partial<PickRequest>]>([
    ['whose circuit is open', account('it', { health: open }), {}],
    ['at which the order was not paid before', account('it'), { before: ['it'] }],
    ['that is a reserve', account('it', { weight: 0 }), {}],
  ])('%s: but it is, where there is no other', (_what, it, change) => {
    expect(possible([it], change)).toEqual(['it']);
  });
});

test('of accounts that were all tried before, another than the latest is picked', () => {
  const pool = [account('a'), account('b'), account('c')];
  expect(possible(pool, { before: ['b', 'a', 'c', 'a'] })).toEqual(['b', 'c']);
  expect(possible(pool, { before: ['b', 'a'] })).toEqual(['c']);
});

test('a reserve takes what the others cannot, and not what was declined there', () => {
  const reserve = account('reserve', { weight: 0 });
  expect(possible([account('main', { health: open }), reserve])).toEqual(['reserve']);
  expect(possible([account('main'), reserve], { tried: ['main'] })).toEqual(['reserve']);
  expect(possible([account('main'), reserve], { before: ['main'] })).toEqual(['main']);
});

test('of several reserves the first takes all, and the next what was not paid there', () => {
  const reserves = [account('one', { weight: 0 }), account('two', { weight: 0 })];
  expect(possible(reserves)).toEqual(['one']);
  expect(possible(reserves, { before: ['one'] })).toEqual(['two']);
});

test('an order that can still be paid at an account stays there, drained or not, until it has failed within this press', () => {
  const pool = [account('it', { isDrained: true, most: paise(1) }), account('other')];
  expect(possible(pool, { underWay: 'it' })).toEqual(['it']);
  expect(possible(pool, { underWay: 'it', tried: ['it'] })).toEqual(['gatewayAway']);
  // Its settings are gone: what is under way is found by the attempt itself.
  expect(possible(pool, { underWay: 'gone' })).toEqual(['other']);
});

const upi: readonly OfferedWay[] = [{ way: 'page' }, { way: 'upiApp', most: paise(200_000) }];

describe('of the accounts one is picked that offers the way that is wanted', () => {
  const page = account('page');
  const able = account('able', { ways: upi });

  test('for the amount, and for every other way any of them', () => {
    expect(possible([page, able], { way: 'upiApp' })).toEqual(['able']);
    expect(possible([page, able], { way: 'upiApp', amount: paise(200_001) })).toEqual(['able', 'page']);
    expect(possible([page, able], { way: 'upiQr' })).toEqual(['able', 'page']);
    expect(possible([page, able])).toEqual(['able', 'page']);
  });

  test('also a reserve, and one at which it was not paid before; of several by weight and health', () => {
    const reserve = account('reserve', { weight: 0, ways: upi });
    expect(possible([page, reserve], { way: 'upiApp' })).toEqual(['reserve']);
    expect(possible([page, able, reserve], { way: 'upiApp' })).toEqual(['able']);
    expect(possible([page, able], { way: 'upiApp', before: ['able'] })).toEqual(['able']);
  });

  test('but none that is drained, shut or has just failed', () => {
    for (const it of [
      account('it', { ways: upi, isDrained: true }),
      account('it', { ways: upi, health: open }),
    ])
      expect(possible([page, it], { way: 'upiApp' })).toEqual(['page']);
    expect(possible([page, able], { way: 'upiApp', tried: ['able'] })).toEqual(['page']);
  });

  test('and where it is under way, there', () => {
    expect(possible([page, able], { way: 'upiApp', underWay: 'page' })).toEqual(['page']);
  });

  test('which is said to operators', () => {
    expect(pick([page, able], { way: 'upiApp' })).toMatchObject({
      choice: expect.stringContaining('beside it: page does not offer upiApp') as string,
    });
  });
});

test('the accounts that are open are all of which one may be picked, for one amount or another', () => {
  const pool = [
    account('a'),
    account('b', { weight: 20 }),
    account('small', { most: paise(1) }),
    account('drained', { isDrained: true }),
    account('shut', { health: open }),
    account('reserve', { weight: 0 }),
  ];
  const opened = (change: Partial<PickRequest> = {}): string[] =>
    openAccounts(pool, { tried: [], now, ...change }).map(({ id }) => id);
  expect(opened()).toEqual(['a', 'b', 'small', 'reserve']);
  expect(opened({ tried: ['a', 'b'] })).toEqual(['small', 'reserve']);
  expect(opened({ underWay: 'drained' })).toEqual(['drained']);
  for (const change of [{}, { before: ['a'] }, { underWay: 'drained' }, { tried: ['a', 'b'] }])
    expect(opened(change)).toEqual(expect.arrayContaining(possible(pool, change)));
});

test('an account of which the books know nothing yet is well', () => {
  const { isDrained: _drained, health: _health, ...settings } = account('it');
  expect(candidatesOf([settings], [])).toEqual([{ ...settings, isDrained: false, health: unknownHealth }]);
  const known = { id: 'it', isDrained: true, health: open };
  expect(candidatesOf([settings], [known])).toEqual([{ ...settings, ...known }]);
});

test('an account that is due again is picked as a trial', () => {
  expect(pick([account('it', { health: due })])).toMatchObject({ merchant: 'it', isTrial: true });
  expect(pick([account('it')])).toMatchObject({ merchant: 'it', isTrial: false });
});

test('an amount above all limits is told from accounts that are away', () => {
  const small = account('small', { most: paise(100_000) });
  expect(pick([small])).toEqual({ outcome: 'refused', because: 'aboveLimit' });
  expect(pick([small, account('drained', { isDrained: true })])).toEqual({
    outcome: 'refused',
    because: 'gatewayAway',
  });
  expect(pick([account('it')], { tried: ['it'] })).toEqual({ outcome: 'refused', because: 'gatewayAway' });
});

test('why an account was picked is said in words', () => {
  const lowered = { ...well, health: 0.5, loweredAt: now - 20 * 60_000 };
  const picked = pick(
    [
      account('a', { weight: 40, health: lowered }),
      account('b', { weight: 60 }),
      account('c', { health: open }),
      account('d', { isDrained: true }),
      account('e'),
      account('f'),
    ],
    { chance: 0, tried: ['e'], before: ['f'] },
  );
  expect(picked).toMatchObject({
    choice:
      'weight 40 of 100, health 0.5 (lowered 21:10); beside it: b 60 × 1, c shut until 21:31, d drained, ' +
      'e has just failed, f was tried before',
  });
});

describe('a call is waited for', () => {
  const slowMs = 3_000;

  test.each([
    [0, true, 3_000],
    [3_000, true, 3_000],
    [6_000, true, 7_000],
    [0, false, 7_000],
    [9_000, false, 4_000],
    [12_500, true, undefined],
  ])('after %d ms, with a better account %s, for %s ms', (waitedMs, hasBetter, expected) => {
    expect(patienceFor({ waitedMs, hasBetter, slowMs })).toBe(expected);
  });

  test('no longer than that an account that is well and has its share may take it', () => {
    const better = (others: readonly Candidate[]): unknown => {
      const picked = pick([account('it', { weight: 1 }), ...others], { chance: 0 });
      return picked.outcome === 'picked' && picked.hasBetter;
    };
    expect(better([account('other')])).toBe(true);
    expect(better([])).toBe(false);
    expect(better([account('reserve', { weight: 0 })])).toBe(false);
    expect(better([account('other', { health: { ...well, health: 0.5 } })])).toBe(false);
    expect(better([account('other', { health: due })])).toBe(false);
    expect(better([account('other', { isDrained: true })])).toBe(false);
  });
});
