/**
 * What a text as a whole sounds like: how likely each verdict is by a language model (hearing/ear.ts). It knows what words mean
 * that nobody listed, and what a sentence says; the linear models know spellings. Where both are weighed together, fewer
 * messages are read wrongly than by either.
 */
import type { Agreement, Choice, Weighed, Wish, Years } from './judgement.ts';

/** From 0 to 1. */
export type Shares<Verdict extends string> = Readonly<Partial<Record<Verdict, number>>>;

export interface Impression {
  readonly wishes: Shares<Wish>;
  readonly agreement: Shares<Agreement>;
  readonly choice: Shares<Choice>;
  readonly years: Shares<Years>;
  /** How likely each place of a list is named, to be taken or left out, each by itself: `1` to `10`, and `last`. */
  readonly places: Shares<string>;
}

/** How much of a judgement the impression makes: from 0.4 to 0.6 it is as right about messages that were held out. */
const heardShare = 0.5;
/** What is hardly ever heard may still be so. */
const leastHeard = 0.0001;
/** Where no word is known, a text is so many times likelier to say nothing than it sounds: the ear finds sense in any letters. */
const unknownWords = 100;

/** The mean of the logarithms of both, made shares again. */
export function together<Verdict extends string>(
  weighed: readonly Weighed<Verdict>[],
  heard: Shares<Verdict>,
): Weighed<Verdict>[] {
  const shares = new Map(weighed.map(({ verdict, share }) => [verdict, share]));
  const verdicts = [...new Set([...shares.keys(), ...(Object.keys(heard) as Verdict[])])];
  const powers = verdicts.map((verdict) => {
    const read =
      shares.size > 0 ? (shares.get(verdict) ?? 0) + leastHeard : saysNothing(verdict) ? unknownWords : 1;
    return read ** (1 - heardShare) * ((heard[verdict] ?? 0) + leastHeard) ** heardShare;
  });
  const sum = powers.reduce((a, b) => a + b, 0);
  return verdicts
    .map((verdict, at) => ({ verdict, share: (powers[at] ?? 0) / sum }))
    .sort((a, b) => b.share - a.share);
}

function saysNothing(verdict: string): boolean {
  return verdict === 'none' || verdict === 'neither';
}
