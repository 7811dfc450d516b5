/**
 * One order, from the first try to pay it to its receipt. Postgres holds every fact about the money; this workflow knows
 * what happens next: it tells the citizen, tells the corporation's records, asks the gateway when that is due, calls a
 * person where the bank or the records take too long, and waits for news.
 */
import {
  ActivityFailure,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  TimeoutFailure,
  type ActivityOptions,
} from '@temporalio/workflow';
import type { OpenResult, PaymentActivities, PickedAccount } from '../../activities/payments.ts';
import { attemptStates, isUndecided } from '../../domain/payments/attempt.ts';
import type { GatewayName } from '../../domain/payments/gateways.ts';
import { toPay, type AttemptStanding, type Standing } from '../../domain/payments/order.ts';
import { mayAsk, nextPoll, type Asked } from '../../domain/payments/polls.ts';
import { stageOf } from '../../domain/payments/stage.ts';
import { gatewayQueue } from '../../domain/task-queues.ts';
import { beginLife, createTurns, reasonOf, type Deadline } from '../entity.ts';
import { reasoned, refusal, type Request } from '../people.ts';
import { publishChanges } from '../publish.ts';
import { books, priority } from './books.ts';
import { detailsOf, stageNames } from './details.ts';
import {
  openAttemptUpdate,
  paymentNewsSignal,
  paymentQuery,
  recheckUpdate,
  retryPostingUpdate,
  tellAgainUpdate,
  type PaymentInput,
  type Published,
  type WantedOpening,
} from './messages.ts';
import { openSomewhere } from './opening.ts';
import { askingWork, tellCitizen } from './telling.ts';

/** Tried until they answer, or for so long: while the records are away, a try costs no event. */
const recordsFor = (scheduleToCloseTimeout?: number): PaymentActivities =>
  proxyActivities<PaymentActivities>({
    startToCloseTimeout: '30 seconds',
    ...(scheduleToCloseTimeout !== undefined && { scheduleToCloseTimeout }),
    retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumInterval: '30 minutes' },
    // A try that is under way ends before another begins.
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    summary: "tell the corporation's records of the receipt",
    priority,
  });

/** A gateway that does not answer is asked again at the next occasion. */
function gatewayCalls(gateway: GatewayName, options: ActivityOptions): PaymentActivities {
  return proxyActivities<PaymentActivities>({
    taskQueue: gatewayQueue(gateway),
    retry: { maximumAttempts: 1 },
    priority,
    ...options,
  });
}

/** Asking once: the call itself ends after seven seconds. */
const asking = { startToCloseTimeout: '10 seconds', summary: 'ask the gateway' } as const;

/** Opening may ask about an earlier attempt first. Who has waited for as long as the pay page does is gone. */
const opening = {
  startToCloseTimeout: '20 seconds',
  scheduleToStartTimeout: '15 seconds',
  summary: 'send the citizen to the gateway',
} as const;

