/** What a citizen typed, in one form, and phrases looked for in it. */
import { foldDigits } from '../../digits.ts';

/**
 * Brings what a citizen typed to one form: NFC on both sides (NFC itself splits য় ড় ঢ়, so comparing raw text fails),
 * no joiners, ASCII digits, lower case, single spaces instead of punctuation and emoji.
 */
export function normalise(text: string): string {
  return foldDigits(text.normalize('NFC').replace(/[\u200B-\u200D\uFEFF]/g, ''))
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

/** Reads a comma-separated list of words into its normalised forms. */
export function wordList(words: string): readonly string[] {
  return words.split(',').map(normalise);
}

/** Whether one of the normalised `phrases` stands in the text as whole words. */
export function mentions(text: string, phrases: readonly string[]): boolean {
  const said = ` ${normalise(text)} `;
  return phrases.some((phrase) => said.includes(` ${phrase} `));
}
