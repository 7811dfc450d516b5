/** One sample of every reply, and of what is due in every size: for tests that look at all texts. */
import type { CitizenStanding } from '../../domain/standing.ts';
import { addDays, type CalendarDate } from '../../domain/calendar.ts';
import type { Stall } from '../../domain/accounts/stall.ts';
import type { CertificateKey, CertificateNumber } from '../../domain/certificate.ts';
import { accountKinds, type DemandKind } from '../../domain/accounts/kinds.ts';
import type { CeNumber, Licence } from '../../domain/accounts/licence.ts';
import type { AssesseeNumber, Property } from '../../domain/accounts/property.ts';
import type { Due, Dues } from '../../domain/dues.ts';
import { languages, type Language } from '../../domain/language.ts';
import type { CreditTaken, MoneyOnItsWay } from '../../domain/look-up.ts';
import { paise, sum } from '../../domain/money.ts';
import type { AttemptReference } from '../../domain/payments/attempt.ts';
import type { ChatOrder } from '../../domain/payments/chat-order.ts';
import type { OrderId, PayToken, RecentPayment } from '../../domain/payments/order.ts';
import type { ReceiptNumber } from '../../domain/payments/receipt.ts';
import type { CreditNoteNumber } from '../../domain/payments/refund.ts';
import type { Term } from '../../domain/renewal.ts';
import {
  licenceChanges,
  type OfferedChoice,
  type OwnPlace,
  type PlainReplyKey,
  type Reply,
} from '../../domain/reply.ts';
import { paidServices, services } from '../../domain/services.ts';
import { replies } from '../../texts/conversation.ts';

const token = '0123456789:';

/** A payment of which the bank has not said what became of it. */
export const undecided: MoneyOnItsWay = { amount: paise(13_136_200), since: Date.UTC(2026, 10, 21, 8) };

const account: Property = {
  kind: 'property',
  number: '311071100571',
  owner: { en: 'A••••• C•••••••••••', bn: 'অ••••• চ•••••••••••' },
  address: { en: '•• Sample Street, Santoshpur, Kolkata 700075', bn: '•• নমুনা সরণি, সন্তোষপুর, কলকাতা ৭০০০৭৫' },
  ward: 107,
  residential: true,
  senior: false,
};

/** @param years how many financial years back the bills go, with two bills a year */
export function sampleDues(years: number): Dues<Property> {
  const dues = Array.from({ length: years * 2 }, (_, index): Due => {
    const year = 2026 - Math.floor(index / 2);
    const kind: DemandKind = index === 3 ? 'LOI' : index % 2 === 0 ? 'PD' : 'FS';
    const lines = [
      { kind: 'principal', amount: paise(12_345_600) },
      { kind: 'interest', amount: paise(1_234_500) },
      { kind: 'penalty', amount: paise(123_400) },
      { kind: 'charge', amount: paise(50_000) },
    ] as const;
    const rebate = {
      amount: paise(617_300),
      until: '2026-12-13' as CalendarDate,
      rules: [{ name: 'prompt rebate' }],
    };
    return {
      id: `${kind}${index}`,
      kind,
      periodFrom: `${year}-04-01` as CalendarDate,
      periodTo: `${year + 1}-03-31` as CalendarDate,
      presentedOn: `${year}-11-22` as CalendarDate,
      lines,
      amount: sum(lines.map(({ amount }) => amount)),
      ...(index === 0 ? { rebate } : {}),
      ...(index > 2 ? { waiver: { amount: paise(1_000_000), rule: { name: 'arrears waiver' } } } : {}),
      payable: paise(13_136_200),
    };
  });
  return {
    account,
    dues,
    total: sum(dues.map(({ payable }) => payable)),
    asOf: Date.UTC(2026, 10, 22, 11, 5),
  };
}

function languageChoices(but?: Language): OfferedChoice[] {
  return languages
    .filter((language) => language !== but)
    .map((language) => ({ id: `${token}${language}`, label: `language.${language}` }));
}

const property: OfferedChoice = {
  id: `${token}311071100571`,
  label: {
    account: { kind: 'property', number: '311071100571' as AssesseeNumber },
    place: {
      en: '•• A Very Long Name of a Sample Street Behind the Sample Market, Santoshpur, Kolkata 700075',
      bn: '•• নমুনা বাজারের পিছনের খুব লম্বা নামের নমুনা সরণি, সন্তোষপুর, কলকাতা ৭০০০৭৫, পশ্চিমবঙ্গ',
    },
  },
};

