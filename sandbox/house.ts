/** The whole of Purosheba on one machine: databases, sandbox, worker and API, started and stopped as one. */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createGateways, gatewaySettings } from '../gateways/pool.ts';
import { readSettings, settingNames } from '../platform/settings.ts';
import { checkDatabase, checkPorts, checkTemporal, type PortSetting } from './checks.ts';
import {
  nodeSpec,
  ourChildren,
  postgresSpec,
  temporalSpec,
  type Environment,
  type NodeChild,
} from './children.ts';
import { houseEnvironment } from './defaults.ts';
import { lock } from './lock.ts';
import { StartProblem } from './problem.ts';
import { Child, type ChildSpec } from './supervisor.ts';
import { waitFor } from './wait.ts';

export type ChildName = 'postgres' | 'temporal' | NodeChild['name'];

export interface HouseOptions {
  /** The data folder. */
  readonly folder: string;
  /** Settings that win over the sandbox's own, usually `process.env`. */
  readonly env: NodeJS.ProcessEnv;
  /** Whether a commit of its Postgres and its Temporal waits for the disk itself, as it does unless this is false. */
  readonly flushes?: boolean;
  /** Stand-ins for our own processes. */
  readonly children?: readonly NodeChild[];
  readonly migrate?: (ownerUrl: string, appUrl: string) => Promise<void>;
  /** Gets the lines that a person at the terminal should read. */
  readonly say?: (line: string) => void;
  /** Ends a start that is still under way. */
  readonly signal?: AbortSignal;
}

export interface House {
  /** The environment that every process of it has. */
  readonly env: Environment;
  /** Undefined while that child is down. */
  readonly pid: (name: ChildName) => number | undefined;
  /** Sends a signal; a child that dies of it is started again. */
  readonly kill: (name: ChildName, signal: NodeJS.Signals) => void;
  /** Takes a child down and keeps it down. */
  readonly stopChild: (name: ChildName) => Promise<void>;
  /** Brings it back; resolves when it is ready. */
  readonly startChild: (name: ChildName) => Promise<void>;
  /** Resolves when that child is ready: `kill`, then `gone`, then `ready`. */
  readonly ready: (name: ChildName) => Promise<void>;
  /** Resolves when no process is left. */
  readonly stop: () => Promise<void>;
  /** Ends a stop that takes too long. */
  readonly killAll: () => void;
}

const startTimeoutMs = 60_000;
/** After so many deaths in a row nothing will change by itself: about ten seconds. */
const mostFailedStarts = 5;
const stopTimeoutMs = 10_000;

/** Who goes first: what takes work in, then what does it, then what it is kept in. */
const stopOrder: readonly (readonly ChildName[])[] = [
  ['api'],
  ['worker'],
  ['sandbox'],
  ['temporal', 'postgres'],
];

/**
 * Starts everything and resolves when all of it is ready. Servers that DATABASE_URL and TEMPORAL_ADDRESS name are
 * used as they are.
 * @throws StartProblem, SettingsError or NewerDatabaseError, having stopped again what it had started
 */
