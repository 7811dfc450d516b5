/** Temporal for one test file: a namespace of its own, because task queues have one name everywhere, and workers in it. */
import { randomBytes } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import {
  Client,
  Connection,
  isGrpcServiceError,
  ServiceError,
  type WorkflowHandle,
} from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { registerSearchAttributes } from '../../platform/temporal.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { quietRuntime } from './runtime.ts';

/** What the Web UI shows of a workflow now. A busy server may cancel a query, which is then asked again. */
export async function currentDetails(handle: WorkflowHandle): Promise<string> {
  let details = '';
  await waitFor('the details', async () => {
    try {
      const shown = await handle.query<{ currentDetails?: string }>('__temporal_workflow_metadata');
      details = shown.currentDetails ?? '';
      return true;
    } catch (error) {
      const cause = error instanceof ServiceError ? error.cause : undefined;
      if (isGrpcServiceError(cause) && cause.code === status.CANCELLED) return false;
      throw error;
    }
  });
  return details;
}

export interface TestTemporal {
  readonly namespace: string;
  readonly client: Client;
  /** @returns what ends the worker, with everything that it remembers of workflows */
  startWorker(options: Omit<WorkerOptions, 'connection' | 'namespace'>): Promise<() => Promise<void>>;
  /** Ends what is still at work, and lets go of the server. */
  close(): Promise<void>;
}

export async function connectTestTemporal(address: string): Promise<TestTemporal> {
  quietRuntime();
  const namespace = await freshNamespace(address);
  const operator = await Connection.connect({ address });
  await registerSearchAttributes(operator, namespace, Object.values(searchAttributes));
  const connection = await NativeConnection.connect({ address });
  const stops = new Set<() => Promise<void>>();
  return {
    namespace,
    client: new Client({ connection: operator, namespace }),
    async startWorker(options) {
      const worker = await Worker.create({ ...options, connection, namespace });
      const running = worker.run();
      const stop = async (): Promise<void> => {
        if (!stops.delete(stop)) return;
        worker.shutdown();
        await running;
      };
      stops.add(stop);
      return stop;
    },
    async close() {
      await Promise.all([...stops].map((stop) => stop()));
      await connection.close();
      await operator.close();
    },
  };
}

/** @returns its name, when every part of the server knows it */
export async function freshNamespace(address: string): Promise<string> {
  const namespace = `town-${randomBytes(4).toString('hex')}`;
  const connection = await Connection.connect({ address });
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs('1 day'),
  });
  // Every part of the server looks for new namespaces by itself, once in a while.
  await waitFor('the namespace', async () => {
    await connection.workflowService.listWorkflowExecutions({ namespace });
    await connection.operatorService.listSearchAttributes({ namespace });
    return true;
  });
  await connection.close();
  return namespace;
}
