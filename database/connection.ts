/** Connections to Postgres. */
import pg from 'pg';

export type Database = pg.Pool;

// Money is bigint in Postgres and stays exact as a JavaScript bigint.
pg.types.setTypeParser(pg.types.builtins.INT8, BigInt);

interface ConnectionOptions {
  readonly url: string;
  /** Connections that this process may hold. */
  readonly size: number;
  /** Shown in pg_stat_activity. */
  readonly name: string;
  /** Told when an idle connection breaks, as in a restart of Postgres; the pool opens a new one by itself. */
  readonly onLost: (error: Error) => void;
  /** Told for how many seconds each piece of work waited for a connection. */
  readonly onTaken?: (waitedSeconds: number) => void;
}

type ConnectCallback = Parameters<pg.Pool['connect']>[0];

/** A pool that tells how long its connections are waited for. `query` takes its connection by `connect`, too. */
class WatchedPool extends pg.Pool {
  readonly #onTaken: (waitedSeconds: number) => void;

  constructor(config: pg.PoolConfig, onTaken: (waitedSeconds: number) => void) {
    super(config);
    this.#onTaken = onTaken;
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | void {
    const began = performance.now();
    const taken = (): void => this.#onTaken((performance.now() - began) / 1_000);
    if (callback === undefined) return super.connect().finally(taken);
    super.connect((error, client, done) => {
      taken();
      callback(error, client, done);
    });
  }
}

/** A pool of connections. A statement that runs longer than 10 s is ended, so that nothing waits for ever. */
export function connect({ url, size, name, onLost, onTaken = () => undefined }: ConnectionOptions): Database {
  const pool = new WatchedPool(
    {
      connectionString: url,
      max: size,
      application_name: name,
      connectionTimeoutMillis: 3_000,
      statement_timeout: 10_000,
      query_timeout: 12_000,
      keepAlive: true,
    },
    onTaken,
  );
  pool.on('error', onLost);
  // The pool listens only to idle connections. Whoever holds one that breaks learns it from the next statement.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** SQLSTATE classes after which the same statement may be tried again: deadlock, serialisation. */
const retryable = new Set(['40P01', '40001']);

/** Runs an idempotent statement again when Postgres ended it to break a deadlock. */
export async function withRetry<T>(run: () => Promise<T>, tries = 3): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= tries || !(error instanceof pg.DatabaseError) || !retryable.has(error.code ?? ''))
        throw error;
    }
  }
}

/**
 * Classes of SQLSTATE that say something of what was to be written and nothing of the database: data, constraints, limits (as of
 * an index entry), triggers.
 */
const aboutData = ['22', '23', '54', 'P0'];

/** Whether Postgres refused what was to be written, so that trying again brings the same answer. */
export function isRefusedByData(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && aboutData.includes((error.code ?? '').slice(0, 2));
}

/**
 * Runs `work` in one transaction on a connection of its own; it is rolled back when `work` throws. Tried again, from its
 * beginning, when Postgres ended it to break a deadlock: what it does outside the database must bear that.
 */
export async function inTransaction<T>(
  db: Database,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  return withRetry(async () => {
    const client = await db.connect();
    let broken: Error | undefined;
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((lost: unknown) => {
        broken = lost instanceof Error ? lost : new Error(String(lost));
      });
      throw error;
    } finally {
      client.release(broken);
    }
  });
}

/**
 * JSON that Postgres takes as jsonb: it knows neither NUL nor half a surrogate pair, and outsiders can send both, in values and
 * in keys. @throws RangeError where it is nested some thousand levels deep
 */
export function toJsonb(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === 'string') return storable(inner);
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, field]) => [storable(key), field as unknown]));
  });
}

function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
