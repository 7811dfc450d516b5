/** Cuts a text into the pieces of words that the ear knows: the likeliest cut, by how likely each piece is by itself. */
import { foldDigits } from '../domain/digits.ts';

export interface Vocabulary {
  /** Every piece with the logarithm of its likelihood. Its place is its number; the first four are marks. */
  readonly pieces: readonly (readonly [piece: string, score: number])[];
}

const start = 0;
const end = 2;
const unknown = 3;
/** Whoever writes more pieces than this tells a story; what they want stands at its beginning. */
const mostPieces = 96;
/** Marks that a word begins. */
const beginning = '\u2581';
/** A run of so many digits is a number of something, whatever its digits are. */
const longNumber = 5;

/** One form of each character, in lower case, and one form of every long number. */
export function spell(text: string): string {
  return foldDigits(
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\u200B-\u200F\u2060\uFE0F\uFEFF\u00AD]/gu, ''),
  )
    .replace(/\d+(?:[-./]\d+)*/g, (number) =>
      number.replace(/\D/g, '').length < longNumber ? number : '000',
    )
    .replace(/(.)\1{3,}/gu, '$1$1$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** @returns a function that gives the numbers of a text's pieces, between the marks of its start and its end */
export function createCut({ pieces }: Vocabulary): (text: string) => number[] {
  const known = new Map(
    pieces.slice(unknown + 1).map(([piece, score], at) => [piece, { score, number: at + unknown + 1 }]),
  );
  const longest = Math.max(...[...known.keys()].map((piece) => Array.from(piece).length));
  const unknownScore = Math.min(...[...known.values()].map(({ score }) => score)) - 10;

  /** Viterbi: the best cut up to each character, from the best ones before it. */
  function cutWord(word: string): number[] {
    const characters = Array.from(word);
    const best = [{ score: 0, from: 0, number: unknown }];
    for (let from = 0; from < characters.length; from += 1) {
      const score = best[from]?.score ?? 0;
      const offer = (to: number, number: number, whole: number): void => {
        const before = best[to];
        if (!before || whole > before.score) best[to] = { score: whole, from, number };
      };
      let piece = '';
      for (let to = from + 1; to <= Math.min(characters.length, from + longest); to += 1) {
        piece += characters[to - 1] ?? '';
        const found = known.get(piece);
        if (found) offer(to, found.number, score + found.score);
      }
      offer(from + 1, unknown, score + unknownScore);
    }
    const cut: number[] = [];
    for (let at = characters.length; at > 0; at = best[at]?.from ?? 0)
      cut.unshift(best[at]?.number ?? unknown);
    return cut;
  }

  return (text) => {
    const cut: number[] = [];
    for (const word of spell(text).split(' ')) {
      if (cut.length >= mostPieces) break;
      cut.push(...cutWord(`${beginning}${word}`));
    }
    return [start, ...cut.slice(0, mostPieces), end];
  };
}
