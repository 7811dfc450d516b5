/**
 * What the words of a message can mean, as plain data. It is found once, when the message is handed to its conversation
 * (understanding/), and stands in the history beside the message: a workflow picks from it by what it asked and reads no
 * words itself. So a word list or a rule about numbers may change on any day, and everything replays.
 */
import type { AccountKind, NumberProblem } from '../accounts/kinds.ts';
import type { Language } from '../language.ts';
import type { Service } from '../services.ts';

/** What a message can want. */
export type Intent =
  | Service
  /** To begin: a greeting, or the menu itself. */
  | 'greeting'
  /** Thanks, consent, goodbye: nothing is wanted. */
  | 'thanks'
  /** To pay, and not said what. */
  | 'pay'
  /** Money was taken and nothing came of it. */
  | 'moneyCut'
  | 'status'
  | 'complaint'
  | 'person'
  | 'help'
  | 'language'
  | 'back'
  | 'stop'
  | 'start'
  | 'statement'
  | 'chooseBills'
  | 'whereIsNumber'
  | 'forgetNumbers'
  /** Something that is not to be had here. */
  | 'notHere';

export interface HeardIntent {
  readonly intent: Intent;
  /** What is `sure` is done; what is only `likely` is asked back. */
  readonly certainty: 'sure' | 'likely';
}

/** A number that is meant as the number of an account. */
export interface HeardNumber {
  readonly number: string;
  /** Every kind of account that it may be: the one that was named beside it, or all that its form allows. */
  readonly kinds: readonly AccountKind[];
  /** Why it is of none of the other kinds. */
  readonly problems: { readonly [K in AccountKind]?: NumberProblem<K> };
  /** A word, or the groups in which it stands, tell the kind. */
  readonly isNamed?: true;
  /** Where no kind was named: it has the form of a mobile number, and is one unless a number was asked for. */
  readonly isPhone?: true;
}

/** A place in a list, counted from 0, or its last one. */
export type Place = number | 'last';

/** Which ones of a list are meant. */
export interface HeardPlaces {
  readonly chosen: readonly Place[] | 'all';
  readonly except?: readonly Place[];
}

/** Everything that any question may need. What is missing was not said. */
export interface Meaning {
  /** What is wanted: one thing for sure, or a few that are likely, the likeliest first. */
  readonly intents?: readonly HeardIntent[];
  /** The language that is asked for. */
  readonly language?: Language;
  /** The language in which the text is written, where that can be told. */
  readonly writtenIn?: Language;
  /** Numbers of accounts, in the order in which they stand. */
  readonly numbers?: readonly HeardNumber[];
  /** Why digits that were meant as such a number are none, of each kind; nothing where there are good ones. */
  readonly problems?: { readonly [K in AccountKind]: NumberProblem<K> };
  /** A number that fits no kind was clearly meant as an account's, also where none was asked for. */
  readonly isMistyped?: true;
  /** To the question whether all is right; it `leaves` that question for a wish of its own. */
  readonly agreement?: 'yes' | 'no' | 'leaves';
  /** It leaves a question of which ones for a wish of its own. */
  readonly leavesChoice?: true;
  readonly places?: HeardPlaces;
  /** It leaves a question of how many years for a wish of its own. */
  readonly leavesYears?: true;
  /** The only number of years that is named. */
  readonly years?: number;
  /** What an account is to be called. */
  readonly nickname?: string;
  /** The whole text in one form, to compare it with what was offered; only where it is short. */
  readonly label?: string;
}
