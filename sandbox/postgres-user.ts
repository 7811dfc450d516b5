/** Who Postgres runs as. It refuses to run as root, so root gives it a user of its own. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { StartProblem } from './problem.ts';

const execute = promisify(execFile);

/** How to run a command as that user: with these ids, and with these words before it. */
export interface RunAs {
  readonly uid?: number;
  readonly gid?: number;
  readonly prefix: readonly string[];
}

/**
 * Finds a way to run `program` on files in `folder`.
 * @throws StartProblem as root, when that user cannot reach them
 */
export async function postgresUser(program: string, folder: string): Promise<RunAs & { uid?: number }> {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const { uid, gid } = await ids().catch(createUser);
  const ways: readonly RunAs[] = [
    { uid, gid, prefix: [] },
    // A clone below /root is closed to others. Linux can lend the right to pass through to this one program.
    { prefix: ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...lent] },
  ];
  for (const way of ways) {
    if (await reaches(way, program, folder)) return { ...way, uid, gid };
  }
  throw new StartProblem(
    [
      `Postgres does not run as root, and the user "postgres" cannot reach ${folder}.`,
      'One of the folders above it is closed to other users. Move the clone to an open folder such as /srv,',
      'open the folder with chmod o+x, start as an ordinary user, or set DATABASE_URL to a running server.',
    ].join('\n'),
  );
}

const lent = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];

async function ids(): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await execute('id', [flag, 'postgres'])).stdout)),
  );
  if (uid === undefined || gid === undefined) throw new Error('id printed nothing');
  return { uid, gid };
}

async function createUser(): Promise<{ uid: number; gid: number }> {
  try {
    await execute('groupadd', ['--force', 'postgres']);
    await execute('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres']);
    return await ids();
  } catch (error) {
    throw new StartProblem(
      'Postgres does not run as root, and no user "postgres" could be created.\n' +
        'Create one, start as an ordinary user, or set DATABASE_URL to a running server.',
      { cause: error },
    );
  }
}

async function reaches({ uid, gid, prefix }: RunAs, program: string, folder: string): Promise<boolean> {
  const test = ['/bin/sh', '-c', 'test -x "$1" && cd "$2"', 'sh', program, folder];
  const [command = '', ...args] = [...prefix, ...test];
  try {
    await execute(command, args, { uid, gid, cwd: '/' });
    return true;
  } catch {
    return false;
  }
}
