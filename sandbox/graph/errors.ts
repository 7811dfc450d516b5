/** Meta's refusals: HTTP status, code and words (Meta's page "Error codes"), in Meta's shape. */
import { newTraceId } from './ids.ts';

const table = {
  33: { status: 400, title: 'Unsupported post request' },
  100: { status: 400, title: 'Invalid parameter' },
  190: { status: 401, title: 'Invalid OAuth access token - Cannot parse access token' },
  2046: { status: 400, title: 'Invalid status transition for the order' },
  2047: { status: 400, title: 'Cannot cancel an order that is paid' },
  2500: { status: 400, title: 'Unknown path components' },
  130429: { status: 400, title: 'Rate limit hit' },
  131000: { status: 500, title: 'Something went wrong' },
  131008: { status: 400, title: 'Required parameter is missing' },
  131009: { status: 400, title: 'Parameter value is not valid' },
  131026: { status: 400, title: 'Message undeliverable' },
  131047: { status: 400, title: 'Re-engagement message' },
  131053: { status: 400, title: 'Media upload error' },
  131056: { status: 400, title: '(Business Account, Consumer Account) pair rate limit hit' },
  131062: { status: 400, title: 'Business-scoped user ID recipients not supported for this message' },
  132000: { status: 400, title: 'Number of parameters does not match the expected number of params' },
  132001: { status: 404, title: 'Template name does not exist in the translation' },
  132018: { status: 400, title: 'Template parameters are not valid' },
} as const;

export type ErrorCode = keyof typeof table;

/** Why a message that was accepted could not be delivered, as its status tells it. */
export interface StatusError {
  readonly code: number;
  readonly title: string;
  readonly details: string;
}

/** Something that the Graph API answers instead of doing what it was asked. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly status: number;
  readonly body: { readonly error: Readonly<Record<string, unknown>> };

  constructor(status: number, error: Readonly<Record<string, unknown>>) {
    super(String(error['message']));
    this.status = status;
    this.body = { error: { ...error, fbtrace_id: newTraceId() } };
  }
}

/** A refusal with Meta's usual sentence; `details` says what exactly was wrong. */
export function refusal(code: ErrorCode, details?: string): GraphError {
  const { status, title } = table[code];
  return new GraphError(status, {
    message: `(#${code}) ${title}`,
    type: 'OAuthException',
    code,
    ...(details !== undefined && { error_data: { messaging_product: 'whatsapp', details } }),
  });
}

/** Code 100 puts what was wrong into the message itself. */
export const badParameter = (sentence: string): GraphError =>
  new GraphError(400, { message: `(#100) ${sentence}`, type: 'OAuthException', code: 100 });

export const badToken = (): GraphError =>
  new GraphError(401, { message: table[190].title, type: 'OAuthException', code: 190 });

export const unknownPath = (path: string): GraphError =>
  new GraphError(400, {
    message: `Unknown path components: ${path}`,
    type: 'OAuthException',
    code: 2500,
  });

/** Subcode 33 of code 100: no such object, or the token may not see it. */
export const unknownObject = (method: string, id: string): GraphError =>
  new GraphError(400, {
    message: `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
    type: 'GraphMethodException',
    code: 100,
    error_subcode: 33,
  });

/** The same code, told later by a `failed` status. */
export const statusError = (code: ErrorCode, details: string): StatusError => ({
  code,
  title: table[code].title,
  details,
});
