/** Licences that tests of the chat know: what is offered for one, and what is due on it. */
import type { RenewalActivities, RenewalOffer } from '../../activities/renewals.ts';
import { addDays } from '../../domain/calendar.ts';
import type { DuesFound } from '../../domain/look-up.ts';
import { paise } from '../../domain/money.ts';
import type { PayToken } from '../../domain/payments/order.ts';
import type { Renewability, RenewalPayment, Term } from '../../domain/renewal.ts';
import { licence, sampleFees, sampleTerms } from './sample-replies.ts';

export const [term, ...longer] = sampleTerms as [Term, ...Term[]];
const renewable: Renewability = {
  may: 'renew',
  from: addDays(licence.validUntil, 1),
  terms: [term, ...longer],
};

/** The licence of this number, which can be renewed unless it is said otherwise. */
export function offerOf(number: string, change: Partial<RenewalOffer> = {}): RenewalOffer {
  return { found: 'offer', licence: { ...licence, number }, renewability: renewable, ...change };
}

export const link: RenewalPayment = {
  token: 'sampletokensampletoken12' as PayToken,
  amount: paise(180_000),
  expiresAt: Date.UTC(2026, 10, 25, 11, 5),
};

/** A year's fee, to be paid by the link. */
export function feeOf({ licence: account }: RenewalOffer): DuesFound<'licence'> {
  const { token, expiresAt } = link;
  const dues = { ...sampleFees(1), account };
  return { found: 'dues', dues, pay: { token, expiresAt }, renewable: true };
}

export const appliedAt = Date.UTC(2026, 10, 22, 11, 5);

/** What comes of an application for so many years: the link to pay, where that is one of the terms. */
export const applyForTerm: RenewalActivities['applyForRenewal'] = ({ years }) => {
  const wanted = [term, ...longer].find((each) => each.years === years);
  return Promise.resolve(
    wanted ? { outcome: 'applied', appliedAt, payment: link, term: wanted } : { outcome: 'changed' },
  );
};
