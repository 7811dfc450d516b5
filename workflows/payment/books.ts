/** What payments read and write in our own database. */
import type { PaymentActivities } from '../../activities/payments.ts';
import { entities } from '../../domain/entities.ts';
import { booksOf } from '../entity.ts';

export const priority = { priorityKey: entities.payment.priorityKey } as const;

export const books = booksOf<PaymentActivities>({ priority });