/** As long as it may be, in no script of our languages. */
const nickname = '•'.repeat(24);

/** As many as a greeting shows. */
const ownPlaces = [
  { account: { kind: 'property', number: '311071100571' }, nickname, payable: paise(1_234_567_800) },
  { account: { kind: 'property', number: '311071100572' }, payable: paise(0) },
  { account: { kind: 'licence', number: '7001234567890123' }, nickname, payable: paise(1_234_567_800) },
  { account: { kind: 'stall', number: '0120345' }, payable: paise(1_234_567_800) },
].map((own) => ({ ...own, place: { en: '•• Sample Street' } })) as [OwnPlace, ...OwnPlace[]];

/** What the citizen may choose from, as the conversation offers it. */
function choicesOf(key: Reply['key'], language: Language): readonly OfferedChoice[] | undefined {
  switch (key) {
    case 'menu':
    case 'help':
    case 'started':
      return [
        ...services.map((id): OfferedChoice => ({ id: token + id, label: id })),
        ...languageChoices(language),
      ];
    case 'chooseLanguage':
      return languageChoices();
    case 'askNumber.property':
    case 'unknownNumber.property':
      return [
        ...Array.from({ length: 5 }, (_, index) => ({ ...property, id: `${property.id}${index}` })),
        { id: `${token}whereIsIt`, label: 'whereIsNumber.property' },
        { id: `${token}forget`, label: 'forget' },
      ];
    case 'dues.property':
      return [
        { id: `${token}statement`, label: 'statement' },
        { id: `${token}another`, label: 'anotherNumber' },
      ];
    case 'nothingDue.property':
      return [
        { id: `${token}receipt`, label: 'lastReceipt' },
        { id: `${token}another`, label: 'anotherNumber' },
      ];
    case 'chooseBills':
      return sampleDues(5).dues.map((due, index) => ({
        id: `${token}${index}`,
        label: { due, place: index + 1 },
      }));
    case 'askNumber.licence':
    case 'unknownNumber.licence':
      return [
        ...Array.from({ length: 5 }, (_, index) => ({
          id: `${token}${licence.number}${index}`,
          label: {
            account: { kind: 'licence', number: licence.number as CeNumber } as const,
            place: licence.tradeName,
          },
        })),
        { id: `${token}whereIsIt`, label: 'whereIsNumber.licence' },
        { id: `${token}forget`, label: 'forget' },
      ];
    case 'whichNumber':
    case 'noSuchNumber':
      return paidServices.map((service) => ({ id: token + service, label: service }));
    case 'askNumber.stall':
    case 'unknownNumber.stall':
      return [{ id: `${token}whereIsIt`, label: 'whereIsNumber.stall' }];
    case 'dues.stall':
    case 'nothingDue.stall':
      return [
        { id: `${token}receipt`, label: 'lastReceipt' },
        { id: `${token}another`, label: 'anotherNumber' },
      ];
    case 'dues.licence':
    case 'nothingDue.licence':
      return [
        { id: `${token}receipt`, label: 'lastReceipt' },
        { id: `${token}renew`, label: 'renew' },
        { id: `${token}another`, label: 'anotherNumber' },
      ];
    case 'confirmLicence':
      return [
        { id: `${token}unchanged`, label: 'unchanged' },
        { id: `${token}changed`, label: 'somethingChanged' },
        { id: `${token}another`, label: 'anotherNumber' },
      ];
    case 'whatChanged':
      return licenceChanges.map((what) => ({ id: token + what, label: `change.${what}` }) as const);
    case 'notRenewable':
      return [
        { id: `${token}certificate`, label: 'lastCertificate' },
        { id: `${token}another`, label: 'anotherNumber' },
      ];
    case 'chooseTerm':
      return sampleTerms.map((term) => ({ id: token + String(term.years), label: { term } }));
    case 'standing':
    case 'payments':
      return paid.map((payment) => ({ id: token + payment.orderId, label: { payment } }));
    case 'payWhat':
      return paidServices.map((service) => ({ id: token + service, label: service }));
    case 'didYouMean':
      return (['propertyTax', 'wish.moneyCut', 'wish.stop'] as const).map((label) => ({
        id: token + label,
        label,
      }));
    case 'stuck':
    case 'complaint':
    case 'moneyCut':
      return [{ id: `${token}person`, label: 'person' }];
    case 'whichOfNumbers':
      return Array.from({ length: 10 }, (_, index) => ({
        id: token + String(index),
        label: {
          number: `70012345678901${String(10 + index)}`,
          kinds: index === 0 ? accountKinds : ['licence'],
        },
      }));
    default:
      return undefined;
  }
}

