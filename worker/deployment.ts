/**
 * Releases side by side (Temporal's Worker Deployments): which of them new work goes to, and whether one that is being
 * replaced still has conversations that began with it. docs/release.md tells how they are used.
 */
import { status } from '@grpc/grpc-js';
import { isGrpcServiceError, type Connection } from '@temporalio/client';
import type { WorkerOptions } from '@temporalio/worker';
import proto from '@temporalio/proto';

const deploymentName = 'purosheba';

const { VersionDrainageStatus } = proto.temporal.api.enums.v1;

/** Under a release a worker takes only what is meant for it; without one it takes everything. */
export function deploymentOptions(
  release: string | undefined,
): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  if (release === undefined) return {};
  return {
    workerDeploymentOptions: {
      useWorkerVersioning: true,
      version: { deploymentName, buildId: release },
      // Every workflow says for itself how it lives with a new release; this is what the SDK wants to be told all the same.
      defaultVersioningBehavior: 'AUTO_UPGRADE',
    },
  };
}

interface Deployment {
  readonly connection: Connection;
  readonly namespace: string;
}

/**
 * New work, and payments and renewals that are under way, go to this release from now on. Safe to repeat.
 * @throws ServiceError when no worker of that release has ever asked for work
 */
export async function makeCurrent(
  { connection, namespace }: Deployment,
  release: string,
  { allowNoPollers = false } = {},
): Promise<void> {
  await connection.workflowService.setWorkerDeploymentCurrentVersion({
    namespace,
    deploymentName,
    buildId: release,
    identity: 'release',
    allowNoPollers,
    // A queue that only the release before knows is drained by that one.
    ignoreMissingTaskQueues: true,
  });
}

/** The first release of a namespace need not wait for its workers: there is nobody to take over from. */
export async function makeFirstCurrent(deployment: Deployment, release: string): Promise<void> {
  const known = await releases(deployment);
  if (known.some(({ state }) => state === 'current')) return;
  await makeCurrent(deployment, release, { allowNoPollers: true });
}

export interface Release {
  readonly name: string;
  /** `current`: takes new work. `draining`: conversations that began with it wait. `drained`: its workers may end. */
  readonly state: 'current' | 'waiting' | 'draining' | 'drained';
}

/** Every release whose workers have ever asked for work, newest first. */
export async function releases({ connection, namespace }: Deployment): Promise<Release[]> {
  const { workerDeploymentInfo } = await connection.workflowService
    .describeWorkerDeployment({ namespace, deploymentName })
    .catch((error: unknown) => {
      if (isGrpcServiceError(error) && error.code === status.NOT_FOUND) return { workerDeploymentInfo: null };
      throw error;
    });
  const current = workerDeploymentInfo?.routingConfig?.currentDeploymentVersion?.buildId;
  return (workerDeploymentInfo?.versionSummaries ?? []).map(({ deploymentVersion, drainageStatus }) => {
    const name = deploymentVersion?.buildId ?? '';
    if (name === current) return { name, state: 'current' };
    if (drainageStatus === VersionDrainageStatus.VERSION_DRAINAGE_STATUS_DRAINING)
      return { name, state: 'draining' };
    if (drainageStatus === VersionDrainageStatus.VERSION_DRAINAGE_STATUS_DRAINED)
      return { name, state: 'drained' };
    return { name, state: 'waiting' };
  });
}
