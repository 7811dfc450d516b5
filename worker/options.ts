/** The workers of one process: how much each takes on of the task queue that it serves. */
import type { WorkerOptions } from '@temporalio/worker';
import { gatewayNames } from '../domain/payments/gateways.ts';
import { gatewayQueue, taskQueues, type QueueName } from '../domain/task-queues.ts';

/** One worker. On most queues there is no workflow code to run. */
interface QueueWorker extends Partial<WorkerOptions> {
  readonly taskQueue: QueueName;
  readonly runs: 'workflows' | 'activities';
}

const shutdown = { shutdownGraceTime: '8 seconds', shutdownForceTime: '12 seconds' } as const;

/**
 * Workflows and the quick first try of everything they do. A workflow task that is taken has ten seconds, and one that is
 * taken before there is time for it comes again: after an outage, what is too much waits better in Temporal.
 */
const workflows = {
  runs: 'workflows',
  maxConcurrentWorkflowTaskExecutions: 40,
  maxConcurrentLocalActivityExecutions: 200,
  workflowTaskPollerBehavior: { type: 'autoscaling', minimum: 2, initial: 4, maximum: 20 },
  ...shutdown,
} as const;

const conversationWorker: QueueWorker = {
  taskQueue: taskQueues.conversations,
  maxCachedWorkflows: 600,
  ...workflows,
};

/** Most payments wait: fewer are worth their memory. */
const paymentWorker: QueueWorker = {
  taskQueue: taskQueues.payments,
  maxCachedWorkflows: 400,
  ...workflows,
};

/** PDFs: they are made one after the other anyway, and what waits in memory is only in the way. */
const documentWorker: QueueWorker = {
  taskQueue: taskQueues.documents,
  runs: 'activities',
  maxConcurrentActivityTaskExecutions: 8,
  ...shutdown,
};

/** Those who wait for records that were away: they ask at a pace that records which have just come back can bear. */
const recordWorker: QueueWorker = {
  taskQueue: taskQueues.records,
  runs: 'activities',
  maxTaskQueueActivitiesPerSecond: 20,
  maxConcurrentActivityTaskExecutions: 10,
  ...shutdown,
};

/** Paces that hold over all workers of a queue together. */
interface QueuePaces {
  /** Of messages that did not go out at once, as WhatsApp allows one number. */
  readonly sendsPerSecond: number;
  /** Of calls of each gateway, because gateways count. */
  readonly gatewayCallsPerSecond: number;
}

/** The workers of a process that serves these queues. */
export function queueWorkers(
  queues: readonly QueueName[],
  { sendsPerSecond, gatewayCallsPerSecond }: QueuePaces,
): QueueWorker[] {
  const whatsappWorker: QueueWorker = {
    taskQueue: taskQueues.whatsapp,
    runs: 'activities',
    maxTaskQueueActivitiesPerSecond: sendsPerSecond,
    maxConcurrentActivityTaskExecutions: 100,
    ...shutdown,
  };
  // Also of gateways in use no more: a payment that asks one hears that it is away, and does not wait for nobody. Many slots,
  // because a slow gateway holds each for seconds. Who has waited for too long at the queue is turned away by the workflow.
  const gatewayWorkers = gatewayNames.map((gateway): QueueWorker => ({
    taskQueue: gatewayQueue(gateway),
    runs: 'activities',
    maxTaskQueueActivitiesPerSecond: gatewayCallsPerSecond,
    maxConcurrentActivityTaskExecutions: 200,
    ...shutdown,
  }));
  const all = [
    conversationWorker,
    paymentWorker,
    documentWorker,
    recordWorker,
    whatsappWorker,
    ...gatewayWorkers,
  ];
  return all.filter(({ taskQueue }) => queues.includes(taskQueue));
}
