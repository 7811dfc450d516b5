/** The workers of one process: which task queues they serve and how much they take on. */
import type { WorkerOptions } from '@temporalio/worker';
import type { GatewayName } from '../domain/payments/gateways.ts';
import { gatewayQueue, taskQueues } from '../domain/task-queues.ts';

const shutdown = { shutdownGraceTime: '8 seconds', shutdownForceTime: '12 seconds' } as const;

/**
 * Workflows and the quick first try of everything they do. A workflow task that is taken has ten seconds, and one that is
 * taken before there is time for it comes again: after an outage, what is too much waits better in Temporal.
 */
const workflows = {
  maxConcurrentWorkflowTaskExecutions: 40,
  maxConcurrentLocalActivityExecutions: 200,
  workflowTaskPollerBehavior: { type: 'autoscaling', minimum: 2, initial: 4, maximum: 20 },
  ...shutdown,
} as const satisfies Partial<WorkerOptions>;

export const conversationWorker = {
  taskQueue: taskQueues.conversations,
  maxCachedWorkflows: 600,
  ...workflows,
} as const satisfies Partial<WorkerOptions>;

/** Most payments wait: fewer are worth their memory. */
export const paymentWorker = {
  taskQueue: taskQueues.payments,
  maxCachedWorkflows: 400,
  ...workflows,
} as const satisfies Partial<WorkerOptions>;

/** PDFs: they are made one after the other anyway, and what waits in memory is only in the way. */
export const documentWorker = {
  taskQueue: taskQueues.documents,
  maxConcurrentActivityTaskExecutions: 8,
  ...shutdown,
} as const satisfies Partial<WorkerOptions>;

/** Those who wait for records that were away: they ask at a pace that records which have just come back can bear. */
export const recordWorker = {
  taskQueue: taskQueues.records,
  maxTaskQueueActivitiesPerSecond: 20,
  maxConcurrentActivityTaskExecutions: 10,
  ...shutdown,
} as const satisfies Partial<WorkerOptions>;

/** What did not go out at once, at the pace that WhatsApp allows one number (the limit holds over all workers). */
export function whatsappWorker(sendsPerSecond: number): Partial<WorkerOptions> & { taskQueue: string } {
  return {
    taskQueue: taskQueues.whatsapp,
    maxTaskQueueActivitiesPerSecond: sendsPerSecond,
    maxConcurrentActivityTaskExecutions: 100,
    ...shutdown,
  };
}

/**
 * Calls of one gateway. Many slots, because a slow gateway holds each for seconds; a rate over all workers, because
 * gateways count. Who has waited for too long at the queue is turned away by the workflow.
 */
export function gatewayWorker(
  gateway: GatewayName,
  callsPerSecond: number,
): Partial<WorkerOptions> & { taskQueue: string } {
  return {
    taskQueue: gatewayQueue(gateway),
    maxTaskQueueActivitiesPerSecond: callsPerSecond,
    maxConcurrentActivityTaskExecutions: 200,
    ...shutdown,
  };
}
