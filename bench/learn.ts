/**
 * Learns the weights of domain/conversation/understanding/judgement.ts from test/fixtures/messages/: `npx tsx bench/learn.ts`.
 * The held-out tenth is never learnt from. The same messages give the same weights. With --validate it learns five times from
 * four fifths, and says how often it is right about the others.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { scaleOf, weigh, type Weights } from '../domain/conversation/understanding/judgement.ts';
import { featuresFor } from '../domain/conversation/understanding/understand.ts';
import { say } from './say.ts';
import { readMessages, type Message } from './understanding.ts';

interface Example {
  readonly features: readonly string[];
  /** How much each verdict is right. */
  readonly right: ReadonlyMap<string, number>;
}

const rounds = 20;
const step = 0.8;
const decay = 0.00015;
/** Of the features of a message, so many are left out each time that it is learnt from, so that none is relied on alone. */
const leftOut = 0.3;
/** Of a reading that is fair as well, beside the right one. */
const fairShare = 0.25;
/** A feature that is seen only once teaches nothing; one of two things apart must be seen more often. */
const leastSeen = (feature: string): number =>
  /^[ds] /.test(feature) ? 4 : /[>+]|^b /.test(feature) ? 3 : 2;
const leastWeight = 60;
const leastSlope = 0.00001;

type Question = 'wishes' | 'agreement' | 'choice' | 'years';

const questions = ['wishes', 'agreement', 'choice', 'years'] as const;

/** What a reading says to a question; undefined where the message was no answer to it. */
const verdictOf: Readonly<
  Record<Question, (message: Message, reading: Message['reading']) => string | undefined>
> = {
  wishes: ({ asked }, { intent }) =>
    asked && answered.has(asked) && intent === undefined ? undefined : (intent ?? 'none'),
  agreement: ({ asked }, { agreement, intent }) =>
    asked === 'allRight' ? (agreement ?? (intent ? 'leaves' : 'neither')) : undefined,
  choice: ({ asked }, { places, intent }) =>
    asked === 'bills' || asked === 'place'
      ? places
        ? choiceOf(places)
        : intent
          ? 'leaves'
          : 'neither'
      : undefined,
  years: ({ asked }, { years, intent }) =>
    asked === 'years'
      ? years === undefined
        ? intent
          ? 'leaves'
          : 'neither'
        : usualYears.has(years)
          ? String(years)
          : 'other'
      : undefined,
};
const answered: ReadonlySet<string> = new Set(['allRight', 'bills', 'place', 'years']);
const usualYears: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 10, 15]);

function choiceOf(places: readonly unknown[]): string {
  if (places[0] !== 'all') return 'some';
  return places.length === 1 ? 'all' : 'allBut';
}

function examplesOf(question: Question, messages: readonly Message[]): Example[] {
  return messages.flatMap((message) => {
    const { text, reading, also = [] } = message;
    const best = verdictOf[question](message, reading);
    if (best === undefined) return [];
    const others = also.flatMap((other) => verdictOf[question](message, other) ?? []);
    const right = new Map([[best, others.length === 0 ? 1 : 1 - fairShare]]);
    for (const other of others) right.set(other, (right.get(other) ?? 0) + fairShare / others.length);
    return [{ features: featuresFor(text)[question], right }];
  });
}

