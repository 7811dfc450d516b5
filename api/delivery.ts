/**
 * Carries the inbox to Temporal: at once when a webhook wrote something, and again for whatever stayed behind, oldest
 * first, as soon as Temporal answers. The database decides what is undelivered; nothing here needs to survive.
 */
import { status } from '@grpc/grpc-js';
import { ServiceError, isGrpcServiceError, type Client } from '@temporalio/client';
import type { Database } from '../database/connection.ts';
import {
  deliverLane,
  inboxBacklog,
  waitingLanes,
  type ConversationMail,
  type Hands,
  type Lane,
} from '../database/inbox.ts';
import { conversationId, type CitizenId } from '../domain/citizen.ts';
import { defaultLanguage } from '../domain/language.ts';
import { paymentId, unknownPaymentId } from '../domain/payments/order.ts';
import { renewalWorkflowId } from '../domain/renewal.ts';
import { taskQueues } from '../domain/task-queues.ts';
import type { Logger } from '../platform/log.ts';
import type { IngressMetrics } from '../platform/metrics.ts';
import { receiveMessagesSignal, type ConversationInput } from '../workflows/conversation/messages.ts';
import { searchAttributes } from '../workflows/search-attributes.ts';
import type { Payments } from './payments.ts';
import type { Renewals } from './renewals.ts';

interface DeliveryOptions {
  readonly db: Database;
  readonly temporal: Client;
  readonly payments: Payments;
  readonly renewals: Renewals;
  readonly quietMs: number;
  readonly windowMs: number;
  readonly metrics: IngressMetrics;
  readonly log: Logger;
}

export interface Delivery {
  /** Delivers what waits in these lanes, soon. */
  deliver(lanes: readonly Lane[]): void;
  /** Whether messages reach their workflows at the moment, as far as is known. */
  isOpen(): boolean;
  /** Ends after what is under way. */
  stop(): Promise<void>;
}

/** Lanes that one process delivers at the same time; each holds one connection to Postgres meanwhile. */
export const lanesAtOnce = 6;
const sweepMs = 1_000;
/** Younger rows are still on their direct way. */
const overdueMs = 2_000;
const temporalDeadlineMs = 5_000;
const longestPauseMs = 5_000;
/** How long a lane rests that Temporal refuses while it takes others. */
const refusedPauseMs = 10_000;

export function createDelivery(options: DeliveryOptions): Delivery {
  const { db, temporal, payments, renewals, quietMs, windowMs, metrics, log } = options;
  // Each by the id of its workflow.
  const waiting = new Map<string, Lane>();
  const active = new Map<string, Promise<void>>();
  /** Lanes that Temporal refused, and when they may be tried again. */
  const resting = new Map<string, number>();
  /** How long the way to Temporal has been given a rest after the last failure; 0 when it is open. */
  let pauseMs = 0;
  let stopped = false;
  let sweeping: NodeJS.Timeout | undefined;

  function pump(): void {
    // While the way is blocked a single lane tries whether it is open again.
    const places = pauseMs > 0 ? 1 : lanesAtOnce;
    for (const [workflowId, lane] of waiting) {
      if (active.size >= places || stopped) return;
      if (active.has(workflowId)) continue;
      waiting.delete(workflowId);
      active.set(
        workflowId,
        deliverOne(workflowId, lane).finally(() => {
          active.delete(workflowId);
          if (pauseMs === 0) pump();
        }),
      );
    }
  }

  async function deliverOne(workflowId: string, lane: Lane): Promise<void> {
    try {
      const delivered = await deliverLane(db, lane, hands);
      metrics.delivered.inc(delivered);
      if (pauseMs > 0) log.info('what waited in the inbox is delivered again');
      pauseMs = 0;
    } catch (error) {
      if (isRefusal(error)) {
        log.error(
          { err: error, workflowId },
          'Temporal refuses what is for one workflow; it stays in the inbox',
        );
        resting.set(workflowId, Date.now() + refusedPauseMs);
        return;
      }
      if (pauseMs === 0) log.warn({ err: error }, 'cannot deliver; messages wait in the inbox');
      pauseMs = Math.min(Math.max(pauseMs * 2, sweepMs / 2), longestPauseMs);
    }
  }

  const hands: Hands = {
    conversation: (citizenId, mail) => soon(() => signalConversation(citizenId, mail)),
    payment: (orderId, news) => soon(() => payments.tell(orderId, news)),
    renewal: (id) => soon(() => renewals.tell(id)),
    unknownPayment: (reviewId) => soon(() => payments.showUnknown(reviewId)),
  };

  /** A call to Temporal that does not wait for ever. */
  function soon<T>(call: () => Promise<T>): Promise<T> {
    return temporal.withDeadline(Date.now() + temporalDeadlineMs, call);
  }

  async function signalConversation(
    citizenId: CitizenId,
    { messages, language, optedOut }: ConversationMail,
  ): Promise<void> {
    const input: ConversationInput = {
      citizenId,
      language: language ?? defaultLanguage,
      optedOut,
      quietMs,
      windowMs,
      knowsLicences: true,
    };
    await temporal.workflow.signalWithStart('conversation', {
      workflowId: conversationId(citizenId),
      taskQueue: taskQueues.conversations,
      args: [input],
      signal: receiveMessagesSignal,
      signalArgs: [{ messages }],
      typedSearchAttributes: [
        { key: searchAttributes.citizenId, value: citizenId },
        { key: searchAttributes.needsAttention, value: false },
      ],
      staticSummary: 'WhatsApp conversation with a citizen',
      staticDetails:
        'Waits for messages and answers each with one. Ends after 24 hours of silence. The current details say where it stands.',
    });
  }

  async function sweep(): Promise<void> {
    try {
      const backlog = await inboxBacklog(db);
      metrics.undelivered.set(backlog.rows);
      metrics.oldestUndelivered.set(backlog.oldestSeconds);
      if (backlog.oldestSeconds * 1000 >= overdueMs) {
        for (const [lane, until] of resting) if (until < Date.now()) resting.delete(lane);
        for (const lane of await waitingLanes(db, overdueMs, 500)) {
          if (!resting.has(workflowOf(lane))) waiting.set(workflowOf(lane), lane);
        }
      }
      pump();
    } catch (error) {
      log.warn({ err: error }, 'cannot look into the inbox');
    }
    if (!stopped) sweeping = setTimeout(() => void sweep(), Math.max(sweepMs, pauseMs));
  }
  void sweep();

  return {
    deliver(lanes) {
      for (const lane of lanes) waiting.set(workflowOf(lane), lane);
      if (pauseMs === 0) pump();
    },
    isOpen: () => pauseMs === 0,
    async stop() {
      stopped = true;
      clearTimeout(sweeping);
      await Promise.allSettled(active.values());
    },
  };
}

/** The id of the workflow that a lane is for. */
function workflowOf(lane: Lane): string {
  switch (lane.workflow) {
    case 'conversation':
      return conversationId(lane.id);
    case 'payment':
      return paymentId(lane.id);
    case 'renewal':
      return renewalWorkflowId(lane.id);
    case 'unknownPayment':
      return unknownPaymentId(lane.id);
  }
}

/** Not an outage: Temporal is there and does not take this, as before its search attributes are registered. */
function isRefusal(error: unknown): error is ServiceError {
  return (
    error instanceof ServiceError &&
    isGrpcServiceError(error.cause) &&
    error.cause.code === status.INVALID_ARGUMENT
  );
}
