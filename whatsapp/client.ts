/** Talks to the Cloud API: sends, marks as read, uploads and downloads files. Says exactly what is known of each send. */
import { z } from 'zod';
import type { Address, OutboundContent } from '../domain/outbound.ts';
import { remedyFor, type GraphError } from './errors.ts';
import {
  problemsOf,
  problemsOfAddress,
  problemsOfFile,
  problemsOfOpaqueId,
  UnsendableError,
} from './limits.ts';
import { mayFetch, sameHash, sha256, sniff } from './media.ts';
import { markReadWire, toWire, type Wire, type WireOptions } from './wire.ts';

/** What is known of a send. WhatsApp has no idempotency key, so `unknown` must never be mistaken for `notSent`. */
export type SendResult =
  /** WhatsApp has it. Whether it arrives, statuses tell. `paced`: held back until WhatsApp has judged the template. */
  | { readonly outcome: 'accepted'; readonly wamid: string; readonly paced?: true }
  /** WhatsApp answered with an error: it did not go out. */
  | { readonly outcome: 'refused'; readonly error: GraphError }
  /** WhatsApp was never reached: it did not go out. */
  | { readonly outcome: 'notSent'; readonly reason: string }
  /** It may or may not have gone out. */
  | { readonly outcome: 'unknown'; readonly reason: string };

export interface DownloadedMedia {
  readonly bytes: Buffer;
  /** By the first bytes; `application/octet-stream` when they are of no kind that we take. */
  readonly mimeType: string;
  /** In hex. */
  readonly sha256: string;
}

/** What Meta says of an order in the chat. */
export interface PaymentLookUp {
  /** The gateway's ids of the transactions. */
  readonly transactionIds: readonly string[];
  /** What was asked, and the very words of the answer. */
  readonly request: string;
  readonly raw: string;
}

interface Timed {
  /** Overrides the client's own limit for this call. */
  readonly timeoutMs?: number;
}

export interface WhatsAppClient {
  /** @throws UnsendableError when the message breaks a limit; every other trouble is a result */
  readonly send: (
    content: OutboundContent,
    address: Address,
    options?: WireOptions & Timed,
  ) => Promise<SendResult>;
  /** @throws WhatsAppError */
  readonly markRead: (wamid: string, options: { readonly typing: boolean } & Timed) => Promise<void>;
  /**
   * The tries to pay an order in the chat. Meta knows under which ids the gateway has them; what became of them the gateway says.
   * @throws WhatsAppError
   */
  readonly lookUpPayment: (
    order: { readonly configuration: string; readonly reference: string } & Timed,
  ) => Promise<PaymentLookUp>;
  /** The id is good for 30 days. @throws UnsendableError, WhatsAppError */
  readonly uploadMedia: (
    file: { readonly bytes: Uint8Array; readonly mimeType: string; readonly filename: string } & Timed,
  ) => Promise<{ readonly id: string }>;
  /** Ids from webhooks are good for 7 days. @throws WhatsAppError */
  readonly downloadMedia: (
    mediaId: string,
    options: { readonly maxBytes: number } & Timed,
  ) => Promise<DownloadedMedia>;
}

export interface WhatsAppClientOptions {
  /** With or without its version, e.g. `https://graph.facebook.com/v26.0`. */
  readonly apiUrl: string;
  readonly phoneNumberId: string;
  readonly accessToken: string;
  /** How long a send may take; files get six times as long. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof globalThis.fetch;
}

export type WhatsAppTrouble =
  /** Meta answered with an error: `graph` says which. */
  | 'refused'
  /** No answer, or half of one. */
  | 'network'
  /** An answer that is not what Meta promises. */
  | 'unreadable'
  /** The file does not exist any more. */
  | 'gone'
  | 'tooBig'
  /** The file does not have the hash that Meta gave. */
  | 'corrupt'
  /** The file is said to lie where our token must not go. */
  | 'forbiddenHost';

export class WhatsAppError extends Error {
  override readonly name = 'WhatsAppError';
  readonly trouble: WhatsAppTrouble;
  readonly graph?: GraphError;

