/**
 * Learns the weights of domain/conversation/understanding/judgement.ts from test/fixtures/messages/: `npx tsx bench/learn.ts`.
 * The held-out tenth is never learnt from. The same messages give the same weights.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  featuresOf,
  weigh,
  type Verdict,
  type Weights,
} from '../domain/conversation/understanding/judgement.ts';
import { signsOf } from '../domain/conversation/understanding/understand.ts';
import { say } from './say.ts';
import { readMessages, type Message } from './understanding.ts';

interface Example {
  readonly features: readonly string[];
  /** How much each verdict is right. */
  readonly right: ReadonlyMap<Verdict, number>;
}

const rounds = 14;
const step = 0.35;
const decay = 0.00002;
/** Of a reading that is fair as well, beside the right one. */
const fairShare = 0.25;
/** A feature that is seen only once teaches nothing. */
const leastSeen = 2;
const leastWeight = 4;

/** Answers to questions are read by rules; what else is said there is learnt as anywhere. */
const answered = ['allRight', 'bills', 'place', 'years'];

function examplesOf(messages: readonly Message[]): Example[] {
  return messages.flatMap((message) => {
    const { text, asked, reading, also = [] } = message;
    if (asked && answered.includes(asked) && reading.intent === undefined) return [];
    const right = new Map<Verdict, number>();
    const share = also.length === 0 ? 0 : fairShare / also.length;
    right.set(reading.intent ?? 'none', also.length === 0 ? 1 : 1 - fairShare);
    for (const { intent = 'none' } of also) right.set(intent, (right.get(intent) ?? 0) + share);
    const { tokens, signs } = signsOf(text);
    return [{ features: featuresOf(tokens, signs), right }];
  });
}

/** Softmax regression by stochastic gradient descent with a step for each weight of its own (AdaGrad). */
function learn(examples: readonly Example[]): Weights {
  const verdicts = [...new Set(examples.flatMap(({ right }) => [...right.keys()]))].sort();
  const seen = new Map<string, number>();
  for (const { features } of examples) for (const each of features) seen.set(each, (seen.get(each) ?? 0) + 1);
  const weights = new Map<string, { weights: Float64Array; slopes: Float64Array }>();
  for (const [feature, count] of seen)
    if (count >= leastSeen)
      weights.set(feature, {
        weights: new Float64Array(verdicts.length),
        slopes: new Float64Array(verdicts.length).fill(0.5),
      });
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < examples.length; turn += 1) {
      // In another order each round, the same on every machine: 7919 is prime.
      const example = examples[(turn * 7919 + round * 104_729) % examples.length];
      if (!example) continue;
      const known = example.features.flatMap((feature) => weights.get(feature) ?? []);
      const points = verdicts.map((_, place) =>
        known.reduce((sum, each) => sum + (each.weights[place] ?? 0), 0),
      );
      const most = Math.max(...points);
      const powers = points.map((each) => Math.exp(each - most));
      const sum = powers.reduce((a, b) => a + b, 0);
      for (const [place, verdict] of verdicts.entries()) {
        const slope = (powers[place] ?? 0) / sum - (example.right.get(verdict) ?? 0);
        for (const each of known) {
          const before = each.weights[place] ?? 0;
          const whole = slope + decay * before * 100;
          const slopes = (each.slopes[place] ?? 0) + whole * whole;
          each.slopes[place] = slopes;
          each.weights[place] = before - (step / Math.sqrt(slopes)) * whole * 0.5;
        }
      }
    }
  }
  const features = Object.fromEntries(
    [...weights]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([feature, each]) => {
        const kept = [...each.weights].flatMap((weight, place) => {
          const hundredths = Math.round(weight * 100);
          return Math.abs(hundredths) < leastWeight ? [] : [place, hundredths];
        });
        return kept.length === 0 ? [] : [[feature, kept] as const];
      }),
  );
  return { verdicts, features };
}

/** Says how often verdicts about messages that were not learnt from are right, by how sure they are. */
function crossValidate(examples: readonly Example[]): void {
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
  for (const least of [0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]) {
    const sure = judged.filter(({ share = 0, verdict }) => share >= least && verdict !== 'none');
    const right = sure.filter(({ isRight }) => isRight).length;
    const none = judged.filter(
      ({ share = 0, verdict, isRight }) => share >= least && verdict === 'none' && isRight,
    ).length;
    say(
      `  share >= ${least}: ${((100 * sure.length) / judged.length).toFixed(1)} % wishes, ${((100 * right) / sure.length).toFixed(1)} % of them right; wrong ${((100 * (sure.length - right)) / judged.length).toFixed(2)} %; all right ${((100 * (right + none)) / judged.length).toFixed(1)} %`,
    );
  }
}

const { values } = parseArgs({ options: { validate: { type: 'boolean', default: false } } });
const examples = examplesOf(readMessages(process.env.MESSAGES).filter(({ heldOut }) => heldOut !== true));
if (values.validate) crossValidate(examples);
else {
  const weights = learn(examples);
  const folder = join(import.meta.dirname, '..', 'domain', 'conversation', 'understanding');
  const lines = Object.entries(weights.features).map(
    ([feature, each]) => `${JSON.stringify(feature)}:${JSON.stringify(each)}`,
  );
  writeFileSync(
    join(folder, 'learnt.ts'),
    `/** What bench/learn.ts has learnt; not written by hand. In one string, because compilers are slow with large objects. */
import type { Weights } from './judgement.ts';

export const learnt = JSON.parse(String.raw\`{"verdicts":${JSON.stringify(weights.verdicts)},"features":{
${lines.join(',\n')}
}}\`) as Weights;
`,
  );
  say(`${examples.length} messages, ${lines.length} features`);
}
