/** The numbers in what a citizen wrote. */
import { foldDigits } from '../digits.ts';

const digitRun = /\d(?:[\s\-–—./]*\d)*/g;

/** The numbers in a text, in ASCII digits and without what separates them. */
export function digitRuns(text: string): string[] {
  const runs = foldDigits(text.normalize('NFC')).match(digitRun) ?? [];
  return runs.map((run) => run.replace(/\D/g, ''));
}

/** The longest number in a text; undefined without digits. */
export function longestRun(text: string): string | undefined {
  return digitRuns(text).sort((a, b) => b.length - a.length)[0];
}
