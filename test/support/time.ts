/** Time that passes for one workflow alone: its timers of days ring within seconds, and its clock agrees. */
import type { WorkflowHandle } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';

/** Lets so much time pass for it, skipping whatever it only waits. Activities keep the real clock. */
export async function passTime({ client, workflowId }: WorkflowHandle, ms: number): Promise<void> {
  await client.workflowService.updateWorkflowExecutionOptions({
    namespace: client.options.namespace,
    workflowExecution: { workflowId },
    workflowExecutionOptions: {
      timeSkippingConfig: {
        enabled: true,
        fastForwardConfig: { id: `${workflowId} ${ms}`, duration: msToTs(ms) },
      },
    },
    updateMask: { paths: ['time_skipping_config'] },
  });
}
