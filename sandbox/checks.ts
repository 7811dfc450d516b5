/** What must be true before anything is started, each with a message that says what to do. */
import pg from 'pg';
import { accepts, isFree } from './ports.ts';
import { StartProblem } from './problem.ts';
import { waitFor } from './wait.ts';

/** Settings whose ports the house listens on. */
export type PortSetting =
  | 'PORT'
  | 'SANDBOX_PORT'
  | 'METRICS_PORT'
  | 'API_METRICS_PORT'
  | 'POSTGRES_PORT'
  | 'TEMPORAL_PORT'
  | 'TEMPORAL_UI_PORT';

/**
 * @param patienceMs how long processes of a crashed start may take to let go of their ports
 * @throws StartProblem naming every port that is taken and the setting that changes it
 */
export async function checkPorts(
  env: Readonly<Record<string, string>>,
  names: readonly PortSetting[],
  patienceMs: number,
): Promise<void> {
  const problems: string[] = [];
  for (const [index, name] of names.entries()) {
    const port = Number(env[name]);
    const twin = names.slice(0, index).find((other) => Number(env[other]) === port);
    if (twin !== undefined) {
      problems.push(`${twin} and ${name} are both ${port}. Set one of them to another port.`);
      continue;
    }
    const free = await waitFor('', () => isFree(port), { timeoutMs: patienceMs }).then(
      () => true,
      () => false,
    );
    if (!free) {
      problems.push(`Port ${port} is in use. ${name} sets another one. Example: ${name}=${port + 100}`);
    }
  }
  if (problems.length > 0) throw new StartProblem(problems.join('\n'));
}

/** @throws StartProblem when the server that DATABASE_URL names does not answer, or nobody is named to migrate it; never with its password */
export async function checkDatabase(databaseUrl: string, ownerUrl: string | undefined): Promise<void> {
  if (ownerUrl === undefined) {
    throw new StartProblem(
      'DATABASE_OWNER_URL is not set: the database of DATABASE_URL as the owner of its schema, who migrates it.\n' +
        'Set it to another role than that of DATABASE_URL; unset DATABASE_URL to have a Postgres started.',
    );
  }
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    await client.query('SELECT 1');
  } catch (error) {
    throw new StartProblem(
      `The Postgres server of DATABASE_URL (${client.host}:${client.port}) cannot be used: ${describe(error)}.\n` +
        'Start it or correct DATABASE_URL; unset it to have a Postgres started.',
      { cause: error },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** @throws StartProblem when nobody listens at TEMPORAL_ADDRESS */
export async function checkTemporal(address: string): Promise<void> {
  const [host = '', port = ''] = address.split(':');
  if (await accepts(Number(port), host)) return;
  throw new StartProblem(
    `No Temporal server answers at TEMPORAL_ADDRESS=${address}.\n` +
      'Start it or correct TEMPORAL_ADDRESS; unset it to have a Temporal server started.',
  );
}

function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join(', ');
  return error instanceof Error ? error.message : String(error);
}
