/**
 * One refund, from the request to the credit note. Postgres holds who asked and who agreed, and what became of the money; this
 * workflow knows what happens next: it waits for the second person, asks the gateway that took the money until that has decided,
 * tells the citizen, and calls a person where the gateway takes too long.
 */
import { continueAsNew, proxyActivities, setCurrentDetails, setHandler } from '@temporalio/workflow';
import type { RefundActivities } from '../../activities/refunds.ts';
import type { GatewayName } from '../../domain/payments/gateways.ts';
import { nextRefundPoll, type RefundStanding } from '../../domain/payments/refund.ts';
import { gatewayQueue } from '../../domain/task-queues.ts';
import { beginLife, reasonOf } from '../entity.ts';
import { reasoned } from '../people.ts';
import { publishChanges } from '../publish.ts';
import { books, priority } from './books.ts';
import { detailsOf, stages } from './details.ts';
import {
  recheckRefundUpdate,
  refundNewsSignal,
  refundQuery,
  tellOfRefundAgainUpdate,
  type Published,
  type RefundInput,
} from './messages.ts';
import { tellCitizen } from './telling.ts';

/** Two calls at most, each of which ends after seven seconds. One that is not answered is made again at the next occasion. */
const gatewayCalls = (gateway: GatewayName): RefundActivities =>
  proxyActivities<RefundActivities>({
    taskQueue: gatewayQueue(gateway),
    startToCloseTimeout: '20 seconds',
    retry: { maximumAttempts: 1 },
    summary: 'give the money back, or ask what became of it',
    priority,
  });

const asking = 'ask the gateway';

export async function refund(input: RefundInput): Promise<void> {
  const { reference, pollsMs, carried } = input;
  const life = beginLife(carried?.life);
  let askedAt = carried?.askedAt ?? null;
  let published: Published = carried?.published ?? { needsAttention: false };
  let standing: RefundStanding | undefined;
  /** A person wants the gateway to be asked. */
  let check = false;

  setHandler(
    refundNewsSignal,
    (news) => {
      check ||= news.check;
      life.news();
    },
    { description: 'Something about the refund was written down, or a person wants the gateway to be asked' },
  );
  setHandler(refundQuery, () => standing, { description: 'Where the refund stands' });
  setHandler(recheckRefundUpdate, () => life.shielded(recheck), {
    validator: reasoned,
    description: 'Asks the gateway what became of the refund, now: {"why"}',
  });
  setHandler(tellOfRefundAgainUpdate, () => life.shielded(tellAgain), {
    validator: reasoned,
    description: 'Tells the citizen again what could not be told: {"why"}',
  });

  await life.live<RefundStanding>({
    async look() {
      standing = await life.ask(books, (mine) => mine.refundStanding({ reference }));
      return standing;
    },

    act(current) {
      const isCheck = check;
      check = false;
      if (isUnderWay(current) && (isCheck || isDue(current))) {
        life.begin(asking, () => ask(current));
      }
      if (isForPerson(current)) {
        life.begin('call a person', () =>
          life.ask(books, (mine) => mine.callForUndecidedRefund({ reference })),
        );
      }
      tellCitizen(life, current);
    },

    show(current) {
      const shown = { failure: life.failureOf(asking), cancelled: life.cancelled };
      setCurrentDetails(detailsOf(current, shown));
      const now = { stage: stages[current.state], needsAttention: current.cases.length > 0 };
      publishChanges({ ...published }, now);
      published = now;
    },

    next(current) {
      const at = nextAsk(current);
      return at === undefined ? [] : [{ at, summary: 'ask the gateway' }];
    },

    // Whoever has cancelled does not wait for persons; money that may be on its way is watched to its end.
    isOver: (current) => !isUnderWay(current) && (life.cancelled || current.cases.length === 0),

    handOn: (mine) => continueAsNew<typeof refund>({ ...input, carried: { life: mine, askedAt, published } }),
  });

  /** When the gateway is asked next; undefined when never again. */
  function nextAsk(current: RefundStanding): number | undefined {
    return nextRefundPoll(current, askedAt ?? undefined, pollsMs);
  }

  function isDue(current: RefundStanding): boolean {
    const at = nextAsk(current);
    return at !== undefined && at <= Date.now();
  }

  /** Past the last time at which we ask by ourselves, and nobody looks after it. */
  function isForPerson(current: RefundStanding): boolean {
    if (!isUnderWay(current) || nextAsk(current) !== undefined || life.isUnderWay(asking)) return false;
    return !current.cases.some(({ kind }) => kind === 'refundUndecided');
  }

  async function ask({ attempt }: RefundStanding): Promise<RefundStanding> {
    askedAt = Date.now();
    return gatewayCalls(attempt.gateway).giveBack({ reference });
  }

  async function recheck(): Promise<string> {
    const before = await life.ask(books, (mine) => mine.refundStanding({ reference }));
    if (!isUnderWay(before)) return `nothing to ask: it is ${before.state}`;
    try {
      const { state } = await ask(before);
      return `was ${before.state}, now ${state}`;
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === undefined) throw error;
      return `no answer: ${reason}`;
    } finally {
      life.news();
    }
  }

  async function tellAgain(): Promise<string> {
    await life.ask(books, (mine) => mine.tellOfRefundAgain({ reference }));
    life.news();
    return 'what could not be told is being told again';
  }
}

/** Only the gateway knows how it ends. */
function isUnderWay({ state }: RefundStanding): boolean {
  return state === 'approved' || state === 'submitted';
}
