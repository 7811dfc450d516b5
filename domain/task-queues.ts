/** Temporal's task queues. `whatsapp` and `records` are rate-limited; `documents` takes what is heavy to make. */
import { gatewayNames, type GatewayName } from './payments/gateways.ts';

export const taskQueues = {
  conversations: 'conversations',
  payments: 'payments',
  whatsapp: 'whatsapp',
  documents: 'documents',
  records: 'records',
} as const;

/** The queue of one gateway: rate-limited, so that a slow gateway holds up only what waits for it. */
export function gatewayQueue(gateway: GatewayName): `gateway-${GatewayName}` {
  return `gateway-${gateway}`;
}

/** Every queue that there is. */
export const queueNames = [...Object.values(taskQueues), ...gatewayNames.map(gatewayQueue)] as const;
export type QueueName = (typeof queueNames)[number];

export type TaskQueue = (typeof taskQueues)[keyof typeof taskQueues];
