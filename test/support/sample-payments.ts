/** An order in every stage that its pay page knows, and what can be checked: for tests that look at the pages. */
import type { AttemptReference, AttemptState, FailureReason } from '../../domain/payments/attempt.ts';
import type { CalendarDate } from '../../domain/calendar.ts';
import type { CertificateNumber, VerifiedCertificate } from '../../domain/certificate.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import type { Due } from '../../domain/dues.ts';
import { paise } from '../../domain/money.ts';
import type {
  AttemptStanding,
  Order,
  OrderId,
  PayToken,
  ReceiptStanding,
  Standing,
} from '../../domain/payments/order.ts';
import type { CaseId, CaseKindName, OpenCase } from '../../domain/people/case.ts';
import { receiptNumber } from '../../domain/payments/receipt.ts';
import type { CreditNoteNumber } from '../../domain/payments/refund.ts';
import type { WaysToPay } from '../../domain/payments/way.ts';
import type { PublicFacts } from '../../texts/pages.ts';
import type { PayView } from '../../web/pay-stage.ts';
import type { Found } from '../../web/verify.tsx';
import { certificate, due, licence } from './bills.ts';
import { sampleDues } from './sample-replies.ts';

export const sampleFacts: PublicFacts = {
  number: '83359 99111',
  office: { bn: 'নমুনা সরণি, কলকাতা', en: 'Sample Street <Kolkata>', hi: 'नमूना मार्ग, कोलकाता' },
  hours: { bn: 'সকাল ১০টা থেকে', en: 'from 10 am', hi: 'सुबह 10 बजे से' },
  complaints: { bn: '০০০ ০০০ ০০০০', en: '000 000 0000', hi: '000 000 0000' },
  publicUrl: 'https://services.example.org',
  gateways: ['billdesk'],
  retention: {},
};

const minute = 60_000;
const now = Date.UTC(2026, 10, 22, 11, 5);
const { account, dues, total } = sampleDues(2);

export const sampleOrder: Order = {
  id: 'order1' as OrderId,
  token: 'Sample-Token_0001' as PayToken,
  service: 'propertyTax',
  account,
  dues: dues.map((due) => (due.kind === 'LOI' ? { ...due, covers: ['old1', 'old2', 'old3'] } : due)),
  amount: total,
  citizenId: 'citizen1' as CitizenId,
  language: 'bn',
  createdAt: now - 5 * minute,
  expiresAt: now + 24 * 60 * minute,
};

/** A renewal for three years, the first of them late. */
export const sampleLicenceOrder: Order = {
  ...sampleOrder,
  id: 'order2' as OrderId,
  token: 'Sample-Token_0002' as PayToken,
  service: 'tradeLicence',
  account: licence,
  dues: [2026, 2027, 2028].map((year) => licenceYear(year, year === 2026 ? 562_50 : 0)),
  amount: paise(3 * 2_550_00 + 562_50),
};

function licenceYear(year: number, lateFine: number): Due {
  const whole = due('CE', year, [2_250, 0, lateFine / 100, 300]);
  const lines = whole.lines.filter(({ amount }) => amount > 0);
  return {
    ...whole,
    lines,
    ...(lateFine > 0 && { lateFine: { amount: paise(lateFine), rule: { name: 'licence late fine' } } }),
  };
}

export function sampleAttempt(state: AttemptState, reason?: FailureReason): AttemptStanding {
  return {
    reference: 'ATTEMPT1' as AttemptReference,
    gateway: 'billdesk',
    merchant: 'billdesk-main',
    merchantId: 'KMCTEST',
    state,
    ...(reason && { reason }),
    openedAt: now - 2 * minute,
    usableUntil: now + 13 * minute,
  };
}

export const sampleReceipt: ReceiptStanding = {
  number: receiptNumber('W', 2026, 123),
  amount: total,
  paidAt: now - minute,
  posting: 'posted',
};

export function sampleCase(kind: CaseKindName): OpenCase {
  return {
    id: 'case-1' as CaseId,
    kind,
    subject: 'payment',
    subjectId: sampleOrder.id,
    reason: 'amount',
    details: {},
    openedAt: now,
    dueAt: now + 60 * minute,
  };
}

/** An open order, nothing tried yet, but for what is given. */
export function sampleView(standing: Partial<Standing> = {}, view: Partial<PayView> = {}): PayView {
  return {
    order: sampleOrder,
    now,
    elsewhere: false,
    ways: { ways: ['page'], limits: {} },
    isPhone: true,
    ...view,
    standing: {
      orderId: sampleOrder.id,
      state: 'open',
      attempts: [],
      receipts: [],
      excess: [],
      cases: [],
      told: [],
      ...standing,
    },
  };
}

const everyWay: WaysToPay = { ways: ['page', 'upiApp', 'upiQr'], limits: {} };

/** As gateways return it, with what they may have signed at its end. */
export const sampleIntent =
  'upi://pay?pa=kmc.pt@testbank&pn=Kolkata%20Municipal%20Corporation&mc=9311&tr=ATTEMPT1&am=6234.00&cu=INR&mode=05&sign=a/b+c%3D';

