/** What happens to staged rows inside the database: the last checks, and the merge into the register. */
import type pg from 'pg';
import type { FileKind } from './kinds.ts';

export interface Staged {
  readonly kind: FileKind;
  /** The first and the last account number of the staged rows: what is compared with them lies between. */
  readonly numbers: readonly [first: string, last: string];
  /** Whether they came in the order of their keys, and so no key twice. */
  readonly ordered: boolean;
}

/** Moves rows that only the database can see to be bad from `staged` to `refused`. */
export async function refuseStaged(client: pg.Client, { kind, numbers, ordered }: Staged): Promise<void> {
  // Of the columns that come from the number, the one that is the number.
  const shown = [...kind.key.slice(1), 'covered_by'];
  const refuse = async (column: string, reason: string, condition: string): Promise<void> => {
    const value = kind.columns.find(({ from, to }) => from === column && shown.includes(to))?.to ?? "''";
    await client.query(
      `with gone as (delete from staged s where $1 <= $2 and ${condition} returning s.*)
       insert into refused select line, $3, ${value}, $4 from gone`,
      [...numbers, column, reason],
    );
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
}

/** Brings `staged` into the register and empties it. */
export async function mergeStaged(
  client: pg.Client,
  { kind, numbers, ordered }: Staged,
): Promise<{ readonly added: number; readonly changed: number }> {
  const columns = kind.columns.map(({ to }) => to);
  const values = columns.filter((column) => !kind.key.includes(column));
  const list = (names: readonly string[], of = ''): string => names.map((name) => of + name).join(', ');
  const [kindColumn = '', numberColumn = ''] = kind.key;
  const near = `t.${kindColumn} = 'property' and t.${numberColumn} between $1 and $2`;
  const same = `${near} and ${kind.key.map((name) => `t.${name} = s.${name}`).join(' and ')}`;
  const { rows } = await client.query<{ known: boolean }>(
    `select exists (select from ${kind.table} t where ${near}) as known`,
    [...numbers],
  );
  const known = rows[0]?.known === true;
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