export async function startHouse(options: HouseOptions): Promise<House> {
  const { children: ours = ourChildren, migrate = migrateDatabase, say = () => undefined, flushes } = options;
  const folder = resolve(options.folder);
  await mkdir(folder, { recursive: true });
  const held = await lock(folder);

  const children = new Map<string, Child>();
  const ending = new AbortController();
  options.signal?.addEventListener('abort', () => ending.abort());
  if (options.signal?.aborted) ending.abort();

  const killAll = (): void => {
    for (const child of children.values()) child.kill('SIGKILL');
  };
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    ending.abort();
    return (stopped ??= stopInOrder(children, killAll).finally(held.release));
  };
  const child = (name: ChildName): Child => {
    const found = children.get(name);
    if (found === undefined) throw new Error(`This house has no ${name} of its own.`);
    return found;
  };
  const ready = (name: ChildName): Promise<void> => untilReady(child(name), folder, ending.signal);
  const startChild = async (name: ChildName): Promise<void> => {
    child(name).start();
    await ready(name);
  };

  const began = Date.now();
  const progress = (what: string): void => {
    say(`  ${what.padEnd(12)}${((Date.now() - began) / 1000).toFixed(1)} s`);
  };
  const bring = async (name: ChildName, spec?: ChildSpec): Promise<void> => {
    ending.signal.throwIfAborted();
    if (spec !== undefined) children.set(name, new Child(spec, say));
    child(name).start();
    await untilReady(child(name), folder, ending.signal, mostFailedStarts);
    progress(name);
  };

  try {
    const { env, passwords } = await houseEnvironment(folder, options.env);
    createGateways(readSettings(settingNames, env, gatewaySettings));
    const ownPostgres = !options.env['DATABASE_URL'];
    const ownTemporal = !options.env['TEMPORAL_ADDRESS'];
    const ports: PortSetting[] = ['PORT', 'SANDBOX_PORT', 'METRICS_PORT', 'API_METRICS_PORT'];
    if (ownPostgres) ports.push('POSTGRES_PORT');
    if (ownTemporal) ports.push('TEMPORAL_PORT', 'TEMPORAL_UI_PORT');
    await checkPorts(env, ports, held.afterCrash ? 15_000 : 0);

    for (const each of ours) children.set(each.name, new Child(nodeSpec(each, folder, env, say), say));
    const database = async (): Promise<void> => {
      const url = env['DATABASE_URL'] ?? '';
      if (ownPostgres) await bring('postgres', postgresSpec(folder, env, { passwords, flushes }));
      else await checkDatabase(url, env['DATABASE_OWNER_URL']);
      await migrate(env['DATABASE_OWNER_URL'] ?? '', url);
      progress('migrations');
      // A database that somebody runs is filled only when they ask for it.
      const { SANDBOX_CITY: properties } = readSettings(['SANDBOX_CITY'], env);
      if (properties > 0 && (ownPostgres || options.env['SANDBOX_CITY'])) {
        if (await loadCity(url, properties)) progress('city');
      }
    };
    const temporal = async (): Promise<void> => {
      if (ownTemporal)
        await bring('temporal', await temporalSpec(folder, env, { flushes }, say, ending.signal));
      else await checkTemporal(env['TEMPORAL_ADDRESS'] ?? '');
      if (children.has('worker')) await prepareTemporal(env, say);
    };
    const present = (name: NodeChild['name']): Promise<void>[] => (children.has(name) ? [bring(name)] : []);
    await together([database(), temporal(), ...present('sandbox')], ending);
    await together([...present('worker'), ...present('api')], ending);

    return {
      env,
      pid: (name) => child(name).pid,
      kill: (name, signal) => child(name).kill(signal),
      stopChild: (name) => child(name).stop(),
      startChild,
      ready,
      stop,
      killAll,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Loaded late: a start that is refused need not wait for it. */
async function migrateDatabase(ownerUrl: string, appUrl: string): Promise<void> {
  const { migrate } = await import('../database/migrate.ts');
  await migrate(ownerUrl, appUrl);
}

async function prepareTemporal(env: Environment, say: (line: string) => void): Promise<void> {
  const [{ temporalSettings }, { prepareNamespace }] = await Promise.all([
    import('../platform/temporal.ts'),
    import('../worker/namespace.ts'),
  ]);
  await prepareNamespace(readSettings([...temporalSettings, 'RELEASE'], env), (line) => say(`  ${line}`));
}

async function loadCity(url: string, properties: number): Promise<boolean> {
  const city = await import('./city/first-start.ts');
  return city.loadCity(url, properties);
}

/** Waits for all of them; the first that fails ends the others, and its error is the one that counts. */
async function together(tasks: readonly Promise<void>[], ending: AbortController): Promise<void> {
  for (const task of tasks) task.catch((error: unknown) => ending.abort(error));
  await Promise.allSettled(tasks);
  ending.signal.throwIfAborted();
}

async function untilReady(
  child: Child,
  folder: string,
  signal: AbortSignal,
  mostDeaths = Infinity,
): Promise<void> {
  const log = `${folder}/logs/${child.name}.log`;
  const isReady = (): boolean => {
    child.check();
    if (child.failedStarts < mostDeaths) return child.isReady;
    throw new StartProblem(`${child.name} does not start; the reasons are above and in ${log}`);
  };
  try {
    await waitFor(child.name, isReady, { timeoutMs: startTimeoutMs, everyMs: 20, signal });
  } catch (error) {
    if (error instanceof StartProblem || signal.aborted) throw error;
    throw new StartProblem(
      `${child.name} was not ready within ${startTimeoutMs / 1000} s. Its log is ${log}`,
      { cause: error },
    );
  }
}

async function stopInOrder(children: ReadonlyMap<string, Child>, killAll: () => void): Promise<void> {
  const insist = setTimeout(killAll, stopTimeoutMs);
  for (const names of stopOrder) {
    await Promise.all(names.map(async (name) => children.get(name)?.stop()));
  }
  clearTimeout(insist);
}