const number = '31-107-11-0057-1';

/** With names as long as they get. */
export const licence: Licence = {
  kind: 'licence',
  number: '7001234567890123',
  tradeName: {
    en: 'New Invented Stationery, Xerox and General Order Suppliers (Prop. Sample Brothers)',
    bn: 'নতুন নমুনা স্টেশনারি, জেরক্স ও জেনারেল অর্ডার সাপ্লায়ার্স (প্রোঃ নমুনা ব্রাদার্স)',
  },
  owner: account.owner,
  address: account.address,
  ward: 107,
  trade: 'stationery',
  validUntil: '2026-12-31' as CalendarDate,
  status: 'active',
};
const trade = { bn: 'খাবার দোকান ও রেস্তোরাঁ', en: 'Eating house and restaurant', hi: 'भोजनालय व रेस्तराँ' };

/** @param years how many demands of a year there are */
export function sampleFees(years: number): Dues<Licence> {
  const dues = Array.from({ length: years }, (_, index): Due => {
    const lines = [
      { kind: 'principal', amount: paise(12_345_600) },
      { kind: 'penalty', amount: paise(1_234_500) },
      { kind: 'charge', amount: paise(123_400) },
    ] as const;
    const amount = sum(lines.map((line) => line.amount));
    return {
      id: `CE${index}`,
      kind: 'CE',
      periodFrom: `${2027 - years + index}-01-01` as CalendarDate,
      periodTo: `${2027 - years + index}-12-31` as CalendarDate,
      presentedOn: '2026-11-20' as CalendarDate,
      lines,
      amount,
      payable: amount,
    };
  });
  return {
    account: licence,
    dues,
    total: sum(dues.map(({ payable }) => payable)),
    asOf: Date.UTC(2026, 10, 22),
  };
}

export const sampleTerms = [1, 3, 5, 15].map((years): Term => {
  const { dues, total } = sampleFees(years);
  return { years, until: `${2026 + years}-12-31` as CalendarDate, dues, total };
});
const [term] = sampleTerms;
const toPay = { token: 'sampletokensampletoken12' as PayToken, expiresAt: Date.UTC(2026, 10, 25, 11, 5) };

