/** Everything that lives on: one entry for each thing, which names its workflow, its lane, and its place among others. */
import type { CitizenId } from './citizen.ts';
import type { InboundMessage } from './conversation/inbound.ts';
import type { OrderId } from './payments/order.ts';
import type { RefundReference } from './payments/refund.ts';
import type { RenewalId } from './renewal.ts';
import { taskQueues, type TaskQueue } from './task-queues.ts';

/** What each thing is known by, and what it is told. */
export interface Entities {
  /** A citizen's chat; its news is what the citizen sent. */
  readonly conversation: { readonly key: CitizenId; readonly news: InboundMessage };
  /** An order under way. */
  readonly payment: { readonly key: OrderId; readonly news: PaymentNews };
  /** A renewal under way; what is new stands in Postgres. */
  readonly renewal: { readonly key: RenewalId; readonly news: Readonly<Record<string, never>> };
  /** A refund under way; `check`: a reason to ask the gateway. What else is new stands in Postgres. */
  readonly refund: { readonly key: RefundReference; readonly news: { readonly check: boolean } };
}

export interface PaymentNews {
  /** A reason to ask the gateway, and nothing else is new. */
  readonly check: boolean;
  /** WhatsApp says that an order in the chat is paid: a reason to ask at once. */
  readonly isPaidInChat?: boolean;
}

export type EntityName = keyof Entities;
export type EntityKey<E extends EntityName> = Entities[E]['key'];
export type EntityNews<E extends EntityName> = Entities[E]['news'];

export interface Entity {
  readonly workflowType: string;
  readonly taskQueue: TaskQueue;
  /** Temporal's priority key: 1 goes first, 5 last. Bulk sends and late documents have 5. */
  readonly priorityKey: 1 | 2 | 3 | 4 | 5;
  /** How a run lives with a new release: it stays with the code that began it, or goes on with the newest (docs/release.md). */
  readonly versions: 'PINNED' | 'AUTO_UPGRADE';
}

export const entities = {
  conversation: {
    workflowType: 'conversation',
    taskQueue: taskQueues.conversations,
    priorityKey: 1,
    versions: 'PINNED',
  },
  payment: {
    workflowType: 'payment',
    taskQueue: taskQueues.payments,
    priorityKey: 2,
    versions: 'AUTO_UPGRADE',
  },
  renewal: {
    workflowType: 'renewal',
    taskQueue: taskQueues.payments,
    priorityKey: 3,
    versions: 'AUTO_UPGRADE',
  },
  refund: {
    workflowType: 'refund',
    taskQueue: taskQueues.payments,
    priorityKey: 3,
    versions: 'AUTO_UPGRADE',
  },
} as const satisfies Readonly<Record<EntityName, Entity>>;

/** The id of the workflow in which one thing lives: `conversation-<citizen>`, `payment-<order>`, `renewal-<renewal>`, `refund-<reference>`. */
export function workflowId<E extends EntityName>(entity: E, key: EntityKey<E>): string {
  return `${entities[entity].workflowType}-${key}`;
}

/** One thing: what it is told stands in one lane, in order. */
export type Lane = {
  readonly [E in EntityName]: { readonly entity: E; readonly subject: EntityKey<E> };
}[EntityName];
