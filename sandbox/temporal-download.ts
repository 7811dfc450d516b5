/** Lets the Temporal SDK download its dev server into a folder: `temporal-download.ts <folder> <version>`. */
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [downloadDir = '', version = ''] = process.argv.slice(2);
const environment = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: 'cached-download', downloadDir, version } },
});
await environment.teardown();
