/**
 * Takes the trace of what was told last along to every activity that it leads to. The SDK's own interceptors would put all that
 * a conversation does within its day under its first message. A header decides nothing: histories replay with and without it.
 */
import { defaultPayloadConverter, type Headers } from '@temporalio/common';
import { proxySinks, type Sinks, type WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** Where the interceptors of clients and activities (@temporalio/interceptors-opentelemetry) have it. */
const header = '_tracer-data';

export interface TraceSinks extends Sinks {
  readonly trace: {
    /** The workflow takes something that was told under this trace. */
    readonly reached: (traceparent: string, told: string) => void;
  };
}

const { trace } = proxySinks<TraceSinks>();

export const interceptors: WorkflowInterceptorsFactory = () => {
  let current: Headers = {};

  function follow(headers: Headers, told: string): void {
    const found = headers[header];
    current = found ? { [header]: found } : {};
    if (!found) return;
    const { traceparent } = defaultPayloadConverter.fromPayload<{ readonly traceparent?: string }>(found);
    if (traceparent !== undefined) trace.reached(traceparent, told);
  }

  const along = <I extends { readonly headers: Headers }>(input: I): I => ({
    ...input,
    headers: { ...input.headers, ...current },
  });

  return {
    inbound: [
      {
        execute(input, next) {
          // Under the trace of the news that began it; after continue-as-new, of the last before.
          const begun = input.headers[header];
          if (begun && !current[header]) current = { [header]: begun };
          return next(input);
        },
        handleSignal(input, next) {
          follow(input.headers, input.signalName);
          return next(input);
        },
        handleUpdate(input, next) {
          follow(input.headers, input.name);
          return next(input);
        },
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) => next(along(input)),
        scheduleLocalActivity: (input, next) => next(along(input)),
        continueAsNew: (input, next) => next(along(input)),
      },
    ],
  };
};
