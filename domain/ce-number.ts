/**
 * The number of a trade licence, which the corporation calls a certificate of enlistment (CE). Its form is not public:
 * an opaque run of digits, from which nothing is derived.
 */
import { digitRuns } from './digits.ts';

/** Eight to sixteen ASCII digits. */
export type CeNumber = string & { readonly brand: 'CeNumber' };

/** What a text says of a number: it has one, it tries to give one and fails, or it does not try. */
export type CeNumberInText =
  { readonly is: CeNumber } | { readonly digits: number; readonly problem: 'length' } | undefined;

const [shortest, longest] = [8, 16];

/** Finds a CE number in what a citizen wrote: any of three scripts, any separators, a label before it. */
export function ceNumberIn(text: string): CeNumberInText {
  const [found] = digitRuns(text).sort((a, b) => b.length - a.length);
  if (found === undefined) return undefined;
  if (found.length < shortest || found.length > longest) return { digits: found.length, problem: 'length' };
  return { is: found as CeNumber };
}
