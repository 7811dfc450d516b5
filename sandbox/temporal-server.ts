/** The embedded Temporal server: the official dev server with its Web UI and a SQLite file. */
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { run, type Program } from './process.ts';
import { findTemporal } from './temporal-binary.ts';
import { answers, waitFor, type Patience } from './wait.ts';

export interface TemporalOptions {
  /** The SQLite file; created when it is not there. */
  readonly file: string;
  readonly port: number;
  readonly uiPort: number;
  readonly namespace?: string;
  /** Where the Web UI asks for payloads to be decrypted. */
  readonly codecUrl?: string;
  /** What a test wants otherwise of the server, by dynamic-config names. */
  readonly limits?: Readonly<Record<string, number | boolean>>;
  /** Whether a commit waits for the disk itself; without that it outlives every process, but not the machine. */
  readonly flushes?: boolean;
}

/**
 * A query must not become part of a workflow task: SDK 1.24 answers it while a local activity of that task is under way, and
 * hands the result of the activity over in another task than the replay does. So the server refuses a query while a
 * workflow task waits or runs, and the client asks again.
 */
const noQueriesInTasks = { 'history.MaxBufferedQueryCount': 0 } as const;

export async function temporalProgram(binary: string, options: TemporalOptions): Promise<Program> {
  const { port, uiPort, namespace = 'default', codecUrl, limits = {}, flushes = true } = options;
  const file = resolve(options.file);
  await mkdir(dirname(file), { recursive: true });
  const args = [
    ['server', 'start-dev'],
    ['--db-filename', file],
    // What a commit acknowledged is in the write-ahead log before the answer goes out, so killing the process
    // loses nothing; FULL also brings it to the disk, so that pulling the plug does not either.
    ['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', `synchronous=${flushes ? 'full' : 'off'}`],
    ['--ip', '127.0.0.1', '--port', String(port), '--ui-port', String(uiPort)],
    ['--log-level', 'warn', '--log-format', 'json'],
    ['--ui-disable-news-fetch'],
    ...(namespace === 'default' ? [] : [['--namespace', namespace]]),
    ...(codecUrl === undefined ? [] : [['--ui-codec-endpoint', codecUrl]]),
    ...Object.entries({ ...noQueriesInTasks, ...limits }).map(([name, value]) => [
      '--dynamic-config-value',
      `${name}=${value}`,
    ]),
  ].flat();
  // Nothing of TEMPORAL_*: the command line would take it for options of its own.
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
  return { command: binary, args, env, stopSignal: 'SIGINT', kind: 'native' };
}

/** Asks through the Web UI's own API, which shows at once that the UI, the frontend and the namespace are there. */
export async function temporalReady(
  { uiPort, namespace = 'default' }: TemporalOptions,
  patience?: Patience,
): Promise<void> {
  const url = `http://127.0.0.1:${uiPort}/api/v1/namespaces/${namespace}`;
  await waitFor('Temporal', () => answers(url), patience);
}

/** A server on its own, for tests that need no more than Temporal. */
export async function startTemporal(options: TemporalOptions & { readonly logFile?: string }): Promise<{
  readonly address: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
  readonly kill: () => Promise<void>;
}> {
  const program = await temporalProgram(await findTemporal(), options);
  const server = await run(program, { file: options.logFile ?? `${resolve(options.file)}.log` });
  await temporalReady(options);
  return {
    address: `127.0.0.1:${options.port}`,
    pid: server.pid,
    stop: () => server.stop(),
    kill: async () => {
      server.kill('SIGKILL');
      await server.exited;
    },
  };
}
