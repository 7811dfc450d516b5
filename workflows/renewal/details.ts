/** What operators and officers see of a renewal: its stage, and in a few lines what they can do. */
import { caseKinds } from '../../domain/people/case.ts';
import type { RenewalStanding, RenewalState } from '../../domain/renewal.ts';

/** What stands in the search attribute. */
export const stages: Readonly<Record<RenewalState, string>> = {
  awaitingApproval: 'awaiting approval',
  awaitingPayment: 'awaiting payment',
  renewed: 'renewed',
  held: 'paid, not extended',
  sentBack: 'sent back',
  refused: 'refused',
  lapsed: 'lapsed',
};

const explained: Readonly<Record<RenewalState, string>> = {
  awaitingApproval:
    'An officer has to agree before the fee is taken; the citizen is told what was decided, and why.',
  awaitingPayment:
    'The citizen has the link. The licence is extended when it is paid; unpaid, the application lapses.',
  renewed: 'Paid, and the licence is extended.',
  held: 'Paid, and not extended: the licence was closed or suspended meanwhile. The citizen has been told.',
  sentBack: 'An officer sent it back. The citizen may apply again.',
  refused: 'An officer refused it.',
  lapsed: 'It was not paid in time. The citizen may apply again.',
};

/** Markdown for the Web UI. */
export function detailsOf(standing: RenewalStanding, cancelled: boolean): string {
  const { licence, years, state, payment, certificate, reason, outdone, cases } = standing;
  return [
    explained[state],
    cancelled ? '**This workflow was cancelled.** It ends when no money is on its way.' : '',
    `Licence \`${licence.number}\` (trade \`${licence.trade}\`), valid until ${licence.validUntil}, for ${years} year(s).`,
    payment && state === 'awaitingPayment'
      ? `₹${(payment.amount / 100).toFixed(2)}, until ${new Date(payment.expiresAt).toISOString()}.`
      : '',
    reason === undefined ? '' : `Reason: ${reason}`,
    certificate ? `Certificate \`${certificate.number}\`, valid until ${certificate.validUntil}.` : '',
    outdone.length > 0 ? 'Somebody else came before whoever had applied.' : '',
    ...cases.map(({ id, kind }) => `**${caseKinds[kind].title}.** \`npm run desk -- case ${id}\``),
  ]
    .filter((line) => line !== '')
    .join('\n\n');
}
