/** One sample of every reply, and of what is due in every size: for tests that look at all texts. */
import type { CalendarDate } from '../../domain/calendar.ts';
import type { Account, DemandKind, Due, Dues } from '../../domain/dues.ts';
import { languages, type Language } from '../../domain/language.ts';
import { paise, sum } from '../../domain/money.ts';
import type { OrderId, PayToken, RecentPayment } from '../../domain/order.ts';
import type { ReceiptNumber } from '../../domain/receipt.ts';
import type { OfferedChoice, PlainReplyKey, Reply } from '../../domain/reply.ts';
import { services } from '../../domain/services.ts';
import { replies } from '../../texts/conversation.ts';

const token = '0123456789:';

const account: Account = {
  kind: 'property',
  number: '311071100571',
  owner: { en: 'A••••• C•••••••••••', bn: 'অ••••• চ•••••••••••' },
  address: { en: '•• Sample Street, Santoshpur, Kolkata 700075', bn: '•• নমুনা সরণি, সন্তোষপুর, কলকাতা ৭০০০৭৫' },
  ward: 107,
  residential: true,
  senior: false,
};

/** @param years how many financial years back the bills go, with two bills a year */
export function sampleDues(years: number): Dues {
  const dues = Array.from({ length: years * 2 }, (_, index): Due => {
    const year = 2026 - Math.floor(index / 2);
    const kind: DemandKind = index === 3 ? 'LOI' : index % 2 === 0 ? 'PD' : 'FS';
    const lines = [
      { kind: 'principal', amount: paise(12_345_600) },
      { kind: 'interest', amount: paise(1_234_500) },
      { kind: 'penalty', amount: paise(123_400) },
      { kind: 'charge', amount: paise(50_000) },
    ] as const;
    const rebate = { amount: paise(617_300), until: '2026-12-13' as CalendarDate };
    return {
      id: `${kind}${index}`,
      kind,
      periodFrom: `${year}-04-01` as CalendarDate,
      periodTo: `${year + 1}-03-31` as CalendarDate,
      presentedOn: `${year}-11-22` as CalendarDate,
      lines,
      amount: sum(lines.map(({ amount }) => amount)),
      ...(index === 0 ? { rebate } : {}),
      ...(index > 2 ? { waiver: { amount: paise(1_000_000) } } : {}),
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
    title: '31-107-11-0057-1',
    description: {
      en: '•• A Very Long Name of a Sample Street Behind the Sample Market, Santoshpur, Kolkata 700075',
      bn: '•• নমুনা বাজারের পিছনের খুব লম্বা নামের নমুনা সরণি, সন্তোষপুর, কলকাতা ৭০০০৭৫, পশ্চিমবঙ্গ',
    },
  },
};

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
    case 'askAssesseeNumber':
    case 'unknownNumber':
      return [
        ...Array.from({ length: 5 }, (_, index) => ({ ...property, id: `${property.id}${index}` })),
        { id: `${token}whereIsIt`, label: 'whereIsIt' },
        { id: `${token}forget`, label: 'forget' },
      ];
    case 'dues':
      return [
        { id: `${token}statement`, label: 'statement' },
        { id: `${token}another`, label: 'anotherNumber' },
      ];
    case 'nothingDue':
      return [
        { id: `${token}receipt`, label: 'lastReceipt' },
        { id: `${token}another`, label: 'anotherNumber' },
      ];
    case 'chooseBills':
      return sampleDues(5).dues.map((due, index) => ({
        id: `${token}${index}`,
        label: { due, place: index + 1 },
      }));
    case 'payments':
      return paid.map((payment) => ({ id: token + payment.orderId, label: { payment } }));
    default:
      return undefined;
  }
}

const number = '31-107-11-0057-1';
const payToken = 'sampletokensampletoken12' as PayToken;
const link = { token: payToken, expiresAt: Date.UTC(2026, 10, 23, 18, 29) };
const payment = {
  service: 'propertyTax',
  accountNumber: '311071100571',
  amount: paise(1_234_567_800),
} as const;
const receipt = 'W-2026-27-000123' as ReceiptNumber;
const paid = Array.from({ length: 8 }, (_, index): RecentPayment => ({
  ...payment,
  orderId: `3f0e0b8a-0000-4000-8000-00000000000${index}` as OrderId,
  at: Date.UTC(2026, 10, 22, 11, 5),
  ...(index === 0 ? { state: 'undecided' } : { state: 'paid', receipt }),
}));

/** Every reply, with its choices in this language; what is due in three sizes. */
export function sampleReplies(language: Language): readonly Reply[] {
  const withValues: readonly Reply[] = [
    { key: 'unknownNumber', params: { number } },
    { key: 'recordsAway', params: { number } },
    { key: 'dues', params: sampleDues(1) },
    { key: 'dues', params: sampleDues(6) },
    { key: 'dues', params: sampleDues(40) },
    { key: 'dues', params: { ...sampleDues(1), ...link } },
    { key: 'dues', params: { ...sampleDues(2), ...link, chosen: true } },
    { key: 'dues', params: { ...sampleDues(6), ...link } },
    { key: 'dues', params: { ...sampleDues(40), ...link } },
    { key: 'dues', params: { ...sampleDues(40), undecided: true } },
    {
      key: 'receipt',
      params: { ...payment, number: receipt, mediaId: '1', filename: `receipt-${receipt}.pdf` },
    },
    { key: 'receiptWords', params: { ...payment, number: receipt, token: payToken } },
    ...(['declined', 'cancelled', 'expired', 'other'] as const).map((reason): Reply => ({
      key: 'paymentFailed',
      params: { ...payment, reason, token: payToken },
    })),
    { key: 'paymentPending', params: payment },
    { key: 'paymentExcess', params: payment },
    { key: 'payments', params: { payments: paid } },
    { key: 'nothingDue', params: { account, asOf: Date.UTC(2026, 10, 22, 11, 5) } },
    { key: 'billPicture', params: { mediaId: '1' } },
    { key: 'statement', params: { mediaId: '1', filename: 'property-tax-311071100571.pdf', number } },
  ];
  const valued = new Set(withValues.map(({ key }) => key));
  const plain = Object.keys(replies)
    .filter((key) => !valued.has(key as Reply['key']))
    .map((key): Reply => ({ key: key as PlainReplyKey }));
  return [...plain, ...withValues].map((reply) => ({ ...reply, choices: choicesOf(reply.key, language) }));
}
