/** What the house is made of: how each child is run and when it counts as ready. */
import { join } from 'node:path';
import { childLog, logFile } from './logs.ts';
import { postgresProgram, postgresReady, type PostgresOptions } from './postgres.ts';
import type { ChildSpec } from './supervisor.ts';
import { findTemporal } from './temporal-binary.ts';
import { temporalProgram, temporalReady, type TemporalOptions } from './temporal-server.ts';
import { answers, waitFor } from './wait.ts';

export type Environment = Readonly<Record<string, string>>;

/** A process of ours, run from its TypeScript source. It exits by itself when its IPC channel closes. */
export interface NodeChild {
  readonly name: 'sandbox' | 'worker' | 'api';
  readonly entry: string;
  /** Answered with 2xx when it does its work. */
  readonly health: (env: Environment) => string;
  /** Limit of its JavaScript heap: a leak should end one process, not the machine. */
  readonly heapMb: number;
}

const source = (path: string): string => join(import.meta.dirname, '..', path);

export const ourChildren: readonly NodeChild[] = [
  {
    name: 'sandbox',
    entry: source('sandbox/main.ts'),
    health: (env) => `http://127.0.0.1:${env['SANDBOX_PORT'] ?? ''}/healthz`,
    heapMb: 256,
  },
  {
    name: 'worker',
    entry: source('worker/main.ts'),
    health: (env) => `http://127.0.0.1:${env['METRICS_PORT'] ?? ''}/healthz`,
    heapMb: 512,
  },
  {
    name: 'api',
    entry: source('api/main.ts'),
    health: (env) => `http://127.0.0.1:${env['PORT'] ?? ''}/readyz`,
    heapMb: 256,
  },
];

type Say = (line: string) => void;

export function nodeSpec(child: NodeChild, folder: string, env: Environment, say: Say): ChildSpec {
  const log = childLog(logFile(folder, child.name), child.name, say);
  return {
    name: child.name,
    program: () =>
      Promise.resolve({
        command: process.execPath,
        args: [`--max-old-space-size=${child.heapMb}`, '--import', 'tsx', child.entry],
        // Found from here, wherever the stand-in of a test lies.
        cwd: source(''),
        env,
        stopSignal: 'SIGTERM',
        kind: 'node',
      }),
    ready: (ended) =>
      waitFor(child.name, () => answers(child.health(env)), { signal: ended, timeoutMs: Infinity }),
    output: { line: log.line },
    lastWords: log.lastWords,
  };
}

export function postgresSpec(
  folder: string,
  env: Environment,
  { passwords, flushes }: Pick<PostgresOptions, 'passwords' | 'flushes'>,
): ChildSpec {
  const port = Number(env['POSTGRES_PORT']);
  const options = { folder: join(folder, 'postgres'), port, passwords, flushes };
  return {
    name: 'postgres',
    program: () => postgresProgram(options),
    ready: (ended) => postgresReady(options, { signal: ended, timeoutMs: Infinity }),
    output: { file: logFile(folder, 'postgres') },
  };
}

export async function temporalSpec(
  folder: string,
  env: Environment,
  { flushes }: Pick<TemporalOptions, 'flushes'>,
  say: Say,
  signal: AbortSignal,
): Promise<ChildSpec> {
  const binary = await findTemporal(env, say, signal);
  const options = {
    file: join(folder, 'temporal.db'),
    port: Number(env['TEMPORAL_PORT']),
    uiPort: Number(env['TEMPORAL_UI_PORT']),
    namespace: env['TEMPORAL_NAMESPACE'] ?? 'default',
    codecUrl: `http://127.0.0.1:${env['SANDBOX_PORT'] ?? ''}/codec`,
    flushes,
  };
  return {
    name: 'temporal',
    program: () => temporalProgram(binary, options),
    ready: (ended) => temporalReady(options, { signal: ended, timeoutMs: Infinity }),
    output: { file: logFile(folder, 'temporal') },
  };
}
