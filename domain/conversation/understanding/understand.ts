/** Turns what a citizen sent into what it can mean. Called where a message is handed to its conversation, never in a replay. */
import { accountKinds, serviceOf, type AccountKind } from '../../accounts/kinds.ts';
import { textOf, type HeardMessage, type InboundContent, type InboundMessage } from '../inbound.ts';
import type { HeardIntent, HeardNumber, Intent, Meaning } from '../meaning.ts';
import { agreementIn, placesIn, yearsIn } from './answers.ts';
import { intentsIn, languageIn } from './intents.ts';
import { featuresOf, weigh, type Signs } from './judgement.ts';
import { languageOf } from './language.ts';
import { learnt } from './learnt.ts';
import { numbersIn } from './numbers.ts';
import { normalise, tokensOf, type Token } from './text.ts';

export function understandMessage(message: InboundMessage): HeardMessage {
  const meaning = understand(message.content);
  return meaning ? { ...message, meaning } : message;
}

/** A row of a list has at most so many characters. */
const longestLabel = 24;
/** Of 100 messages whose likeliest wish has this share, some 97 mean it (`npx tsx bench/learn.ts --validate`). */
const sureShare = 0.85;
/** What is less likely than this is not worth a button, of which a message has three. */
const leastShare = 0.15;
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
  const { tokens, signs, numbers, only } = signsOf(text);
  const intents = payload?.only ? [sure(payload.only)] : only ? [sure(only)] : judge(tokens, signs);
  const label = normalise(text);
  return {
    ...(intents.length > 0 && { intents }),
    ...(isSureOf('language', intents) && { language: languageIn(tokens) }),
    writtenIn: languageOf(tokens),
    ...numbers,
    ...(numbers.numbers && {
      numbers: numbers.numbers.map((number, _at, all) => ofKind(number, intents, all)),
    }),
    agreement: agreementIn(tokens),
    places: placesIn(text),
    years: yearsIn(text),
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

function judge(tokens: readonly Token[], signs: Signs): HeardIntent[] {
  const weighed = weigh(featuresOf(tokens, signs), learnt);
  const [best] = weighed;
  if (!best || best.verdict === 'none') return [];
  if (best.share >= sureShare) return [sure(best.verdict)];
  return weighed
    .filter(({ share }) => share >= leastShare)
    .flatMap(({ verdict }) => (verdict === 'none' ? [] : [{ intent: verdict, certainty: 'likely' as const }]))
    .slice(0, mostOffered);
}

/** The number of a receipt or a certificate of ours. */
const ownNumber = /(?<![a-z])(?:W|CE)-\d{4}-\d{2}-\d{6}/gi;

/** What the judgement of a text rests on. */
export function signsOf(text: string): {
  readonly tokens: readonly Token[];
  readonly signs: Signs;
  readonly numbers: ReturnType<typeof numbersIn>;
  readonly only: Intent | undefined;
} {
  const tokens = tokensOf(text.replace(ownNumber, ' receiptnumber '));
  const first = intentsIn(tokens, false);
  const numbers = numbersIn(text, kindOf(first.intents));
  const hasNumber = numbers.numbers !== undefined || numbers.isMistyped === true;
  const { intents, notions, only } = hasNumber ? intentsIn(tokens, true) : first;
  return { tokens, signs: { notions, ruled: intents, hasNumber }, numbers, only };
}

/** The only kind of account that the intents of a message are about. */
function kindOf(intents: readonly Intent[]): AccountKind | undefined {
  const kinds = accountKinds.filter(
    (kind) => intents.includes(serviceOf[kind]) || (kind === 'licence' && intents.includes('renewal')),
  );
  return kinds.length === 1 ? kinds[0] : undefined;
}
