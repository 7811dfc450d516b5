/** Calls of Razorpay's API, version 1. */
import { httpCall, NoAnswerError, parseJson } from '../../platform/http-call.ts';
import { GatewayUnavailableError, type Exchange } from '../gateway.ts';
import { sendingKey } from '../keys.ts';
import type { CallOptions } from '../parts.ts';
import type { RazorpayMerchant } from './merchant.ts';
import { refusalIn, type Refusal } from './refusal.ts';

interface Answer {
  readonly status: number;
  /** Parsed; undefined when it is no JSON. */
  readonly content: unknown;
  readonly refusal: Refusal | undefined;
}

/** Of an answer that is not Razorpay's, as of a proxy between us, so many characters are evidence enough. */
const longestForeign = 16_384;

/** Some calls for one thing that we want to know or have done. */
export interface Calls {
  get(path: string): Promise<Answer>;
  post(path: string, content: object, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** All of them, as they went over the wire. */
  exchange(): Required<Exchange>;
  /** The error of calls that told nothing that can be trusted. */
  unavailable(reason: string): GatewayUnavailableError;
}

/** @throws GatewayUnavailableError from each call that is not answered, or not by Razorpay */
export function callsFor(merchant: RazorpayMerchant, options: CallOptions): Calls {
  const { apiUrl, timeoutMs, fetch, now } = options;
  const endsAt = performance.now() + timeoutMs;
  const requests: string[] = [];
  const responses: string[] = [];
  const unavailable = (reason: string): GatewayUnavailableError =>
    new GatewayUnavailableError(
      `Razorpay, ${reason}`,
      requests.length === 0
        ? undefined
        : {
            request: requests.join('\n'),
            ...(responses.length > 0 && { response: responses.join('\n') }),
          },
    );

  async function call(
    method: 'GET' | 'POST',
    path: string,
    content?: object,
    more?: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    const key = sendingKey(merchant, now());
    if (key === undefined) throw unavailable(`no key of the merchant account ${merchant.id} is in force`);
    const body = content && JSON.stringify(content);
    requests.push(`${method} /v1${path}${body === undefined ? '' : `\n${body}`}`);
    const answer = await httpCall({
      url: `${apiUrl}/v1${path}`,
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${key.keyId}:${key.keySecret}`).toString('base64')}`,
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body !== undefined && { body }),
      timeoutMs: Math.max(1, Math.ceil(endsAt - performance.now())),
      fetch,
    }).catch((error: unknown) => {
      if (!(error instanceof NoAnswerError)) throw error;
      throw unavailable(error.message);
    });
    const parsed = parseJson(answer.body);
    const refusal = refusalIn(answer.status, parsed);
    const isTheirs = refusal !== undefined || (answer.status === 200 && parsed !== undefined);
    responses.push(isTheirs ? answer.body : answer.body.slice(0, longestForeign));
    if (!isTheirs) throw unavailable(`HTTP ${answer.status}, not an answer of Razorpay`);
    return { status: answer.status, content: parsed, refusal };
  }

  return {
    get: (path) => call('GET', path),
    post: (path, content, headers) => call('POST', path, content, headers),
    exchange: () => ({ request: requests.join('\n'), response: responses.join('\n') }),
    unavailable,
  };
}
