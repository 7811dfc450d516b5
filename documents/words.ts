/** What is written on paper: our words in two languages, and the register's made harmless. */
import type { Written } from '../domain/accounts/account.ts';
import { inert, withoutSteering } from '../domain/inert.ts';
import type { InEveryLanguage, Language } from '../domain/language.ts';
import { replaceUnprintable, unprintable } from '../domain/printable.ts';

/** The same in the citizen's language and, unless that is it, in English. */
export interface Both {
  readonly own: string;
  readonly en: string | null;
}

export function both(text: InEveryLanguage<string>, language: Language): Both {
  return { own: text[language], en: language === 'en' ? null : text.en };
}

/** A value with its name. */
export type Fact = readonly [name: Both, value: string];

export function fact(name: InEveryLanguage<string>, value: string, language: Language): Fact {
  return [both(name, language), value];
}

/** A name or an address of the register, in the script of the language where the register has it and it can be printed. */
export function written({ bn, en }: Written, language: Language): string {
  return printable(inert(language === 'bn' && bn !== undefined && unprintable(bn).length === 0 ? bn : en));
}

const graphemes = new Intl.Segmenter('bn', { granularity: 'grapheme' });
const longestWord = 20;
/** Stands where no font has what the text says. */
const cannotBePrinted = '(…)';
/** Nothing but Urdu: where it is mixed with others, each has its own direction in a line from left to right. */
const rightToLeft = /^(?:\p{Script=Arabic}|\P{L})*\p{Script=Arabic}(?:\p{Script=Arabic}|\P{L})*$/u;

/**
 * Text of somebody else as it goes on paper: on one line to begin with, and breakable even where it has no space. Urdu
 * runs from right to left, whatever stands around it: RIGHT-TO-LEFT ISOLATE … POP DIRECTIONAL ISOLATE (UAX #9).
 */
export function printable(text: string): string {
  const onOneLine = replaceUnprintable(text.normalize('NFC'), cannotBePrinted).replace(/\s+/gu, ' ');
  const words = withoutSteering(onOneLine)
    .trim()
    .split(' ')
    .map((word) => (word.length > longestWord ? breakable(word) : word))
    .join(' ');
  return rightToLeft.test(words) ? `\u2067${words}\u2069` : words;
}

function breakable(word: string): string {
  return Array.from(graphemes.segment(word), ({ segment }, index) =>
    index > 0 && index % longestWord === 0 ? `\u200b${segment}` : segment,
  ).join('');
}
