/**
 * The workflow bundle. Building it takes seconds, so it is kept: in production beside the compiled code (written by
 * `npm run build`, which runs this file), otherwise in .data/cache under a hash of the sources.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import { failureConverterPath } from '../platform/temporal.ts';

const root = join(import.meta.dirname, '..');
const extension = extname(import.meta.filename);
const built = join(root, 'workflow-bundle.js');

/** Path of a bundle that fits the sources. */
export async function workflowBundle(cacheFolder = join(root, '.data', 'cache')): Promise<string> {
  if (existsSync(built)) return built;
  const path = join(cacheFolder, `workflows-${await fingerprint()}.js`);
  if (!existsSync(path)) {
    await mkdir(cacheFolder, { recursive: true });
    await writeBundle(path);
  }
  return path;
}

async function writeBundle(path: string): Promise<void> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, 'workflows', `index${extension}`),
    workflowInterceptorModules: [join(root, 'workflows', `trace${extension}`)],
    failureConverterPath,
    logger: quietLogger,
  });
  // Renamed into place, so that another worker never reads half a bundle.
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, code);
  await rename(unfinished, path);
}

/** Changes with anything that goes into the bundle: our sources and the SDK. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  hash.update(
    (createRequire(import.meta.url)('@temporalio/worker/package.json') as { version: string }).version,
  );
  for (const folder of ['domain', 'platform', 'workflows']) {
    const files = await readdir(join(root, folder), { recursive: true });
    for (const file of files.filter((name) => name.endsWith(extension)).sort()) {
      hash.update(file).update(await readFile(join(root, folder, file)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

const ignore = (): void => undefined;
const quietLogger = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore, log: ignore };

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await writeBundle(built);
}
