/** The secrets of a data folder: made once, kept, and completed when a version needs more of them. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { houseEnvironment } from '../../sandbox/defaults.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'purosheba-defaults-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('are the same at every start', async () => {
  expect(await houseEnvironment(folder, {})).toEqual(await houseEnvironment(folder, {}));
});

test('of an earlier version stay, and what is new is added', async () => {
  await houseEnvironment(folder, {});
  const file = join(folder, 'sandbox.json');
  const earlier = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
  delete earlier['backOfficeToken'];
  await writeFile(file, JSON.stringify(earlier));
  const { env } = await houseEnvironment(folder, {});
  expect(env['BACK_OFFICE_TOKEN']).toMatch(/^[0-9a-f]{64}$/);
  expect(env['BACK_OFFICE_URL']).toBeUndefined();
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
    ...earlier,
    backOfficeToken: env['BACK_OFFICE_TOKEN'],
  });
});
