/** Temporal's task queues. `whatsapp` is rate-limited by its workers; `documents` takes what is heavy to make. */
export const taskQueues = {
  conversations: 'conversations',
  payments: 'payments',
  whatsapp: 'whatsapp',
  documents: 'documents',
} as const;
