/** What happens to the rows of a file inside the database: the last checks, and what of them the register has to take. */
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

/** Brings rows into the register that has none there, and empties `staged`. @returns how many */
export async function addStaged(client: pg.Client, { kind, ordered }: Staged): Promise<number> {
  const columns = kind.columns.map(({ to }) => to).join(', ');
  const { rowCount } = await client.query(
    `insert into ${kind.table} (${columns}) select ${columns} from staged
     ${ordered ? '' : `order by ${kind.key.join(', ')}`}`,
  );
  await client.query('truncate staged');
  return rowCount ?? 0;
}

/** Sets aside in `differing` what is new or another than in the register, and empties `staged`. */
export async function setDifferingAside(client: pg.Client, { kind, numbers }: Staged): Promise<void> {
  const columns = kind.columns.map(({ to }) => to).join(', ');
  await client.query(
    `insert into differing (${columns}) select ${columns} from staged s where not exists (
       select from ${kind.table} t where ${within(kind)} and ${sameKey(kind)} and not ${differs(kind)})`,
    [...numbers],
  );
  await client.query('truncate staged');
}

/** That the row `s` of the file and the row `t` of the register are about the same. */
export function sameKey({ key }: FileKind): string {
  return key.map((name) => `t.${name} = s.${name}`).join(' and ');
}

/** That `t` has other values than `s` gives it. A row that stays as it is is not even touched: nothing to clean up. */
export function differs(kind: FileKind): string {
  const values = valuesOf(kind);
  return `((${values.map((name) => `t.${name}`).join(', ')}) is distinct from (${given(kind)}))`;
}

/** The columns beside the key. */
export function valuesOf({ columns, key }: FileKind): readonly string[] {
  return columns.map(({ to }) => to).filter((column) => !key.includes(column));
}

/** What they come to in the row `t`. */
export function given(kind: FileKind): string {
  return valuesOf(kind)
    .map((name) => {
      if (kind.keeps?.column !== name) return `s.${name}`;
      return `case when s.${name} is null and t.${name} is not null and ${kind.keeps.where} then t.${name} else s.${name} end`;
    })
    .join(', ');
}
