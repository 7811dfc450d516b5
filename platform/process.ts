/** How every process of the house begins and ends. */
import type { Logger } from './log.ts';
import { SettingsError } from './settings.ts';

/**
 * Runs a process until it is told to end: by a signal, or by the death of the process that started it.
 * A bad setting ends it with its explanation instead of a stack trace.
 * @param start brings everything up and returns what brings it down again
 */
export async function runProcess(log: Logger, start: () => Promise<() => Promise<void>>): Promise<void> {
  let stop: () => Promise<void>;
  try {
    stop = await start();
  } catch (error) {
    if (error instanceof SettingsError) process.stderr.write(`${error.message}\n`);
    else log.error({ err: error }, 'could not start');
    process.exit(1);
  }
  let stopping = false;
  const end = (why: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, 'stopping');
    // What hangs must not keep the process.
    setTimeout(() => process.exit(1), 15_000).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => end('SIGTERM'));
  process.on('SIGINT', () => end('SIGINT'));
  process.on('disconnect', () => end('the process that started this one has ended'));
}
