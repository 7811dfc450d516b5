/** Turns what a citizen sent into what it can mean. Called where a message is handed to its conversation, never in a replay. */
import { accountKinds, serviceOf, type AccountKind } from '../../accounts/kinds.ts';
import { textOf, type HeardMessage, type InboundContent, type InboundMessage } from '../inbound.ts';
import type { HeardIntent, HeardNumber, Intent, Meaning } from '../meaning.ts';
import { agreementIn, yearsIn } from './answers.ts';
import { intentsIn, languageIn } from './intents.ts';
import { together, type Impression, type Shares } from './impression.ts';
import {
  featuresOf,
  weigh,
  type Agreement,
  type Choice,
  type Weighed,
  type Weights,
  type Wish,
  type Years,
} from './judgement.ts';
import { languageOf } from './language.ts';
import { learnt } from './learnt.ts';
import { numbersIn } from './numbers.ts';
import { placesHeard, placesIn } from './places.ts';
import { normalise, tokensOf, type Token } from './text.ts';

/** How a text as a whole sounds, where anybody listens (hearing/ear.ts). */
export type Listen = (text: string) => Promise<Impression | undefined>;

export async function understandMessage(message: InboundMessage, listen: Listen): Promise<HeardMessage> {
  const meaning = await understand(message.content, listen);
  return meaning ? { ...message, meaning } : message;
}

/** Reads a message by its words alone: at once, and less rightly. */
export function readMessage(message: InboundMessage): HeardMessage {
  const text = textOf(message.content);
  return text === undefined ? message : { ...message, meaning: meaningOf(message.content, text, undefined) };
}

/** A row of a list has at most so many characters. */
const longestLabel = 24;
/** So sure must a judgement be, that of 1,000 messages it leads some 3 astray (`npm run bench -- understanding`, held out). */
const sureShare = 0.965;
/** So sure must it be of an answer; less where the rules say the same, and least that a question is left, which is no act. */
const sureAnswer = 0.85;
const sureEnough = 0.7;
const likelyAnswer = 0.5;
/** A text of so few words that names years speaks of nothing else. */
const shortAnswer = 3;
/** What is less likely than this is not worth a button, of which a message has three. */
const leastShare = 0.15;
/** A number says by itself what is wanted: a wish beside it must be likelier than none. */
const leastBesideNumber = 0.5;
const mostOffered = 3;

/** @returns undefined for what has no words: a tap, a voice note, a picture without a caption */
export async function understand(content: InboundContent, listen: Listen): Promise<Meaning | undefined> {
  const text = textOf(content);
  return text === undefined ? undefined : meaningOf(content, text, await listen(text));
}

function meaningOf(content: InboundContent, text: string, impression: Impression | undefined): Meaning {
  // Templates of earlier years carry their wish in the payload.
  const payload =
    content.kind === 'quickReply'
      ? intentsIn(tokensOf(content.payload.replace(/_/g, ' ')), false)
      : undefined;
  const { tokens, features, numbers, only, isCommand, places, years, ...ruled } = read(text);
  const intents = payload?.only
    ? [sure(payload.only)]
    : isCommand && only
      ? [sure(only)]
      : judge(judged(features.wishes, learnt.wishes, impression?.wishes), {
          only,
          hasNumber: numbers.numbers !== undefined,
        });
  const label = normalise(text);
  const isOptOut = only === 'stop';
  const agreement = isOptOut
    ? 'leaves'
    : answerIn(judged(features.agreement, learnt.agreement, impression?.agreement), ruled.agreement);
  const choice = isOptOut
    ? 'leaves'
    : answerIn(judged(features.choice, learnt.choice, impression?.choice), places && 'some');
  const picked = places ?? (choice && placesHeard(choice, impression?.places ?? {}));
  const named = tokens.length <= shortAnswer && years !== undefined ? yearsNamed(years) : undefined;
  const heard = answerIn(judged(features.years, learnt.years, impression?.years), named);
  // A number alone is exact, as in a list; and who leaves a list leaves this question in the same words.
  const term = tokens.length === 1 && named ? named : leavesToo(heard, choice) ? 'leaves' : heard;
  return {
    ...(intents.length > 0 && { intents }),
    ...(isSureOf('language', intents) && { language: languageIn(tokens) }),
    writtenIn: languageOf(tokens),
    ...numbers,
    ...(numbers.numbers && {
      numbers: numbers.numbers.map((number, _at, all) => ofKind(number, intents, all)),
    }),
    ...(agreement && agreement !== 'neither' && { agreement }),
    ...(choice === 'leaves' ? { leavesChoice: true } : picked && { places: picked }),
    ...(term === 'leaves' ? { leavesYears: true } : { years: yearsOf(term, years) }),
    ...(label !== '' && label.length <= longestLabel && { label }),
  };
}

