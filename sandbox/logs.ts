/** The log files of the house, and the few lines of them that belong on the terminal. */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const largestBytes = 10 * 1024 * 1024;

/** The file for one child's output. A long one is set aside at the start, and the one before it forgotten. */
export function logFile(folder: string, name: string): string {
  const file = join(folder, 'logs', `${name}.log`);
  mkdirSync(join(folder, 'logs'), { recursive: true });
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > largestBytes) renameSync(file, `${file}.old`);
  return file;
}

export interface ChildLog {
  /** Keeps one line that the child printed. */
  readonly line: (line: string) => void;
  /** The last error it told of since this was asked before; empty when there was none. */
  readonly lastWords: () => string;
}

/** Keeps everything in the child's file and passes warnings and errors on, readable, to `say`. */
export function childLog(file: string, name: string, say: (line: string) => void): ChildLog {
  let words = '';
  return {
    line: (line) => {
      appendFileSync(file, `${line}\n`);
      const event = parse(line);
      if (event === undefined) {
        // The stack of an error that nobody caught comes as plain text; its first line names it.
        if (/^\w*Error\b.*: /.test(line)) words = line;
        return;
      }
      if (!['warn', 'error', 'fatal'].includes(event.level)) return;
      if (event.level !== 'warn') words = event.message;
      say(`${name}: ${event.level}: ${event.message}`);
    },
    lastWords: () => {
      const last = words;
      words = '';
      return last;
    },
  };
}

function parse(line: string): { level: string; message: string } | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const { level, msg, err } = JSON.parse(line) as {
      level?: unknown;
      msg?: unknown;
      err?: { message?: unknown };
    };
    const parts = [msg, err?.message].filter((part) => typeof part === 'string' && part !== '');
    return { level: String(level), message: [...new Set(parts)].join(': ') };
  } catch {
    return undefined;
  }
}
