/**
 * The thread that compiler.ts starts: Typst with the fonts and templates, one PDF for each message. Plain JavaScript,
 * because Node opens a thread's file itself and no loader for TypeScript reaches it.
 */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import initialise, { TypstCompilerBuilder } from '@myriaddreamin/typst-ts-web-compiler';

const fonts = [
  'noto-sans/400Regular/NotoSans_400Regular.ttf',
  'noto-sans/700Bold/NotoSans_700Bold.ttf',
  'noto-sans-bengali/400Regular/NotoSansBengali_400Regular.ttf',
  'noto-sans-bengali/700Bold/NotoSansBengali_700Bold.ttf',
  'noto-sans-devanagari/400Regular/NotoSansDevanagari_400Regular.ttf',
  'noto-sans-devanagari/700Bold/NotoSansDevanagari_700Bold.ttf',
];

// The compiler's numbers for "PDF" and for "diagnostics as objects".
const pdfFormat = 1;
const fullDiagnostics = 3;

/** @type {import('./compiler.ts').Start} */
const { wasm } = workerData;
const { memory } = await initialise({ module_or_path: wasm });
const compiler = await buildCompiler();
parentPort?.on('message', (job) => parentPort.postMessage(answerTo(job)));

async function buildCompiler() {
  const { resolve } = createRequire(import.meta.url);
  const builder = new TypstCompilerBuilder();
  builder.set_dummy_access_model(); // No files and no packages from anywhere: only what is added here.
  for (const font of fonts) await builder.add_raw_font(await readFile(resolve(`@expo-google-fonts/${font}`)));
  const typst = await builder.build();
  const folder = import.meta.dirname;
  for (const file of await readdir(folder)) {
    if (file.endsWith('.typ')) typst.add_source(`/${file}`, await readFile(join(folder, file), 'utf8'));
  }
  return typst;
}

/**
 * @param {import('./compiler.ts').Job} job
 * @returns {import('./compiler.ts').Answer}
 */
function answerTo({ template, data }) {
  const world = compiler.snapshot(undefined, `/${template}.typ`, [['data', data]]);
  try {
    const { result, diagnostics = [] } = world.get_artifact(pdfFormat, fullDiagnostics);
    const used = memory.buffer.byteLength;
    if (result) return { memory: used, pdf: result };
    return { memory: used, problems: diagnostics.map((d) => `${d.path}:${d.range} ${d.message}`) };
  } finally {
    world.free();
  }
}
