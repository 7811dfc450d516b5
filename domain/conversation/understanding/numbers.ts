/** The numbers that citizens type: of accounts, of places in a list, of years. */
import type { AssesseeNumber } from '../../assessee-number.ts';
import type { CeNumber } from '../../ce-number.ts';
import { foldDigits } from '../../digits.ts';
import type { BareNumber, NumberHeard, NumbersHeard } from '../meaning.ts';
import { normalise } from './text.ts';

const digitRun = /\d(?:[\s\-–—./]*\d)*/g;

/** The numbers in a text, in ASCII digits and without what separates them. */
function digitRuns(text: string): string[] {
  const runs = foldDigits(text.normalize('NFC')).match(digitRun) ?? [];
  return runs.map((run) => run.replace(/\D/g, ''));
}

const wards = 144;

/**
 * Finds an assessee number in what a citizen wrote: any of three scripts, any separators, a label before it.
 * @returns undefined for a text without digits
 */
export function assesseeNumberIn(text: string): NumberHeard<AssesseeNumber> | undefined {
  const numbers = digitRuns(text);
  const found =
    numbers.find((digits) => digits.length === 12) ?? numbers.sort((a, b) => b.length - a.length)[0];
  if (found === undefined) return undefined;
  if (found.length !== 12) return { problem: 'length' };
  const ward = Number(found.slice(2, 5));
  if (ward < 1 || ward > wards) return { problem: 'ward' };
  return { number: found as AssesseeNumber };
}

const [shortestCeNumber, longestCeNumber] = [8, 16];

/** Finds a CE number in the same way. */
export function ceNumberIn(text: string): NumberHeard<CeNumber> | undefined {
  const [found] = digitRuns(text).sort((a, b) => b.length - a.length);
  if (found === undefined) return undefined;
  if (found.length < shortestCeNumber || found.length > longestCeNumber) return { problem: 'length' };
  return { number: found as CeNumber };
}

export function accountNumbersIn(text: string): NumbersHeard | undefined {
  const [property, licence] = [assesseeNumberIn(text), ceNumberIn(text)];
  return property && licence && { property, licence };
}

/** @returns undefined when none of them is long enough to be meant as an account's */
export function bareNumberOf({ property, licence }: NumbersHeard): BareNumber | undefined {
  if ('number' in property) return { number: property.number, kinds: ['property', 'licence'] };
  if (!('number' in licence)) return undefined;
  return { number: licence.number, kinds: ['licence'], problem: property.problem };
}

/** The place in a list that a citizen typed as a number (`2`, `২`, `२`), counted from 0. */
export function placeIn(text: string): number | undefined {
  const said = normalise(text);
  return /^\d{1,2}$/.test(said) ? Number(said) - 1 : undefined;
}

const longestList = 1_000;

/** `1 3`, `১, ৩` or `1 and 3`: places in a list, counted from 0. @returns undefined when a number can be no place */
export function placesIn(text: string): number[] | undefined {
  const places = new Set(
    foldDigits(text)
      .match(/\d+/g)
      ?.map((digits) => Number(digits) - 1),
  );
  const isGood = places.size > 0 && [...places].every((place) => place >= 0 && place < longestList);
  return isGood ? [...places] : undefined;
}

/** `3`, `৩ বছর`, `3 years`: the only number in a text, of one or two digits. */
export function yearsIn(text: string): number | undefined {
  const [, typed] = /^\D*(\d{1,2})\D*$/.exec(foldDigits(text)) ?? [];
  return typed === undefined ? undefined : Number(typed);
}