export async function payment(input: PaymentInput): Promise<void> {
  const { order, pollsMs, postingLateMs, carried } = input;
  const { id: orderId } = order;
  const amount = toPay(order);
  const life = beginLife(carried?.life);
  const askedAt: Record<string, number> = { ...carried?.askedAt };
  const askedTimes: Record<string, number> = { ...carried?.askedTimes };
  let postingSince = carried?.postingSince ?? null;
  let published: Published = carried?.published ?? { stage: stageNames.ready, needsAttention: false };
  let standing: Standing | undefined;
  /** The citizen came back from the gateway. */
  let check = false;
  /** WhatsApp says that an order in the chat is paid. */
  let isPaidInChat = false;
  /** Two tabs of one order are sent to the same page of the gateway. */
  const inTurn = createTurns();

  const mayOpen: (wanted: WantedOpening) => void = () => {
    const because = standing && reasonNotToPay(standing);
    if (because !== undefined) throw refusal(because);
  };

  setHandler(
    paymentNewsSignal,
    (news) => {
      check ||= news.check;
      isPaidInChat ||= news.isPaidInChat === true;
      life.news();
    },
    { description: 'Something about the order was written down, or the citizen came back from the gateway' },
  );
  setHandler(paymentQuery, () => standing, { description: 'Where the payment stands' });
  setHandler(openAttemptUpdate, (wanted: WantedOpening) => life.shielded(() => inTurn(() => open(wanted))), {
    validator: mayOpen,
    description: 'Sends the citizen to the gateway',
  });
  setHandler(recheckUpdate, () => life.shielded(recheck), {
    validator: reasoned,
    description: 'Asks the gateway about every attempt, now: {"why"}',
  });
  setHandler(retryPostingUpdate, () => life.shielded(retryPosting), {
    validator: (request: Request) => {
      reasoned(request);
      // Before the first look of a run, nobody knows better than whoever asks.
      if (!standing) return;
      const { receipts } = standing;
      if (receipts.length === 0) throw refusal('there is no receipt yet');
      if (receipts.every(({ posting }) => posting === 'posted')) {
        throw refusal('the records have the receipt already');
      }
    },
    description: 'Tells the corporation\'s records of the receipts, now: {"why"}',
  });
  setHandler(tellAgainUpdate, () => life.shielded(tellAgain), {
    validator: reasoned,
    description: 'Tells the citizen again what could not be told: {"why"}',
  });

  await life.live<Standing>({
    async look() {
      standing = await life.ask(books, (mine) => mine.standing({ orderId }));
      return standing;
    },

    act(current) {
      const now = Date.now();
      const isCheck = check;
      check = false;
      const wasPaidInChat = isPaidInChat;
      isPaidInChat = false;
      for (const attempt of current.attempts) {
        const isPaid = wasPaidInChat && attempt.chat !== undefined;
        if (isPaid && isBeingAsked(attempt)) {
          // The gateway may have answered that question before the payment: it is asked anew.
          life.again(askingWork(attempt.reference));
          isPaidInChat = true;
        } else if (
          isDue(attempt, current, now) ||
          ((isPaid || isCheck) && isOpenToAsk(attempt, current, { now, isPaid }))
        ) {
          begin(attempt);
        }
        if (isForPerson(attempt, current)) call(attempt);
      }
      tellCitizen(life, input, current, now);
      post(current, now);
    },

    show(current) {
      const stage = stageOf(current, Date.now());
      const isDone = stage === 'paid' && life.isIdle && isSettled(current) && current.cases.length === 0;
      const shown = isDone ? 'done' : stage;
      const now = {
        stage: stageNames[shown],
        gateway: current.attempts.at(-1)?.gateway,
        needsAttention: current.cases.length > 0,
      };
      publishChanges({ ...published }, now);
      published = now;
      const postingFailure = life.failureOf(postingWork(current));
      setCurrentDetails(detailsOf(current, { stage: shown, postingFailure, cancelled: life.cancelled }));
    },

    next: (current) => [
      ...current.attempts.flatMap((attempt): Deadline[] => {
        const at = nextAsk(attempt, current);
        return at === undefined ? [] : [{ at, summary: 'ask the gateway' }];
      }),
    ],

    isOver,

    handOn: (mine) =>
      continueAsNew<typeof payment>({
        ...input,
        carried: { life: mine, askedAt, askedTimes, postingSince, published },
      }),
  });

  /** The gateway has taken the success of an attempt back, or old news of it has come late: asking tells which. */
  function isContradicted({ reference }: AttemptStanding, { cases }: Standing): boolean {
    return cases.some(({ kind, details }) => kind === 'reversal' && details['reference'] === reference);
  }

  /** When the gateway is asked about an attempt next; undefined when never again. */
  function nextAsk(attempt: AttemptStanding, current: Standing): number | undefined {
    const state = isContradicted(attempt, current) ? 'pending' : attempt.state;
    return nextPoll({ ...attempt, state }, askedOf(attempt), pollsMs);
  }

  function askedOf({ reference }: AttemptStanding): Asked | undefined {
    const lastAt = askedAt[reference];
    return lastAt === undefined ? undefined : { times: askedTimes[reference] ?? 1, lastAt };
  }

  function noteAsked({ reference }: AttemptStanding): void {
    askedAt[reference] = Date.now();
    askedTimes[reference] = (askedTimes[reference] ?? 0) + 1;
  }

  /** Whether asking about an attempt may tell something, and is allowed out of turn. */
  function isOpenToAsk(
    attempt: AttemptStanding,
    current: Standing,
    { now, isPaid }: { readonly now: number; readonly isPaid: boolean },
  ): boolean {
    if (attempt.state === 'success' && !isContradicted(attempt, current)) return false;
    return mayAsk(attempt, askedOf(attempt), { now, pollsMs, isPaidInChat: isPaid });
  }

  function isBeingAsked({ reference }: AttemptStanding): boolean {
    return life.isUnderWay(askingWork(reference));
  }

  function isDue(attempt: AttemptStanding, current: Standing, now: number): boolean {
    const at = nextAsk(attempt, current);
    return at !== undefined && at <= now;
  }

  /** Begins to ask about an attempt. No answer is no news: it is asked again when the time comes. */
  function begin(attempt: AttemptStanding): void {
    noteAsked(attempt);
    life.begin(askingWork(attempt.reference), () => ask(attempt));
  }

  /** @returns what came of it, in words for operators */
  async function ask({ gateway, reference }: AttemptStanding): Promise<string> {
    try {
      const { attempts } = await gatewayCalls(gateway, asking).askGateway({ orderId, reference });
      return attempts.find((attempt) => attempt.reference === reference)?.state ?? 'unknown';
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === undefined) throw error;
      return `no answer: ${reason}`;
    }
  }

  /** Past the last time at which we ask by ourselves, and nobody looks after it. A review has a case of its own. */
  function isForPerson(attempt: AttemptStanding, current: Standing): boolean {
    if (attemptStates[attempt.state] === 'decided' || attempt.state === 'review') return false;
    if (nextAsk(attempt, current) !== undefined || isBeingAsked(attempt)) return false;
    return !current.cases.some(
      ({ kind, details }) => kind === 'undecided' && details['reference'] === attempt.reference,
    );
  }

  function call({ gateway, reference }: AttemptStanding): void {
    life.begin(`call for ${reference}`, () =>
      life.ask(books, (mine) => mine.callForUndecided({ orderId, gateway, reference, amount })),
    );
  }

  /** Begins to tell the records. What they refused waits for a person. */
  function post(current: Standing, now: number): void {
    const isPosting = current.receipts.some(({ posting }) => posting === 'due');
    postingSince = isPosting ? (postingSince ?? now) : null;
    if (postingSince === null) return;
    const lateAt = postingSince + postingLateMs;
    life.begin(postingWork(current), () => tellRecords(lateAt));
  }

  /** Tells the records for as long as it takes, and calls a person once when that takes too long. */
  async function tellRecords(lateAt: number): Promise<void> {
    try {
      // The time of the first tries is the alarm: a timer beside it would cost two events of every payment.
      await recordsFor(Math.max(lateAt - Date.now(), 1_000)).postReceipts({ orderId });
      return;
    } catch (error) {
      if (!isTimeout(error)) throw error;
    }
    await life.ask(books, (mine) => mine.callForLatePosting({ orderId }));
    await recordsFor().postReceipts({ orderId });
  }

  /** No money is on its way, and the records know of all that came. */
  function isSettled({ attempts, receipts }: Standing): boolean {
    if (receipts.some(({ posting }) => posting === 'due')) return false;
    return attempts.every(({ state }) => attemptStates[state] === 'decided');
  }

  /** Nothing is on its way, nothing is to be told to anybody, and no person has to look. */
  function isOver(current: Standing): boolean {
    const { attempts, cases } = current;
    if (!isSettled(current)) return false;
    // What has failed is asked about for some days; who has cancelled does not wait for that, nor for persons.
    return (
      life.cancelled ||
      (cases.length === 0 && attempts.every((attempt) => nextAsk(attempt, current) === undefined))
    );
  }

  /** An account is picked before its gateway is called, so that a slow gateway has only its own citizens wait. */
  async function open(wanted: WantedOpening): Promise<OpenResult> {
    // The opening asks about an attempt whose page has ended, or that has none, in the chat.
    const ended = standing?.attempts.filter((attempt) => attempt.state === 'redirected') ?? [];
    for (const attempt of ended)
      if (attempt.chat !== undefined || isUndecided(attempt, Date.now())) noteAsked(attempt);
    try {
      return await openSomewhere({
        pick: (press) => life.ask(books, (mine) => mine.pickAccount({ ...press, orderId, way: wanted.way })),
        open: (account) => openAt(account, wanted),
      });
    } finally {
      life.news();
    }
  }

  async function openAt(account: PickedAccount, wanted: WantedOpening): Promise<OpenResult> {
    try {
      return await gatewayCalls(account.gateway, opening).openAttempt({ ...wanted, orderId, account });
    } catch (error) {
      if (reasonOf(error) === undefined) throw error;
      return { outcome: 'refused', because: 'gatewayAway' };
    }
  }

  async function recheck(): Promise<string> {
    const { attempts } = await life.ask(books, (mine) => mine.standing({ orderId }));
    const lines: string[] = [];
    for (const attempt of attempts) {
      if (!mayAsk(attempt, askedOf(attempt), { now: Date.now(), pollsMs })) {
        lines.push(`${attempt.reference}: ${attempt.state}, not asked, because UPI allows no question now`);
        continue;
      }
      noteAsked(attempt);
      lines.push(`${attempt.reference}: was ${attempt.state}, now ${await ask(attempt)}`);
    }
    life.news();
    return lines.length === 0 ? 'nobody has tried to pay' : lines.join('; ');
  }

  async function retryPosting(): Promise<string> {
    await life.ask(books, (mine) => mine.retryPosting({ orderId }));
    life.news();
    if (standing) life.again(postingWork(standing));
    return 'the records are being told';
  }

  async function tellAgain(): Promise<string> {
    await life.ask(books, (mine) => mine.tellAgain({ orderId }));
    life.news();
    return 'what could not be told is being told again';
  }
}

/** The name of the work of posting. A receipt that comes meanwhile makes it another work. */
function postingWork({ receipts }: Standing): string {
  const due = receipts.filter(({ posting }) => posting === 'due').map(({ number }) => number);
  return `post ${due.join(' ')}`;
}

/** Why the citizen must not be sent to a gateway now. An attempt whose page has ended is asked about by the opening. */
function reasonNotToPay({ state, attempts }: Standing): string | undefined {
  if (attempts.some((attempt) => attemptStates[attempt.state] === 'undecided')) return 'undecided';
  return state === 'paid' || state === 'cancelled' ? state : undefined;
}

/** The time of an activity has run out: in the middle of a try, or because the next one would have been too late. */
function isTimeout(error: unknown): boolean {
  if (!(error instanceof ActivityFailure)) return false;
  return error.cause instanceof TimeoutFailure || error.retryState === 'TIMEOUT';
}
