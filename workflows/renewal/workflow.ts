/**
 * The renewal of a trade licence, from the application to the certificate. Postgres holds who applied, what an officer
 * decided and what was paid; this workflow knows what happens next: it waits for the officer and for the payment, reminds
 * the citizen once, lets an unpaid application lapse, and hands over the certificate.
 */
import {
  ActivityFailure,
  allHandlersFinished,
  ApplicationFailure,
  condition,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import type { RenewalActivities } from '../../activities/renewals.ts';
import type { RenewalStanding } from '../../domain/renewal.ts';
import { named, refusal } from '../people.ts';
import { publishChanges } from '../publish.ts';
import { detailsOf, stages } from './details.ts';
import {
  decideUpdate,
  renewalNewsSignal,
  renewalQuery,
  type Deciding,
  type RenewalInput,
} from './messages.ts';
import { handOver, tellOutdone, tellOnce } from './telling.ts';

/** What is read and written in our own database, in the same workflow task. */
const books = proxyLocalActivities<RenewalActivities>({
  startToCloseTimeout: '5 seconds',
  // Nothing goes on without the books, and a database that is away comes back.
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});

/** What an officer decides is carried out in full, however long the records or the database are away. */
const acts = proxyActivities<RenewalActivities>({ startToCloseTimeout: '15 seconds' });

/** Money that may be on its way is waited for; then it is looked at again. */
const patienceMs = 1_800_000;

export async function renewal({ id, reminderMs }: RenewalInput): Promise<void> {
  let standing: RenewalStanding | undefined;
  /** Something was written down. */
  const news = { came: true };
  let untold = false;
  let published: { readonly renewalStage?: string; readonly needsAttention: boolean } = {
    needsAttention: false,
  };

  setHandler(renewalNewsSignal, () => void (news.came = true), {
    description: 'Something about the renewal was written down',
  });
  setHandler(renewalQuery, () => standing, { description: 'Where the renewal stands' });
  setHandler(decideUpdate, decide, {
    validator: mayDecide,
    description: 'Decides on the application: {"who", "why", "decision": "approve" | "sendBack" | "refuse"}',
  });

  for (;;) {
    const current = await look();
    show(current);
    untold = !(await tell(current));
    show(current);
    if (isOver(current)) {
      await condition(allHandlersFinished);
      if (!news.came) return;
    } else await untilNewsOrTime(current);
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

  /** Tells the citizen whatever is to be told and was not. @returns false when something could not be told */
  async function tell(current: RenewalStanding): Promise<boolean> {
    const others = await tellOutdone(current);
    switch (current.state) {
      case 'awaitingPayment': {
        const told = !current.approved || (await tellOnce(current, 'approved'));
        return (!isTimeToRemind(current) || (await tellOnce(current, 'reminder'))) && told && others;
      }
      case 'renewed':
        return (await handOver(current)) && others;
      case 'sentBack':
      case 'refused':
        return (await tellOnce(current, current.state)) && others;
      default:
        return others;
    }
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

  function mayDecide(by: Deciding): void {
    named(by);
    if (!['approve', 'sendBack', 'refuse'].includes(by.decision)) {
      throw refusal('the decision is one of approve, sendBack, refuse');
    }
    if (standing?.state !== 'awaitingApproval') throw refusal('it does not wait for an officer');
  }

  async function decide(by: Deciding): Promise<string> {
    const { application = '' } = standing ?? {};
    try {
      await acts.decideRenewal({ id, application, ...by });
    } catch (error) {
      // Why the books refuse, for the officer to read.
      const cause = error instanceof ActivityFailure ? error.cause : undefined;
      throw cause instanceof ApplicationFailure ? refusal(cause.message) : error;
    }
    news.came = true;
    return 'decided';
  }

  function show(current: RenewalStanding): void {
    setCurrentDetails(detailsOf(current, untold));
    const now = {
      renewalStage: stages[current.state],
      needsAttention: current.state === 'awaitingApproval' || untold,
    };
    publishChanges(published, now);
    published = now;
  }
}

function isOver({ state }: RenewalStanding): boolean {
  return state !== 'awaitingApproval' && state !== 'awaitingPayment';
}
