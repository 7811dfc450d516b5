/** One operating-system process of the house, which never outlives the process that started it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';

export type StopSignal = 'SIGINT' | 'SIGTERM';

/** What to run. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Asks it to finish what it does and exit. */
  readonly stopSignal: StopSignal;
  /** Node programs watch an IPC channel and exit when it closes; for all others a shell holds a pipe. */
  readonly kind: 'node' | 'native';
}

/** Where its output goes: a file, or a function that gets every line. */
export type Output = { readonly file: string } | { readonly line: (line: string) => void };

export interface RunningProcess {
  readonly pid: number;
  /** Resolves with how it ended, in words; never rejects. */
  readonly exited: Promise<string>;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Asks with its stop signal, insists with SIGKILL after `graceMs`, resolves when it is gone. */
  readonly stop: (graceMs?: number) => Promise<void>;
}

/**
 * The shell becomes the program, so its pid is the program's. Before that it leaves a guard behind that reads
 * a pipe from us: end of file without a word means that we died, even by SIGKILL, and the program must stop.
 */
const guarded = (signal: StopSignal): string =>
  `exec 3<&0 </dev/null; { read -r _ <&3 || kill -${signal.slice(3)} $$; } >/dev/null 2>&1 & exec "$@" 3<&-`;

/**
 * Starts a program. Its own process group keeps a terminal's Ctrl-C away from it: who started it decides the order.
 * @throws what `spawn` reports, such as ENOENT
 */
export async function run(program: Program, output: Output): Promise<RunningProcess> {
  const { command, args, kind, stopSignal } = program;
  const file = 'file' in output ? openSync(output.file, 'a') : undefined;
  const out = file ?? 'pipe';
  const child =
    kind === 'node'
      ? spawn(command, args, { ...place(program), stdio: ['ignore', out, out, 'ipc'] })
      : spawn('/bin/sh', ['-c', guarded(stopSignal), 'sh', command, ...args], {
          ...place(program),
          stdio: ['pipe', out, out],
        });
  if (file !== undefined) closeSync(file);
  if ('line' in output) eachLine(child, output.line);

  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      // A word before the end of file tells the guard that there is nothing left to stop.
      child.stdin?.end('done\n');
      resolve(signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`);
    });
  });
  child.stdin?.on('error', () => {
    // The guard may be gone first, when somebody kills the whole process group.
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  child.on('error', () => {
    // A signal that can no longer be delivered: `exited` tells what happened.
  });
  return {
    pid: child.pid ?? -1,
    exited,
    kill: (signal) => void child.kill(signal),
    stop: async (graceMs = 10_000) => {
      child.kill(stopSignal);
      const insist = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await exited;
      clearTimeout(insist);
    },
  };
}

function place({ env, cwd, uid, gid }: Program): {
  env: NodeJS.ProcessEnv;
  cwd?: string;
  uid?: number;
  gid?: number;
  detached: true;
} {
  return {
    env,
    detached: true,
    ...(cwd === undefined ? {} : { cwd }),
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  };
}

function eachLine(child: ChildProcess, line: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      lines.filter((text) => text !== '').forEach(line);
    });
    stream.on('end', () => {
      if (rest !== '') line(rest);
    });
  }
}
