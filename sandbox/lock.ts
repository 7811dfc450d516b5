/** One house per data folder, held by a listening socket: the system lets go of it however the holder ends. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { StartProblem } from './problem.ts';
import { waitFor } from './wait.ts';

export interface Lock {
  /** Whether the previous holder ended without letting go, so that some of its processes may still be ending. */
  readonly afterCrash: boolean;
  readonly release: () => Promise<void>;
}

/** How long a holder may take that is about to end, as after its npm was killed. */
const patienceMs = 2_000;

/**
 * Takes the folder. Who asks a holder is told its pid.
 * @throws StartProblem when another start holds the folder and goes on holding it
 */
export async function lock(folder: string): Promise<Lock> {
  const path = socketPath(folder);
  const afterCrash = existsSync(path);
  if (afterCrash) {
    let holder: string | undefined;
    const isFree = async (): Promise<boolean> => {
      holder = await askHolder(path);
      return holder === undefined;
    };
    await waitFor('', isFree, { timeoutMs: patienceMs, everyMs: 100 }).catch(() => {
      throw new StartProblem(
        `Purosheba already runs with the data in ${folder} (process ${holder ?? ''}).\n` +
          'End that one with Ctrl-C in its terminal, or start this one in another clone.',
      );
    });
    await rm(path, { force: true });
  }
  const server = createServer((socket) => socket.end(String(process.pid)));
  await listen(server, path);
  server.unref();
  return { afterCrash, release: () => new Promise((done) => server.close(() => done())) };
}

/** Systems allow about 100 bytes: the shorter of both spellings, else a name made from the folder's. */
function socketPath(folder: string): string {
  const absolute = join(resolve(folder), 'house.sock');
  const shorter = relative(process.cwd(), absolute);
  const path = shorter.length < absolute.length ? shorter : absolute;
  if (Buffer.byteLength(path) <= 100) return path;
  const name = createHash('sha256').update(absolute).digest('hex').slice(0, 16);
  return join(tmpdir(), `purosheba-${name}.sock`);
}

/** The pid of who listens there; undefined when nobody does. */
async function askHolder(path: string): Promise<string | undefined> {
  return new Promise((answer) => {
    let text = '';
    const socket = connect(path);
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (text += chunk));
    socket.once('end', () => answer(text));
    socket.once('error', () => answer(undefined));
  });
}

async function listen(server: Server, path: string): Promise<void> {
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(path, done);
  });
}