/** Numbers from 0 to 1, the same ones each time: a linear congruential generator with the constants of Numerical Recipes. */
function chances(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Softmax regression by stochastic gradient descent with a step for each weight of its own (AdaGrad). */
function learn(examples: readonly Example[]): Weights<string> {
  const verdicts = [...new Set(examples.flatMap(({ right }) => [...right.keys()]))].sort();
  const count = verdicts.length;
  const seen = new Map<string, number>();
  for (const { features } of examples) for (const each of features) seen.set(each, (seen.get(each) ?? 0) + 1);
  const known = [...seen]
    .filter(([feature, times]) => times >= leastSeen(feature))
    .map(([feature]) => feature)
    .sort();
  const places = new Map(known.map((feature, place) => [feature, place * count]));
  const weights = new Float64Array(known.length * count);
  const slopes = new Float64Array(known.length * count).fill(0.01);
  const rows = examples.map(({ features, right }) => ({
    whole: features.flatMap((feature) => places.get(feature) ?? []),
    right: verdicts.map((verdict) => right.get(verdict) ?? 0),
  }));
  const chance = chances();
  const points = new Float64Array(count);
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < rows.length; turn += 1) {
      // In another order each round, the same on every machine: 7919 is prime.
      const row = rows[(turn * 7919 + round * 104_729) % rows.length];
      if (!row) continue;
      const kept = row.whole.filter(() => chance() >= leftOut);
      const scale = scaleOf(kept.length);
      points.fill(0);
      for (const at of kept)
        for (let place = 0; place < count; place += 1)
          points[place] = (points[place] ?? 0) + (weights[at + place] ?? 0) * scale;
      const most = points.reduce((a, b) => Math.max(a, b));
      const powers = points.map((each) => Math.exp(each - most));
      const sum = powers.reduce((a, b) => a + b);
      for (const [place, power] of powers.entries()) {
        const slope = (power / sum - (row.right[place] ?? 0)) * scale;
        if (Math.abs(slope) < leastSlope) continue;
        for (const at of kept) {
          const before = weights[at + place] ?? 0;
          const whole = slope + decay * before;
          const slopeBefore = (slopes[at + place] ?? 0) + whole * whole;
          slopes[at + place] = slopeBefore;
          weights[at + place] = before - (step * whole) / Math.sqrt(slopeBefore);
        }
      }
    }
  }
  const features = Object.fromEntries(
    known.flatMap((feature, row) => {
      const kept = verdicts.flatMap((_, place) => {
        const hundredths = Math.round((weights[row * count + place] ?? 0) * 100);
        return Math.abs(hundredths) < leastWeight ? [] : [place, hundredths];
      });
      return kept.length === 0 ? [] : [[feature, kept] as const];
    }),
  );
  return { verdicts, features };
}

/** Says how often verdicts about messages that were not learnt from are right, by how sure they are. */
function crossValidate(question: Question, examples: readonly Example[]): void {
  const folds = 5;
  const judged = Array.from({ length: folds }, (_, fold) => {
    const weights = learn(examples.filter((_each, index) => index % folds !== fold));
    return examples
      .filter((_each, index) => index % folds === fold)
      .map(({ features, right }) => {
        const [best] = weigh(features, weights);
        return { ...best, isRight: best !== undefined && right.has(best.verdict) };
      });
  }).flat();
  const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`;
  say(
    `\n${question}: ${examples.length} messages, right ${percent(judged.filter(({ isRight }) => isRight).length, judged.length)}`,
  );
  for (const least of [0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95]) {
    const sure = judged.filter(
      ({ share = 0, verdict }) => share >= least && !['none', 'neither', 'leaves'].includes(verdict ?? ''),
    );
    const right = sure.filter(({ isRight }) => isRight).length;
    say(
      `  share >= ${least}: ${percent(sure.length, judged.length)} of all, ${percent(right, sure.length)} of them right; wrong ${percent(sure.length - right, judged.length)} of all`,
    );
  }
}

const { values } = parseArgs({ options: { validate: { type: 'boolean', default: false } } });
const messages = readMessages(process.env.MESSAGES).filter(({ heldOut }) => heldOut !== true);
const folder = join(import.meta.dirname, '..', 'domain', 'conversation', 'understanding');
const learnt = questions.map((question) => {
  const examples = examplesOf(question, messages);
  if (values.validate) {
    crossValidate(question, examples);
    return '';
  }
  const { verdicts, features } = learn(examples);
  const lines = Object.entries(features).map(
    ([feature, each]) => `${JSON.stringify(feature)}:${JSON.stringify(each)}`,
  );
  say(`${question}: ${examples.length} messages, ${lines.length} features`);
  return `"${question}":{"verdicts":${JSON.stringify(verdicts)},"features":{\n${lines.join(',\n')}\n}}`;
});
if (!values.validate)
  writeFileSync(
    join(folder, 'learnt.ts'),
    `/** What bench/learn.ts has learnt; not written by hand. In one string, because compilers are slow with large objects. */
import type { Agreement, Choice, Weights, Wish, Years } from './judgement.ts';

export const learnt = JSON.parse(String.raw\`{${learnt.join(',\n')}}\`) as {
  readonly wishes: Weights<Wish>;
  readonly agreement: Weights<Agreement>;
  readonly choice: Weights<Choice>;
  readonly years: Weights<Years>;
};
`,
  );
