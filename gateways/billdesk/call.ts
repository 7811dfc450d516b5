/** One call of BillDesk's API: a token goes, a token comes back, with the headers that it insists on. */
import { randomBytes } from 'node:crypto';
import type { BillDeskMerchant } from './merchant.ts';
import { clockInKolkata } from '../../domain/calendar.ts';
import { httpCall, NoAnswerError, parseJson } from '../../platform/http-call.ts';
import { GatewayUnavailableError, NotAuthenticError, type Exchange } from '../gateway.ts';
import { openingKeys, sendingKey } from '../keys.ts';
import type { CallOptions } from '../parts.ts';
import { openWithAny, seal } from './jose.ts';
import { refusalIn } from './refusal.ts';

interface Answer {
  readonly status: number;
  /** What was sealed, parsed. Undefined when that is no JSON. */
  readonly content: unknown;
  readonly exchange: Required<Exchange>;
}

/** Of an answer that BillDesk did not seal, as of a proxy between us, so many characters are evidence enough. */
const longestUnsealed = 16_384;

/**
 * @throws GatewayUnavailableError when no answer comes, or one that BillDesk did not seal
 */
export async function call(
  operation: 'orders/create' | 'transactions/get' | 'refunds/create' | 'refunds/get',
  content: object,
  merchant: BillDeskMerchant,
  { apiUrl, timeoutMs, fetch, now }: CallOptions,
): Promise<Answer> {
  const key = sendingKey(merchant, now());
  if (key === undefined) throw unavailable(`no key of the merchant account ${merchant.id} is in force`);
  const request = await seal(JSON.stringify(content), merchant.clientid, key);
  const answer = await httpCall({
    url: `${apiUrl}/payments/${merchant.api ?? 've1_2'}/${operation}`,
    method: 'POST',
    headers: {
      'content-type': 'application/jose',
      accept: 'application/jose',
      ...identity(merchant, now()),
    },
    body: request,
    timeoutMs,
    fetch,
  }).catch((error: unknown) => {
    if (!(error instanceof NoAnswerError)) throw error;
    throw unavailable(error.message, { request });
  });
  const { status } = answer;
  const body = answer.body.trim();
  const opened = await openWithAny(body, openingKeys(merchant, now())).catch((error: unknown) => {
    if (!(error instanceof NotAuthenticError)) throw error;
    const exchange = { request, response: body.slice(0, longestUnsealed) };
    throw unavailable(`${operation}: HTTP ${status}${unsealedCode(body)}, not sealed by BillDesk`, exchange);
  });
  return { status, content: parseJson(opened), exchange: { request, response: body } };
}

/** Letters and digits only, at most 35; one that was used before on the same day is refused. */
function identity({ timestamps }: BillDeskMerchant, now: number): Record<string, string> {
  const clock = clockInKolkata(now).replace(/\D/g, '');
  return {
    'bd-traceid': `${clock}${randomBytes(10).toString('hex').toUpperCase()}`,
    'bd-timestamp': timestamps === 'epochMs' ? String(now) : clock,
  };
}

/** Before it knows who asks, BillDesk answers in plain JSON, e.g. GNAUE0006 for an address that is not on its list. */
function unsealedCode(body: string): string {
  const code = refusalIn(parseJson(body))?.error_code ?? '';
  return /^[A-Z0-9]{4,20}$/.test(code) ? ` ${code}` : '';
}

const unavailable = (reason: string, exchange?: Exchange): GatewayUnavailableError =>
  new GatewayUnavailableError(`BillDesk, ${reason}`, exchange);
