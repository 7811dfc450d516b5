/**
 * The thread that compiler.ts starts: Typst with the fonts and templates, one PDF for each message. Plain JavaScript,
 * because Node opens a thread's file itself and no loader for TypeScript reaches it.
 */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import initialise, {
  TypstCompilerBuilder,
  TypstFontResolverBuilder,
} from '@myriaddreamin/typst-ts-web-compiler';

const weights = ['400Regular', '700Bold'];

// The compiler's numbers for "PDF" and for "diagnostics as objects".
const pdfFormat = 1;
const fullDiagnostics = 3;

/** @type {import('./compiler.ts').Start} */
const { wasm } = workerData;
const { memory } = await initialise({ module_or_path: wasm });
const compiler = await buildCompiler();
/** @type {Set<string>} */
const loaded = new Set();
parentPort?.on('message', async (job) => {
  await loadFonts(job.fonts);
  parentPort.postMessage(answerTo(job));
});

async function buildCompiler() {
  const builder = new TypstCompilerBuilder();
  builder.set_dummy_access_model(); // No files and no packages from anywhere: only what is added here.
  const typst = await builder.build();
  const folder = import.meta.dirname;
  for (const file of await readdir(folder)) {
    if (file.endsWith('.typ')) typst.add_source(`/${file}`, await readFile(join(folder, file), 'utf8'));
  }
  return typst;
}

/**
 * A font is loaded when the first paper needs it: all of them would cost every start a tenth of a second.
 *
 * @param {import('./compiler.ts').Job['fonts']} fonts
 */
async function loadFonts(fonts) {
  if (fonts.every((font) => loaded.has(font))) return;
  for (const font of fonts) loaded.add(font);
  const builder = new TypstFontResolverBuilder();
  for (const font of loaded) {
    for (const weight of weights) builder.add_raw_font(await readFile(fileOf(font, weight)));
  }
  compiler.set_fonts(await builder.build());
}

/**
 * @param {string} font
 * @param {string} weight
 */
function fileOf(font, weight) {
  const folder = `@expo-google-fonts/${font.toLowerCase().replaceAll(' ', '-')}`;
  const file = `${font.replaceAll(' ', '')}_${weight}.ttf`;
  return createRequire(import.meta.url).resolve(`${folder}/${weight}/${file}`);
}

/**
 * @param {import('./compiler.ts').Job} job
 * @returns {import('./compiler.ts').Answer}
 */
function answerTo({ template, data, fonts }) {
  const inputs = [
    ['data', data],
    ['fonts', JSON.stringify(fonts)],
  ];
  const world = compiler.snapshot(undefined, `/${template}.typ`, inputs);
  try {
    const { result, diagnostics = [] } = world.get_artifact(pdfFormat, fullDiagnostics);
    const used = memory.buffer.byteLength;
    if (result) return { memory: used, pdf: result };
    return { memory: used, problems: diagnostics.map((d) => `${d.path}:${d.range} ${d.message}`) };
  } finally {
    world.free();
  }
}
