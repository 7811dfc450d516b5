/**
 * Weighs what a message may mean where several rules apply, or none: linear models over its words, by their sound, the things
 * that its words stand for, and the notions in it. Their weights are learnt from the messages in test/fixtures/messages/ by
 * `npx tsx bench/learn.ts`.
 */
import type { Intent } from '../meaning.ts';
import { concepts } from './concepts.ts';
import { createLexicon } from './lexicon.ts';
import { skeleton, soundsLike } from './spelling.ts';
import type { Token } from './text.ts';

/** What a message wants; `none` where that is nothing. */
export type Wish = Intent | 'none';
/** What a message says to "is all as before?"; it `leaves` a question for a wish of its own. */
export type Agreement = 'yes' | 'no' | 'neither' | 'leaves';
/** Whether a message takes from a list what it names, or everything, or all but what it names; or speaks about it, or leaves it. */
export type Choice = 'some' | 'all' | 'allBut' | 'neither' | 'leaves';
/** For how many years a message wants something: one of the usual numbers, or `other`. */
export type Years = '1' | '2' | '3' | '4' | '5' | '10' | '15' | 'other' | 'neither' | 'leaves';

export interface Weights<Verdict extends string> {
  readonly verdicts: readonly Verdict[];
  /** For each feature the places of verdicts and their weights in hundredths, in turns. */
  readonly features: Readonly<Record<string, readonly number[]>>;
}

export interface Weighed<Verdict extends string> {
  readonly verdict: Verdict;
  /** From 0 to 1. */
  readonly share: number;
}

/** What is known of a message beside its words. */
export interface Signs {
  readonly notions: readonly string[];
  readonly ruled: readonly Intent[];
  readonly hasNumber: boolean;
}

const lexicon = createLexicon(concepts);

/** Words so far apart still belong together. */
const farthest = 4;

/** What the models look at. */
export function featuresOf(tokens: readonly Token[], { notions, ruled, hasNumber }: Signs): string[] {
  const words = tokens.map(({ word }) => {
    if (/^\d+$/.test(word)) return '#';
    const bones = skeleton(word);
    return bones.length < 2 ? word : bones;
  });
  const sounds = tokens.flatMap(({ word }) => {
    const sound = soundsLike(word);
    return Array.from({ length: Math.max(0, sound.length + 2 - 3) }, (_, at) =>
      `^${sound}$`.slice(at, at + 4),
    );
  });
  const meant = [...new Set(notions)].sort();
  const length =
    tokens.length < 4 ? tokens.length : tokens.length < 8 ? 'some' : tokens.length < 16 ? 'many' : 'story';
  return [
    ...new Set([
      'any',
      `length ${length}`,
      ...(hasNumber ? ['number'] : []),
      ...words.map((word) => `w ${word}`),
      ...words.slice(1).map((word, index) => `b ${words[index] ?? ''} ${word}`),
      ...sounds.map((sound) => `s ${sound}`),
      ...(words[0] === undefined ? [] : [`first ${words[0]}`]),
      ...(words.length > 0 ? [`last ${words.at(-1) ?? ''}`] : []),
      ...meant.map((notion) => `n ${notion}`),
      ...meant.flatMap((one, index) => meant.slice(index + 1).map((other) => `n ${one}+${other}`)),
      ...(ruled[0] === undefined ? ['r nothing'] : [`r ${ruled[0]}`]),
      ...ruled.slice(1).map((intent) => `also ${intent}`),
      ...conceptFeatures(tokens),
    ]),
  ];
}

/** The things that words stand for, and which of them stand near each other, in which order. */
function conceptFeatures(tokens: readonly Token[]): string[] {
  const spans = lexicon.find(tokens);
  const row: (readonly string[])[] = [];
  for (let at = 0; at < tokens.length;) {
    const here = spans.filter(({ from }) => from === at);
    const word = tokens[at]?.word ?? '';
    row.push(
      here.length > 0
        ? [...new Set(here.map(({ name }) => name))]
        : [/^\d+$/.test(word) ? '#' : `~${soundsLike(word)}`],
    );
    at = Math.max(at + 1, ...here.map(({ to }) => to));
  }
  const pairs = row.flatMap((things, at) =>
    Array.from({ length: farthest }, (_, step) => row[at + 1 + step] ?? []).flatMap((others, step) =>
      things.flatMap((one) => others.map((other) => `${step === 0 ? 'c' : 'd'} ${one}>${other}`)),
    ),
  );
  const [first] = row;
  return [
    ...row.flatMap((things) => things.map((thing) => `c ${thing}`)),
    ...pairs,
    ...(first ? [`cfirst ${first[0] ?? ''}`, `clast ${row.at(-1)?.[0] ?? ''}`] : []),
  ];
}

/** @returns every verdict with its share, the likeliest first; none where no word is known, because how words begin and end says too little */
export function weigh<Verdict extends string>(
  features: readonly string[],
  { verdicts, features: known }: Weights<Verdict>,
): Weighed<Verdict>[] {
  if (!features.some((feature) => /^[wcn] /.test(feature) && known[feature] !== undefined)) return [];
  const found = features.flatMap((feature) => {
    const weights = known[feature];
    return weights ? [weights] : [];
  });
  // Long messages have more features, and are no surer for it.
  const scale = scaleOf(found.length) / 100;
  const points = verdicts.map(() => 0);
  for (const weights of found) {
    for (let index = 0; index < weights.length; index += 2) {
      const place = weights[index] ?? 0;
      points[place] = (points[place] ?? 0) + (weights[index + 1] ?? 0) * scale;
    }
  }
  const shares = softmax(points);
  return verdicts
    .map((verdict, place) => ({ verdict, share: shares[place] ?? 0 }))
    .sort((a, b) => b.share - a.share);
}

/** Makes points of any size shares of one whole. */
export function softmax(points: readonly number[]): number[] {
  const most = Math.max(...points);
  const powers = points.map((each) => Math.exp(each - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((each) => each / sum);
}

/** What each of so many features counts. */
export function scaleOf(count: number): number {
  return 1 / Math.sqrt(Math.max(1, count));
}
