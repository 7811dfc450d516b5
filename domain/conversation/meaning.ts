/**
 * What the words of a message can mean, as plain data. It is found once, when the message is handed to its conversation
 * (understanding/), and stands in the history beside the message: a workflow picks from it by what it asked and reads no
 * words itself. So a word list or a rule about numbers may change on any day, and everything replays.
 */
import type { AccountKind, AccountNumber, NumberProblem } from '../accounts/kinds.ts';
import type { Language } from '../language.ts';
import type { Service } from '../services.ts';

/** A word that means the same anywhere in the chat, when it is the whole text. */
export type GlobalWord = 'menu' | 'back' | 'language' | 'help' | 'stop' | 'start' | 'status';

/** A wish that counts only where it is offered. */
export type Wish = 'statement' | 'chooseBills' | 'whereIsNumber' | 'forgetNumbers';

/** The number of an account of one kind, or why the digits in a text are none. */
export type NumberHeard<K extends AccountKind> =
  { readonly number: AccountNumber<K> } | { readonly problem: NumberProblem<K> };

/** What the digits of one text are, whichever kind of account is asked for. */
export type NumbersHeard = { readonly [K in AccountKind]: NumberHeard<K> };

/** A number without a word of what it is. */
export interface BareNumber {
  readonly number: string;
  /** Every kind of account that it may be, by its form alone. */
  readonly kinds: readonly AccountKind[];
  /** Why it is of none of the other kinds. */
  readonly problems: { readonly [K in AccountKind]?: NumberProblem<K> };
}

/** Everything that any question may need. What is missing was not said. */
export interface Meaning {
  /** The global word that the whole text is. */
  readonly word?: GlobalWord;
  /** The language that the whole text names. */
  readonly language?: Language;
  /** The service that is named, the narrowest of several. */
  readonly service?: Service;
  readonly wishes?: readonly Wish[];
  /** To the question whether all is right. */
  readonly agreement?: 'yes' | 'no';
  /** What the digits are when an account number of one kind is asked for; nothing without digits. */
  readonly numbers?: NumbersHeard;
  readonly bareNumber?: BareNumber;
  /** The place in a list that the whole text is, counted from 0. */
  readonly place?: number;
  /** Every number in the text as a place in a list, counted from 0; nothing when one of them can be no place. */
  readonly places?: readonly number[];
  /** The only number in the text, of one or two digits. */
  readonly years?: number;
}