/** Every stage, by a name for the reader. */
export const sampleViews = {
  ready: sampleView(),
  declined: sampleView({ attempts: [sampleAttempt('failed', 'declined')] }),
  cancelledThere: sampleView({ attempts: [sampleAttempt('cancelled')] }),
  ranOut: sampleView({ attempts: [sampleAttempt('expired')] }),
  atGateway: sampleView({ attempts: [sampleAttempt('redirected')] }),
  apps: sampleView({}, { ways: everyWay }),
  scanning: sampleView(
    { attempts: [sampleAttempt('redirected')] },
    {
      ways: everyWay,
      isPhone: false,
      redirect: { kind: 'qrCode', code: { data: sampleIntent }, until: now + 13 * minute },
    },
  ),
  inApp: sampleView(
    { attempts: [sampleAttempt('redirected')] },
    { ways: everyWay, redirect: { kind: 'intent', uri: sampleIntent } },
  ),
  undecided: sampleView({ attempts: [sampleAttempt('pending')] }),
  review: sampleView({ attempts: [sampleAttempt('review')] }),
  paid: sampleView({ state: 'paid', attempts: [sampleAttempt('success')], receipts: [sampleReceipt] }),
  paidTwice: sampleView({
    state: 'paid',
    attempts: [sampleAttempt('success'), sampleAttempt('success')],
    receipts: [sampleReceipt],
    excess: [{ id: '1', amount: total }],
  }),
  givenBack: sampleView({
    state: 'paid',
    attempts: [sampleAttempt('success')],
    excess: [{ id: '1', amount: total }],
    refunds: [
      { amount: paise(100), excess: paise(100) },
      {
        amount: paise(total - 100),
        excess: paise(total - 100),
        sent: { at: now, creditNote: 'CN-2026-27-000123', dueAgain: true },
      },
    ],
  }),
  excess: sampleView({
    state: 'paid',
    attempts: [sampleAttempt('success')],
    excess: [{ id: '1', amount: total }],
  }),
  credited: sampleView({
    state: 'paid',
    attempts: [sampleAttempt('success')],
    excess: [{ id: '1', amount: total }],
    credits: [{ id: '1', amount: total }],
  }),
  lessCredit: sampleView({}, { order: { ...sampleOrder, credit: paise(100_000) } }),
  covered: sampleView({}, { order: { ...sampleOrder, credit: total } }),
  paidByCredit: sampleView(
    { state: 'paid', receipts: [{ ...sampleReceipt, byCredit: total }] },
    { order: { ...sampleOrder, credit: total } },
  ),
  settled: sampleView({ state: 'paid' }),
  expired: sampleView({ state: 'expired' }),
  paidInPart: sampleView({
    state: 'changed',
    attempts: [sampleAttempt('success')],
    receipts: [sampleReceipt],
    cases: [sampleCase('partPaid')],
  }),
  changed: sampleView({ state: 'changed' }),
  cancelled: sampleView({ state: 'cancelled', attempts: [sampleAttempt('failed')] }),
  elsewhere: sampleView({}, { elsewhere: true }),
  gatewayAway: sampleView({}, { problem: 'gatewayAway' }),
  aboveLimit: sampleView(
    {},
    { problem: 'aboveLimit', ways: { ways: [], limits: { page: paise(5_00_000_00) } } },
  ),
  tooMuchForUpi: sampleView(
    {},
    { ways: { ways: ['page'], limits: { upiApp: paise(1_00_000_00), upiQr: paise(1_00_000_00) } } },
  ),
  tryAgain: sampleView({}, { problem: 'tryAgain' }),
} as const satisfies Readonly<Record<string, PayView>>;

const today = '2027-08-15' as CalendarDate;
const verifiedCertificate: VerifiedCertificate = {
  number: certificate.number,
  validFrom: certificate.validFrom,
  validUntil: certificate.validUntil,
  issuedAt: certificate.issuedAt,
  tradeName: certificate.particulars.tradeName,
  licenceEnding: '6789',
};

const revokedAt = Date.parse('2027-06-10T11:00:00+05:30');
const next = 'CE-2027-28-000045' as CertificateNumber;

/** What can be found under a number, by a name for the reader. */
export const sampleFound = {
  receipt: {
    is: 'receipt',
    receipt: {
      number: sampleReceipt.number,
      service: 'propertyTax',
      amount: total,
      paidAt: sampleReceipt.paidAt,
      accountEnding: '0571',
    },
  },
  givenBack: {
    is: 'receipt',
    receipt: {
      number: sampleReceipt.number,
      service: 'propertyTax',
      amount: total,
      paidAt: sampleReceipt.paidAt,
      accountEnding: '0571',
      givenBack: { amount: total, on: today },
    },
  },
  creditNote: {
    is: 'creditNote',
    note: {
      number: 'CN-2026-27-000123' as CreditNoteNumber,
      service: 'propertyTax',
      amount: total,
      refundedAt: sampleReceipt.paidAt,
      accountEnding: '0571',
      receipt: sampleReceipt.number,
    },
  },
  inForce: { is: 'certificate', certificate: verifiedCertificate, today },
  ofItsHolder: { is: 'certificate', certificate: verifiedCertificate, today, key: certificate.key },
  notBegun: { is: 'certificate', certificate: verifiedCertificate, today: '2027-03-31' as CalendarDate },
  lastDay: { is: 'certificate', certificate: verifiedCertificate, today: certificate.validUntil },
  expired: { is: 'certificate', certificate: verifiedCertificate, today: '2028-04-01' as CalendarDate },
  revoked: { is: 'certificate', certificate: { ...verifiedCertificate, revoked: { at: revokedAt } }, today },
  replaced: {
    is: 'certificate',
    certificate: { ...verifiedCertificate, revoked: { at: revokedAt, replacedBy: next } },
    today,
  },
} as const satisfies Readonly<Record<string, Found>>;
