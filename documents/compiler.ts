/**
 * Turns a template of this folder and its data into a PDF. Typst runs as WebAssembly in a thread of its own: the same
 * bytes on every platform, and the process goes on answering meanwhile. One compiler per process, warm after the first
 * document; documents are made one after the other.
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { fontsBeyond, paperFonts, spelledOut, unprintable, type FontName } from '../domain/printable.ts';
import { pack } from './pack.ts';

/**
 * Typst keeps what it has laid out and cannot be told to forget it, so a thread that has grown gives way to a new one:
 * after about a hundred receipts, because a new one takes the time of six.
 */
const mostMemory = 128 * 1024 * 1024;
/** Seconds, where a hundred pages need one: whatever takes longer never ends. */
const longest = 30;

const compilerWasm = createRequire(import.meta.url).resolve('@myriaddreamin/typst-ts-web-compiler/wasm');

/** The templates that there are: files of this folder, without their ending. */
export type Template = 'statement' | 'receipt' | 'credit-note' | 'certificate';

/** What compiler-thread.js is started with, */
export interface Start {
  readonly wasm: WebAssembly.Module;
}

/** asked, */
export interface Job {
  readonly template: Template;
  /** JSON. */
  readonly data: string;
  /** What it is set in. */
  readonly fonts: readonly FontName[];
}

/** and answers, with the memory that its compiler holds, in bytes. */
export type Answer = { readonly memory: number } & (
  { readonly pdf: Uint8Array<ArrayBuffer> } | { readonly problems: readonly string[] }
);

let compiled: Promise<WebAssembly.Module> | undefined;
let thread: Worker | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * @param data becomes JSON and stays data: nothing in it is ever read as Typst
 * @returns a tagged PDF
 * @throws Error with Typst's own words when the template does not compile, and when no font has a character of the data:
 * nobody gets a paper with boxes
 */
export function compile(template: Template, data: unknown): Promise<Buffer> {
  const text = JSON.stringify(data);
  const strange = unprintable(text);
  if (strange.length > 0) {
    return Promise.reject(new Error(`no font for ${strange.map(spelledOut).join(', ')} in ${template}`));
  }
  const job: Job = { template, data: text, fonts: [...paperFonts, ...fontsBeyond(text)] };
  const pdf = last.then(() => run(job));
  last = pdf.catch(() => undefined);
  return pdf;
}

async function run(job: Job): Promise<Buffer> {
  const worker = (thread ??= await startThread());
  worker.ref();
  worker.postMessage(job);
  let answer: Answer;
  try {
    [answer] = (await once(worker, 'message', { signal: AbortSignal.timeout(longest * 1000) })) as [Answer];
  } catch (error) {
    // Hung or crashed: what is left of it is not to be trusted with the next document.
    await stopThread(worker);
    throw new Error(`Typst gave up on ${job.template}`, { cause: error });
  }
  worker.unref();
  if (answer.memory > mostMemory) await stopThread(worker);
  if ('problems' in answer) throw new Error(`${job.template}.typ: ${answer.problems.join('; ')}`);
  return pack(Buffer.from(answer.pdf.buffer, answer.pdf.byteOffset, answer.pdf.byteLength));
}

async function startThread(): Promise<Worker> {
  compiled ??= readFile(compilerWasm).then((bytes) => WebAssembly.compile(bytes));
  const workerData: Start = { wasm: await compiled };
  return new Worker(new URL('./compiler-thread.js', import.meta.url), { workerData });
}

async function stopThread(worker: Worker): Promise<void> {
  thread = undefined;
  await worker.terminate();
}
