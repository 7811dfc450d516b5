/** What a citizen typed, in one form, and the words of it. */
import { foldDigits } from '../../digits.ts';

/** Characters that are not seen: joiners, direction marks, soft hyphens, variation selectors, the frame of a keycap. */
const unseen = /[\p{Cf}\uFE00-\uFE0F\u20E3\u{1F3FB}-\u{1F3FF}]/gu;

/**
 * Brings a text to one form of each character: NFKC on both sides (NFKC splits য় ড় ঢ়, so comparing raw text fails, and folds
 * full-width letters), ASCII digits, nothing unseen.
 */
export function clean(text: string): string {
  return foldDigits(
    text
      .replace(/(\d)\uFE0F?\u20E3/g, '$1 ')
      .replace(unseen, '')
      // "①③" is two numbers.
      .replace(/[\u2460-\u2473]/gu, ' $& ')
      .normalize('NFKC')
      .replace(unseen, ''),
  );
}

/** The same in lower case and with single spaces instead of punctuation and emoji. */
export function normalise(text: string): string {
  return clean(text)
    .toLowerCase()
    .replace(/['’‘`]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

/** A word, or a mark that ends a clause. */
export interface Token {
  readonly word: string;
  /** The number of the clause in which it stands. */
  readonly clause: number;
}

/** Emoji that people answer with, as the words that they stand for. */
const spokenEmoji: Readonly<Record<string, string>> = {
  '👍': 'emojiyes',
  '✅': 'emojiyes',
  '✔': 'emojiyes',
  '☑': 'emojiyes',
  '👌': 'emojiyes',
  '🆗': 'emojiyes',
  '👎': 'emojino',
  '❌': 'emojino',
  '❎': 'emojino',
  '🙏': 'emojithanks',
  '❤': 'emojithanks',
  '💐': 'emojithanks',
  '🌹': 'emojithanks',
  '😊': 'emojithanks',
  '🙂': 'emojithanks',
  '🤝': 'emojithanks',
  '👏': 'emojithanks',
  '👋': 'emojigreet',
};

const pieces = /[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}\s]|\n/gu;
const endsClause = /[.,;!?।॥:\n…–—|()]/u;

/** Whoever writes more than this tells a story; what they want stands at its beginning. */
const mostWords = 160;

/** What is longer is no word, and is known by its beginning. */
const longestWord = 40;

/** The words of a text, clause by clause. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let clause = 0;
  const whole = clean(text)
    .toLowerCase()
    .replace(/(?<=\p{L})['’‘`](?=\p{L})/gu, '')
    // Initials: "c.e.", "p.d. bill".
    .replace(/(?<![\p{L}\p{M}])(\p{L}\p{M}*)\.(?=\p{L}\p{M}*(?:\.|$|\s))/gu, '$1 ');
  for (const [piece] of whole.matchAll(pieces)) {
    if (tokens.length >= mostWords) break;
    if (/[\p{L}\p{N}]/u.test(piece)) tokens.push({ word: piece.slice(0, longestWord), clause });
    else if (spokenEmoji[piece] !== undefined) tokens.push({ word: spokenEmoji[piece], clause });
    else if (endsClause.test(piece)) clause += 1;
  }
  return tokens;
}
