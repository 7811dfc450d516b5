/**
 * The renewal of a trade licence, from the application to the certificate. Postgres holds who applied, what an officer
 * decided and what was paid; this workflow knows what happens next: it waits for the officer and for the payment, reminds
 * the citizen once, lets an unpaid application lapse, and hands over the certificate.
 */
import { continueAsNew, setCurrentDetails, setHandler } from '@temporalio/workflow';
import type { RenewalStanding } from '../../domain/renewal.ts';
import { beginLife, type Deadline } from '../entity.ts';
import { publishChanges } from '../publish.ts';
import { books } from './books.ts';
import { detailsOf, stages } from './details.ts';
import { renewalNewsSignal, renewalQuery, type Published, type RenewalInput } from './messages.ts';
import { tellCitizens } from './telling.ts';

/** Money that may be on its way is waited for; then it is looked at again. */
const patienceMs = 1_800_000;

export async function renewal(input: RenewalInput): Promise<void> {
  const { id, reminderMs, carried } = input;
  const life = beginLife(carried?.life);
  let published: Published = carried?.published ?? { needsAttention: false };
  let standing: RenewalStanding | undefined;

  setHandler(renewalNewsSignal, () => life.news(), {
    description: 'Something about the renewal was written down',
  });
  setHandler(renewalQuery, () => standing, { description: 'Where the renewal stands' });

  await life.live<RenewalStanding>({
    async look() {
      const found = await life.ask(books, (mine) => mine.renewalStanding({ id }));
      standing = hasEndedUnpaid(found)
        ? await life.ask(books, (mine) => mine.lapseRenewal({ id, application: found.application }))
        : found;
      return standing;
    },

    act: (current) => tellCitizens(life, current, isTimeToRemind(current)),

    show(current) {
      setCurrentDetails(detailsOf(current, life.cancelled));
      const now = { stage: stages[current.state], needsAttention: current.cases.length > 0 };
      publishChanges({ ...published }, now);
      published = now;
    },

    next({ payment, appliedAt, paying }) {
      if (!payment) return [];
      const now = Date.now();
      // That a payment failed is no news: whoever was at the gateway is looked after again.
      const rounds = Math.floor((now - appliedAt) / patienceMs) + 1;
      const later: Deadline = { at: appliedAt + rounds * patienceMs, summary: 'has the money come?' };
      const times = [
        { at: appliedAt + reminderMs, summary: 'remind the citizen' },
        { at: payment.expiresAt, summary: 'unpaid, it lapses' },
        ...(paying ? [later] : []),
      ].filter(({ at }) => at > now);
      return times.length > 0 ? times : [later];
    },

    isOver({ state, paying, cases }) {
      if (life.cancelled) return !paying;
      return state !== 'awaitingApproval' && state !== 'awaitingPayment' && cases.length === 0;
    },

    handOn: (mine) => continueAsNew<typeof renewal>({ ...input, carried: { life: mine, published } }),
  });

  function isTimeToRemind({ application, paying, mayRemind, appliedAt, told }: RenewalStanding): boolean {
    const isDue = Date.now() >= appliedAt + reminderMs && !told.includes(`${application}-reminder`);
    return isDue && mayRemind && !paying;
  }
}

function hasEndedUnpaid({ state, payment }: RenewalStanding): boolean {
  return state === 'awaitingPayment' && payment !== undefined && payment.expiresAt <= Date.now();
}