  constructor(trouble: WhatsAppTrouble, what: string, graph?: GraphError) {
    super(`WhatsApp: ${what}`);
    this.trouble = trouble;
    if (graph !== undefined) this.graph = graph;
  }
}

/** Graph API's current version (29 July 2026), where the setting names none. */
const defaultVersion = 'v26.0';

export function createWhatsAppClient({
  apiUrl,
  phoneNumberId,
  accessToken,
  timeoutMs: usualMs = 10_000,
  fetch = globalThis.fetch,
}: WhatsAppClientOptions): WhatsAppClient {
  const base = withVersion(apiUrl);
  const api = new URL(base);
  const authorization = { authorization: `Bearer ${accessToken}` };

  /** One request to the API. Redirects are not followed: the token would go along. */
  async function exchange(
    path: string,
    { headers, ...request }: Omit<RequestInit, 'headers'> & { readonly headers?: Record<string, string> },
    signal?: AbortSignal,
  ): Promise<Exchange> {
    const response = await fetch(`${base}/${path}`, {
      ...request,
      redirect: 'manual',
      headers: { ...authorization, ...headers },
      signal,
    });
    return { response, answer: parseJson(await response.text()) };
  }

  const postMessage = (wire: Wire, timeoutMs = usualMs): Promise<Exchange> =>
    within(timeoutMs, (limited) =>
      exchange(
        `${phoneNumberId}/messages`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(wire),
        },
        limited,
      ),
    );

  async function send(
    content: OutboundContent,
    address: Address,
    { opaqueId, replyTo, timeoutMs }: WireOptions & Timed = {},
  ): Promise<SendResult> {
    const problems = [...problemsOf(content), ...problemsOfAddress(address), ...problemsOfOpaqueId(opaqueId)];
    if (problems.length > 0) throw new UnsendableError(problems);
    let exchanged: Exchange;
    try {
      exchanged = await postMessage(toWire(content, address, { opaqueId, replyTo }), timeoutMs);
    } catch (error) {
      return { outcome: wasNeverSent(error) ? 'notSent' : 'unknown', reason: networkReason(error) };
    }
    const { response, answer } = exchanged;
    const error = graphErrorOf(response, answer, accessToken);
    if (error !== undefined) {
      // A gateway's own 5xx page says nothing about what became of the message behind it.
      return error.code === undefined && response.status >= 500
        ? { outcome: 'unknown', reason: `HTTP ${response.status} without an answer from WhatsApp` }
        : { outcome: 'refused', error };
    }
    const accepted = acceptedSchema.safeParse(answer).data?.messages[0];
    if (accepted === undefined) {
      return { outcome: 'unknown', reason: `HTTP ${response.status} without the id of a message` };
    }
    // Meta, "Template pacing": `held_for_quality_assessment` or `paused`; plain `accepted` is not held back.
    const paced = accepted.message_status !== undefined && accepted.message_status !== 'accepted';
    return { outcome: 'accepted', wamid: accepted.id, ...(paced ? { paced } : {}) };
  }

  /** A request whose every trouble is thrown. */
  async function ask(what: string, request: () => Promise<Exchange>): Promise<unknown> {
    const { response, answer } = await request().catch((error: unknown) => {
      throw new WhatsAppError('network', `${what}: ${networkReason(error)}`);
    });
    const error = graphErrorOf(response, answer, accessToken);
    if (error !== undefined) throw refused(what, error);
    return answer;
  }

  async function markRead(
    wamid: string,
    { typing, timeoutMs }: { readonly typing: boolean } & Timed,
  ): Promise<void> {
    await ask('marking as read', () => postMessage(markReadWire(wamid, { typing }), timeoutMs));
  }

  async function lookUpPayment({
    configuration,
    reference,
    timeoutMs = usualMs,
  }: Parameters<WhatsAppClient['lookUpPayment']>[0]): Promise<PaymentLookUp> {
    const what = 'looking a payment up';
    const path = `${phoneNumberId}/payments/${encodeURIComponent(configuration)}/${encodeURIComponent(reference)}`;
    const answer = await ask(what, () => within(timeoutMs, (limited) => exchange(path, {}, limited)));
    const payments = lookUpSchema.safeParse(answer).data?.payments;
    if (payments === undefined) throw new WhatsAppError('unreadable', `${what}: no payments in the answer`);
    // Of another order Meta says nothing here; what it says is left aside rather than trusted.
    const own = payments.filter((payment) => payment.reference_id === reference);
    const transactions = own.flatMap((payment) => payment.transactions);
    return {
      transactionIds: transactions.flatMap(({ pg_transaction_id: id }) => id ?? []),
      request: `GET ${path}`,
      raw: JSON.stringify(answer),
    };
  }

