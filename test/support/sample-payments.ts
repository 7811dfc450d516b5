/** An order in every stage that its pay page knows, and receipts: for tests that look at the pages. */
import type { AttemptReference, AttemptState, FailureReason } from '../../domain/attempt.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import { paise } from '../../domain/money.ts';
import type { AttemptStanding, Order, OrderId, PayToken, Standing } from '../../domain/order.ts';
import { receiptNumber, type Verification } from '../../domain/receipt.ts';
import type { PublicFacts } from '../../texts/pages.ts';
import type { PayView } from '../../web/pay-stage.ts';
import { sampleDues } from './sample-replies.ts';

export const sampleFacts: PublicFacts = {
  number: '83359 99111',
  office: { bn: 'নমুনা সরণি, কলকাতা', en: 'Sample Street <Kolkata>', hi: 'नमूना मार्ग, कोलकाता' },
  hours: { bn: 'সকাল ১০টা থেকে', en: 'from 10 am', hi: 'सुबह 10 बजे से' },
  complaints: { bn: '০০০ ০০০ ০০০০', en: '000 000 0000', hi: '000 000 0000' },
  publicUrl: 'https://services.example.org',
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

export function sampleAttempt(state: AttemptState, reason?: FailureReason): AttemptStanding {
  return {
    reference: 'ATTEMPT1' as AttemptReference,
    gateway: 'billdesk',
    state,
    ...(reason && { reason }),
    openedAt: now - 2 * minute,
    usableUntil: now + 13 * minute,
  };
}

export const sampleReceipt: NonNullable<Standing['receipt']> = {
  number: receiptNumber('W', 2026, 123),
  amount: total,
  paidAt: now - minute,
  posted: true,
};

/** An open order, nothing tried yet, but for what is given. */
export function sampleView(standing: Partial<Standing> = {}, view: Partial<PayView> = {}): PayView {
  return {
    order: sampleOrder,
    now,
    elsewhere: false,
    ...view,
    standing: {
      orderId: sampleOrder.id,
      state: 'open',
      attempts: [],
      excess: paise(0),
      reviews: [],
      told: [],
      ...standing,
    },
  };
}

/** Every stage, by a name for the reader. */
export const sampleViews = {
  ready: sampleView(),
  declined: sampleView({ attempts: [sampleAttempt('failed', 'declined')] }),
  cancelledThere: sampleView({ attempts: [sampleAttempt('cancelled')] }),
  ranOut: sampleView({ attempts: [sampleAttempt('expired')] }),
  begun: sampleView({ attempts: [sampleAttempt('redirected')] }),
  pending: sampleView({ attempts: [sampleAttempt('pending')] }),
  review: sampleView({ attempts: [sampleAttempt('review')] }),
  paid: sampleView({ state: 'paid', attempts: [sampleAttempt('success')], receipt: sampleReceipt }),
  paidTwice: sampleView({
    state: 'paid',
    attempts: [sampleAttempt('success'), sampleAttempt('success')],
    receipt: sampleReceipt,
    excess: total,
  }),
  excess: sampleView({ state: 'paid', attempts: [sampleAttempt('success')], excess: total }),
  settled: sampleView({ state: 'paid' }),
  expired: sampleView({ state: 'expired' }),
  cancelled: sampleView({ state: 'cancelled', attempts: [sampleAttempt('failed')] }),
  elsewhere: sampleView({}, { elsewhere: true }),
  gatewayAway: sampleView({}, { problem: 'gatewayAway' }),
  tryAgain: sampleView({}, { problem: 'tryAgain' }),
} as const satisfies Readonly<Record<string, PayView>>;

export const sampleVerification: Verification = {
  number: sampleReceipt.number,
  service: 'propertyTax',
  amount: total,
  paidAt: sampleReceipt.paidAt,
  accountEnding: '0571',
};
