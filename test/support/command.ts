/** Command lines of ours, run as whoever uses them does: each as a process of its own. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** What one run printed, and its exit code. */
export interface CommandRun {
  readonly code: number | null;
  readonly printed: string;
}

/** @param entry from the root of the project, as `desk/main.ts` */
export function runCommand(
  entry: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<CommandRun> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, '../..', entry), ...args],
    {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  }
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, printed })));
}
