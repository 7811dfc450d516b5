/** When a merchant account is lowered, drifts back, and has its circuit opened and closed. */
import { describe, expect, test } from 'vitest';
import {
  afterCall,
  afterResult,
  circuitAt,
  healthAt,
  healthRules,
  unknownHealth,
  type AccountHealth,
  type AccountResult,
} from '../../domain/payments/health.ts';

const minute = 60_000;
const start = Date.parse('2026-11-30T21:00:00+05:30');

/** So many results of attempts, at one moment. */
function results(
  health: AccountHealth,
  counts: Partial<Record<AccountResult, number>>,
  now = start,
): AccountHealth {
  return (Object.entries(counts) as [AccountResult, number][])
    .flatMap(([result, times]) => Array<AccountResult>(times).fill(result))
    .reduce((before, result) => afterResult(before, result, now), health);
}
const call = (health: AccountHealth, result: AccountResult, now = start, isTrial = false): AccountHealth =>
  afterCall(health, result, { now, isTrial });
const calls = (times: number, result: AccountResult, health = unknownHealth, now = start): AccountHealth =>
  Array.from({ length: times }).reduce<AccountHealth>((before) => call(before, result, now), health);

describe('an account is lowered', () => {
  test.each<AccountResult>(['failed', 'slow'])('by half when 15 of a hundred results were %s', (bad) => {
    const before = results(unknownHealth, { good: 86, [bad]: 14 });
    expect(before).toMatchObject({ health: 1, loweredAt: null });
    const lowered = results(unknownHealth, { good: 85, [bad]: 15 });
    expect(lowered).toMatchObject({ health: 0.5, loweredAt: start, recent: [] });
  });

  test('not for fewer than ten results, however bad', () => {
    expect(results(unknownHealth, { failed: 9 }).health).toBe(1);
    expect(results(unknownHealth, { failed: 10 }).health).toBe(0.5);
  });

  test('not for results that are older than a quarter of an hour', () => {
    const old = results(unknownHealth, { failed: 9 });
    expect(results(old, { failed: 1 }, start + 14 * minute).health).toBe(0.5);
    expect(results(old, { failed: 1 }, start + 15 * minute).health).toBe(1);
  });

  test('once in five minutes, and never to nothing', () => {
    let health = results(unknownHealth, { failed: 10 });
    health = results(health, { failed: 500 }, start + 5 * minute - 1);
    expect(health.health).toBeGreaterThanOrEqual(0.5);
    let at = start;
    for (let time = 0; time < 60; time += 1) health = results(health, { failed: 10 }, (at += minute));
    expect(health.health).toBe(healthRules.lowest);
  });
});

describe('a lowered account', () => {
  const lowered = results(unknownHealth, { failed: 10 });

  test('drifts back step by step, and no further than to all of its weight', () => {
    expect(healthAt(lowered, start + 2 * minute - 1)).toBe(0.5);
    expect(healthAt(lowered, start + 2 * minute)).toBeCloseTo(0.6);
    expect(healthAt(lowered, start + 7 * minute)).toBeCloseTo(0.8);
    expect(healthAt(lowered, start + 3_600_000)).toBe(1);
  });

  test('does not drift back as long as it goes badly', () => {
    const still = results(lowered, { good: 8, failed: 2 }, start + 4 * minute);
    expect(healthAt(still, start + 4 * minute)).toBeCloseTo(0.7);
    expect(healthAt(still, start + 5 * minute)).toBeCloseTo(0.7);
    const fine = results(lowered, { good: 99, failed: 1 }, start + 4 * minute);
    expect(healthAt(fine, start + 6 * minute)).toBeCloseTo(0.8);
  });

  test('is judged by what came after, and not a second time by what had lowered it', () => {
    expect(results(lowered, { good: 20, failed: 1 }, start + 6 * minute).loweredAt).toBe(start);
  });
});

describe('the circuit of an account', () => {
  test('opens for half a minute after five failures in a row, and is due after that', () => {
    expect(calls(4, 'failed').shutUntil).toBeNull();
    const open = calls(5, 'failed');
    expect(circuitAt(open, start + 29_999)).toBe('open');
    expect(circuitAt(open, start + 30_000)).toBe('due');
  });

  test('stays closed when one call in between works, though slowly', () => {
    expect(calls(4, 'failed', call(calls(4, 'failed'), 'slow')).shutUntil).toBeNull();
  });

  test('stays as it is when calls end that were under way when it opened', () => {
    const open = calls(5, 'failed');
    expect(calls(50, 'failed', open, start + 1_000)).toMatchObject({
      failures: 5,
      shutUntil: open.shutUntil,
    });
    expect(call(open, 'good', start + 1_000).shutUntil).toBe(open.shutUntil);
  });

  test('closes by a trial that works, and opens for twice as long by one that fails, at most five minutes', () => {
    let health = calls(5, 'failed');
    expect(call(health, 'good', start + 30_000, true)).toMatchObject({ failures: 0, shutUntil: null });
    for (const seconds of [60, 120, 240, 300, 300]) {
      const now = health.shutUntil ?? 0;
      health = call(health, 'failed', now, true);
      expect((health.shutUntil ?? 0) - now).toBe(seconds * 1_000);
    }
  });

  test('is nothing that decided attempts change', () => {
    expect(results(unknownHealth, { failed: 9 }).shutUntil).toBeNull();
    expect(results(calls(5, 'failed'), { good: 3 }).shutUntil).not.toBeNull();
  });
});
