/** What the bot says, before words: a workflow names the text and its values, an activity finds the words. */
import type { Account, Dues, Written } from './dues.ts';

/** The texts that need no values. */
export type PlainReplyKey =
  | 'menu'
  | 'help'
  | 'about'
  | 'chooseLanguage'
  | 'stopped'
  | 'started'
  | 'status'
  | 'slowDown'
  | 'askAssesseeNumber'
  | 'tooManyLookUps'
  | 'whereIsIt'
  | 'forgotten'
  | 'statementFailed'
  | 'tryAgainLater';

/** Every text of the chat and the values that it needs. The words are in texts/. */
export interface ReplyParams extends Readonly<Record<PlainReplyKey, undefined>> {
  /** `number` as it is shown. */
  readonly unknownNumber: { readonly number: string };
  readonly recordsAway: { readonly number: string };
  readonly dues: Dues;
  readonly nothingDue: { readonly account: Account; readonly asOf: number };
  readonly billPicture: { readonly mediaId: string };
  readonly statement: { readonly mediaId: string; readonly filename: string; readonly number: string };
}

export type ReplyKey = keyof ReplyParams;

/** A line that goes before the reply in the same message: why we ask again, or what was done. */
export type NoteKey =
  | 'notUnderstood'
  | 'staleTap'
  | 'languageSet'
  | 'notANumber'
  | 'numberLength'
  | 'numberWard'
  | 'cannotSee'
  | 'cannotHear'
  | 'cannotOpenFile'
  | 'cannotUseSticker'
  | 'cannotUseLocation'
  | 'cannotUseContact'
  | 'cannotUseThis';

/** Keys of the labels on buttons and list rows. */
export type LabelKey =
  | 'propertyTax'
  | 'about'
  | 'language.bn'
  | 'language.en'
  | 'language.hi'
  | 'whereIsIt'
  | 'forget'
  | 'statement'
  | 'anotherNumber';

export interface OfferedChoice<Id extends string = string> {
  /** Comes back in the tap. */
  readonly id: Id;
  /** A text of ours, or something of the citizen's own, as a property by its number and place. */
  readonly label: LabelKey | { readonly title: string; readonly description: Written };
}

interface ReplyOf<K extends ReplyKey> {
  readonly key: K;
  readonly note?: NoteKey;
  readonly choices?: readonly OfferedChoice[];
}

export type Reply = {
  [K in ReplyKey]: ReplyParams[K] extends undefined
    ? ReplyOf<K> & { readonly params?: undefined }
    : ReplyOf<K> & { readonly params: ReplyParams[K] };
}[ReplyKey];