  async function uploadMedia({
    bytes,
    mimeType,
    filename,
    timeoutMs = 6 * usualMs,
  }: Parameters<WhatsAppClient['uploadMedia']>[0]): Promise<{ readonly id: string }> {
    const problems = problemsOfFile(bytes.byteLength, mimeType);
    if (problems.length > 0) throw new UnsendableError(problems);
    const form = new FormData();
    form.set('messaging_product', 'whatsapp');
    form.set('type', mimeType);
    form.set('file', new Blob([new Uint8Array(bytes)], { type: mimeType }), filename);
    const answer = await ask('uploading a file', () =>
      within(timeoutMs, (limited) =>
        exchange(`${phoneNumberId}/media`, { method: 'POST', body: form }, limited),
      ),
    );
    const uploaded = z.object({ id: z.string().min(1) }).safeParse(answer);
    if (!uploaded.success) throw new WhatsAppError('unreadable', 'uploading a file: no id in the answer');
    return { id: uploaded.data.id };
  }

  async function download(mediaId: string, maxBytes: number, signal: AbortSignal): Promise<DownloadedMedia> {
    const what = 'downloading a file';
    const locate = async (): Promise<z.infer<typeof mediaSchema>> => {
      const path = `${mediaId}?phone_number_id=${phoneNumberId}`;
      const located = mediaSchema.safeParse(await ask(what, () => exchange(path, {}, signal)));
      if (!located.success) throw new WhatsAppError('unreadable', `${what}: no address in the answer`);
      if (!mayFetch(new URL(located.data.url), api)) {
        throw new WhatsAppError('forbiddenHost', `${what}: its address is none of WhatsApp's`);
      }
      return located.data;
    };
    const open = (url: string): Promise<Response> =>
      fetch(url, { redirect: 'error', headers: authorization, signal }).catch((error: unknown) => {
        throw new WhatsAppError('network', `${what}: ${networkReason(error)}`);
      });

    let located = await locate();
    let response = await open(located.url);
    if (response.status === 404) {
      // The address is good for five minutes; then a new one must be asked for (Meta, "Media").
      await response.body?.cancel();
      located = await locate();
      response = await open(located.url);
    }
    if (!response.ok) {
      await response.body?.cancel();
      if (response.status === 404) throw new WhatsAppError('gone', `${what}: it does not exist any more`);
      throw refused(what, graphErrorOf(response, undefined, accessToken));
    }
    const bytes = await readAtMost(response, maxBytes, what);
    const hash = sha256(bytes);
    if (!sameHash(hash, located.sha256)) {
      throw new WhatsAppError('corrupt', `${what}: it does not have the hash that WhatsApp gave`);
    }
    return { bytes, mimeType: sniff(bytes), sha256: hash };
  }

  async function downloadMedia(
    mediaId: string,
    { maxBytes, timeoutMs = 6 * usualMs }: { readonly maxBytes: number } & Timed,
  ): Promise<DownloadedMedia> {
    // The id comes from outside and becomes part of a path.
    if (!/^[\w:-][\w.:-]*$/.test(mediaId)) {
      throw new WhatsAppError('gone', 'downloading a file: this is not the id of one');
    }
    return await within(timeoutMs, (limited) => download(mediaId, maxBytes, limited));
  }

  return { send, markRead, lookUpPayment, uploadMedia, downloadMedia };
}

interface Exchange {
  readonly response: Response;
  /** Undefined when it is no JSON. */
  readonly answer: unknown;
}

/**
 * Runs something that ends after `ms` at the latest. `AbortSignal.timeout` would do, but combined with another signal
 * Node 20 may collect it as garbage, and then it never fires.
 */
