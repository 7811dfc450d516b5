/** Listens for news that any process writes into the outbox. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { entities, type EntityName, type Lane } from '../domain/entities.ts';

export interface ListenOptions {
  readonly url: string;
  /** Shown in pg_stat_activity. */
  readonly name: string;
  readonly onNews: (lane: Lane) => void;
  /** Told when the connection breaks, or cannot be made; it is made again. What is missed meanwhile is not told. */
  readonly onLost: (error: Error) => void;
}

const againMs = 1_000;

/** Listens on a connection of its own, since a pool gives its connections to others. @returns how to end it */
export function listenForNews({ url, name, onNews, onLost }: ListenOptions): () => Promise<void> {
  const ended = new AbortController();
  let current: pg.Client | undefined;

  /** Resolves when the connection is over. */
  async function listen(): Promise<void> {
    const client = new pg.Client({
      connectionString: url,
      application_name: name,
      connectionTimeoutMillis: 3_000,
      keepAlive: true,
    });
    const lost = new Promise<void>((resolve) => client.once('end', () => resolve()));
    client.on('error', onLost);
    client.on('notification', ({ payload = '' }) => {
      const lane = readLane(payload);
      if (lane) onNews(lane);
    });
    await client.connect();
    current = client;
    if (ended.signal.aborted) return client.end();
    await client.query('listen outbox');
    await lost;
  }

  const listening = (async () => {
    while (!ended.signal.aborted) {
      await listen().catch((error: unknown) =>
        onLost(error instanceof Error ? error : new Error(String(error))),
      );
      await sleep(againMs, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  })();

  return async () => {
    ended.abort();
    await current?.end();
    await listening;
  };
}

function readLane(payload: string): Lane | undefined {
  const [entity = '', subject] = payload.split(' ', 2);
  return isEntity(entity) && subject ? ({ entity, subject } as Lane) : undefined;
}

function isEntity(word: string): word is EntityName {
  return Object.hasOwn(entities, word);
}
