/** Temporal's task queues. `whatsapp` is rate-limited by its workers; the others are not. */
export const taskQueues = { conversations: 'conversations', whatsapp: 'whatsapp' } as const;
