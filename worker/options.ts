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
