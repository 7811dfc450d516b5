/** Temporal's runtime, of which a process has one. */
import { DefaultLogger, Runtime } from '@temporalio/worker';

let installed = false;

/** Errors only: what workers tell of ordinary retries is noise in a test. */
export function quietRuntime(): void {
  if (!installed) Runtime.install({ logger: new DefaultLogger('ERROR') });
  installed = true;
}
