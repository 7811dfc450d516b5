/**
 * Weighs what a message may want where several rules apply, or none: a linear model over its words, by their sound, and the
 * notions in it. Its weights are learnt from the messages in test/fixtures/messages/ by `npx tsx bench/learn.ts`.
 */
import type { Intent } from '../meaning.ts';
import { skeleton, soundsLike } from './spelling.ts';
import type { Token } from './text.ts';

/** What a message wants; `none` where that is nothing. */
export type Verdict = Intent | 'none';

export interface Weights {
  readonly verdicts: readonly Verdict[];
  /** For each feature the places of verdicts and their weights in hundredths, in turns. */
  readonly features: Readonly<Record<string, readonly number[]>>;
}

export interface Weighed {
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

/** What the model looks at. */
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
    ]),
  ];
}

/** @returns every verdict with its share, the likeliest first */
export function weigh(features: readonly string[], { verdicts, features: known }: Weights): Weighed[] {
  const points = verdicts.map(() => 0);
  for (const feature of features) {
    const weights = known[feature];
    if (!weights) continue;
    for (let index = 0; index < weights.length; index += 2) {
      const place = weights[index] ?? 0;
      points[place] = (points[place] ?? 0) + (weights[index + 1] ?? 0) / 100;
    }
  }
  const most = Math.max(...points);
  const powers = points.map((each) => Math.exp(each - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return verdicts
    .map((verdict, place) => ({ verdict, share: (powers[place] ?? 0) / sum }))
    .sort((a, b) => b.share - a.share);
}
