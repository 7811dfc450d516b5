/** Every workflow that a worker runs, and how each lives with a new release. */
import type { WorkflowDefinitionOptions } from '@temporalio/common';
import { setWorkflowOptions, workflowInfo } from '@temporalio/workflow';
import { entities, type Entity } from '../domain/entities.ts';
import { purging } from '../domain/retention.ts';
import { conversation } from './conversation/workflow.ts';
import { payment } from './payment/workflow.ts';
import { purge } from './purge/workflow.ts';
import { refund } from './refund/workflow.ts';
import { renewal } from './renewal/workflow.ts';

/** The server refuses a behaviour of workers that have no release. */
const livesWithReleases =
  ({ versions }: Entity) =>
  (): WorkflowDefinitionOptions =>
    workflowInfo().currentDeploymentVersion?.deploymentName ? { versioningBehavior: versions } : {};

setWorkflowOptions(livesWithReleases(entities.conversation), conversation);
setWorkflowOptions(livesWithReleases(entities.payment), payment);
setWorkflowOptions(livesWithReleases(entities.renewal), renewal);
setWorkflowOptions(livesWithReleases(entities.refund), refund);
setWorkflowOptions(livesWithReleases(purging), purge);

export { conversation, payment, purge, refund, renewal };
