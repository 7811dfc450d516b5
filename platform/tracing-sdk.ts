/** Takes spans to a collector by OTLP over HTTP. OTEL_EXPORTER_OTLP_HEADERS and OTEL_TRACES_SAMPLER are read by the SDK itself. */
import { setTimeout as sleep } from 'node:timers/promises';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  type ReadableSpan,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-node';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import {
  OpenTelemetryActivityInboundInterceptor,
  OpenTelemetryWorkflowClientInterceptor,
} from '@temporalio/interceptors-opentelemetry';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';

/** For the spans that are left when a process ends. */
const lastSpansMs = 2_000;

export interface TracingSdk {
  /** For clients: the trace goes along with what is told to a workflow. */
  readonly client: WorkflowClientInterceptor;
  /** For workers: the trace goes on in activities. */
  readonly activity: ActivityInterceptorsFactory;
  /** Sends what is left. */
  readonly stop: () => Promise<void>;
}

export function createTracing(service: string, endpoint: string): TracingSdk {
  const exporter = withoutWords(new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }));
  const provider = new NodeTracerProvider({
    resource: defaultResource().merge(resourceFromAttributes({ 'service.name': service })),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  return {
    client: new OpenTelemetryWorkflowClientInterceptor(),
    activity: (activity) => ({ inbound: new OpenTelemetryActivityInboundInterceptor(activity) }),
    // A collector that does not answer must not keep the process from ending.
    stop: () =>
      Promise.race([
        provider.shutdown().catch(() => undefined),
        sleep(lastSpansMs, undefined, { ref: false }),
      ]),
  };
}

/** Ids of Temporal, which name nobody, and the facts of tracing.ts. */
const shown: ReadonlySet<string> = new Set([
  'temporalWorkflowId',
  'temporalActivityId',
  'run_id',
  'entity',
  'kind',
  'gateway',
]);

/**
 * Keeps back whatever else a library puts into a span: exceptions quote what was sent and what was answered, and addresses may
 * hold a token.
 */
function withoutWords(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) => exporter.export(spans.map(plain), done),
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}

function plain(span: ReadableSpan): ReadableSpan {
  return Object.create(span, {
    attributes: {
      value: Object.fromEntries(Object.entries(span.attributes).filter(([key]) => shown.has(key))),
    },
    events: { value: [] },
    status: { value: { code: span.status.code } },
  }) as ReadableSpan;
}
