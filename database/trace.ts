/** The trace under which something is written, so that whoever carries it on continues that trace. */
import { context, propagation } from '@opentelemetry/api';

/** As W3C's `traceparent` has it; null where nothing is traced. */
export function currentTrace(): string | null {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? null;
}
