/**
 * Carries the outbox to Temporal: at once when any process wrote something, and again for whatever stayed behind, oldest
 * first, as soon as Temporal answers. The database decides what is undelivered; nothing here needs to survive.
 */
import { status } from '@grpc/grpc-js';
import { ServiceError, isGrpcServiceError, type Client } from '@temporalio/client';
import type { Database } from '../../database/connection.ts';
import { listenForNews } from '../../database/listen.ts';
import {
  deliverPortion,
  noteRefusal,
  readBacklog,
  waitingLanes,
  type PortionFacts,
  type PortionLimits,
  type Refusal,
  type WaitingRow,
} from '../../database/outbox.ts';
import {
  workflowId,
  type EntityKey,
  type EntityName,
  type EntityNews,
  type Lane,
} from '../../domain/entities.ts';
import type { Logger } from '../../platform/log.ts';
import type { IngressMetrics } from '../../platform/metrics.ts';
import { traced } from '../../platform/tracing.ts';

/** Takes news to the workflow of each kind of thing. */
export type Carriers = {
  readonly [E in EntityName]: (key: EntityKey<E>, news: readonly EntityNews<E>[]) => Promise<void>;
};

interface DeliveryOptions {
  /** Holds a connection for each lane while Temporal is waited for: a pool of its own. */
  readonly db: Database;
  /** Where to listen for news. */
  readonly databaseUrl: string;
  readonly temporal: Client;
  readonly carriers: Carriers;
  readonly metrics: IngressMetrics;
  readonly log: Logger;
}

export interface Delivery {
  /** Whether messages reach their workflows at the moment, as far as is known. */
  isOpen(): boolean;
  /** Ends after what is under way. */
  stop(): Promise<void>;
}

/** Lanes that one process delivers at the same time. Each holds a connection to Postgres, and may read with another. */
export const lanesAtOnce = 6;
export const deliveryConnections = lanesAtOnce + 2;
const sweepMs = 1_000;
/** Younger rows are still on their direct way. */
const overdueMs = 2_000;
const temporalDeadlineMs = 5_000;
const longestPauseMs = 5_000;
/** For how long a lane waits that failed together with others, or that was not answered in time. */
const shortRestMs = 10_000;

const fullPortion: PortionLimits = { rows: 100, bytes: 256_000 };
/**
 * Larger rows are refused here. Temporal refuses payloads of 2 MB (limit.blobSize.error); beyond the 4 MB of a gRPC message
 * its client tries again until the deadline, which looks like an outage.
 */
const largestRow = 1_800_000;

