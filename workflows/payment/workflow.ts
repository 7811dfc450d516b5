/**
 * One order, from its link to its receipt. Postgres holds every fact about the money; this workflow knows what happens
 * next: it looks at where the order stands, tells the citizen, tells the corporation's records, asks the gateway when
 * that is due, and waits for news.
 */
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Browser, OpenResult, PaymentActivities } from '../../activities/payments.ts';
import { isUndecided } from '../../domain/payments/attempt.ts';
import type { AttemptStanding, Standing } from '../../domain/payments/order.ts';
import { nextPoll } from '../../domain/payments/polls.ts';
import { attributesOf, detailsOf, needsPerson, stageOf } from './details.ts';
import {
  cancelUpdate,
  openAttemptUpdate,
  paymentNewsSignal,
  paymentQuery,
  recheckUpdate,
  resolveReviewUpdate,
  retryPostingUpdate,
  type PaymentInput,
  type Published,
  type Resolving,
} from './messages.ts';
import { createPosting } from './posting.ts';
import { createTelling } from './telling.ts';
import { named, refusal, type ByPerson } from '../people.ts';
import { publishChanges } from '../publish.ts';
import { createTurns } from './turns.ts';

/** What is read and written in our own database, in the same workflow task. */
const books = proxyLocalActivities<PaymentActivities>({
  startToCloseTimeout: '5 seconds',
  // Nothing goes on without the books, and a database that is away comes back.
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});

/** A gateway that does not answer at once is asked again at the next occasion. */
const gateway = proxyLocalActivities<PaymentActivities>({
  startToCloseTimeout: '8 seconds',
  retry: { maximumAttempts: 1 },
});

/** What people do is carried out in full, however long the database is away. */
const acts = proxyActivities<PaymentActivities>({ startToCloseTimeout: '10 seconds' });

interface Wanted {
  readonly browser: Browser;
  readonly anyway: boolean;
}

/** Our clock and that of the database may differ a little. */
const shortestWaitMs = 1_000;

