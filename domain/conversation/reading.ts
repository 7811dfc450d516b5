/**
 * What a message says to the question that was asked. A workflow picks with it from the meaning in its history, so a change
 * here is a change of workflow code.
 */
import { serviceOf, type AccountKind } from '../accounts/kinds.ts';
import type { HeardIntent, HeardNumber, HeardPlaces, Intent, Meaning } from './meaning.ts';

export type Asked =
  | { readonly for: 'number'; readonly kind: AccountKind }
  /** Whether all is right, which ones of a list, for how many years, or nothing. */
  | { readonly for: 'agreement' | 'places' | 'years' | 'nothing' };

export interface Reading {
  /** A wish of its own, which leaves the question. */
  readonly wish?: HeardIntent;
  /** Of the kind that was asked for, or of another one that was named. */
  readonly numbers?: readonly HeardNumber[];
  /** Digits were meant as a number, and are none. */
  readonly isMistyped?: true;
  readonly agreement?: 'yes' | 'no';
  readonly places?: HeardPlaces;
  readonly years?: number;
}

/** Said beside an answer. */
const besideAnswers: readonly Intent[] = ['thanks', 'greeting'];
/** Wishes for which a word of an answer is only a part. */
const strong: readonly Intent[] = ['stop', 'person', 'language', 'moneyCut', 'receipts', 'help'];

export function readingOf(meaning: Meaning, asked: Asked): Reading {
  const wish = meaning.intents?.[0];
  const numbers = meaning.numbers?.filter(({ isPhone }) => !isPhone) ?? [];
  if (asked.for === 'number') return readingOfNumber(meaning, asked.kind);
  if (asked.for === 'nothing') {
    return {
      ...(wish && { wish }),
      ...(numbers.length > 0 && { numbers }),
      ...(meaning.isMistyped && { isMistyped: true }),
    };
  }
  if (numbers.length > 0) return { numbers };
  const isAnswer = !(wish?.certainty === 'sure' && strong.includes(wish.intent));
  const { agreement, places, years } = meaning;
  if (isAnswer && asked.for === 'agreement' && agreement) return { agreement };
  const isMenu = wish?.certainty === 'sure' && wish.intent === 'greeting';
  if (isAnswer && asked.for === 'places' && places && !isMenu) return { places };
  if (isAnswer && asked.for === 'years' && years !== undefined) return { years };
  return wish ? { wish } : {};
}

function readingOfNumber(meaning: Meaning, kind: AccountKind): Reading {
  const [wish] = meaning.intents ?? [];
  const heard = meaning.numbers ?? [];
  const ofKind = heard.filter(({ kinds }) => kinds.includes(kind));
  if (ofKind.length > 0) return { numbers: ofKind.map((number) => ({ ...number, kinds: [kind] })) };
  const ofOthers = heard.filter(({ isNamed }) => isNamed);
  if (ofOthers.length > 0) return { numbers: ofOthers };
  const isOfThis =
    wish === undefined ||
    besideAnswers.includes(wish.intent) ||
    wish.intent === 'pay' ||
    wish.intent === serviceOf[kind] ||
    (kind === 'licence' && wish.intent === 'renewal');
  const hasDigits = meaning.problems !== undefined || heard.length > 0;
  if (hasDigits && (isOfThis || meaning.isMistyped || heard.length > 0)) return { isMistyped: true };
  return wish ? { wish } : {};
}