export function createDelivery(options: DeliveryOptions): Delivery {
  const { db, databaseUrl, temporal, carriers, metrics, log } = options;
  // Each by the id of its workflow.
  const waiting = new Map<string, Lane>();
  const active = new Map<string, Promise<void>>();
  /** Rows at once for lanes of which more were refused. */
  const smallerPortions = new Map<string, number>();
  /** Lanes that failed since the last time that any lane was taken, and when they are tried again. */
  const failing = new Map<string, number>();
  /** How long the way to Temporal has been given a rest after the last failure; 0 when it is open. */
  let pauseMs = 0;
  let stopped = false;
  let sweeping: NodeJS.Timeout | undefined;

  function pump(): void {
    // While the way is blocked a single lane tries whether it is open again.
    const places = pauseMs > 0 ? 1 : lanesAtOnce;
    for (const [id, lane] of waiting) {
      if (active.size >= places || stopped) return;
      if (active.has(id)) continue;
      waiting.delete(id);
      active.set(
        id,
        deliver(id, lane).finally(() => {
          active.delete(id);
          if (pauseMs === 0) pump();
        }),
      );
    }
  }

  async function deliver(id: string, lane: Lane): Promise<void> {
    try {
      await deliverNext(id, lane);
    } catch (error) {
      if (isLate(error)) {
        failing.set(id, Date.now() + shortRestMs);
        // It may be the only one that is not answered in time.
        if (failing.size === 1) {
          log.warn({ err: error, workflowId: id }, 'Temporal did not take the news of one workflow in time');
          return;
        }
      }
      if (pauseMs === 0) log.warn({ err: error }, 'cannot deliver; news waits in the outbox');
      for (const other of failing.keys()) failing.set(other, 0);
      pauseMs = Math.min(Math.max(pauseMs * 2, sweepMs / 2), longestPauseMs);
    }
  }

  /** Delivers the next portion of a lane; what is left of it goes to the end of the queue. */
  async function deliverNext<E extends EntityName>(
    id: string,
    lane: Lane & { readonly entity: E; readonly subject: EntityKey<E> },
  ): Promise<void> {
    const { entity, subject } = lane;
    const rows = smallerPortions.get(id) ?? fullPortion.rows;
    const limits = { ...fullPortion, rows };
    const result = await deliverPortion(
      db,
      { entity, subject },
      limits,
      (news: readonly EntityNews<E>[], { bytes, traces }: PortionFacts) =>
        bytes > largestRow
          ? Promise.resolve('too large')
          : traced(`deliver ${entity}`, { facts: { entity }, from: traces }, () =>
              carry(entity, subject, news),
            ),
    );
    if (result.outcome === 'refused') {
      const [row] = result.rows;
      if (row && result.rows.length === 1) {
        await refuse(id, lane, row, result.because);
      } else {
        smallerPortions.set(id, Math.ceil(result.rows.length / 2));
        waiting.set(id, lane);
      }
      return;
    }
    if (result.outcome === 'delivered') {
      metrics.delivered.inc(result.rows);
      failing.clear();
      if (pauseMs > 0) log.info('what waited in the outbox is delivered again');
      pauseMs = 0;
      if (result.more) waiting.set(id, lane);
    }
    if (!waiting.has(id)) smallerPortions.delete(id);
  }

  /** A call to Temporal that does not wait for ever. */
  async function carry<E extends EntityName>(
    entity: E,
    subject: EntityKey<E>,
    news: readonly EntityNews<E>[],
  ): Promise<Refusal> {
    const carrier: Carriers[E] = carriers[entity];
    try {
      await temporal.withDeadline(Date.now() + temporalDeadlineMs, () => carrier(subject, news));
      return undefined;
    } catch (error) {
      const because = refusalOf(error);
      if (because === undefined) throw error;
      log.warn({ err: error, entity }, 'Temporal refuses news of one workflow');
      return because;
    }
  }

  /** A single row was refused. Where others are refused too it is not the row's fault, as before Temporal is set up. */
  async function refuse(id: string, lane: Lane, row: WaitingRow, because: string): Promise<void> {
    failing.set(id, Date.now() + shortRestMs);
    if (failing.size > 1) return;
    const isSetAside = await noteRefusal(db, lane, row, because);
    failing.set(id, 0); // Its rest stands in the outbox now.
    if (isSetAside) waiting.set(id, lane);
    log.error(
      { workflowId: id, because, isSetAside },
      'news of one workflow is refused; its lane rests, and a case is open',
    );
  }

  async function sweep(): Promise<void> {
    try {
      const backlog = await readBacklog(db);
      metrics.undelivered.set(backlog.rows);
      metrics.oldestUndelivered.set(backlog.oldestSeconds);
      metrics.restingLanes.set(backlog.restingLanes);
      if (backlog.rows > 0) {
        for (const lane of await waitingLanes(db, overdueMs, 500)) {
          const id = idOf(lane);
          if ((failing.get(id) ?? 0) <= Date.now()) waiting.set(id, lane);
        }
      }
      pump();
    } catch (error) {
      log.warn({ err: error }, 'cannot look into the outbox');
    }
    if (!stopped) sweeping = setTimeout(() => void sweep(), Math.max(sweepMs, pauseMs));
  }
  void sweep();

  const stopListening = listenForNews({
    url: databaseUrl,
    name: 'api listening',
    onNews: (lane) => {
      waiting.set(idOf(lane), lane);
      if (pauseMs === 0) pump();
    },
    onLost: (error) => log.warn({ err: error }, 'lost the connection that listens for news'),
  });

  return {
    isOpen: () => pauseMs === 0 && failing.size < 2,
    async stop() {
      stopped = true;
      clearTimeout(sweeping);
      await stopListening();
      await Promise.allSettled(active.values());
    },
  };
}

function idOf<E extends EntityName>({ entity, subject }: { entity: E; subject: EntityKey<E> }): string {
  return workflowId(entity, subject);
}

/** Nobody is there, or nobody who lets us in: no lane would fare better. */
const awayCodes: readonly status[] = [
  status.UNAVAILABLE,
  status.UNAUTHENTICATED,
  status.PERMISSION_DENIED,
  status.NOT_FOUND, // The namespace.
];
/** RESOURCE_EXHAUSTED: one workflow, or the whole namespace, is busy. */
const lateCodes: readonly status[] = [status.DEADLINE_EXCEEDED, status.CANCELLED, status.RESOURCE_EXHAUSTED];

function codeOf(error: unknown): status | undefined {
  return error instanceof ServiceError && isGrpcServiceError(error.cause) ? error.cause.code : undefined;
}

function isLate(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && lateCodes.includes(code);
}

/** Why Temporal is there and does not take this; undefined when it may take it later. Never words of a citizen. */
function refusalOf(error: unknown): Refusal {
  // Our own code cannot make sense of this row.
  if (error instanceof TypeError || error instanceof RangeError) return error.name;
  const code = codeOf(error);
  if (code === undefined || awayCodes.includes(code) || lateCodes.includes(code)) return undefined;
  return status[code];
}
