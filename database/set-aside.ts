/** Writes what outsiders send in one statement, and sets aside the parts that cannot be written. */
import { createHash } from 'node:crypto';
import pg from 'pg';
import { isRefusedByData, type Database } from './connection.ts';

/** What kind of part it is. */
export type PartSource = 'message' | 'status' | 'payment' | 'notice' | 'identity change';

interface Written<R> {
  /** What each call of `write` said. */
  readonly results: readonly R[];
  readonly setAside: number;
}

/** Two writers may be in each other's way: a constraint that is violated once may hold the next time. */
const tries = 3;

/**
 * Writes all parts together; where one of them cannot be written, each by itself and in order. The bad ones are set aside.
 * @param write must bear to be repeated
 * @throws whatever tells of the database itself: then the whole may be brought again
 */
export async function writeParts<T, R>(
  db: Database,
  source: PartSource,
  parts: readonly T[],
  write: (parts: readonly T[]) => Promise<R>,
): Promise<Written<R>> {
  if (parts.length === 0) return { results: [], setAside: 0 };
  try {
    return { results: [await write(parts)], setAside: 0 };
  } catch (error) {
    if (!isOfData(error)) throw error;
  }
  const results: R[] = [];
  let setAside = 0;
  for (const part of parts) {
    const error = await unlessWritten(part);
    if (error === undefined) continue;
    await keepOutline(db, source, part, reasonOf(error));
    setAside += 1;
  }
  return { results, setAside };

  async function unlessWritten(part: T): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        results.push(await write([part]));
        return undefined;
      } catch (error) {
        if (!isOfData(error)) throw error;
        if (attempt === tries) return error;
      }
    }
  }
}

/** Besides Postgres, our own code may stumble over it, as over JSON that is nested too deep. */
function isOfData(error: unknown): boolean {
  return isRefusedByData(error) || error instanceof RangeError || error instanceof TypeError;
}

function reasonOf(error: unknown): string {
  if (error instanceof pg.DatabaseError) return error.code ?? 'unknown';
  return error instanceof Error ? error.name : 'unknown';
}

async function keepOutline(db: Database, source: PartSource, part: unknown, reason: string): Promise<void> {
  const outline = outlineOf(part).slice(0, longestOutline);
  await db.query({
    name: 'keep-outline',
    text: `insert into set_aside (source, reason, outline, digest) values ($1, $2, $3, $4)
           on conflict (digest) do nothing`,
    values: [
      source,
      reason,
      outline,
      createHash('sha256')
        .update(jsonOf(part) ?? outline)
        .digest('hex'),
    ],
  });
}

function jsonOf(part: unknown): string | undefined {
  try {
    return JSON.stringify(part);
  } catch {
    return undefined; // Nested too deep.
  }
}

const longestOutline = 1_000;
const deepestOutline = 6;
const mostKeys = 20;

/** The shape of a part: the names of its fields, and the kinds and lengths of what they hold. Nothing of what it says. */
export function outlineOf(value: unknown, depth = 0): string {
  if (typeof value === 'string') return `text of ${value.length}`;
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  if (depth === deepestOutline) return '…';
  if (Array.isArray(value)) {
    return value.length === 0 ? '[]' : `[${value.length} of ${outlineOf(value[0], depth + 1)}]`;
  }
  const fields = Object.entries(value);
  const named = fields
    .slice(0, mostKeys)
    .map(([key, field]: [string, unknown]) => `${nameOf(key)}: ${outlineOf(field, depth + 1)}`);
  return `{${named.join(', ')}${fields.length > mostKeys ? ', …' : ''}}`;
}

/** Keys are words of the wire; a digit in one may be of a phone number. */
function nameOf(key: string): string {
  return key.slice(0, 40).replace(/[^A-Za-z_]/g, '#');
}
