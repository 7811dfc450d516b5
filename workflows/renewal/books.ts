/** What renewals read and write in our own database. */
import type { RenewalActivities } from '../../activities/renewals.ts';
import { entities } from '../../domain/entities.ts';
import { booksOf } from '../entity.ts';

export const books = booksOf<RenewalActivities>({
  priority: { priorityKey: entities.renewal.priorityKey },
});
