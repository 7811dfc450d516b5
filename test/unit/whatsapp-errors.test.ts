import { describe, expect, test } from 'vitest';
import { backoffMs, errorTable, remedyFor, type Action } from '../../whatsapp/errors.ts';
import { fixture } from './whatsapp-fixtures.ts';

describe('the remedy for an error', () => {
  test.each<[number, Action]>([
    [4, 'slowDown'],
    [80007, 'slowDown'],
    [130429, 'slowDown'],
    [131056, 'retryPair'],
    [131000, 'retry'],
    [131016, 'retry'],
    [131057, 'retry'],
    [133004, 'retry'],
    [131053, 'retryOnce'],
    [131049, 'retryLater'],
    [131047, 'template'],
    [131026, 'unreachable'],
    [131050, 'optedOut'],
    [131062, 'askPhone'],
    [130472, 'drop'],
    [132001, 'fallBack'],
    [132015, 'fallBack'],
    [132069, 'fallBack'],
    [100, 'bug'],
    [131009, 'bug'],
    [0, 'operator'],
    [190, 'operator'],
    [200, 'operator'],
    [250, 'operator'],
    [299, 'operator'],
    [131031, 'operator'],
    [131042, 'operator'],
    [131048, 'operator'],
    [134011, 'operator'],
  ])('%i is: %s', (code, action) => {
    // HTTP does not matter where the code is known: Meta says 400 for nearly everything.
    for (const http of [undefined, 200, 400, 429, 500]) expect(remedyFor(code, http).action).toBe(action);
  });

  test.each([
    ['error_130429_throughput', 'slowDown'],
    ['error_131056_pair', 'retryPair'],
    ['error_132001_template', 'fallBack'],
    ['error_134011_payments_tos', 'operator'],
    ['error_190_token', 'operator'],
  ])('and its HTTP status fit the fixture %s', (name, action) => {
    const { _http_status: http, error } = fixture('response', name) as {
      _http_status: number;
      error: { code: number };
    };
    expect(remedyFor(error.code, http).action).toBe(action);
    expect(errorTable.find(({ codes }) => codes.includes(error.code))?.http ?? 400).toBe(http);
  });

  test.each<[number | undefined, number | undefined, Action]>([
    [undefined, 429, 'slowDown'],
    [undefined, 503, 'retry'],
    [999_999, 500, 'retry'],
    [999_999, 400, 'operator'],
    [999_999, undefined, 'operator'],
    [undefined, 401, 'operator'],
  ])('for the unknown code %s with HTTP %s is: %s', (code, http, action) => {
    expect(remedyFor(code, http).action).toBe(action);
  });

  test('stands once for each code', () => {
    const codes = errorTable.flatMap((row) => row.codes.map(String));
    expect(new Set(codes).size).toBe(codes.length);
  });
});

describe('the pause before the next try', () => {
  const waits = (action: Action, random?: () => number): (number | undefined)[] =>
    [1, 2, 3, 4, 9].map((attempt) => backoffMs(action, attempt, random));

  test('doubles up to a minute, half of it random, when everything must go slower', () => {
    expect(waits('slowDown', () => 0)).toEqual([500, 1000, 2000, 4000, 30_000]);
    expect(waits('retry', () => 1)).toEqual([1000, 2000, 4000, 8000, 60_000]);
  });

  test('is 4^n seconds for one citizen', () => {
    expect(waits('retryPair')).toEqual([1000, 4000, 16_000, 64_000, 1_024_000]);
  });

  test('is a day where WhatsApp holds marketing back', () => {
    expect(backoffMs('retryLater', 1)).toBe(86_400_000);
  });

  test('comes once, or never', () => {
    expect(waits('retryOnce')).toEqual([2000, undefined, undefined, undefined, undefined]);
    for (const action of [
      'template',
      'unreachable',
      'optedOut',
      'askPhone',
      'drop',
      'bug',
      'operator',
      'fallBack',
    ] as const) {
      expect(backoffMs(action, 1)).toBeUndefined();
    }
  });
});
