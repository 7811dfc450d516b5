/** What happens every night: a Schedule for each kind of data that is kept for a time. */
import {
  ScheduleAlreadyRunning,
  ScheduleOverlapPolicy,
  type Client,
  type ScheduleOptions,
  type ScheduleOptionsStartWorkflowAction,
} from '@temporalio/client';
import type { Priority } from '@temporalio/common';
import { purging, retention, retentionKinds, type RetentionKind } from '../domain/retention.ts';
import type { purge } from '../workflows/index.ts';

const prefix = 'purge-';

/**
 * Creates the Schedules of this release or brings them up to date, and removes those of kinds that it does not know. Safe
 * to repeat. One that somebody paused stays paused.
 */
export async function registerSchedules({ schedule: schedules }: Client): Promise<void> {
  const wanted = retentionKinds.map(nightly);
  for (const schedule of wanted) {
    try {
      await schedules.create(schedule);
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      const { scheduleId, spec, action, policies } = schedule;
      await schedules.getHandle(scheduleId).update<typeof purge>(({ state }) => ({
        spec,
        action,
        ...(policies && { policies }),
        state,
      }));
    }
  }
  const known = wanted.map(({ scheduleId }) => scheduleId);
  for await (const { scheduleId } of schedules.list()) {
    if (scheduleId.startsWith(prefix) && !known.includes(scheduleId))
      await schedules.getHandle(scheduleId).delete();
  }
}

/** The SDK passes the priority on, and leaves it out of its type (1.24). */
type StartPurge = ScheduleOptionsStartWorkflowAction<typeof purge> & { readonly priority: Priority };

function nightly(kind: RetentionKind, place: number): ScheduleOptions<StartPurge> {
  const { what, then } = retention[kind];
  return {
    scheduleId: `${prefix}${kind}`,
    // One kind after the other from two o'clock on, when hardly anybody writes.
    spec: { calendars: [{ hour: 2, minute: 5 * place }], timezone: 'Asia/Kolkata' },
    action: {
      type: 'startWorkflow',
      workflowType: purging.workflowType,
      workflowId: `${prefix}${kind}`,
      taskQueue: purging.taskQueue,
      args: [{ kind }],
      priority: { priorityKey: purging.priorityKey },
      staticSummary: `Purge: ${what}`,
      staticDetails: `What has been kept for long enough is taken away: ${then}.`,
    },
    policies: {
      overlap: ScheduleOverlapPolicy.SKIP,
      // A night in which Temporal was down is made up for in the morning.
      catchupWindow: '12 hours',
    },
  };
}
