/** The numbers that citizens type: of accounts, of places in a list, of years. */
import { accountKinds, type AccountKind } from '../../accounts/kinds.ts';
import { accountSpecs } from '../../accounts/specs.ts';
import { foldDigits } from '../../digits.ts';
import type { BareNumber, NumberHeard, NumbersHeard } from '../meaning.ts';
import { normalise } from './text.ts';

/** Finds a number of one kind of account in what a citizen wrote. @returns undefined for a text without digits */
export function accountNumberIn<K extends AccountKind>(kind: K, text: string): NumberHeard<K> | undefined {
  return accountSpecs[kind].numberIn(text);
}

/** @returns undefined for a text without digits */
export function accountNumbersIn(text: string): NumbersHeard | undefined {
  const heard = accountKinds.flatMap((kind) => {
    const number = accountNumberIn(kind, text);
    return number ? [[kind, number] as const] : [];
  });
  return heard.length === accountKinds.length ? (Object.fromEntries(heard) as NumbersHeard) : undefined;
}

/** @returns undefined when none of them is long enough to be meant as an account's */
export function bareNumberOf(numbers: NumbersHeard): BareNumber | undefined {
  const heard = accountKinds.map((kind) => [kind, numbers[kind]] as const);
  const [number] = heard.flatMap(([, each]) => ('number' in each ? [each.number] : []));
  if (number === undefined) return undefined;
  const problems = heard.flatMap(([kind, each]) => ('problem' in each ? [[kind, each.problem]] : []));
  return {
    number,
    kinds: accountKinds.filter((kind) => 'number' in (accountNumberIn(kind, number) ?? {})),
    problems: Object.fromEntries(problems) as BareNumber['problems'],
  };
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
