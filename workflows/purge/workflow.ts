/** Takes away, portion by portion, what has been kept of one kind for long enough. A Schedule starts it every night. */
import { continueAsNew, proxyActivities, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { PurgeActivities } from '../../activities/purge.ts';
import { purging, retention, type RetentionKind } from '../../domain/retention.ts';

export interface PurgeInput {
  readonly kind: RetentionKind;
  /** Rows that the runs before this one have taken away. */
  readonly purged?: number;
}

const { purgePortion } = proxyActivities<PurgeActivities>({
  startToCloseTimeout: '30 seconds',
  // A night that finds no database leaves its work to the next.
  scheduleToCloseTimeout: '6 hours',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '5 minutes' },
  priority: { priorityKey: purging.priorityKey },
  summary: 'take away one portion',
});

/** @returns how many rows were taken away */
export async function purge({ kind, purged = 0 }: PurgeInput): Promise<number> {
  let total = purged;
  for (;;) {
    const { rows, days, more } = await purgePortion({ kind });
    total += rows;
    setCurrentDetails(
      `**${retention[kind].what}**\n\n${total} rows were older than ${days} days: ${retention[kind].then}.`,
    );
    if (!more) return total;
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof purge>({ kind, purged: total });
  }
}
