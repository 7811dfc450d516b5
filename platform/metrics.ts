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

export function createGatewayMetrics(registry: Registry): GatewayMetrics {
  const registers = [registry];
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

/** What a worker asks of others and makes by itself. */
export interface WorkMetrics {
  readonly gatewayCalls: Histogram<'gateway' | 'merchant' | 'call' | 'result'>;
  readonly lookUps: Histogram<'kind' | 'result'>;
  readonly lookUpsRefused: Counter<'kind'>;
  readonly documents: Histogram<'kind' | 'result'>;
}

export function createWorkMetrics(registry: Registry): WorkMetrics {
  const registers = [registry];
  return {
    gatewayCalls: new Histogram({
      name: 'purosheba_gateway_call_seconds',
      help: 'Time of a call of a gateway: to open an attempt or a refund, or to ask about one',
      labelNames: ['gateway', 'merchant', 'call', 'result'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 7.5],
      registers,
    }),
    lookUps: new Histogram({
      name: 'purosheba_look_up_seconds',
      help: "Time in which the corporation's records answered for an account, by its kind and what was found",
      labelNames: ['kind', 'result'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    lookUpsRefused: new Counter({
      name: 'purosheba_look_ups_refused_total',
      help: 'Look-ups of citizens who had asked for too many numbers',
      labelNames: ['kind'],
      registers,
    }),
    documents: new Histogram({
      name: 'purosheba_document_seconds',
      help: 'Time in which a PDF was made, with the wait for those before it',
      labelNames: ['kind', 'result'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
  };
}

/** How the connections of a process to Postgres are used. */
export interface PoolMetrics {
  readonly waits: Histogram<'pool'>;
  /** Shows the connections of one pool. */
  watch(name: string, pool: ConnectionCounts): void;
}

interface ConnectionCounts {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

export function createPoolMetrics(registry: Registry): PoolMetrics {
  const registers = [registry];
  const pools = new Map<string, ConnectionCounts>();
  new Gauge({
    name: 'purosheba_pool_connections',
    help: 'Connections to Postgres that are open, those of them that nobody uses, and work that waits for one',
    labelNames: ['pool', 'state'],
    registers,
    collect() {
      for (const [pool, { totalCount, idleCount, waitingCount }] of pools) {
        this.set({ pool, state: 'total' }, totalCount);
        this.set({ pool, state: 'idle' }, idleCount);
        this.set({ pool, state: 'waiting' }, waitingCount);
      }
    },
  });
  return {
    waits: new Histogram({
      name: 'purosheba_pool_wait_seconds',
      help: 'Time for which work waited for a connection to Postgres',
      labelNames: ['pool'],
      buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 1, 3],
      registers,
    }),
    watch: (name, pool) => void pools.set(name, pool),
  };
}

interface Figure {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Gauges of what stands in the database (database/figures.ts): the same at every process that shows them. */
const figures = {
  ordersMade: {
    name: 'purosheba_orders_made_recently',
    help: 'Orders that were made within the last 15 minutes',
    labelNames: ['service'],
  },
  ordersPaid: {
    name: 'purosheba_orders_paid_recently',
    help: 'Orders that were paid, all or part, within the last 15 minutes',
    labelNames: ['service'],
  },
  attemptsUnfinished: {
    name: 'purosheba_attempts_unfinished',
    help: 'Attempts to pay that are under way or undecided',
    labelNames: ['gateway', 'state'],
  },
  attemptsDecided: {
    name: 'purosheba_attempts_decided_recently',
    help: 'Attempts to pay that were decided within the last 15 minutes, by merchant account and what became of them',
    labelNames: ['gateway', 'merchant', 'state'],
  },
  accountHealth: {
    name: 'purosheba_merchant_account_health',
    help: 'How much of its weight a merchant account gets: 1, or less where calls and attempts failed or were slow',
    labelNames: ['gateway', 'merchant'],
  },
  accountShut: {
    name: 'purosheba_merchant_account_shut',
    help: 'Whether several calls in a row failed at a merchant account, so that it is tried by one citizen at a time',
    labelNames: ['gateway', 'merchant'],
  },
  accountDrained: {
    name: 'purosheba_merchant_account_drained',
    help: 'Whether a person keeps new payments from a merchant account',
    labelNames: ['gateway', 'merchant'],
  },
  refundsUnderWay: {
    name: 'purosheba_refunds_under_way',
    help: 'Refunds that wait for their second person, or for their gateway, by state',
    labelNames: ['state'],
  },
  creditUnused: {
    name: 'purosheba_credit_unused_rupees',
    help: 'Credit of accounts that has paid nothing yet, in rupees',
    labelNames: [],
  },
  postingsDue: {
    name: 'purosheba_postings_due',
    help: "Receipts that the corporation's records have not accepted yet; those that they refuse are cases",
    labelNames: [],
  },
  postingsDueOldestSeconds: {
    name: 'purosheba_postings_due_oldest_seconds',
    help: "Age of the oldest receipt that the corporation's records have not accepted yet",
    labelNames: [],
  },
  messagesUnsent: {
    name: 'purosheba_messages_unsent',
    help: 'Messages that WhatsApp has not taken yet, by what they are about',
    labelNames: ['about'],
  },
  messagesUnsentOldestSeconds: {
    name: 'purosheba_messages_unsent_oldest_seconds',
    help: 'Age of the oldest message that WhatsApp has not taken yet',
    labelNames: ['about'],
  },
  casesOpen: {
    name: 'purosheba_cases_open',
    help: 'What waits for a person at the desk',
    labelNames: ['kind'],
  },
  casesOverdue: {
    name: 'purosheba_cases_overdue',
    help: 'What waits for a person at the desk and was due before now',
    labelNames: ['kind'],
  },
} as const;

/** However many ask, the database is asked once within this time. */
const figuresHoldMs = 10_000;

/** @param read all figures as they are now */
export function createFigureMetrics(
  registry: Registry,
  read: () => Promise<Readonly<Record<keyof typeof figures, readonly Figure[]>>>,
): void {
  let last: { readonly at: number; readonly figures: ReturnType<typeof read> } | undefined;
  const latest = (): ReturnType<typeof read> => {
    if (!last || Date.now() - last.at > figuresHoldMs) last = { at: Date.now(), figures: read() };
    return last.figures;
  };
  const registers = [registry];
  for (const key of Object.keys(figures) as (keyof typeof figures)[]) {
    const { name, help, labelNames } = figures[key];
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      async collect() {
        const found = await latest().catch(() => undefined);
        // Rather no value than an old one.
        this.reset();
        if (!found && labelNames.length === 0) this.remove();
        for (const { labels, value } of found?.[key] ?? []) this.set(labels, value);
      },
    });
  }
  new Gauge({
    name: 'purosheba_figures_readable',
    help: 'Whether the figures of the database could be read: 1, or 0 when they are missing here',
    registers,
    async collect() {
      this.set(
        await latest().then(
          () => 1,
          () => 0,
        ),
      );
    },
  });
}
