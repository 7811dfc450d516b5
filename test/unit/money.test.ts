/** Percentages of money, exact to the paisa. */
import { describe, expect, test } from 'vitest';
import { paise, percentOf } from '../../domain/money.ts';
import { seeded } from '../../sandbox/city/random.ts';

describe('a percentage', () => {
  test.each([
    [3_500_00, 0.7, 100, 25_00],
    [1_009_99, 5, 100, 50_00],
    [1_010_00, 5, 100, 51_00],
    [50, 100, 100, 1_00],
    [49, 100, 100, 0],
    [1_00, 1.15, 1, 1],
    [100_00, 1.005, 1, 1_01],
    [100_00, 0.285, 1, 29],
    [1_000_00, 33.333333, 1, 333_33],
    [1_000_00, 0.0000005, 1, 0],
    [99_999_999_999_00, 5, 100, 5_000_000_000_00],
    [90_071_992_547_409_91, 100, 1, 90_071_992_547_409_91],
    [90_071_992_547_409_91, 99, 100, 89_171_272_621_936_00],
    [0, 25, 100, 0],
    [1_000_00, 0, 100, 0],
  ])('of %i paise, at %d percent, to the nearest %i, is %i', (amount, percent, toPaise, share) => {
    expect(percentOf(paise(amount), percent, toPaise)).toBe(share);
  });

  test('is the nearest whole to the exact one, and the upper of two that are as near', () => {
    const random = seeded(11);
    const any = (): Share => {
      const decimals = random.between(0, 6);
      const scaled = random.between(0, 100 * 10 ** decimals);
      const amount = random.between(0, 10 ** random.between(1, 14));
      return { amount, scaled, decimals, toPaise: random.pick([1, 5, 50, 100]) };
    };
    const wrong = Array.from({ length: 20_000 }, any).filter((share) => !isNearest(share));
    expect(wrong).toEqual([]);
  });

  test('of less than nothing is refused', () => {
    expect(() => percentOf(paise(-1), 5)).toThrow('no share of -1');
    expect(() => percentOf(paise(1), Number.NaN)).toThrow(RangeError);
  });
});

/** A percentage as a whole number and how many of its last digits are decimals. */
interface Share {
  readonly amount: number;
  readonly scaled: number;
  readonly decimals: number;
  readonly toPaise: number;
}

/** Both sides times 100 and the powers of ten: how far the answer lies from the exact share, in whole numbers. */
function isNearest({ amount, scaled, decimals, toPaise }: Share): boolean {
  const share = percentOf(paise(amount), Number(`${scaled}e-${decimals}`), toPaise);
  const one = 100n * 10n ** BigInt(decimals);
  const beyond = 2n * (BigInt(share) * one - BigInt(amount) * BigInt(scaled));
  const half = BigInt(toPaise) * one;
  return share % toPaise === 0 && beyond > -half && beyond <= half;
}
