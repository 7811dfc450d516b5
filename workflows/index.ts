/** Every workflow that a worker runs, and how each lives with a new release. */
import type { WorkflowDefinitionOptions } from '@temporalio/common';
import { setWorkflowOptions, workflowInfo } from '@temporalio/workflow';
import { entities, type EntityName } from '../domain/entities.ts';
import { conversation } from './conversation/workflow.ts';
import { payment } from './payment/workflow.ts';
import { renewal } from './renewal/workflow.ts';

/** The server refuses a behaviour of workers that have no release. */
const livesWithReleases = (entity: EntityName) => (): WorkflowDefinitionOptions =>
  workflowInfo().currentDeploymentVersion?.deploymentName
    ? { versioningBehavior: entities[entity].versions }
    : {};

setWorkflowOptions(livesWithReleases('conversation'), conversation);
setWorkflowOptions(livesWithReleases('payment'), payment);
setWorkflowOptions(livesWithReleases('renewal'), renewal);

export { conversation, payment, renewal };
