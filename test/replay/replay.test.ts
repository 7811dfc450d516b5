/** What is under way somewhere survives the next release: recorded histories replay with the production bundle. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleOption } from '@temporalio/worker';
import { beforeAll, describe, expect, test } from 'vitest';
import { failureConverterPath } from '../../platform/temporal.ts';
import { workflowBundle } from '../../worker/bundle.ts';
import * as workflows from '../../workflows/index.ts';
import { replayErrors, type RecordedHistory } from '../support/replay.ts';
import { quietRuntime } from '../support/runtime.ts';

quietRuntime();

const folder = join(import.meta.dirname, 'histories');
const recorded = readdirSync(folder);

/** The files of a folder of the domain, as seen from there. */
function filesIn(folderOfDomain: string): string[] {
  const root = join(import.meta.dirname, '..', '..', 'domain', folderOfDomain);
  return readdirSync(root).map((file) => join(folderOfDomain, file));
}

test.each(Object.keys(workflows))('there is a recorded history of the workflow %s', (type) => {
  expect(recorded.filter((file) => file.startsWith(`${type}-`))).not.toEqual([]);
});

/** Why a recorded history does not replay with a bundle, by its file. */
async function replayRecorded(bundle: WorkflowBundleOption): Promise<ReadonlyMap<string, Error | undefined>> {
  const histories = recorded.map(
    (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as RecordedHistory,
  );
  const errors = await replayErrors(bundle, histories);
  return new Map(recorded.map((file, index) => [file, errors[index]]));
}

describe('with the bundle of this release', () => {
  let errors: ReadonlyMap<string, Error | undefined>;

  beforeAll(async () => {
    errors = await replayRecorded({ codePath: await workflowBundle() });
  });

  test.each(recorded)('%s replays', (file) => {
    expect(errors.get(file)).toBeUndefined();
  });
});

describe('when every word list, every rule about numbers and every limit is another', () => {
  let errors: ReadonlyMap<string, Error | undefined>;

  beforeAll(async () => {
    const root = join(import.meta.dirname, '..', '..');
    const copy = await mkdtemp(join(tmpdir(), 'purosheba-replay-'));
    for (const layer of ['domain', 'workflows']) {
      await cp(join(root, layer), join(copy, layer), { recursive: true });
    }
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    const understanding = filesIn(join('conversation', 'understanding'));
    expect(understanding).toContain(join('conversation', 'understanding', 'words.ts'));
    const specs = filesIn('accounts').filter((file) => file !== join('accounts', 'kinds.ts'));
    expect(specs).toContain(join('accounts', 'property.ts'));
    // A workflow that needs one of them does not even load.
    for (const file of [...understanding, ...specs, join('conversation', 'limits.ts')]) {
      writeFileSync(join(copy, 'domain', file), `throw new Error('${file} is no part of a workflow');`);
    }
    const changed = await bundleWorkflowCode({
      workflowsPath: join(copy, 'workflows', 'index.ts'),
      failureConverterPath,
      logger: new DefaultLogger('ERROR'),
    });
    await rm(copy, { recursive: true });
    errors = await replayRecorded(changed);
  });

  test.each(recorded)('%s replays', (file) => {
    expect(errors.get(file)).toBeUndefined();
  });
});
