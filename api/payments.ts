/** Payments, as the API sees them: their workflows are told of news, and asked to send a citizen to the gateway. */
import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import {
  ServiceError,
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  isGrpcServiceError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Database } from '../database/connection.ts';
import { readOrder } from '../database/payments/orders.ts';
import { entities, workflowId, type EntityNews } from '../domain/entities.ts';
import type { Order, OrderId } from '../domain/payments/order.ts';
import type { GatewayName } from '../domain/payments/gateways.ts';
import type { Redirect } from '../domain/payments/redirect.ts';
import {
  openAttemptUpdate,
  paymentNewsSignal,
  type PaymentInput,
  type WantedOpening,
} from '../workflows/payment/messages.ts';
import { searchAttributes } from '../workflows/search-attributes.ts';
import { signalEntity, startOptions, type Beginning } from './entities.ts';

interface PaymentsOptions {
  readonly db: Database;
  readonly temporal: Client;
  readonly pollsMs?: readonly number[];
  readonly postingLateMs: number;
}

/** What comes of the wish to pay. `unavailable`: try again in a moment, nothing was begun. */
export type Opened =
  | { readonly outcome: 'redirect'; readonly gateway: GatewayName; readonly redirect: Redirect }
  | { readonly outcome: 'refused'; readonly because: string }
  | { readonly outcome: 'unavailable' };

export interface Payments {
  /** Tells the workflow of an order that Postgres knows something new; begins it when there is none. */
  readonly tell: (orderId: OrderId, news: readonly EntityNews<'payment'>[]) => Promise<void>;
  /** Sends a citizen to the gateway. */
  open(order: Order, wanted: WantedOpening): Promise<Opened>;
}

/** The citizen looks at a blank page meanwhile. */
const openDeadlineMs = 15_000;

export function createPayments({ db, temporal, ...times }: PaymentsOptions): Payments {
  const beginningOf = (order: Order): Beginning<'payment'> => beginning(order, times);

  return {
    async tell(orderId, news) {
      const isPaidInChat = news.some((each) => each.isPaidInChat === true);
      const all = { check: news.some(({ check }) => check), ...(isPaidInChat && { isPaidInChat }) };
      // Of a browser that came back alone, nothing is known that was not known before.
      if (!isPaidInChat && news.every(({ check }) => check)) {
        const payment = temporal.workflow.getHandle(workflowId('payment', orderId));
        await payment.signal(paymentNewsSignal, all).catch((error: unknown) => {
          // One that has ended has nothing to ask about.
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        });
        return;
      }
      const order = await readOrder(db, orderId);
      if (!order) return;
      // Also a payment that had ended: a bank may change its mind after days, and then there is something to do again.
      await signalEntity(temporal, 'payment', orderId, {
        beginning: beginningOf(order),
        signal: paymentNewsSignal,
        args: [all],
      });
    },

    async open(order, wanted) {
      const startWorkflowOperation = new WithStartWorkflowOperation(entities.payment.workflowType, {
        ...startOptions('payment', order.id, beginningOf(order)),
        workflowIdConflictPolicy: 'USE_EXISTING',
      });
      const answered = new AbortController();
      const { signal } = answered;
      try {
        return await Promise.race([
          temporal.withDeadline(Date.now() + openDeadlineMs, () =>
            temporal.workflow.executeUpdateWithStart(openAttemptUpdate, {
              startWorkflowOperation,
              args: [wanted],
            }),
          ),
          // The deadline holds for each of the client's own tries; with nobody there, these go on for longer.
          sleep(openDeadlineMs, { outcome: 'unavailable' } as const, { signal }),
        ]);
      } catch (error) {
        if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
          return { outcome: 'refused', because: error.cause.message };
        }
        if (isAway(error)) return { outcome: 'unavailable' };
        throw error;
      } finally {
        answered.abort();
        // Nobody else waits for the start.
        startWorkflowOperation.workflowHandle().catch(() => undefined);
      }
    },
  };
}

function beginning(
  order: Order,
  times: Pick<PaymentInput, 'pollsMs' | 'postingLateMs'>,
): Beginning<'payment'> {
  const { service, account, amount, citizenId } = order;
  const input: PaymentInput = { order, ...times };
  return {
    args: [input],
    attributes: [
      ...(citizenId ? [{ key: searchAttributes.citizenId, value: citizenId }] : []),
      { key: searchAttributes.service, value: service },
      { key: searchAttributes.accountNumber, value: account.number },
      { key: searchAttributes.stage, value: 'link sent' },
      { key: searchAttributes.amountRupees, value: amount / 100 },
      { key: searchAttributes.ward, value: account.ward },
      { key: searchAttributes.needsAttention, value: false },
    ],
    summary: `₹${(amount / 100).toFixed(2)} for ${account.number}`,
    details:
      'From the first try to pay to the receipt. The updates recheck, retryPosting and tellAgain move no money; people decide at the desk.',
  };
}

const awayCodes: readonly number[] = [
  status.UNAVAILABLE,
  status.DEADLINE_EXCEEDED,
  status.CANCELLED,
  status.FAILED_PRECONDITION,
];

/**
 * Temporal, or its workers, do not answer within the time that a citizen waits. FAILED_PRECONDITION: the workflow could
 * not be carried on some times in a row, as when its workers die, and takes no updates until it can.
 */
function isAway(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : error;
  const name = error instanceof Error ? error.name : '';
  return (
    name === 'WorkflowUpdateRPCTimeoutOrCancelledError' ||
    (isGrpcServiceError(cause) && awayCodes.includes(cause.code))
  );
}
