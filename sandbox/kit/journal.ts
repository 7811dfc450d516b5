/** An append-only file of JSON lines. A process killed in the middle of a line loses that line and nothing else. */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

export interface Journal {
  append(entry: unknown): void;
  close(): void;
}

/** Reads what was written so far. The last line is left out when it was torn. */
export function readJournal(file: string): unknown[] {
  if (!existsSync(file)) return [];
  const entries: unknown[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue;
    try {
      entries.push(JSON.parse(line));
    } catch {
      break;
    }
  }
  return entries;
}

/**
 * Starts the file anew with `entries` and appends from there, so that it neither grows for ever nor continues a torn
 * line. The old file stays until the new one is complete.
 */
export function openJournal(file: string, entries: readonly unknown[]): Journal {
  mkdirSync(dirname(file), { recursive: true });
  const fresh = `${file}.new`;
  writeFileSync(fresh, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  renameSync(fresh, file);
  const descriptor = openSync(file, 'a');
  return {
    // Synchronous: what was answered stands in the file before the answer goes out.
    append: (entry) => void writeSync(descriptor, `${JSON.stringify(entry)}\n`),
    close: () => closeSync(descriptor),
  };
}
