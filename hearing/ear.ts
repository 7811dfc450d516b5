/**
 * Hears what a text as a whole is about: a small language model that knows Bengali, Hindi and English in any letters.
 * learn.py teaches it; README.md says where it comes from.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Impression, Shares } from '../domain/conversation/understanding/impression.ts';
import { softmax } from '../domain/conversation/understanding/judgement.ts';
import { createCut, type Vocabulary } from './pieces.ts';

export interface Ear {
  /** Takes some 5 ms of a core for a message, and longer for a story. Undefined where the model fails: words alone must do. */
  readonly listen: (text: string) => Promise<Impression | undefined>;
}

type Question = keyof Impression;

const folder = import.meta.dirname;

/** Loads the model, which takes half a second and some 110 MB. */
export async function createEar(onFailure: (error: unknown) => void): Promise<Ear> {
  const { verdicts, ...vocabulary } = JSON.parse(
    await readFile(join(folder, 'vocabulary.json'), 'utf8'),
  ) as Vocabulary & { readonly verdicts: Readonly<Record<Question, readonly string[]>> };
  const cut = createCut(vocabulary);
  // One thread, so that messages that come together are heard side by side.
  const session = await InferenceSession.create(join(folder, 'ear.onnx'), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    // Its reserve would hold 200 MB for good; messages are short.
    enableCpuMemArena: false,
    logSeverityLevel: 3,
  });
  const shares = (question: Question, said: InferenceSession.ReturnType): Shares<string> => {
    const points = [...((said[question]?.data ?? []) as Float32Array)];
    const each = question === 'places' ? points.map(sigmoid) : softmax(points);
    return Object.fromEntries(verdicts[question].map((verdict, at) => [verdict, each[at] ?? 0]));
  };
  async function hear(text: string): Promise<Impression> {
    const pieces = Int32Array.from(cut(text));
    const said = await session.run({ pieces: new Tensor('int32', pieces, [1, pieces.length]) });
    return {
      wishes: shares('wishes', said),
      agreement: shares('agreement', said),
      choice: shares('choice', said),
      years: shares('years', said),
      places: shares('places', said),
    };
  }
  return {
    listen: (text) =>
      hear(text).catch((error: unknown) => {
        onFailure(error);
        return undefined;
      }),
  };
}

function sigmoid(point: number): number {
  return 1 / (1 + Math.exp(-point));
}
