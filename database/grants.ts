/**
 * What the role may do under which API, worker and import run: read and write rows, and nothing to the schema that
 * guards them. The owner of the schema is another role, which only migrations use.
 */
import type pg from 'pg';

/** Rows of these are never taken away, whoever asks. Append-only tables need no entry: their triggers say it. */
export const neverDeleted = [
  'attempts',
  'cases',
  'certificates',
  'credits',
  'demand_balances',
  'disputes',
  'gateway_refunds',
  'ledger_accounts',
  'merchant_accounts',
  'number_series',
  'order_demands',
  'orders',
  'postings',
  'refunds',
] as const;

/** Columns that the purge empties in tables to which rows are otherwise only added; a trigger of each says when. */
const emptied = { evidence: ['raw', 'request'] } as const;

/** Filled in bulk, and tidied up (VACUUM) by the import that filled them. */
const bulk = ['accounts', 'demands'] as const;

/** The role of DATABASE_URL is not fit for the app: not there, or powerful enough to act as the owner. */
export class UnfitRoleError extends Error {
  override readonly name = 'UnfitRoleError';
}

/**
 * Gives a role what the app needs of every table there is, and takes away what it must not have. Idempotent.
 *
 * @param client connected as the owner of the schema
 * @throws UnfitRoleError when there is no such role, or it could act as the owner
 */
export async function grantToApp(client: pg.Client, role: string): Promise<void> {
  await refuseOwner(client, role);
  await client.query('begin');
  // Two grants on one table at the same moment would fail ("tuple concurrently updated").
  await client.query(`select pg_advisory_xact_lock(hashtext('grants'))`);
  const app = client.escapeIdentifier(role);
  await client.query(`
    revoke all on schema public from public;
    revoke all on all tables in schema public from public, ${app};
    grant usage on schema public to ${app};
    grant select, insert, update, delete on all tables in schema public to ${app};
    grant usage on all sequences in schema public to ${app};
    revoke insert, update, delete on migrations from ${app};
    revoke delete on ${neverDeleted.join(', ')} from ${app};
  `);
  // The import stages rows in temporary tables.
  const database = client.escapeIdentifier(client.database ?? '');
  await client.query(`grant connect, temporary on database ${database} to ${app}`);
  for (const { table, revoked } of await appendOnly(client)) {
    await client.query(`revoke ${revoked} on ${table} from ${app}`);
  }
  for (const [table, columns] of Object.entries(emptied)) {
    await client.query(`revoke update on ${table} from ${app}`);
    await client.query(`grant update (${columns.join(', ')}) on ${table} to ${app}`);
  }
  const { rows } = await client.query<{ newer: boolean }>(
    `select current_setting('server_version_num')::int >= 170000 as newer`,
  );
  // Older servers leave the tidying to autovacuum.
  if (rows[0]?.newer) await client.query(`grant maintain on ${bulk.join(', ')} to ${app}`);
  await client.query('commit');
}

async function refuseOwner(client: pg.Client, role: string): Promise<void> {
  const { rows } = await client.query<{ owner: string; known: boolean; powerful: boolean }>(
    `select current_user as owner, r.oid is not null as known,
       coalesce(pg_has_role(r.oid, current_user, 'member') or r.rolcreaterole, false) as powerful
     from (select) as one left join pg_roles r on r.rolname = $1`,
    [role],
  );
  const { owner = '', known = false, powerful = false } = rows[0] ?? {};
  if (!known) {
    throw new UnfitRoleError(
      `DATABASE_URL names the role ${role}, which the server does not have. ` +
        `Create it as an ordinary one: CREATE ROLE "${role}" LOGIN PASSWORD '…'`,
    );
  }
  if (powerful) {
    throw new UnfitRoleError(
      `The role ${role} of DATABASE_URL can act as ${owner}, the owner of the schema (DATABASE_OWNER_URL). ` +
        'Give API and worker an ordinary role of their own, so that nothing they do can reach past the books.',
    );
  }
}

/** What the triggers of append-only tables refuse, in the words of GRANT. */
async function appendOnly(client: pg.Client): Promise<readonly { table: string; revoked: string }[]> {
  const { rows } = await client.query<{ table: string; revoked: string }>(
    `select t.tgrelid::regclass::text as table,
       concat_ws(', ', case when t.tgtype & 16 > 0 then 'update' end, case when t.tgtype & 8 > 0 then 'delete' end) as revoked
     from pg_trigger t join pg_proc p on p.oid = t.tgfoid
     -- A trigger for some columns, or under a condition, refuses less than the whole.
     where p.proname = 'refuse_change' and t.tgattr = '' and t.tgqual is null and t.tgtype & 24 > 0
     order by 1`,
  );
  return rows;
}
