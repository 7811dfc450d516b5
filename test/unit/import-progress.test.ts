import { describe, expect, test, vi } from 'vitest';
import { Progress, progressLine } from '../../database/import/progress.ts';

const half = { rows: 1_234_567, done: 50, total: 100 };

describe('the progress of an import', () => {
  test('is told as a bar with the rate and the time that is left', () => {
    expect(progressLine('demands.csv', half, 90)).toBe(
      'demands.csv  ████████████░░░░░░░░░░░░ 50 %  12,34,567 rows, 13,717 a second, 1 min 30 s left',
    );
  });

  test('has no time left at the end, and none to tell at the beginning', () => {
    expect(progressLine('a', { ...half, done: 100 }, 9)).not.toContain('left');
    expect(progressLine('a', { ...half, done: 0 }, 0)).not.toContain('left');
    expect(progressLine('a', { rows: 0, done: 0, total: 0 }, 0)).toContain('100 %');
  });

  test('redraws one line on a terminal, and anywhere else writes a plain line now and then', () => {
    vi.useFakeTimers();
    const written = (isTTY: boolean): string[] => {
      const lines: string[] = [];
      const progress = new Progress('a', { isTTY, write: (text: string) => lines.push(text) > 0 });
      for (let second = 0; second < 30; second += 1) {
        vi.advanceTimersByTime(1_000);
        progress.show(half);
      }
      progress.end();
      return lines;
    };
    const terminal = written(true);
    expect(terminal).toHaveLength(31);
    expect(terminal.every((text) => text.startsWith('\r'))).toBe(true);
    const plain = written(false);
    expect(plain).toHaveLength(3);
    expect(plain.every((text) => text.endsWith('\n') && !/[\r\u001b]/.test(text))).toBe(true);
    vi.useRealTimers();
  });
});
