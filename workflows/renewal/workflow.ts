/**
 * The renewal of a trade licence, from the application to the certificate. Postgres holds who applied, what an officer
 * decided and what was paid; this workflow knows what happens next: it waits for the officer and for the payment, reminds
 * the citizen once, lets an unpaid application lapse, and hands over the certificate.
 */
import { condition, proxyLocalActivities, setCurrentDetails, setHandler } from '@temporalio/workflow';
import type { RenewalActivities } from '../../activities/renewals.ts';
import type { RenewalStanding } from '../../domain/renewal.ts';
import { publishChanges } from '../publish.ts';
import { detailsOf, stages } from './details.ts';
import { renewalNewsSignal, renewalQuery, type RenewalInput } from './messages.ts';
import { handOver, tellOutdone, tellOnce } from './telling.ts';

/** What is read and written in our own database, in the same workflow task. */
const books = proxyLocalActivities<RenewalActivities>({
  startToCloseTimeout: '5 seconds',
  // Nothing goes on without the books, and a database that is away comes back.
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});

/** Money that may be on its way is waited for; then it is looked at again. */
const patienceMs = 1_800_000;

export async function renewal({ id, reminderMs }: RenewalInput): Promise<void> {
  let standing: RenewalStanding | undefined;
  /** Something was written down. */
  const news = { came: true };
  let published: { readonly renewalStage?: string; readonly needsAttention: boolean } = {
    needsAttention: false,
  };

  setHandler(renewalNewsSignal, () => void (news.came = true), {
    description: 'Something about the renewal was written down',
  });
  setHandler(renewalQuery, () => standing, { description: 'Where the renewal stands' });

  for (;;) {
    const current = await look();
    show(current);
    show(await keepUntold(current, await tell(current)));
    if (!isOver(current)) await untilNewsOrTime(current);
    else if (!news.came) return;
  }

  async function look(): Promise<RenewalStanding> {
    news.came = false;
    standing = await books.renewalStanding({ id });
    const { state, payment, application } = standing;
    if (state === 'awaitingPayment' && payment && payment.expiresAt <= Date.now()) {
      standing = await books.lapseRenewal({ id, application });
    }
    return standing;
  }

  /** Tells citizens whatever is to be told and was not. @returns the ids of the messages that could not be told */
  async function tell(current: RenewalStanding): Promise<string[]> {
    return [...(await tellOutdone(current)), ...(await tellApplicant(current))];
  }

  async function tellApplicant(current: RenewalStanding): Promise<string[]> {
    switch (current.state) {
      case 'awaitingPayment': {
        const untold = current.approved ? await tellOnce(current, 'approved') : [];
        return isTimeToRemind(current) ? [...untold, ...(await tellOnce(current, 'reminder'))] : untold;
      }
      case 'renewed':
        return handOver(current);
      case 'sentBack':
      case 'refused':
      case 'held':
        return tellOnce(current, current.state);
      default:
        return [];
    }
  }

  /** What could not be told is a case, for as long as that is so. */
  async function keepUntold(current: RenewalStanding, untold: readonly string[]): Promise<RenewalStanding> {
    const known = current.cases.flatMap(({ kind, fact }) => (kind === 'untold' ? fact : []));
    if (untold.length === 0 && known.length === 0) return current;
    standing = await books.keepUntold({ id, untold });
    return standing;
  }

  function isTimeToRemind({ application, paying, mayRemind, appliedAt, told }: RenewalStanding): boolean {
    const isDue = Date.now() >= appliedAt + reminderMs && !told.includes(`${application}-reminder`);
    return isDue && mayRemind && !paying;
  }

  /** Waits until something is written down, or it is time to remind, or to let the application lapse. */
  async function untilNewsOrTime({ payment, appliedAt, paying }: RenewalStanding): Promise<void> {
    const now = Date.now();
    if (!payment) return condition(() => news.came);
    // That a payment failed is no news: whoever was at the gateway is looked after again.
    const later = { at: now + patienceMs, summary: 'has the money come?' };
    const times = [
      { at: appliedAt + reminderMs, summary: 'remind the citizen' },
      { at: payment.expiresAt, summary: 'unpaid, it lapses' },
      ...(paying ? [later] : []),
    ].sort((one, other) => one.at - other.at);
    const { at, summary } = times.find((time) => time.at > now) ?? later;
    await condition(() => news.came, at - now, { summary });
  }

  function show(current: RenewalStanding): void {
    setCurrentDetails(detailsOf(current));
    const now = { renewalStage: stages[current.state], needsAttention: current.cases.length > 0 };
    publishChanges(published, now);
    published = now;
  }
}

function isOver({ state }: RenewalStanding): boolean {
  return state !== 'awaitingApproval' && state !== 'awaitingPayment';
}
