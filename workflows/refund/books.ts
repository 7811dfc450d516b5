/** What refunds read and write in our own database. */
import type { RefundActivities } from '../../activities/refunds.ts';
import { entities } from '../../domain/entities.ts';
import { booksOf } from '../entity.ts';

export const priority = { priorityKey: entities.refund.priorityKey } as const;

export const books = booksOf<RefundActivities>({ priority });
