/** What the bot says, before words: a workflow names the text and its values, an activity finds the words. */
import type { FailureReason } from './payments/attempt.ts';
import type { CalendarDate } from './calendar.ts';
import type { CertificateKey, CertificateNumber } from './certificate.ts';
import type { Due, Dues, Licence, Property, Written } from './dues.ts';
import type { InEveryLanguage } from './language.ts';
import type { Paise } from './money.ts';
import type { PayLink, PayToken, RecentPayment } from './payments/order.ts';
import type { RenewalPayment, Term } from './renewal.ts';
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
  | 'receiptFailed'
  | 'askCeNumber'
  | 'whereIsCeNumber'
  | 'whatChanged'
  | 'renewalChanged'
  | 'certificateFailed';

/** Every text of the chat and the values that it needs. The words are in texts/. */
export interface ReplyParams extends Readonly<Record<PlainReplyKey, undefined>> {
  /** `number` as it is shown. */
  readonly unknownNumber: { readonly number: string };
  readonly recordsAway: { readonly number: string };
  /** With `chosen`, only the bills that the citizen picked. */
  readonly dues: Dues<Property> &
    Partial<PayLink> & {
      readonly chosen?: boolean;
      readonly undecided?: boolean;
      readonly elsewhere?: boolean;
    };
  readonly nothingDue: { readonly account: Property; readonly asOf: number };
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
  /** The end of what the citizen was told to wait for, when it can no longer be paid under its link. */
  readonly paymentFailedForGood: AboutPayment & { readonly reason: FailureReason };
  readonly paymentPending: AboutPayment;
  /** `amount` is what came too much. */
  readonly paymentExcess: AboutPayment;
  readonly payments: { readonly payments: readonly RecentPayment[] };
  /** A number that may be a property's as well as a licence's. */
  readonly whichNumber: { readonly number: string };
  /** A number that is neither. */
  readonly noSuchNumber: { readonly number: string };
  readonly unknownLicence: { readonly number: string };
  readonly licenceDues: AboutLicence &
    Dues<Licence> &
    Partial<PayLink> & {
      readonly undecided?: boolean;
      readonly elsewhere?: boolean;
      readonly needsApproval?: boolean;
    };
  readonly licencePaidUp: AboutLicence & { readonly account: Licence; readonly asOf: number };
  readonly confirmLicence: {
    readonly licence: Licence;
    readonly trade?: InEveryLanguage<string>;
    readonly expiredOn?: CalendarDate;
  };
  readonly licenceChange: { readonly what: LicenceChange };
  /** `opensOn`: the first day on which it can be renewed. */
  readonly notRenewable: {
    readonly licence: Licence;
    readonly because: 'closed' | 'suspended' | 'noFee' | 'renewed' | 'tooEarly';
    readonly opensOn?: CalendarDate;
  };
  readonly chooseTerm: { readonly licence: Licence };
  readonly renewalSummary: OfRenewal & RenewalPayment & { readonly term: Term };
  /** An officer has it first. */
  readonly renewalApplied: OfRenewal;
  readonly renewalTaken: { readonly licence: Licence; readonly until?: number };
  readonly renewalTooMany: { readonly licence: Licence; readonly openAtMost: number };
  readonly renewalPaying: { readonly licence: Licence };
  readonly renewalApproved: OfRenewal & RenewalPayment;
  readonly renewalReminder: OfRenewal & RenewalPayment;
  /** The officer's own words. */
  readonly renewalSentBack: OfRenewal & { readonly reason: string };
  readonly renewalRefused: OfRenewal & { readonly reason: string };
  readonly renewalOutdone: { readonly licence: Licence };
  readonly renewalGivenWay: { readonly licence: Licence };
  readonly renewalHeld: { readonly licence: Licence };
  readonly certificate: OfCertificate & {
    readonly mediaId: string;
    readonly filename: string;
    readonly key: CertificateKey;
  };
  /** While the PDF cannot be made. */
  readonly certificateWords: OfCertificate;
}

interface AboutLicence {
  /** The trade in words, where the schedule has it. */
  readonly trade?: InEveryLanguage<string>;
  readonly renewable: boolean;
}

interface OfRenewal {
  readonly licence: Licence;
  readonly years: number;
}

interface OfCertificate {
  readonly licence: Licence;
  readonly number: CertificateNumber;
  readonly validUntil: CalendarDate;
}

/** What may be other than it stands on a licence. */
export const licenceChanges = ['tradeName', 'holder', 'address', 'trade', 'closing', 'other'] as const;
export type LicenceChange = (typeof licenceChanges)[number];

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
  | 'ceNumberLength'
  | 'noSuchTerm'
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
  | 'tradeLicence'
  | 'renewal'
  | 'receipts'
  | 'about'
  | 'language.bn'
  | 'language.en'
  | 'language.hi'
  | 'whereIsIt'
  | 'whereIsCeNumber'
  | 'forget'
  | 'statement'
  | 'anotherNumber'
  | 'renew'
  | 'unchanged'
  | 'somethingChanged'
  | 'lastCertificate'
  | `change.${LicenceChange}`
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
    | { readonly payment: RecentPayment }
    | { readonly term: Term };
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
