/** Takes away what has been kept for long enough. */
import type { Database } from '../database/connection.ts';
import { purgePortion } from '../database/purge.ts';
import { dateInKolkata } from '../domain/calendar.ts';
import { daysKept, type RetentionChanges, type RetentionKind } from '../domain/retention.ts';
import type { PurgeMetrics } from '../platform/metrics.ts';

export interface PurgeActivities {
  /** Takes away the next portion of one kind, by the days that are in force today. */
  purgePortion(of: { readonly kind: RetentionKind }): Promise<PurgedPortion>;
}

export interface PurgedPortion {
  readonly rows: number;
  readonly days: number;
  /** Whether another portion may be left. */
  readonly more: boolean;
}

interface Dependencies {
  readonly db: Database;
  readonly changes: RetentionChanges;
  readonly metrics: PurgeMetrics;
}

/** So few that a portion takes some ten milliseconds: whoever waits for one of its rows notices nothing. */
const portionRows = 1_000;

export function createPurgeActivities({ db, changes, metrics }: Dependencies): PurgeActivities {
  return {
    async purgePortion({ kind }) {
      const days = daysKept(kind, dateInKolkata(Date.now()), changes);
      const rows = await purgePortion(db, kind, { days, rows: portionRows });
      metrics.purged.inc({ kind }, rows);
      return { rows, days, more: rows === portionRows };
    },
  };
}
