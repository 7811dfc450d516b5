/**
 * Traces from a webhook to the reply, by OpenTelemetry. Its API does nothing until something takes spans; what takes them
 * (tracing-sdk.ts) is loaded only where OTEL_EXPORTER_OTLP_ENDPOINT names a collector.
 */
import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
} from '@opentelemetry/api';
import type { Settings } from './settings.ts';
import type { TracingSdk } from './tracing-sdk.ts';

export const tracingSettings = ['OTEL_EXPORTER_OTLP_ENDPOINT'] as const;

/** What spans may tell beside Temporal's ids: kinds and results, never who, and no words. */
export interface SpanFacts {
  readonly entity?: string;
  readonly kind?: string;
  readonly gateway?: string;
}

/** Before any client or worker is made. @returns undefined where nobody takes traces */
export async function startTracing(
  service: string,
  { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }: Pick<Settings, (typeof tracingSettings)[number]>,
): Promise<TracingSdk | undefined> {
  if (endpoint === undefined) return undefined;
  const { createTracing } = await import('./tracing-sdk.ts');
  return createTracing(service, endpoint);
}

interface SpanStart {
  readonly facts?: SpanFacts;
  /** Who calls whom; else the span is work of our own. */
  readonly kind?: 'server' | 'client';
  /** The traces that this continues, as `traceparent` has them; the last is the one that goes on. */
  readonly from?: readonly string[];
}

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT };

/** Work that is a span of the current trace, or begins one. */
export async function traced<T>(
  name: string,
  { facts = {}, kind, from = [] }: SpanStart,
  run: () => Promise<T>,
): Promise<T> {
  const parents = from.map(contextOf);
  const links = parents.slice(0, -1).flatMap((parent) => trace.getSpanContext(parent) ?? []);
  const options = {
    kind: kind === undefined ? SpanKind.INTERNAL : kinds[kind],
    attributes: { ...facts },
    links: links.map((linked) => ({ context: linked })),
  };
  const parent = parents.at(-1) ?? context.active();
  return trace.getTracer('purosheba').startActiveSpan(name, options, parent, async (span) => {
    try {
      return await run();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** A moment of a trace that is elsewhere at work. */
export function markTrace(traceparent: string, name: string, attributes: Record<string, string>): void {
  trace.getTracer('purosheba').startSpan(name, { attributes }, contextOf(traceparent)).end();
}

/** For log lines. */
export function traceId(): string | undefined {
  return trace.getActiveSpan()?.spanContext().traceId;
}

function contextOf(traceparent: string): Context {
  return propagation.extract(ROOT_CONTEXT, { traceparent });
}
