/** What goes around every activity and workflow of a worker. */
import type { ActivityInterceptorsFactory, InjectedSinks } from '@temporalio/worker';
import { withLogFields } from '../platform/log.ts';
import { markTrace } from '../platform/tracing.ts';
import type { TraceSinks } from '../workflows/trace.ts';

/** Whatever an activity logs says for which workflow it works, and which try it is. */
export const namedInLog: ActivityInterceptorsFactory = ({ info }) => ({
  inbound: {
    execute(input, next) {
      const { workflowExecution, activityType, attempt } = info;
      return withLogFields(
        { ...(workflowExecution && { workflowId: workflowExecution.workflowId }), activityType, attempt },
        () => next(input),
      );
    },
  },
});

/** Shows in a trace when its workflow took what was told. */
export const traceSinks: InjectedSinks<TraceSinks> = {
  trace: {
    reached: {
      fn: ({ workflowId, runId, workflowType }, traceparent, told) =>
        markTrace(traceparent, `workflow ${workflowType}: ${told}`, {
          temporalWorkflowId: workflowId,
          run_id: runId,
        }),
      callDuringReplay: false,
    },
  },
};
