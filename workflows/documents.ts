/** Makes a PDF for a citizen: soon if that works, patiently if not. */
import { isCancellation, proxyActivities } from '@temporalio/workflow';
import type { DocumentActivities } from '../activities/documents.ts';
import { taskQueues } from '../domain/task-queues.ts';

const soon = proxyActivities<DocumentActivities>({
  taskQueue: taskQueues.documents,
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumAttempts: 3 },
  summary: 'make the PDF',
});
const patiently = proxyActivities<DocumentActivities>({
  taskQueue: taskQueues.documents,
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: '3 days',
  retry: { initialInterval: '30 seconds', backoffCoefficient: 2, maximumInterval: '30 minutes' },
  summary: 'make the PDF, later',
});

/**
 * @param meanwhile says it in words, when the PDF takes longer
 * @throws ActivityFailure when it could not be made for three days
 */
export async function makeDocument<T>(
  make: (documents: typeof soon) => Promise<T>,
  meanwhile: () => Promise<unknown>,
): Promise<T> {
  const unlessCancelled = (error: unknown): undefined => {
    if (isCancellation(error)) throw error;
  };
  const document = await make(soon).catch(unlessCancelled);
  if (document) return document;
  // Where words cannot go, the document still may.
  await meanwhile().catch(unlessCancelled);
  return make(patiently);
}
