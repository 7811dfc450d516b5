/** How the workflow of each thing that lives on is begun and told: typed by the workflows themselves. */
import type { Client, WorkflowOptions } from '@temporalio/client';
import type { SearchAttributePair, SignalDefinition, Workflow } from '@temporalio/common';
import { entities, workflowId, type EntityKey, type EntityName } from '../domain/entities.ts';
import type * as workflows from '../workflows/index.ts';

type WorkflowOf<E extends EntityName> = (typeof workflows)[(typeof entities)[E]['workflowType']];

/** How the workflow of a thing begins, and what people see of it. */
export interface Beginning<E extends EntityName> {
  readonly args: Parameters<WorkflowOf<E>>;
  readonly attributes: readonly SearchAttributePair[];
  readonly summary: string;
  readonly details: string;
}

/** Options to begin the workflow of one thing: its id, queue and priority are those of the registry. */
export function startOptions<E extends EntityName>(
  entity: E,
  key: EntityKey<E>,
  { args, attributes, summary, details }: Beginning<E>,
): WorkflowOptions & { readonly taskQueue: string; args: Parameters<WorkflowOf<E>> } {
  const { taskQueue, priorityKey } = entities[entity];
  return {
    workflowId: workflowId(entity, key),
    taskQueue,
    priority: { priorityKey },
    args,
    typedSearchAttributes: [...attributes],
    staticSummary: summary,
    staticDetails: details,
  };
}

/** Tells the workflow of one thing something; begins it when it does not run. */
export async function signalEntity<E extends EntityName, Args extends unknown[]>(
  temporal: Client,
  entity: E,
  key: EntityKey<E>,
  told: { readonly beginning: Beginning<E>; readonly signal: SignalDefinition<Args>; readonly args: Args },
): Promise<void> {
  const { beginning, signal, args } = told;
  await temporal.workflow.signalWithStart<Workflow, unknown[]>(entities[entity].workflowType, {
    ...startOptions(entity, key, beginning),
    signal: signal.name,
    signalArgs: args,
  });
}
