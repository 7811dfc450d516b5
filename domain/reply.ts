/** What the bot says, before words: a workflow names the text and its values, an activity finds the words. */
import type { Written } from './accounts/account.ts';
import type {
  AccountKind,
  AccountOf,
  AccountReference,
  NumberProblem,
  PaidService,
} from './accounts/kinds.ts';
import type { Licence } from './accounts/licence.ts';
import type { AttemptReference, FailureReason } from './payments/attempt.ts';
import type { CalendarDate } from './calendar.ts';
import type { CertificateKey, CertificateNumber } from './certificate.ts';
import type { Due, Dues } from './dues.ts';
import type { InEveryLanguage } from './language.ts';
import type { DuesFound, NothingDue } from './look-up.ts';
import type { Paise } from './money.ts';
import type { PayLink, PayToken, RecentPayment } from './payments/order.ts';
import type { CreditNoteNumber } from './payments/refund.ts';
import type { RenewalPayment, Term } from './renewal.ts';
import type { Service } from './services.ts';
import type { CitizenStanding } from './standing.ts';

/** The texts that need no values. */
export type PlainReplyKey =
  | 'help'
  | 'about'
  | 'chooseLanguage'
  | 'stopped'
  | 'started'
  | 'slowDown'
  | 'tooManyLookUps'
  | 'forgotten'
  | 'statementFailed'
  | 'tryAgainLater'
  | 'chooseBills'
  | 'status'
  | 'receiptFailed'
  | 'whatChanged'
  | 'renewalChanged'
  | 'certificateFailed'
  | 'stuck'
  | 'didYouMean'
  | 'payWhat'
  | 'personAsked'
  | 'complaint'
  | 'whichOfNumbers'
  | 'nothingToName';

