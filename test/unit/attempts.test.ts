import { describe, expect, test } from 'vitest';
import { attemptStates, isUndecided, mayMove, type AttemptState } from '../../domain/payments/attempt.ts';
import type { AttemptStanding } from '../../domain/payments/order.ts';
import { nextPoll, pollsMs } from '../../domain/payments/polls.ts';
import { receiptNumber } from '../../domain/payments/receipt.ts';
import { serialNumberIn } from '../../domain/serial-number.ts';

const states = Object.keys(attemptStates) as AttemptState[];

describe('the moves of an attempt', () => {
  test('success is never undone', () => {
    expect(states.filter((state) => mayMove('success', state))).toEqual([]);
  });

  test.each(states.filter((state) => state !== 'success'))(
    '%s may still turn out to be a success',
    (state) => {
      expect(mayMove(state, 'success')).toBe(true);
    },
  );

  test('no attempt goes back to its beginning, nor stays where it is', () => {
    for (const state of states) {
      expect(mayMove(state, 'created')).toBe(false);
      expect(mayMove(state, state)).toBe(false);
    }
  });

  test('what was decided is not undecided again, but for our own guess', () => {
    const undecidedFrom = states.filter((state) => mayMove(state, 'pending'));
    expect(undecidedFrom).toEqual(['created', 'redirected', 'expired']);
    const undecided = (usableUntil: number): AttemptState[] =>
      states.filter((state) => isUndecided({ state, usableUntil }, 1_000));
    expect(undecided(2_000)).toEqual(['pending', 'review']);
    // The gateway's page has ended and nobody has said how: money may be on its way.
    expect(undecided(1_000)).toEqual(['redirected', 'pending', 'review']);
  });
});

describe('asking the gateway', () => {
  const opened = 1_000_000;
  const attempt = (state: AttemptState): AttemptStanding =>
    ({ state, openedAt: opened }) as unknown as AttemptStanding;
  /** When an attempt is asked about that stays as it is, in milliseconds after it was opened. */
  const times = (state: AttemptState, polls = pollsMs): number[] => {
    const all: number[] = [];
    let asked: number | undefined;
    for (;;) {
      const at = nextPoll(attempt(state), asked, polls);
      if (at === undefined) return all;
      all.push(at - opened);
      asked = at;
    }
  };

  test('begins after half a minute and ends after five days', () => {
    const asked = times('pending');
    expect(asked[0]).toBe(30_000);
    expect(asked.at(-1)).toBe(5 * 86_400_000);
    expect(asked).toEqual([...asked].sort((a, b) => a - b));
    expect(times('redirected')).toEqual(asked);
  });

  test('is seldom about what failed, and never about what succeeded or waits for a person', () => {
    expect(times('failed')[0]).toBe(3_600_000);
    expect(times('cancelled')).toEqual(times('expired'));
    expect(times('success')).toEqual([]);
    expect(times('review')).toEqual([]);
  });

  test.each([
    ['30s,1m,5m,1h,1d', [30_000, 60_000, 300_000, 3_600_000, 86_400_000], [3_600_000, 86_400_000]],
    ['1s,2s,3s', [1_000, 2_000, 3_000], [3_000]],
    ['2h', [7_200_000], [7_200_000]],
  ])('%s asks about failures again, too', (_, polls, late) => {
    expect(times('pending', polls)).toEqual(polls);
    expect(times('failed', polls)).toEqual(late);
  });

  test('that was missed is made up for once, not as often as it was missed', () => {
    const late = opened + 4_000_000;
    expect(nextPoll(attempt('pending'), undefined, pollsMs)).toBeLessThan(late);
    expect(nextPoll(attempt('pending'), late, pollsMs)).toBeGreaterThan(late);
  });
});

describe('a receipt number', () => {
  test('names counter, financial year and place', () => {
    expect(receiptNumber('W', 2026, 123)).toBe('W-2026-27-000123');
    expect(receiptNumber('W', 2099, 1_234_567)).toBe('W-2099-00-1234567');
  });

  test.each([
    ['W-2026-27-000123', 'W-2026-27-000123'],
    [' w-2026-27-000123 ', 'W-2026-27-000123'],
    ['W-2026-27-123', undefined],
    ["W-2026-27-000123'--", undefined],
    ['', undefined],
  ])('%j is read as %j', (text, number) => {
    expect(serialNumberIn(text)).toBe(number);
  });
});
