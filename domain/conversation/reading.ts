/**
 * What a message says to the question that was asked. A workflow picks with it from the meaning in its history, so a change
 * here is a change of workflow code.
 */
import { serviceOf, type AccountKind } from '../accounts/kinds.ts';
import type { HeardMessage } from './inbound.ts';
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
  const { agreement, places, years, leavesChoice, leavesYears } = meaning;
  if (asked.for === 'agreement' && (agreement === 'yes' || agreement === 'no')) return { agreement };
  if (asked.for === 'places' && places) return { places };
  if (asked.for === 'years' && years !== undefined) return { years };
  // What is neither an answer nor surely a wish is asked again.
  const leaves = {
    agreement: agreement === 'leaves',
    places: leavesChoice === true,
    years: leavesYears === true,
  } as const;
  return leaves[asked.for] && wish?.certainty === 'sure' ? { wish } : {};
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

/** Whether nothing is wanted: no answer is one more message that nobody has to read, or to pay for. */
export function isOnlyThanks({ content, meaning }: HeardMessage): boolean {
  return content.kind === 'text' && meaning?.intents?.[0]?.intent === 'thanks' && !meaning.numbers;
}