/** Everything that is said of licences. */
function licenceReplies(): readonly Reply[] {
  const of = { licence, years: 15 };
  const amount = paise(1_234_567_800);
  const certificate = {
    licence,
    number: 'CE-2026-27-000123' as CertificateNumber,
    validUntil: '2041-12-31' as CalendarDate,
  };
  const about = { trade, renewable: true };
  const opensOn = '2026-11-01' as CalendarDate;
  if (!term) throw new Error('no term');
  return [
    { key: 'whichNumber', params: { number: '311071100571', kinds: accountKinds } },
    { key: 'noSuchNumber', params: { number: '311071100571' } },
    { key: 'unknownNumber.licence', params: { number: licence.number } },
    ...[1, 3, 20].flatMap((years): Reply[] => [
      { key: 'dues.licence', params: { ...sampleFees(years), ...about, ...toPay } },
      { key: 'dues.licence', params: { ...sampleFees(years), ...about, undecided } },
      { key: 'dues.licence', params: { ...sampleFees(years), ...about, needsApproval: true } },
      {
        key: 'dues.licence',
        params: { ...sampleFees(years), ...about, needsApproval: true, appliedAt: toPay.expiresAt },
      },
    ]),
    ...(['active', 'suspended', 'closed'] as const).map((status): Reply => ({
      key: 'nothingDue.licence',
      params: { account: { ...licence, status }, asOf: Date.UTC(2026, 10, 22), ...about },
    })),
    { key: 'confirmLicence', params: { licence, trade, expiredOn: licence.validUntil } },
    ...licenceChanges.map((what): Reply => ({ key: 'licenceChange', params: { what } })),
    ...(['closed', 'suspended', 'noFee', 'renewed', 'tooEarly'] as const).map((because): Reply => ({
      key: 'notRenewable',
      params: { licence, because, opensOn },
    })),
    { key: 'chooseTerm', params: { licence } },
    ...sampleTerms.map((each): Reply => ({
      key: 'renewalSummary',
      params: { ...of, term: each, amount: each.total, ...toPay },
    })),
    { key: 'renewalApplied', params: of },
    { key: 'renewalApplied', params: { ...of, appliedAt: toPay.expiresAt } },
    { key: 'renewalTaken', params: { licence, until: toPay.expiresAt } },
    { key: 'renewalTaken', params: { licence } },
    { key: 'renewalTooMany', params: { licence, openAtMost: 3 } },
    { key: 'renewalPaying', params: { licence } },
    { key: 'renewalApproved', params: { ...of, amount, ...toPay } },
    { key: 'renewalReminder', params: { ...of, amount, ...toPay } },
    { key: 'renewalReminder', params: { ...of, amount, ...toPay, nickname } },
    { key: 'renewalSentBack', params: { ...of, reason: '1'.repeat(1_000) } },
    { key: 'renewalRefused', params: { ...of, reason: '1'.repeat(1_000) } },
    { key: 'renewalOutdone', params: { licence } },
    { key: 'renewalGivenWay', params: { licence } },
    { key: 'renewalHeld', params: { licence: { ...licence, status: 'suspended' } } },
    { key: 'renewalHeld', params: { licence: { ...licence, status: 'closed' } } },
    {
      key: 'certificate',
      params: {
        ...certificate,
        mediaId: '1',
        filename: 'Sample Stores trade licence 2041.pdf',
        key: 'samplekeysamplekeysample' as CertificateKey,
      },
    },
    { key: 'certificateWords', params: certificate },
  ];
}
const payToken = 'sampletokensampletoken12' as PayToken;
/** Of two payments, of which one had a receipt. */
const sampleCredit: CreditTaken = {
  amount: paise(100_050),
  from: [
    { amount: paise(50_000), receipt: 'W-2025-26-000077' as ReceiptNumber, paidAt: Date.UTC(2026, 9, 1) },
    { amount: paise(50_050), paidAt: Date.UTC(2026, 10, 1) },
  ],
};
const link = { token: payToken, expiresAt: Date.UTC(2026, 10, 23, 18, 29) };
const payment = {
  service: 'propertyTax',
  accountNumber: '311071100571',
  amount: paise(1_234_567_800),
} as const;
/** Of which WhatsApp takes every part as it is. */
export const chatOrder: ChatOrder = {
  reference: 'PSABCDEFGHJKLMNPQRSTUVWX' as AttemptReference,
  gateway: 'billdesk',
  configuration: 'billdesk-prod',
  kept: { additional_info1: 'PT', additional_info4: 'PSABCDEFGHJKLMNPQRSTUVWX' },
  until: Date.UTC(2026, 10, 22, 11, 35),
};
const receipt = 'W-2026-27-000123' as ReceiptNumber;
const paid = Array.from({ length: 8 }, (_, index): RecentPayment => ({
  ...payment,
  orderId: `3f0e0b8a-0000-4000-8000-00000000000${index}` as OrderId,
  at: Date.UTC(2026, 10, 22, 11, 5),
  ...(index === 0 ? { state: 'undecided' } : { state: 'paid', receipt }),
}));

const sampleTry = {
  orderId: '3f0e0b8a-0000-4000-8000-000000000009' as OrderId,
  at: Date.UTC(2026, 10, 22, 11, 5),
};

/** As much of each as is told. */
const sampleStanding: CitizenStanding = {
  payments: paid.slice(0, 4),
  applications: (['awaitingApproval', 'awaitingPayment', 'sentBack', 'lapsed'] as const).map((state) => ({
    licenceNumber: '7001234567890123',
    years: 15,
    state,
    appliedAt: Date.UTC(2026, 10, 20, 11, 5),
    ...(state === 'awaitingPayment' && { expiresAt: Date.UTC(2026, 10, 27, 11, 5) }),
  })),
  certificates: Array.from({ length: 4 }, () => ({
    number: 'CE-2026-27-000123' as CertificateNumber,
    licenceNumber: '7001234567890123',
    validUntil: '2030-01-21' as CalendarDate,
  })),
  matters: (['payment', 'renewal', 'conversation', 'conversation'] as const).map((about) => ({
    about,
    openedAt: Date.UTC(2026, 10, 22, 11, 5),
    dueAt: Date.UTC(2026, 10, 23, 11, 5),
  })),
};

