/** Prometheus metrics. Labels are kinds and results, never who. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export type { Registry };

export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** What the API measures: everything that comes in. */
export interface IngressMetrics {
  readonly inbound: Counter<'kind' | 'result'>;
  readonly statuses: Counter<'status'>;
  readonly rejected: Counter<'reason'>;
  readonly ignored: Counter<'reason'>;
  readonly seconds: Histogram<'result'>;
  readonly delivered: Counter;
  readonly undelivered: Gauge;
  readonly oldestUndelivered: Gauge;
  readonly restingLanes: Gauge;
  readonly setAside: Counter<'source'>;
}

export function createIngressMetrics(registry: Registry): IngressMetrics {
  const registers = [registry];
  return {
    inbound: new Counter({
      name: 'purosheba_inbound_messages_total',
      help: 'Messages from citizens, by kind and by whether they were new',
      labelNames: ['kind', 'result'],
      registers,
    }),
    statuses: new Counter({
      name: 'purosheba_statuses_total',
      help: 'Statuses of our own messages',
      labelNames: ['status'],
      registers,
    }),
    rejected: new Counter({
      name: 'purosheba_webhooks_rejected_total',
      help: 'Webhooks that were refused',
      labelNames: ['reason'],
      registers,
    }),
    ignored: new Counter({
      name: 'purosheba_webhook_parts_ignored_total',
      help: 'Parts of accepted webhooks that nothing was done about',
      labelNames: ['reason'],
      registers,
    }),
    seconds: new Histogram({
      name: 'purosheba_webhook_seconds',
      help: 'Time from a webhook to its answer',
      labelNames: ['result'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
    delivered: new Counter({
      name: 'purosheba_outbox_delivered_total',
      help: 'Pieces of news that reached their workflow',
      registers,
    }),
    undelivered: new Gauge({
      name: 'purosheba_outbox_undelivered',
      help: 'Pieces of news that have not reached their workflow',
      registers,
    }),
    oldestUndelivered: new Gauge({
      name: 'purosheba_outbox_oldest_undelivered_seconds',
      help: 'Age of the oldest news that has not reached its workflow, without that of resting lanes',
      registers,
    }),
    restingLanes: new Gauge({
      name: 'purosheba_outbox_resting_lanes',
      help: 'Workflows whose news Temporal refuses; each has a case',
      registers,
    }),
    setAside: new Counter({
      name: 'purosheba_webhook_parts_set_aside_total',
      help: 'Parts of webhooks that could not be stored and were set aside',
      labelNames: ['source'],
      registers,
    }),
  };
}

/** What gateways bring. */
export interface GatewayMetrics {
  readonly callbacks: Counter<'gateway' | 'result'>;
  readonly seconds: Histogram<'gateway' | 'result'>;
}

/** @param openCases how many cases wait for a person, by kind */
export function createGatewayMetrics(
  registry: Registry,
  openCases: () => Promise<readonly { readonly kind: string; readonly open: number }[]>,
): GatewayMetrics {
  const registers = [registry];
  new Gauge({
    name: 'purosheba_cases_open',
    help: 'What waits for a person at the desk, by kind',
    labelNames: ['kind'],
    registers,
    async collect() {
      const cases = await openCases().catch(() => undefined);
      this.reset();
      for (const { kind, open } of cases ?? []) this.set({ kind }, open);
    },
  });
  return {
    callbacks: new Counter({
      name: 'purosheba_gateway_callbacks_total',
      help: 'Callbacks of gateways and returning browsers, by what they said or why they were refused',
      labelNames: ['gateway', 'result'],
      registers,
    }),
    seconds: new Histogram({
      name: 'purosheba_gateway_callback_seconds',
      help: 'Time until a callback was answered',
      labelNames: ['gateway', 'result'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
  };
}

/** What a worker measures: everything that goes out. */
export interface OutboundMetrics {
  readonly outbound: Counter<'kind' | 'result'>;
  readonly seconds: Histogram<'result'>;
}

export function createOutboundMetrics(registry: Registry): OutboundMetrics {
  const registers = [registry];
  return {
    outbound: new Counter({
      name: 'purosheba_outbound_messages_total',
      help: 'Tries to send a message, by kind and result',
      labelNames: ['kind', 'result'],
      registers,
    }),
    seconds: new Histogram({
      name: 'purosheba_outbound_seconds',
      help: "Time of a call to WhatsApp's API",
      labelNames: ['result'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
  };
}

/** What a worker measures of the nights. */
export interface PurgeMetrics {
  readonly purged: Counter<'kind'>;
}

export function createPurgeMetrics(registry: Registry): PurgeMetrics {
  return {
    purged: new Counter({
      name: 'purosheba_purged_rows_total',
      help: 'Rows that had been kept for long enough, by kind',
      labelNames: ['kind'],
      registers: [registry],
    }),
  };
}
