/** Replays histories, all of them with one worker: its start takes longer than a history does. */
import { Worker, type WorkflowBundleOption } from '@temporalio/worker';

export interface RecordedHistory {
  readonly workflowId: string;
  readonly history: unknown;
}

/** @returns why each of them does not replay, in their order; undefined where it does */
export async function replayErrors(
  workflowBundle: WorkflowBundleOption,
  histories: readonly RecordedHistory[],
): Promise<(Error | undefined)[]> {
  const errors: (Error | undefined)[] = [];
  for await (const { error } of Worker.runReplayHistories({ workflowBundle }, histories)) errors.push(error);
  if (errors.length < histories.length) throw new Error(`only ${errors.length} histories were replayed`);
  return errors;
}

/** @throws when one of them does not replay */
export async function replayAll(
  workflowBundle: WorkflowBundleOption,
  histories: readonly RecordedHistory[],
): Promise<void> {
  for (const error of await replayErrors(workflowBundle, histories)) if (error) throw error;
}