/** Every text of the chat and the values that it needs. The words are in texts/. */
export interface ReplyParams extends Readonly<Record<PlainReplyKey, undefined>>, AccountReplyParams {
  /** The first answer of a conversation says, once, what becomes of the citizen's data. */
  readonly menu: { readonly isFirst: boolean; readonly places?: readonly OwnPlace[] };
  readonly askNickname: { readonly account: AccountReference };
  readonly named: { readonly account: AccountReference; readonly nickname: string };
  /** Of which nobody said what it is, where there are several kinds. */
  readonly recordsAway: { readonly kinds: readonly AccountKind[]; readonly number: string };
  readonly billPicture: { readonly mediaId: string };
  readonly statement: { readonly mediaId: string; readonly filename: string; readonly number: string };
  readonly receipt: AboutReceipt & {
    readonly mediaId: string;
    readonly filename: string;
    /** Missing where an earlier release made the PDF. */
    readonly paid?: readonly PaidBill[];
  };
  /** While the PDF cannot be made. */
  readonly receiptWords: AboutReceipt & { readonly token: PayToken };
  readonly paymentFailed: AboutPayment & { readonly reason: FailureReason; readonly token: PayToken };
  /** The end of what the citizen was told to wait for, when it can no longer be paid under its link. */
  readonly paymentFailedForGood: AboutPayment & { readonly reason: FailureReason };
  /** `by`: the day by which a bank decides. */
  readonly paymentPending: AboutPayment & { readonly by: CalendarDate };
  /** What the gateway says of it cannot be true. */
  readonly paymentInReview: AboutPayment;
  /** An order in the chat is paid: what was paid, the receipt says. */
  readonly chatOrderPaid: { readonly reference: AttemptReference };
  /** It can be paid no more; `token`: the link under which it still can be. */
  readonly chatOrderEnded: AboutPayment & {
    readonly reference: AttemptReference;
    readonly because: FailureReason | 'paidElsewhere' | 'replaced';
    readonly token?: PayToken;
  };
  /** `amount` is what came too much. */
  readonly paymentExcess: AboutPayment;
  /** `amount` is what of it became credit. */
  readonly excessCredited: AboutPayment;
  /** `by`: the day on which the money is there at the latest. */
  readonly refundOnItsWay: AboutPayment & { readonly by: CalendarDate };
  readonly refundSent: AboutRefund & { readonly mediaId: string; readonly filename: string };
  /** While the PDF of the credit note cannot be made. */
  readonly refundSentWords: AboutRefund;
  readonly refundFailed: AboutPayment;
  readonly payments: { readonly payments: readonly RecentPayment[] };
  readonly standing: CitizenStanding;
  /** What this citizen tried to pay last; empty where nobody tried. */
  readonly moneyCut: { readonly payments: readonly RecentPayment[] };
  /** A number under which there are accounts of several kinds. */
  readonly whichNumber: { readonly number: string; readonly kinds: readonly AccountKind[] };
  /** A number under which there is no account of any kind. */
  readonly noSuchNumber: { readonly number: string };
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
  /** An officer has it first. `appliedAt`: milliseconds since 1970; missing where an earlier release took it. */
  readonly renewalApplied: OfRenewal & { readonly appliedAt?: number };
  readonly renewalTaken: { readonly licence: Licence; readonly until?: number };
  readonly renewalTooMany: { readonly licence: Licence; readonly openAtMost: number };
  readonly renewalPaying: { readonly licence: Licence };
  readonly renewalApproved: OfRenewal & RenewalPayment;
  readonly renewalReminder: OfRenewal & RenewalPayment & { readonly nickname?: string };
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

/** What is said in the same way of every kind of account: by the kind behind the full stop. */
type AccountReplyParams = {
  readonly [K in AccountKind as `askNumber.${K}` | `whereIsNumber.${K}`]: undefined;
} & {
  readonly [K in AccountKind as `unknownNumber.${K}`]: { readonly number: string };
} & {
  readonly [K in AccountKind as `dues.${K}`]: DuesParams<K>;
} & {
  readonly [K in AccountKind as `nothingDue.${K}`]: NothingDueParams<K>;
};

/** With `chosen`, only the bills that the citizen picked. */
export type DuesParams<K extends AccountKind> = Dues<AccountOf<K>> &
  Partial<PayLink> &
  Omit<DuesFound<K>, 'found' | 'dues' | 'pay'>;
export type NothingDueParams<K extends AccountKind> = Omit<NothingDue<K>, 'found' | 'lastPaid'>;

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

/** A bill that was paid, as it is named. */
export type PaidBill = Pick<Due, 'kind' | 'periodFrom' | 'periodTo'>;

export interface AboutPayment {
  readonly service: PaidService;
  readonly accountNumber: string;
  readonly amount: Paise;
}

export interface AboutReceipt extends AboutPayment {
  readonly number: string;
  /** What of the amount was credit; missing where nothing was. */
  readonly byCredit?: Paise;
}

/** `amount` is what went back. */
export interface AboutRefund extends AboutPayment {
  readonly number: CreditNoteNumber;
  /** The bills that were paid with it are due again. */
  readonly dueAgain: boolean;
}

export type ReplyKey = keyof ReplyParams;

/** A line that goes before the reply in the same message: why we ask again, or what was done. */
export type NoteKey =
  | 'notUnderstood'
  | 'staleTap'
  /** It was sent before what it seems to answer. */
  | 'cameLate'
  | 'languageSet'
  | 'notANumber'
  | NumberNote
  | 'noSuchTerm'
  | 'cannotSee'
  | 'cannotHear'
  | 'cannotOpenFile'
  | 'cannotUseSticker'
  | 'cannotUseLocation'
  | 'cannotUseContact'
  | 'cannotUseThis'
  /** Where the number stands that cannot be read from a picture, or from a file. */
  | 'typeFromPicture'
  | 'typeFromFile'
  | 'notHere'
  /** Whom to ask when the number is not to be found. */
  | 'orAsk';

/** Why digits are no number of the kind that is asked for. */
export type NumberNote = { [K in AccountKind]: `number.${K}.${NumberProblem<K>}` }[AccountKind];

/** Keys of the labels on buttons and list rows. */
export type LabelKey =
  | Service
  | 'language.bn'
  | 'language.en'
  | 'language.hi'
  | `whereIsNumber.${AccountKind}`
  | 'forget'
  | 'statement'
  | 'anotherNumber'
  | 'renew'
  | 'unchanged'
  | 'somethingChanged'
  | 'lastCertificate'
  | `change.${LicenceChange}`
  | 'lastReceipt'
  | 'nameIt'
  | 'useCredit'
  | 'person'
  | 'wish.status'
  | 'wish.moneyCut'
  | 'wish.complaint'
  | 'wish.stop';

/** An account that the citizen has named or paid, and what is due on it now. */
export interface OwnPlace {
  readonly account: AccountReference;
  readonly place: Written;
  readonly nickname?: string;
  readonly payable: Paise;
}

export interface OfferedChoice<Id extends string = string> {
  /** Comes back in the tap. */
  readonly id: Id;
  /** A text of ours, or something of the citizen's own. */
  readonly label:
    | LabelKey
    /** An account that they asked for before, by its name or number, and its place. */
    | { readonly account: AccountReference; readonly place: Written; readonly nickname?: string }
    | { readonly own: OwnPlace }
    /** A bill, with its place in the list counted from 1. */
    | { readonly due: Due; readonly place: number }
    | { readonly payment: RecentPayment }
    | { readonly term: Term }
    /** A number that they wrote, and every kind that it may be of. */
    | { readonly number: string; readonly kinds: readonly AccountKind[] };
}

interface ReplyOf<K extends ReplyKey> {
  readonly key: K;
  readonly note?: NoteKey;
  /** It says, at its end, how to go on in another language. */
  readonly isFirstContact?: true;
  readonly choices?: readonly OfferedChoice[];
}

export type Reply = {
  [K in ReplyKey]: ReplyParams[K] extends undefined
    ? ReplyOf<K> & { readonly params?: undefined }
    : ReplyOf<K> & { readonly params: ReplyParams[K] };
}[ReplyKey];
