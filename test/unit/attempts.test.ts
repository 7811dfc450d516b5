import { describe, expect, test } from 'vitest';
import { attemptStates, isUndecided, mayMove, type AttemptState } from '../../domain/payments/attempt.ts';
import { clockInKolkata } from '../../domain/calendar.ts';
import {
  longestWatchMs,
  mayAsk,
  nextPoll,
  type Asked,
  type WatchedAttempt,
} from '../../domain/payments/polls.ts';
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
  const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
  const opened = Date.parse('2026-11-23T15:00:00+05:30');
  const attempt = (state: AttemptState, change: Partial<WatchedAttempt> = {}): WatchedAttempt => ({
    state,
    openedAt: opened,
    usableUntil: opened + 15 * minute,
    ...change,
  });
  const card = { method: 'card' } as const;
  /** When an attempt is asked about that stays as it is, in milliseconds after it was opened. */
  const times = (watched: WatchedAttempt, polls?: readonly number[], first?: Asked): number[] => {
    const all: number[] = [];
    let asked = first;
    for (;;) {
      const at = nextPoll(watched, asked, polls);
      if (at === undefined) return all;
      all.push(at - watched.openedAt);
      asked = { times: (asked?.times ?? 0) + 1, lastAt: at };
    }
  };

  describe('about a card', () => {
    test('begins after half a minute and ends after five days', () => {
      const asked = times(attempt('pending', card));
      expect(asked[0]).toBe(30_000);
      expect(asked.at(-1)).toBe(5 * day);
      expect(asked).toEqual([...asked].sort((a, b) => a - b));
      expect(times(attempt('redirected', card))).toEqual(asked);
    });

    test('is seldom about what failed, and never about what succeeded or waits for a person', () => {
      expect(times(attempt('failed', card))[0]).toBe(hour);
      expect(times(attempt('cancelled', card))).toEqual(times(attempt('expired', card)));
      expect(times(attempt('success'))).toEqual([]);
      expect(times(attempt('review'))).toEqual([]);
    });

    test('may be done whenever somebody looks', () => {
      const asked = { times: 20, lastAt: opened };
      expect(mayAsk(attempt('pending', card), asked, { now: opened, pollsMs: undefined })).toBe(true);
    });
  });

  describe.each(['upi', undefined] as const)('about UPI, or as long as nobody knows: %s', (method) => {
    const upi = (state: AttemptState, change: Partial<WatchedAttempt> = {}): WatchedAttempt =>
      attempt(state, { ...(method && { method }), ...change });

    test('is done three times within two hours, the first not before 90 seconds, and then once a day to T+5', () => {
      expect(times(upi('pending'))).toEqual([
        ...[90_000, 10 * minute, 2 * hour],
        ...[1, 2, 3, 4, 5].map((days) => days * day),
      ]);
    });

    test.each([
      ['09:59', '09:59'],
      ['10:00', '13:00'],
      ['11:30', '13:00'],
      ['12:59', '13:00'],
      ['13:00', '13:00'],
      ['16:59', '16:59'],
      ['17:00', '21:30'],
      ['21:29', '21:30'],
      ['21:30', '21:30'],
      ['23:59', '23:59'],
      ['00:00', '00:00'],
    ])('on later days of what was opened at %s is done at %s, outside the busy times', (begun, expected) => {
      const openedAt = Date.parse(`2026-11-23T${begun}:00+05:30`);
      const later = times(upi('pending', { openedAt })).filter((afterMs) => afterMs >= day);
      expect(later.map((afterMs) => clockInKolkata(openedAt + afterMs))).toEqual(
        [24, 25, 26, 27, 28].map((date) => `2026-11-${date}T${expected}:00`),
      );
    });

    test('a look takes the place of one of the three', () => {
      const looked = { times: 2, lastAt: opened + 3 * minute };
      expect(times(upi('pending'), undefined, looked)[0]).toBe(2 * hour);
      const thrice = { times: 3, lastAt: opened + 4 * minute };
      expect(times(upi('pending'), undefined, thrice)[0]).toBe(day);
    });

    test('a look is too early before 90 seconds, and one too many after three', () => {
      const look = (now: number, asked?: Asked): boolean =>
        mayAsk(upi('pending'), asked, { now: opened + now, pollsMs: undefined });
      expect(look(89_999)).toBe(false);
      expect(look(90_000)).toBe(true);
      expect(look(hour, { times: 2, lastAt: opened + 10 * minute })).toBe(true);
      expect(look(hour, { times: 3, lastAt: opened + 11 * minute })).toBe(false);
    });

    test('what nobody seems to have begun is asked about as soon as the answer is decisive', () => {
      expect(times(upi('redirected')).slice(0, 4)).toEqual([90_000, 10 * minute, 30 * minute + 1_000, day]);
      const long = upi('redirected', { usableUntil: opened + day });
      expect(times(long).slice(0, 3)).toEqual([90_000, 10 * minute, 2 * hour]);
    });

    test('what failed is asked about after two hours, and daily', () => {
      expect(times(upi('failed')).slice(0, 2)).toEqual([2 * hour, day]);
      const asked = { times: 3, lastAt: opened + 2 * hour };
      expect(times(upi('failed'), undefined, asked)).toHaveLength(5);
    });

    test('nothing is asked after the time for which a payment is watched', () => {
      for (let hours = 0; hours < 24; hours += 1) {
        const openedAt = opened + hours * hour;
        expect(Math.max(...times(upi('pending', { openedAt })))).toBeLessThanOrEqual(longestWatchMs);
      }
    });
  });

  test.each([
    ['30s,1m,5m,1h,1d', [30_000, 60_000, 300_000, 3_600_000, 86_400_000], [3_600_000, 86_400_000]],
    ['1s,2s,3s', [1_000, 2_000, 3_000], [3_000]],
    ['2h', [7_200_000], [7_200_000]],
  ])('at other times, %s, holds for every method, and asks about failures again, too', (_, polls, late) => {
    expect(times(attempt('pending'), polls)).toEqual(polls);
    expect(times(attempt('failed'), polls)).toEqual(late);
    expect(mayAsk(attempt('pending'), { times: 9, lastAt: opened }, { now: opened, pollsMs: polls })).toBe(
      true,
    );
  });

  test.each(['card', 'upi'] as const)('that was missed is made up for once (%s)', (method) => {
    const late = opened + 4_000_000;
    const pending = attempt('pending', { method });
    expect(nextPoll(pending, undefined, undefined)).toBeLessThan(late);
    expect(nextPoll(pending, { times: 1, lastAt: late }, undefined)).toBeGreaterThan(late);
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
