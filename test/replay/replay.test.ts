/** What is under way somewhere survives the next release: recorded histories replay with the production bundle. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { workflowBundle } from '../../worker/bundle.ts';
import * as workflows from '../../workflows/index.ts';

const folder = join(import.meta.dirname, 'histories');
const recorded = readdirSync(folder);

interface Recording {
  readonly workflowId: string;
  readonly history: unknown;
}

test.each(Object.keys(workflows))('there is a recorded history of the workflow %s', (type) => {
  expect(recorded.filter((file) => file.startsWith(`${type}-`))).not.toEqual([]);
});

test.each(recorded)('%s replays', async (file) => {
  const { workflowId, history } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Recording;
  const codePath = await workflowBundle();
  await Worker.runReplayHistory({ workflowBundle: { codePath } }, history, workflowId);
});
