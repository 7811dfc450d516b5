/** Temporal's task queues. `whatsapp` and `records` are rate-limited; `documents` takes what is heavy to make. */
export const taskQueues = {
  conversations: 'conversations',
  payments: 'payments',
  whatsapp: 'whatsapp',
  documents: 'documents',
  records: 'records',
} as const;

export type TaskQueue = (typeof taskQueues)[keyof typeof taskQueues];