export const stall: Stall = {
  kind: 'stall',
  number: '0120345',
  owner: { en: 'L••• D••••••', bn: 'ল•• দ•••••' },
  address: { en: 'Block ••, Babui Market', bn: 'ব্লক ••, বাবুই বাজার' },
  ward: 66,
};

/** The rent of so many months since April 2024, with a late fee each but the last. */
export function sampleRents(months: number): Dues<Stall> {
  const dues = Array.from({ length: months }, (_, index): Due => {
    const from = dateAfter(index);
    const fee = paise(index === months - 1 ? 0 : 4_500);
    const lines = [
      { kind: 'principal', amount: paise(45_000) } as const,
      ...(fee > 0 ? [{ kind: 'penalty', amount: fee } as const] : []),
    ];
    const amount = sum(lines.map((line) => line.amount));
    return {
      id: `R-${from.slice(0, 7)}`,
      kind: 'RENT',
      periodFrom: from,
      periodTo: addDays(dateAfter(index + 1), -1),
      presentedOn: from,
      lines,
      amount,
      payable: amount,
    };
  });
  const total = sum(dues.map(({ payable }) => payable));
  return { account: stall, dues, total, asOf: Date.UTC(2026, 10, 22, 11, 5) };
}

/** The first day of a month, counted from April 2024. */
function dateAfter(months: number): CalendarDate {
  return new Date(Date.UTC(2024, 3 + months)).toISOString().slice(0, 10) as CalendarDate;
}

