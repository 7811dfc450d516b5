/** What happens to the rows of a file inside the database: the last checks, and the merge into the register. */
import type pg from 'pg';
import type { FileKind } from './file-kind.ts';

/** A part of a table: the numbers between two, both included. */
export interface Stretch {
  readonly kind: FileKind;
  readonly numbers: readonly [first: string, last: string];
}

/** Rows in `staged`, and the stretch of the register that they are compared with. */
export interface Staged extends Stretch {
  /** Whether they came in the order of their keys, and so no key twice. */
  readonly ordered: boolean;
}

/** Whether the register has rows there. */
export async function isKnown(client: pg.Client, { kind, numbers }: Stretch): Promise<boolean> {
  const { rows } = await client.query<{ known: boolean }>(
    `select exists (select from ${kind.table} t where ${within(kind)}) as known`,
    [...numbers],
  );
  return rows[0]?.known === true;
}

/** Whether rows that were copied straight into the register are such that would have been refused. */
export async function isRefusable(client: pg.Client, { kind, numbers }: Stretch): Promise<boolean> {
  if (kind.conditions.length === 0) return false;
  const found = kind.conditions.map(
    ({ refuse }) => `exists (select from ${kind.table} s where ${within(kind, 's')} and ${refuse})`,
  );
  const { rows } = await client.query<{ refusable: boolean }>(`select ${found.join(' or ')} as refusable`, [
    ...numbers,
  ]);
  return rows[0]?.refusable === true;
}

/** Takes out again what this transaction has brought there, and nothing else. */
export async function takeBack(client: pg.Client, { kind, numbers }: Stretch): Promise<void> {
  await client.query(
    `delete from ${kind.table} t where ${within(kind)} and t.xmin = pg_current_xact_id()::xid`,
    [...numbers],
  );
}

/** That a row of the register lies between the numbers $1 and $2. */
function within({ accounts, key: [kind = ''], cutBy }: FileKind, row = 't'): string {
  const ofKind = accounts === undefined ? '' : `${row}.${kind} = '${accounts}' and `;
  return `${ofKind}${row}.${cutBy} between $1 and $2`;
}

/** Moves rows that only the database can see to be bad from `staged` to `refused`. @returns how many */
export async function refuseStaged(client: pg.Client, { kind, numbers, ordered }: Staged): Promise<number> {
  let refused = 0;
  const refuse = async (column: string, reason: string, condition: string): Promise<void> => {
    const value = kind.columns.find(({ from }) => from === column)?.to ?? "''";
    const { rowCount } = await client.query(
      `with gone as (delete from staged s where $1 <= $2 and ${condition} returning s.*)
       insert into refused select line, $3, ${value}, $4 from gone`,
      [...numbers, column, reason],
    );
    refused += rowCount ?? 0;
  };
  if (!ordered) {
    const key = kind.key.join(', ');
    const last = kind.columns.find(({ to }) => to === kind.key.at(-1));
    // All of them: nobody knows which one is right.
    await refuse(
      last?.from ?? '',
      'stands more than once in this file',
      `(${key}) in (select ${key} from staged group by ${key} having count(*) > 1)`,
    );
  }
  for (const { column, refuse: condition, reason } of kind.conditions)
    await refuse(column, reason, condition);
  return refused;
}

/**
 * Brings `staged` into the register and empties it.
 * @param known whether the register has rows there
 */
export async function mergeStaged(
  client: pg.Client,
  { kind, numbers, ordered }: Staged,
  known: boolean,
): Promise<{ readonly added: number; readonly changed: number }> {
  const columns = kind.columns.map(({ to }) => to);
  const values = columns.filter((column) => !kind.key.includes(column));
  const list = (names: readonly string[], of = ''): string => names.map((name) => of + name).join(', ');
  const same = `${within(kind)} and ${kind.key.map((name) => `t.${name} = s.${name}`).join(' and ')}`;
  // A row that stays as it is is not even touched: nothing to write, nothing to clean up.
  const changed = known
    ? await client.query(
        `update ${kind.table} t set (${list(values)}) = row (${list(values, 's.')}) from staged s
         where ${same} and (${list(values, 't.')}) is distinct from (${list(values, 's.')})`,
        [...numbers],
      )
    : undefined;
  const added = await client.query(
    `insert into ${kind.table} (${list(columns)}) select ${list(columns, 's.')} from staged s
     ${known ? `where not exists (select from ${kind.table} t where ${same})` : ''}
     ${ordered ? '' : `order by ${list(kind.key, 's.')}`}`,
    known ? [...numbers] : [],
  );
  await client.query('truncate staged');
  return { added: added.rowCount ?? 0, changed: changed?.rowCount ?? 0 };
}
