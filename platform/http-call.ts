/** A call of somebody else's HTTP service that ends in time, and whose trouble is told without a word of theirs. */
import { z } from 'zod';

export interface HttpCall {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For the whole answer, from the connection to the last byte. */
  readonly timeoutMs: number;
  readonly fetch: typeof globalThis.fetch;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** Nobody knows whether the service got the call. The message names neither the address nor anybody. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/** @throws NoAnswerError */
export async function httpCall({ url, timeoutMs, fetch, ...request }: HttpCall): Promise<HttpAnswer> {
  // A timer of our own, because Node 20 may collect `AbortSignal.timeout` as garbage, and then it never fires.
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  try {
    // Wherever a redirect led, nobody there should get the keys that go along.
    const response = await fetch(url, { ...request, redirect: 'manual', signal: controller.signal });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    const inTime = !controller.signal.aborted;
    throw new NoAnswerError(inTime ? reasonOf(error) : `no answer within ${timeoutMs} ms`);
  } finally {
    clearTimeout(timer);
  }
}

const networkError = z.object({ cause: z.object({ code: z.string() }) });

/** Never the error's own message: it may name the address, and somebody with it. */
function reasonOf(error: unknown): string {
  return `connection failed (${networkError.safeParse(error).data?.cause.code ?? 'no code'})`;
}

/** @returns undefined for what is no JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
