/** What is kept for how long: dated rules, and what the law asks at least. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '../../domain/calendar.ts';
import { daysKept, mistakesIn, retention, retentionKinds } from '../../domain/retention.ts';
import { readSettings } from '../../platform/settings.ts';

const day = (text: string): CalendarDate => text as CalendarDate;

function changes(value: unknown): unknown {
  return readSettings(['RETENTION_CHANGES'], { RETENTION_CHANGES: JSON.stringify(value) }).RETENTION_CHANGES;
}

describe('how long something is kept', () => {
  test('is never shorter than the law asks, on any day', () => {
    expect(mistakesIn({})).toEqual([]);
  });

  test('follows the entry of the corporation that began last, and the own rule before its day', () => {
    const decided = {
      'look-ups': [
        { from: day('2027-04-01'), days: 730, reason: 'Resolution of 2027' },
        { from: day('2029-04-01'), days: 500, reason: 'Resolution of 2029' },
      ],
    };
    const on = (date: string): number => daysKept('look-ups', day(date), decided);
    expect([on('2027-03-31'), on('2027-04-01'), on('2029-03-31'), on('2029-04-01')]).toEqual([
      366, 730, 730, 500,
    ]);
    expect(daysKept('news', day('2027-04-01'), decided)).toBe(366);
  });

  test('below what the law asks is refused in words, before the law begins and from its day on', () => {
    expect(() => changes({ news: [{ from: '2026-12-01', days: 30, reason: 'less' }] })).toThrow(
      /RETENTION_CHANGES is malformed: .*news for 30 days on 2026-12-01 is too short: at least 180 \(CERT-In .*Example/s,
    );
    // Allowed by the law of that day, and not by the one that follows.
    const untilTheRules = { from: '2026-12-01', days: 200, reason: 'less' };
    expect(() => changes({ news: [untilTheRules] })).toThrow(
      /news for 200 days on 2027-05-13 is too short: at least 366 \(DPDP Rules, 2025, r\. 8\(3\)/,
    );
    const andThenMore = { from: '2027-05-13', days: 366, reason: 'r. 8(3)' };
    expect(changes({ news: [untilTheRules, andThenMore] })).toEqual({ news: [untilTheRules, andThenMore] });
  });

  test.each([
    ['a kind that there is not', { receipts: [] }, 'receipts'],
    ['a day that does not exist', { news: [{ from: '2027-02-30', days: 400, reason: 'x' }] }, 'not a date'],
    ['no reason', { news: [{ from: '2027-02-28', days: 400 }] }, 'reason'],
    ['nothing of a day', { uploads: [{ from: '2027-02-28', days: 0, reason: 'x' }] }, 'days'],
  ])('with %s is refused', (_, value, word) => {
    expect(() => changes(value)).toThrow(word);
  });

  test('stands in docs/operate.md as it is', () => {
    const docs = readFileSync(join(import.meta.dirname, '../../docs/operate.md'), 'utf8');
    for (const kind of retentionKinds) {
      const row = docs.split('\n').find((line) => line.startsWith(`| \`${kind}\` `));
      expect(row, kind).toContain(retention[kind].what);
      expect(row, kind).toMatch(new RegExp(`\\| +${daysKept(kind, day('2026-12-01'), {})} +\\|`));
    }
  });
});
