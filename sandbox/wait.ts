/** Waiting for something to become true, with a deadline. */
import { setTimeout as sleep } from 'node:timers/promises';
import { StartProblem } from './problem.ts';

export interface Patience {
  readonly timeoutMs?: number;
  readonly everyMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Asks again until the answer is true. An error counts as "not yet", but for a StartProblem.
 * @throws Error naming `what` when `timeoutMs` is over, with the last error as its cause
 */
export async function waitFor(
  what: string,
  ready: () => Promise<boolean> | boolean,
  { timeoutMs = 30_000, everyMs = 50, signal }: Patience = {},
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let cause: unknown;
  for (;;) {
    signal?.throwIfAborted();
    try {
      if (await ready()) return;
      cause = undefined;
    } catch (error) {
      if (error instanceof StartProblem) throw error;
      cause = error;
    }
    if (Date.now() > deadline) throw new Error(`${what}: not within ${timeoutMs / 1000} s`, { cause });
    await sleep(everyMs);
  }
}

/** Whether a GET is answered with 2xx. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