export async function payment(input: PaymentInput): Promise<void> {
  const { orderId, expiresAt, pollsMs } = input;
  const askedAt: Record<string, number> = { ...input.carried?.askedAt };
  let published: Published = input.carried?.published ?? { stage: 'link sent', needsAttention: false };
  let standing: Standing | undefined;
  /** What the loop below is woken for. */
  const due = { look: true, check: false, changed: false };

  /** Something here is different. */
  const changed = (): void => {
    due.changed = true;
  };
  /** The books say more now. */
  const written = (): void => {
    due.look = true;
  };
  const mayOpen: (wanted: Wanted) => void = () => {
    const because = standing && reasonNotToPay(standing);
    if (because !== undefined) throw refusal(because);
  };
  const posting = createPosting({ ...input, changed, posted: written });
  const inTurn = createTurns();
  const telling = createTelling({ ...input, inTurn, toldSomething: written });

  setHandler(
    paymentNewsSignal,
    ({ check }) => {
      due.look = true;
      due.check ||= check;
    },
    { description: 'Something about the order was written down, or the citizen came back from the gateway' },
  );
  setHandler(paymentQuery, () => standing, { description: 'Where the payment stands' });
  setHandler(openAttemptUpdate, open, {
    validator: mayOpen,
    description: 'Sends the citizen to the gateway',
  });
  setHandler(recheckUpdate, recheck, {
    validator: named,
    description: 'Asks the gateway about every attempt, now: {"who", "why"}',
  });
  setHandler(retryPostingUpdate, retryPosting, {
    validator: (by: ByPerson) => {
      named(by);
      if (!standing?.receipt) throw refusal('there is no receipt yet');
      if (standing.receipt.posted) throw refusal('the records have the receipt already');
    },
    description: 'Tells the corporation\'s records of the receipt, now: {"who", "why"}',
  });
  setHandler(resolveReviewUpdate, resolveReview, {
    validator: (by: Resolving) => {
      named(by);
      if (!['accept', 'excess', 'dismiss'].includes(by.decision)) {
        throw refusal('the decision is one of accept, excess, dismiss');
      }
      if (!standing?.reviews.some(({ id }) => id === by.reviewId)) {
        throw refusal('there is no such open review');
      }
    },
    description:
      'Decides on a claim of the gateway: {"who", "why", "reviewId", "decision": "accept" | "excess" | "dismiss"}',
  });
  setHandler(cancelUpdate, cancel, {
    validator: (by: ByPerson) => {
      named(by);
      if (standing?.state === 'paid') throw refusal('the order is paid');
      if (standing?.attempts.some(({ state }) => isUndecided(state))) {
        throw refusal('money may be on its way: recheck first');
      }
    },
    description: 'Ends the order, so that it can no longer be paid: {"who", "why"}',
  });

  for (;;) {
    const current = await look();
    telling.tell(current);
    posting.post(current);
    show(current);
    if (isOver(current)) {
      await condition(allHandlersFinished);
      if (!due.look) return;
    } else if (workflowInfo().continueAsNewSuggested && !telling.busy && !posting.busy) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof payment>({ ...input, carried: { askedAt, published } });
    } else await news(current);
  }

  /** Reads the books when there is reason to, after asking the gateway when that is due. */
  async function look(): Promise<Standing> {
    if (due.look || !standing) {
      due.look = false;
      standing = await inTurn(() => books.standing({ orderId }));
    }
    const asked = attemptsToAsk(standing);
    due.check = false;
    for (const { reference } of asked) {
      askedAt[reference] = Date.now();
      try {
        standing = await inTurn(() => gateway.askGateway({ orderId, reference }));
      } catch {
        // No answer is no news: it is asked again when the time comes.
      }
    }
    return standing;
  }

  /** When the gateway is asked about an attempt next; undefined when never again. */
  function nextAsk(attempt: AttemptStanding): number | undefined {
    return nextPoll(attempt, askedAt[attempt.reference], pollsMs);
  }

  function attemptsToAsk({ attempts }: Standing): AttemptStanding[] {
    const isDue = (attempt: AttemptStanding): boolean => {
      const at = nextAsk(attempt);
      return at !== undefined && at <= Date.now();
    };
    const wanted = (attempt: AttemptStanding): boolean =>
      due.check && attempt.state !== 'success' && attempt.state !== 'review';
    return attempts.filter((attempt) => isDue(attempt) || wanted(attempt));
  }

  /** Waits until somebody brings news, something here has ended, or it is time to do something by itself. */
  async function news(current: Standing): Promise<void> {
    const isNews = (): boolean => due.look || due.check || due.changed;
    const at = [...current.attempts.map(nextAsk), current.state === 'open' ? expiresAt : undefined].filter(
      (time) => time !== undefined,
    );
    if (at.length === 0) await condition(isNews);
    else {
      const wait = Math.max(Math.min(...at) - Date.now(), shortestWaitMs);
      const summary = current.attempts.length > 0 ? 'ask the gateway' : 'the link expires';
      const woken = await condition(isNews, wait, { summary });
      if (!woken && Date.now() >= expiresAt && current.state === 'open') due.look = true;
    }
    due.changed = false;
  }

  function isOver({ state, attempts, reviews }: Standing): boolean {
    if (state === 'open' || telling.busy || posting.busy || reviews.length > 0) return false;
    return attempts.every((attempt) => !isUndecided(attempt.state) && nextAsk(attempt) === undefined);
  }

  function show(current: Standing): void {
    const late = posting.late || telling.failed;
    const stage = stageOf(current, telling.told(current));
    const now = {
      stage,
      gateway: current.attempts.at(-1)?.gateway,
      needsAttention: needsPerson(current, late, isWatchedNoMore),
    };
    publishChanges(attributesOf(published), attributesOf(now));
    published = now;
    setCurrentDetails(detailsOf(current, { stage, posting: posting.state, isWatchedNoMore }));
  }

  /** Undecided, and past the last time at which we ask by ourselves. */
  function isWatchedNoMore(attempt: AttemptStanding): boolean {
    return isUndecided(attempt.state) && nextAsk(attempt) === undefined;
  }

  async function open(wanted: Wanted): Promise<OpenResult> {
    try {
      // In turn also because two tabs of one order are to be sent to the same page of the gateway.
      return await inTurn(() => gateway.openAttempt({ ...wanted, orderId }));
    } catch {
      return { is: 'refused', because: 'gatewayAway' };
    } finally {
      due.look = true;
    }
  }

  async function recheck(by: ByPerson): Promise<string> {
    await acts.noteAct({ orderId, key: actKey('recheck'), act: 'recheck', ...by });
    due.check = true;
    return 'the gateway is being asked';
  }

  async function retryPosting(by: ByPerson): Promise<string> {
    await acts.noteAct({ orderId, key: actKey('retryPosting'), act: 'retryPosting', ...by });
    posting.retry();
    return 'the records are being told';
  }

  async function resolveReview(by: Resolving): Promise<string> {
    const { reviewId } = by;
    const resolved = await acts.resolveReview({
      orderId,
      key: `review-${reviewId}`,
      act: 'resolveReview',
      ...by,
    });
    due.look = true;
    if (resolved.is === 'refused') throw refusal(resolved.because);
    return 'resolved';
  }

  async function cancel(by: ByPerson): Promise<string> {
    await acts.cancelOrder({ orderId, key: actKey('cancel'), act: 'cancel', ...by });
    due.look = true;
    return 'the order is cancelled';
  }

  function actKey(act: string): string {
    return `${orderId}-${act}-${Date.now()}`;
  }
}

/** Why the citizen must not be sent to a gateway now. */
function reasonNotToPay({ state, attempts }: Standing): string | undefined {
  if (attempts.some((attempt) => isUndecided(attempt.state))) return 'undecided';
  return state === 'paid' || state === 'cancelled' ? state : undefined;
}
