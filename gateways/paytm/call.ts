/** One call of Paytm's API: signed JSON goes, and JSON comes back, of which only refusals are not signed. */
import { httpCall, NoAnswerError } from '../../platform/http-call.ts';
import { GatewayUnavailableError, type Exchange } from '../gateway.ts';
import { openingKeys, sendingKey } from '../keys.ts';
import type { CallOptions } from '../parts.ts';
import { checksumOf, isChecksumOf } from './checksum.ts';
import type { PaytmMerchant } from './merchant.ts';
import { resultIn } from './result.ts';
import { signedJson, type Fields } from './signed.ts';

export interface Answer {
  readonly body: Fields;
  /** Whether Paytm proved that it says so. */
  readonly isSigned: boolean;
  readonly exchange: Required<Exchange>;
}

/** Of an answer that is not Paytm's, as of a proxy between us, so many characters are evidence enough. */
const longestForeign = 16_384;

/**
 * @param path with its query
 * @param headOf what stands in the head, given the checksum of the body
 * @throws GatewayUnavailableError when no answer comes, or one that Paytm did not give
 */
export async function call(
  path: string,
  body: object,
  merchant: PaytmMerchant,
  { apiUrl, timeoutMs, fetch, now }: CallOptions,
  headOf: (signature: string) => object = (signature) => ({ signature }),
): Promise<Answer> {
  const key = sendingKey(merchant, now());
  if (key === undefined) throw unavailable(`no key of the merchant account ${merchant.id} is in force`);
  // Written once: what is signed and what is sent must be the same to the letter.
  const text = JSON.stringify(body);
  const request = `{"head":${JSON.stringify(headOf(checksumOf(text, key.key)))},"body":${text}}`;
  const answer = await httpCall({
    url: `${apiUrl}${path}`,
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: request,
    timeoutMs,
    fetch,
  }).catch((error: unknown) => {
    if (!(error instanceof NoAnswerError)) throw error;
    throw unavailable(error.message, { request });
  });
  const words = signedJson(answer.body);
  const { checksum, covered = '', fields = {} } = words ?? {};
  const isSigned = checksum !== undefined && isOurs(covered, checksum, merchant, now());
  if (words === undefined || answer.status >= 500 || (checksum !== undefined && !isSigned)) {
    const why = checksum !== undefined && !isSigned ? ', not signed by Paytm' : '';
    throw unavailable(`HTTP ${answer.status}${codeIn(fields)}${why}`, {
      request,
      response: answer.body.slice(0, longestForeign),
    });
  }
  return { body: fields, isSigned, exchange: { request, response: answer.body } };
}

/** Whether a checksum was made with a key of the account, also with one that is about to begin or has just ended. */
export const isOurs = (text: string, checksum: string, merchant: PaytmMerchant, now: number): boolean =>
  openingKeys(merchant, now).some(({ key }) => isChecksumOf(text, checksum, key));

/** Codes are short; whatever else stands in their place belongs in no log. */
export function codeIn(body: Fields): string {
  const code = resultIn(body)?.resultCode ?? '';
  return /^\w{2,20}$/.test(code) ? `, ${code}` : '';
}

const unavailable = (reason: string, exchange?: Exchange): GatewayUnavailableError =>
  new GatewayUnavailableError(`Paytm, ${reason}`, exchange);