/** A number of which nobody said what it is, beside a wish that says it. */
function ofKind(
  number: HeardNumber,
  intents: readonly HeardIntent[],
  all: readonly HeardNumber[],
): HeardNumber {
  const kind = kindOf(intents.map(({ intent }) => intent));
  const isOfOthers = all.some(({ isNamed, kinds }) => isNamed && kinds[0] !== kind);
  return number.kinds.length > 1 && kind !== undefined && !isOfOthers && number.kinds.includes(kind)
    ? { ...number, kinds: [kind] }
    : number;
}

function isSureOf(intent: Intent, [first]: readonly HeardIntent[]): boolean {
  return first?.intent === intent && first.certainty === 'sure';
}

function sure(intent: Intent): HeardIntent {
  return { intent, certainty: 'sure' };
}

function likely(intent: Intent): HeardIntent {
  return { intent, certainty: 'likely' };
}

interface Ruled {
  /** What the whole message is by its words; right, unless what was learnt speaks against it. */
  readonly only: Intent | undefined;
  readonly hasNumber: boolean;
}

function judge(weighed: readonly Weighed<Wish>[], { only, hasNumber }: Ruled): HeardIntent[] {
  const [best] = weighed;
  const shareOf = (wish: Intent): number => weighed.find(({ verdict }) => verdict === wish)?.share ?? 0;
  if (only && shareOf(only) >= leastShare) return [sure(only)];
  // "I do not know" wants nothing, but where a number is asked for.
  if (!best || best.verdict === 'none') return only === 'whereIsNumber' ? [likely(only)] : [];
  if (best.share >= sureShare) return [sure(best.verdict)];
  return weighed
    .filter(({ share }) => share >= (hasNumber ? leastBesideNumber : leastShare))
    .flatMap(({ verdict }) => (verdict === 'none' ? [] : [likely(verdict)]))
    .slice(0, mostOffered);
}

function judged<Verdict extends string>(
  features: readonly string[],
  weights: Weights<Verdict>,
  heard: Shares<Verdict> | undefined,
): Weighed<Verdict>[] {
  const weighed = weigh(features, weights);
  return heard ? together(weighed, heard) : weighed;
}

/**
 * The verdict on an answer, where it is sure, or the rules say the same; that a question is left is no act, and needs less.
 */
function answerIn<Verdict extends Agreement | Choice | Years>(
  [best]: readonly Weighed<Verdict>[],
  ruled?: Agreement | Choice | Years,
): Verdict | undefined {
  if (!best) return undefined;
  const { verdict, share } = best;
  const least = verdict === 'leaves' ? likelyAnswer : verdict === ruled ? sureEnough : sureAnswer;
  return share >= least ? verdict : undefined;
}

function leavesToo(term: Years | undefined, choice: Choice | undefined): boolean {
  return choice === 'leaves' && (term === undefined || term === 'neither');
}

function yearsNamed(years: number): Years {
  return learnt.years.verdicts.find((verdict) => verdict === String(years)) ?? 'other';
}

function yearsOf(term: Years | undefined, named: number | undefined): number | undefined {
  if (term === undefined || term === 'neither' || term === 'leaves') return undefined;
  return term === 'other' ? named : Number(term);
}

/** The number of a receipt or a certificate of ours. */
const ownNumber = /(?<![a-z])(?:W|CE)-\d{4}-\d{2}-\d{6}/gi;

/** What the rules find in a text, and what the models look at. */
function read(text: string): {
  readonly tokens: readonly Token[];
  readonly features: ReturnType<typeof featuresFor>;
  readonly numbers: ReturnType<typeof numbersIn>;
  readonly only: Intent | undefined;
  readonly isCommand: boolean;
} & Pick<Meaning, 'agreement' | 'places' | 'years'> {
  const tokens = tokensOf(text.replace(ownNumber, ' receiptnumber '));
  const first = intentsIn(tokens, false);
  const numbers = numbersIn(text, kindOf(first.intents));
  const hasNumber = numbers.numbers !== undefined || numbers.isMistyped === true;
  const { intents, notions, only, isCommand } = hasNumber ? intentsIn(tokens, true) : first;
  const features = featuresOf(tokens, { notions, ruled: intents, hasNumber });
  const agreement = agreementIn(tokens);
  const places = placesIn(text);
  const years = yearsIn(text);
  return {
    tokens,
    numbers,
    only,
    isCommand,
    agreement,
    places,
    years,
    features: {
      wishes: features,
      agreement: [...features, `says ${agreement ?? 'nothing'}`],
      choice: [...features, `picks ${places?.chosen.length ?? 'none'}`],
      years: [...features, `years ${years ?? 'none'}`],
    },
  };
}

/** What each model looks at in a text. */
export function featuresFor(
  text: string,
): Readonly<Record<keyof Impression & keyof typeof learnt, readonly string[]>> {
  return read(text).features;
}

/** The only kind of account that the intents of a message are about. */
function kindOf(intents: readonly Intent[]): AccountKind | undefined {
  const kinds = accountKinds.filter(
    (kind) => intents.includes(serviceOf[kind]) || (kind === 'licence' && intents.includes('renewal')),
  );
  return kinds.length === 1 ? kinds[0] : undefined;
}
