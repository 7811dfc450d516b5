/** What operators and officers see of a renewal: its stage, and in a few lines what they can do. */
import type { RenewalStanding, RenewalState } from '../../domain/renewal.ts';

/** What stands in the search attribute. */
export const stages: Readonly<Record<RenewalState, string>> = {
  awaitingApproval: 'awaiting approval',
  awaitingPayment: 'awaiting payment',
  renewed: 'renewed',
  sentBack: 'sent back',
  refused: 'refused',
  lapsed: 'lapsed',
};

const explained: Readonly<Record<RenewalState, string>> = {
  awaitingApproval:
    '**An officer has to decide.** Send the update `decide` with `{"who": "…", "why": "…", "decision": "approve"}`; ' +
    '`sendBack` and `refuse` tell the citizen the reason.',
  awaitingPayment:
    'The citizen has the link. The licence is extended when it is paid; unpaid, the application lapses.',
  renewed: 'Paid, and the licence is extended.',
  sentBack: 'An officer sent it back. The citizen may apply again.',
  refused: 'An officer refused it.',
  lapsed: 'It was not paid in time. The citizen may apply again.',
};

/** Markdown for the Web UI. */
export function detailsOf(standing: RenewalStanding, untold: boolean): string {
  const { licence, years, state, payment, certificate, reason, outdone } = standing;
  return [
    explained[state],
    `Licence \`${licence.number}\` (trade \`${licence.trade}\`), valid until ${licence.validUntil}, for ${years} year(s).`,
    payment && state === 'awaitingPayment'
      ? `₹${(payment.amount / 100).toFixed(2)}, until ${new Date(payment.expiresAt).toISOString()}.`
      : '',
    reason === undefined ? '' : `Reason: ${reason}`,
    certificate ? `Certificate \`${certificate.number}\`, valid until ${certificate.validUntil}.` : '',
    outdone.length > 0 ? 'Somebody else paid before whoever had applied.' : '',
    untold
      ? '**Something could not be told to the citizen.** Look at the failed activity for the reason.'
      : '',
  ]
    .filter((line) => line !== '')
    .join('\n\n');
}
