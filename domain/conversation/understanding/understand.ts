/** Turns what a citizen sent into what it can mean. Called where a message is handed to its conversation, never in a replay. */
import { accountKinds, serviceOf, type AccountKind } from '../../accounts/kinds.ts';
import { textOf, type HeardMessage, type InboundContent, type InboundMessage } from '../inbound.ts';
import type { HeardIntent, HeardNumber, Intent, Meaning } from '../meaning.ts';
import { agreementIn, yearsIn } from './answers.ts';
import { intentsIn, languageIn } from './intents.ts';
import { featuresOf, weigh, type Agreement, type Choice, type Weights } from './judgement.ts';
import { languageOf } from './language.ts';
import { learnt } from './learnt.ts';
import { numbersIn } from './numbers.ts';
import { placesIn } from './places.ts';
import { normalise, tokensOf, type Token } from './text.ts';

export function understandMessage(message: InboundMessage): HeardMessage {
  const meaning = understand(message.content);
  return meaning ? { ...message, meaning } : message;
}

/** A row of a list has at most so many characters. */
const longestLabel = 24;
/** So sure must a model be, that of 1,000 messages it leads some 5 astray (`npx tsx bench/learn.ts --validate`). */
const sureShare = 0.975;
const sureAnswer = 0.9;
const likelyAnswer = 0.5;
/** A text of so few words that names a place, or years, speaks of nothing else. */
const shortPick = 3;
/** What is less likely than this is not worth a button, of which a message has three. */
const leastShare = 0.15;
/** A number says by itself what is wanted: a wish beside it must be likelier than none. */
const leastBesideNumber = 0.5;
const mostOffered = 3;

/** @returns undefined for what has no words: a tap, a voice note, a picture without a caption */
export function understand(content: InboundContent): Meaning | undefined {
  const text = textOf(content);
  if (text === undefined) return undefined;
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
      : judge(features.wishes, { only, hasNumber: numbers.numbers !== undefined });
  const label = normalise(text);
  const isOptOut = only === 'stop';
  const isPick = tokens.length <= shortPick && (places ?? years) !== undefined;
  const agreement = isOptOut ? 'leaves' : judgeAnswer(features.agreement, learnt.agreement, ruled.agreement);
  const choice = isOptOut
    ? 'leaves'
    : judgeAnswer(features.choice, learnt.choice, isPick ? 'picks' : undefined);
  return {
    ...(intents.length > 0 && { intents }),
    ...(isSureOf('language', intents) && { language: languageIn(tokens) }),
    writtenIn: languageOf(tokens),
    ...numbers,
    ...(numbers.numbers && {
      numbers: numbers.numbers.map((number, _at, all) => ofKind(number, intents, all)),
    }),
    ...(agreement && agreement !== 'neither' && { agreement }),
    ...(choice === 'picks' && { places, years }),
    ...(choice === 'leaves' && { leavesChoice: true }),
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

function judge(features: readonly string[], { only, hasNumber }: Ruled): HeardIntent[] {
  const weighed = weigh(features, learnt.wishes);
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

/**
 * The verdict of a model on an answer, where it is sure, or the rules say the same; that a question is left is no act, and
 * needs less.
 */
function judgeAnswer<Verdict extends Agreement | Choice>(
  features: readonly string[],
  weights: Weights<Verdict>,
  ruled?: Agreement | Choice,
): Verdict | undefined {
  const [best] = weigh(features, weights);
  const least = best?.verdict === 'leaves' || best?.verdict === ruled ? likelyAnswer : sureAnswer;
  return best && best.share >= least ? best.verdict : undefined;
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
      choice: [
        ...features,
        `picks ${typeof places?.chosen === 'string' ? places.chosen : (places?.chosen.length ?? 'none')}`,
        `years ${years ?? 'none'}`,
      ],
    },
  };
}

/** What each model looks at in a text. */
export function featuresFor(
  text: string,
): Readonly<Record<'wishes' | 'agreement' | 'choice', readonly string[]>> {
  return read(text).features;
}

/** The only kind of account that the intents of a message are about. */
function kindOf(intents: readonly Intent[]): AccountKind | undefined {
  const kinds = accountKinds.filter(
    (kind) => intents.includes(serviceOf[kind]) || (kind === 'licence' && intents.includes('renewal')),
  );
  return kinds.length === 1 ? kinds[0] : undefined;
}
