/** The workers of one process: which task queues they serve and how much they take on. */
import type { WorkerOptions } from '@temporalio/worker';
import { taskQueues } from '../domain/task-queues.ts';

/** Conversations: workflows and the quick first try of everything they do. */
export const conversationWorker = {
  taskQueue: taskQueues.conversations,
  maxConcurrentWorkflowTaskExecutions: 100,
  maxConcurrentLocalActivityExecutions: 200,
  maxCachedWorkflows: 600,
  workflowTaskPollerBehavior: { type: 'autoscaling', minimum: 2, initial: 4, maximum: 20 },
  shutdownGraceTime: '8 seconds',
  shutdownForceTime: '12 seconds',
} as const satisfies Partial<WorkerOptions>;

/** Payments: most of them wait. */
export const paymentWorker = {
  taskQueue: taskQueues.payments,
  maxConcurrentWorkflowTaskExecutions: 100,
  maxConcurrentLocalActivityExecutions: 100,
  maxCachedWorkflows: 400,
  workflowTaskPollerBehavior: { type: 'autoscaling', minimum: 2, initial: 4, maximum: 20 },
  shutdownGraceTime: '8 seconds',
  shutdownForceTime: '12 seconds',
} as const satisfies Partial<WorkerOptions>;

/** PDFs: they are made one after the other anyway, and what waits in memory is only in the way. */
export const documentWorker = {
  taskQueue: taskQueues.documents,
  maxConcurrentActivityTaskExecutions: 8,
  shutdownGraceTime: '8 seconds',
  shutdownForceTime: '12 seconds',
} as const satisfies Partial<WorkerOptions>;

/** What did not go out at once, at the pace that WhatsApp allows one number (the limit holds over all workers). */
export function whatsappWorker(sendsPerSecond: number): Partial<WorkerOptions> & { taskQueue: string } {
  return {
    taskQueue: taskQueues.whatsapp,
    maxTaskQueueActivitiesPerSecond: sendsPerSecond,
    maxConcurrentActivityTaskExecutions: 100,
    shutdownGraceTime: '8 seconds',
    shutdownForceTime: '12 seconds',
  };
}