/** Every reply, with its choices in this language; what is due in three sizes. */
export function sampleReplies(language: Language): readonly Reply[] {
  const withValues: readonly Reply[] = [
    { key: 'menu', params: { isFirst: true } },
    { key: 'menu', params: { isFirst: false } },
    { key: 'menu', params: { isFirst: true, places: ownPlaces } },
    { key: 'askNickname', params: { account: ownPlaces[0].account } },
    { key: 'named', params: { account: ownPlaces[0].account, nickname } },
    { key: 'unknownNumber.property', params: { number } },
    { key: 'unknownNumber.stall', params: { number: stall.number } },
    { key: 'nothingDue.stall', params: { account: stall, asOf: Date.UTC(2026, 10, 22, 11, 5) } },
    ...[1, 8, 14, 60].flatMap((months): Reply[] => [
      { key: 'dues.stall', params: { ...sampleRents(months), ...link } },
      { key: 'dues.stall', params: { ...sampleRents(months), undecided } },
    ]),
    { key: 'recordsAway', params: { kinds: ['property'], number } },
    { key: 'recordsAway', params: { kinds: accountKinds, number } },
    { key: 'dues.property', params: sampleDues(1) },
    { key: 'dues.property', params: sampleDues(6) },
    { key: 'dues.property', params: sampleDues(40) },
    { key: 'dues.property', params: { ...sampleDues(1), ...link } },
    { key: 'dues.property', params: { ...sampleDues(2), ...link, chosen: true } },
    { key: 'dues.property', params: { ...sampleDues(6), ...link } },
    { key: 'dues.property', params: { ...sampleDues(40), ...link } },
    { key: 'dues.property', params: { ...sampleDues(40), undecided } },
    { key: 'dues.property', params: { ...sampleDues(2), ...link, credit: sampleCredit } },
    { key: 'dues.property', params: { ...sampleDues(40), ...link, credit: sampleCredit } },
    ...[1, 40].map((years): Reply => {
      const covered = { ...sampleCredit, amount: sampleDues(years).total };
      return { key: 'dues.property', params: { ...sampleDues(years), ...link, credit: covered } };
    }),
    {
      key: 'nothingDue.property',
      params: { account, asOf: Date.UTC(2026, 10, 22, 11, 5), credit: sampleCredit },
    },
    { key: 'dues.property', params: { ...sampleDues(1), ...link, chat: chatOrder } },
    { key: 'dues.property', params: { ...sampleDues(10), ...link, chat: chatOrder } },
    { key: 'dues.licence', params: { ...sampleFees(3), trade, renewable: true, ...link, chat: chatOrder } },
    { key: 'dues.stall', params: { ...sampleRents(8), ...link, chat: chatOrder } },
    { key: 'dues.property', params: { ...sampleDues(2), ...link, credit: sampleCredit, chat: chatOrder } },
    { key: 'chatOrderPaid', params: { reference: chatOrder.reference } },
    ...(['declined', 'cancelled', 'expired', 'other'] as const).flatMap((because) =>
      [{}, { token: payToken }].map((how): Reply => ({
        key: 'chatOrderEnded',
        params: { ...payment, reference: chatOrder.reference, because, ...how },
      })),
    ),
    ...(['paidElsewhere', 'replaced'] as const).map((because): Reply => ({
      key: 'chatOrderEnded',
      params: { ...payment, reference: chatOrder.reference, because },
    })),
    {
      key: 'receipt',
      params: { ...payment, number: receipt, mediaId: '1', filename: '000123 property tax.pdf' },
    },
    ...[1, 6].map((years): Reply => ({
      key: 'receipt',
      params: {
        ...payment,
        number: receipt,
        mediaId: '1',
        filename: '000123 property tax.pdf',
        paid: sampleDues(years).dues,
      },
    })),
    { key: 'receiptWords', params: { ...payment, number: receipt, token: payToken } },
    { key: 'receiptWords', params: { ...payment, number: receipt, token: payToken, byCredit: paise(100) } },
    ...(['declined', 'cancelled', 'expired', 'other'] as const).map((reason): Reply => ({
      key: 'paymentFailed',
      params: { ...payment, reason, token: payToken },
    })),
    { key: 'paymentFailedForGood', params: { ...payment, reason: 'declined' } },
    { key: 'paymentFailedForGood', params: { ...payment, reason: 'expired' } },
    { key: 'paymentPending', params: { ...payment, by: '2026-12-05' as CalendarDate } },
    { key: 'paymentInReview', params: payment },
    { key: 'paymentExcess', params: payment },
    { key: 'excessCredited', params: payment },
    { key: 'refundOnItsWay', params: { ...payment, by: '2026-12-07' as CalendarDate } },
    ...[false, true].flatMap((dueAgain): Reply[] => {
      const params = { ...payment, number: 'CN-2026-27-000123' as CreditNoteNumber, dueAgain };
      return [
        { key: 'refundSent', params: { ...params, mediaId: '1', filename: '000123 credit note.pdf' } },
        { key: 'refundSentWords', params },
      ];
    }),
    { key: 'refundFailed', params: payment },
    { key: 'payments', params: { payments: paid } },
    { key: 'moneyCut', params: { payments: [] } },
    {
      key: 'moneyCut',
      params: { payments: [...paid.slice(0, 2), { ...payment, ...sampleTry, state: 'failed' }] },
    },
    { key: 'standing', params: sampleStanding },
    { key: 'nothingDue.property', params: { account, asOf: Date.UTC(2026, 10, 22, 11, 5) } },
    { key: 'billPicture', params: { mediaId: '1' } },
    { key: 'statement', params: { mediaId: '1', filename: '31-107-11-0057-1 statement.pdf', number } },
    ...licenceReplies(),
  ];
  const valued = new Set(withValues.map(({ key }) => key));
  const plain = Object.keys(replies)
    .filter((key) => !valued.has(key as Reply['key']))
    .map((key): Reply => ({ key: key as PlainReplyKey }));
  return [...plain, ...withValues].map((reply) => ({
    ...reply,
    choices:
      reply.key === 'dues.property' && reply.params.credit
        ? [
            { id: `${token}useCredit`, label: 'useCredit' } as const,
            ...(choicesOf(reply.key, language) ?? []),
          ]
        : reply.key === 'menu' && reply.params.places
          ? [
              ...reply.params.places.map((own) => ({ id: token + own.account.number, label: { own } })),
              ...services.map((id): OfferedChoice => ({ id: token + id, label: id })),
            ]
          : choicesOf(reply.key, language),
  }));
}
