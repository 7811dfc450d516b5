/** Finds what is known (phrases) in what was said (words), whatever the spelling. */
import { isWithin, mistakesIn, shortened, skeleton, soundsLike, stemsOf } from './spelling.ts';
import { tokensOf, type Token } from './text.ts';

/** A phrase that was found: the tokens from `from` up to, but without, `to`. */
export interface Span<Name extends string> {
  readonly name: Name;
  readonly from: number;
  readonly to: number;
  /** It was read in spite of a typing mistake. */
  readonly guessed: boolean;
}

/** The known words that a word may be, and whether that is a guess. */
interface Reading {
  readonly words: ReadonlySet<string>;
  readonly guessed: boolean;
}

interface Phrase<Name extends string> {
  readonly name: Name;
  readonly words: readonly string[];
}

const mostCached = 20_000;
/** Skeletons of fewer sounds stand for too many words. */
const shortestSkeleton = 3;

export interface Lexicon<Name extends string> {
  /** Every phrase in a text, without those that stand within a longer one. */
  find(tokens: readonly Token[]): Span<Name>[];
}

/** @param lists phrases by their name, separated by commas */
export function createLexicon<Name extends string>(lists: Iterable<readonly [Name, string]>): Lexicon<Name> {
  const phrases = Array.from(lists).flatMap(([name, list]) =>
    phrasesIn(list).map((words): Phrase<Name> => ({ name, words })),
  );
  const beginningWith = new Map<string, Phrase<Name>[]>();
  for (const phrase of phrases) push(beginningWith, phrase.words[0] ?? '', phrase);
  const known = new Set(phrases.flatMap(({ words }) => words));
  const bySkeleton = new Map<string, string[]>();
  const byRest = new Map<string, string[]>();
  for (const word of known) {
    const bones = skeleton(word);
    if (bones.length >= shortestSkeleton) push(bySkeleton, bones, word);
    if (mistakesIn(word) > 0) for (const rest of shortened(word, mistakesIn(word))) push(byRest, rest, word);
  }

  const cache = new Map<string, Reading>();
  function read(word: string): Reading {
    const before = cache.get(word);
    if (before) return before;
    if (cache.size >= mostCached) cache.clear();
    const reading = readAnew(word);
    cache.set(word, reading);
    return reading;
  }

  function readAnew(word: string): Reading {
    const stems = stemsOf(word);
    const asWritten = [word, ...stems].filter((form) => known.has(form));
    if (asWritten.length > 0) return { words: new Set(asWritten), guessed: false };
    for (const form of [word, ...stems.filter((stem) => stem.length > 3)]) {
      const alike = soundingLike(form);
      if (alike.length > 0) return { words: new Set(alike), guessed: false };
    }
    for (const form of [word, ...stems]) {
      const meant = mistypedAs(form);
      if (meant.length > 0) return { words: new Set(meant), guessed: true };
    }
    return { words: new Set(), guessed: false };
  }

  function soundingLike(form: string): string[] {
    const bones = skeleton(form);
    if (form.length < 4 || bones.length < shortestSkeleton) return [];
    const alike = (bySkeleton.get(bones) ?? []).filter((other) => isAlike(form, other));
    // A word of the same script is the likelier one.
    const same = alike.filter((other) => isLatin(other) === isLatin(form));
    return same.length > 0 ? same : alike;
  }

  function mistypedAs(form: string): string[] {
    const most = mistakesIn(form);
    if (most === 0) return [];
    return Array.from(shortened(form, most), (rest) => byRest.get(rest) ?? [])
      .flat()
      .filter((other) => other[0] === form[0] && isWithin(form, other, Math.min(most, mistakesIn(other))));
  }

  return {
    find(tokens) {
      const heard = tokens.map(({ word }) => read(word));
      const spans: Span<Name>[] = [];
      heard.forEach(({ words }, from) => {
        for (const word of words) {
          for (const phrase of beginningWith.get(word) ?? []) {
            const to = from + phrase.words.length;
            if (to > tokens.length) continue;
            const fits = phrase.words.every((each, index) => heard[from + index]?.words.has(each));
            if (!fits) continue;
            const guessed = heard.slice(from, to).some((each) => each.guessed);
            spans.push({ name: phrase.name, from, to, guessed });
          }
        }
      });
      return spans.filter(
        (span) =>
          !spans.some(
            (other) =>
              other.from <= span.from && span.to <= other.to && other.to - other.from > span.to - span.from,
          ),
      );
    },
  };
}

function phrasesIn(list: string): string[][] {
  return list
    .split(',')
    .map((phrase) => tokensOf(phrase).map(({ word }) => word))
    .filter((words) => words.length > 0);
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

function isLatin(word: string): boolean {
  return /^[a-z]/.test(word);
}

/** Whether two words of one skeleton have nearly the same vowels as well. */
function isAlike(one: string, other: string): boolean {
  const [a, b] = [soundsLike(one), soundsLike(other)];
  const isVowel = (sound: string): boolean => /^[aiu]/.test(sound);
  if (isVowel(a) !== isVowel(b)) return false;
  return isWithin(a, b, Math.max(0, Math.floor((Math.max(a.length, b.length) - 2) / 3)));
}
