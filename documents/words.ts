/** What is written on paper: our words in two languages, and the register's made harmless. */
import type { Written } from '../domain/dues.ts';
import type { InEveryLanguage, Language } from '../domain/language.ts';

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

/** A name or an address of the register, in the script of the language where the register has it. */
export function written(text: Written, language: Language): string {
  return printable(language === 'bn' ? (text.bn ?? text.en) : text.en);
}

/** Characters that steer the text around them; the joiners U+200C and U+200D belong to the spelling. */
const steering = /(?![\u200c\u200d])[\p{Cc}\p{Cf}]+/gu;
const graphemes = new Intl.Segmenter('bn', { granularity: 'grapheme' });
const longestWord = 20;

/** Text of somebody else as it goes on paper: on one line to begin with, and breakable even where it has no space. */
export function printable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(steering, '')
    .trim()
    .split(' ')
    .map((word) => (word.length > longestWord ? breakable(word) : word))
    .join(' ');
}

function breakable(word: string): string {
  return Array.from(graphemes.segment(word), ({ segment }, index) =>
    index > 0 && index % longestWord === 0 ? `\u200b${segment}` : segment,
  ).join('');
}
