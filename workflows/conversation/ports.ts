/** What the services of a conversation ask of the world while a citizen waits for the answer. */
import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { CreditActivities } from '../../activities/credit.ts';
import type { DocumentActivities } from '../../activities/documents.ts';
import type { RecordActivities } from '../../activities/records.ts';
import type { RenewalActivities } from '../../activities/renewals.ts';
import { taskQueues } from '../../domain/task-queues.ts';

/** In the same workflow task as the reply, and tried once: whoever waits in a chat is told rather than kept waiting. */
const atOnce = { startToCloseTimeout: '4 seconds', retry: { maximumAttempts: 1 } } as const;

export const records = proxyLocalActivities<RecordActivities>(atOnce);
/** For what was promised: at a pace that the records bear, and longer than anybody waits in a chat. */
export const promisedRecords = proxyActivities<RecordActivities>({
  taskQueue: taskQueues.records,
  startToCloseTimeout: '10 seconds',
  retry: { maximumAttempts: 1 },
  summary: 'look up what was promised',
});
export const credits = proxyLocalActivities<CreditActivities>(atOnce);
export const renewals = proxyLocalActivities<RenewalActivities>(atOnce);
export const documents = proxyActivities<DocumentActivities>({
  taskQueue: taskQueues.documents,
  startToCloseTimeout: '30 seconds',
  retry: { maximumAttempts: 3 },
});