async function within<T>(ms: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new DOMException('too late', 'TimeoutError')), ms);
  try {
    return await run(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}

const withVersion = (apiUrl: string): string => {
  const trimmed = apiUrl.replace(/\/+$/, '');
  return /\/v\d+\.\d+$/.test(trimmed) ? trimmed : `${trimmed}/${defaultVersion}`;
};

const acceptedSchema = z.object({
  messages: z
    .array(z.object({ id: z.string().min(1), message_status: z.string().optional().catch(undefined) }))
    .min(1),
});

/** Meta, "Receive payments via payment gateways", section "Payment lookup API". */
const lookUpSchema = z.object({
  payments: z.array(
    z.object({
      reference_id: z.string(),
      // Missing while nobody has tried to pay; its id, while the gateway has not given one.
      transactions: z
        .array(z.object({ pg_transaction_id: z.string().min(1).optional().catch(undefined) }))
        .default([]),
    }),
  ),
});

const mediaSchema = z.object({ url: z.url(), sha256: z.string().optional().catch(undefined) });

const graphErrorSchema = z.object({
  error: z.object({
    code: z.number().int(),
    message: z.string().catch(''),
    error_data: z.object({ details: z.string() }).optional().catch(undefined),
    fbtrace_id: z.string().optional().catch(undefined),
  }),
});

/** The error that an answer carries, or undefined when it carries none. */
function graphErrorOf(response: Response, answer: unknown, accessToken: string): GraphError | undefined {
  const error = graphErrorSchema.safeParse(answer).data?.error;
  if (error === undefined && response.ok) return undefined;
  const retryAfterMs = retryAfter(response.headers.get('retry-after'));
  return {
    ...(error === undefined ? {} : { code: error.code }),
    httpStatus: response.status,
    details: redact(error?.error_data?.details ?? error?.message ?? 'no details', accessToken),
    remedy: remedyFor(error?.code, response.status),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(error?.fbtrace_id === undefined ? {} : { traceId: error.fbtrace_id }),
  };
}

const refused = (what: string, error: GraphError | undefined): WhatsAppError =>
  new WhatsAppError(
    'refused',
    `${what}: refused with code ${error?.code ?? 'none'}, HTTP ${error?.httpStatus ?? 'none'}`,
    error,
  );

/** RFC 9110, section 10.2.3: seconds or a date. */
function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(ms, 0);
}

/** Meta's texts may repeat the token ("Malformed access token …") and whom we wrote to. */
const redact = (details: string, accessToken: string): string =>
  details
    .replaceAll(accessToken, '[token]')
    .replace(/\bEAA\w{8,}/g, '[token]')
    .replace(/\b[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{8,}/g, '[user]')
    .replace(/\+?\d[\d\s-]{7,}\d/g, '[number]')
    .slice(0, 300);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const causeSchema = z.object({ code: z.string().optional(), syscall: z.string().optional() });

/** The operating system's or undici's own errors, under fetch's "fetch failed"; several when a name has several addresses. */
function causesOf(error: unknown): readonly z.infer<typeof causeSchema>[] {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const each: readonly unknown[] = cause instanceof AggregateError ? cause.errors : [cause];
  return each.map((one) => causeSchema.safeParse(one).data ?? {});
}

const beforeSending = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether the connection itself failed, so that not a byte of the message left. */
const wasNeverSent = (error: unknown): boolean =>
  causesOf(error).every(({ code = '', syscall }) =>
    // The same code may come from an open connection, too: then the system call is read or write.
    syscall === undefined
      ? beforeSending.has(code) || /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/.test(code)
      : syscall === 'connect' || syscall === 'getaddrinfo',
  );

/** Never the error's own message: it may name the address. */
function networkReason(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer in time';
  const codes = new Set(causesOf(error).map(({ code }) => code ?? 'unknown'));
  return `connection failed (${[...codes].join(', ')})`;
}

/** The body, given up as soon as it grows beyond `maxBytes`: neither headers nor Meta's `file_size` are promises. */
async function readAtMost(response: Response, maxBytes: number, what: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      // Leaving the loop cancels the download.
      if (size > maxBytes) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw new WhatsAppError('network', `${what}: ${networkReason(error)}`);
  }
  if (size > maxBytes) throw new WhatsAppError('tooBig', `${what}: more than ${maxBytes} bytes`);
  return Buffer.concat(chunks);
}
