/** What the bot says, before words: a workflow names the text and its values, an activity finds the words. */
import type { FailureReason } from './attempt.ts';
import type { Account, Due, Dues, Written } from './dues.ts';
import type { Paise } from './money.ts';
import type { PayLink, PayToken, RecentPayment } from './order.ts';
import type { PaidService } from './services.ts';

/** The texts that need no values. */
export type PlainReplyKey =
  | 'menu'
  | 'help'
  | 'about'
  | 'chooseLanguage'
  | 'stopped'
  | 'started'
  | 'slowDown'
  | 'askAssesseeNumber'
  | 'tooManyLookUps'
  | 'whereIsIt'
  | 'forgotten'
  | 'statementFailed'
  | 'tryAgainLater'
  | 'chooseBills'
  | 'status'
  | 'receiptFailed';

/** Every text of the chat and the values that it needs. The words are in texts/. */
export interface ReplyParams extends Readonly<Record<PlainReplyKey, undefined>> {
  /** `number` as it is shown. */
  readonly unknownNumber: { readonly number: string };
  readonly recordsAway: { readonly number: string };
  /** With `chosen`, only the bills that the citizen picked. */
  readonly dues: Dues & Partial<PayLink> & { readonly chosen?: boolean; readonly undecided?: boolean };
  readonly nothingDue: { readonly account: Account; readonly asOf: number };
  readonly billPicture: { readonly mediaId: string };
  readonly statement: { readonly mediaId: string; readonly filename: string; readonly number: string };
  readonly receipt: AboutPayment & {
    readonly number: string;
    readonly mediaId: string;
    readonly filename: string;
  };
  /** While the PDF cannot be made. */
  readonly receiptWords: AboutPayment & { readonly number: string; readonly token: PayToken };
  readonly paymentFailed: AboutPayment & { readonly reason: FailureReason; readonly token: PayToken };
  readonly paymentPending: AboutPayment;
  /** `amount` is what came too much. */
  readonly paymentExcess: AboutPayment;
  readonly payments: { readonly payments: readonly RecentPayment[] };
}

export interface AboutPayment {
  readonly service: PaidService;
  readonly accountNumber: string;
  readonly amount: Paise;
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
  | 'receipts'
  | 'about'
  | 'language.bn'
  | 'language.en'
  | 'language.hi'
  | 'whereIsIt'
  | 'forget'
  | 'statement'
  | 'anotherNumber'
  | 'lastReceipt';

export interface OfferedChoice<Id extends string = string> {
  /** Comes back in the tap. */
  readonly id: Id;
  /** A text of ours, or something of the citizen's own, as a property by its number and place. */
  readonly label:
    | LabelKey
    | { readonly title: string; readonly description: Written }
    /** A bill, with its place in the list counted from 1. */
    | { readonly due: Due; readonly place: number }
    | { readonly payment: RecentPayment };
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
