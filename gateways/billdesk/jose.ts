/**
 * Sealing and opening what goes between us and BillDesk: JWS with HMAC, or a JWE inside such a JWS. Keys are the UTF-8
 * bytes of what BillDesk handed out (docs.billdesk.io, "Headers and authentication").
 */
import {
  compactDecrypt,
  CompactEncrypt,
  CompactSign,
  compactVerify,
  decodeProtectedHeader,
  type CompactJWSHeaderParameters,
} from 'jose';
import type { BillDeskKey } from './merchant.ts';
import { NotAuthenticError } from '../gateway.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Whether a text could be a token: three parts of base64url, of which the signature may be missing. */
export const isToken = (text: string): boolean => /^[\w-]+\.[\w-]*\.[\w-]*$/.test(text);

/** Seals a JSON text as a client's own request. */
export async function seal(json: string, clientid: string, key: BillDeskKey): Promise<string> {
  if (key.scheme === 'hmac') return sign(json, { alg: 'HS256', clientid }, key.secret);
  const { keyId: kid, encryptionPassword, signingPassword } = key;
  const jwe = await new CompactEncrypt(encoder.encode(json))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid, clientid })
    .encrypt(encoder.encode(encryptionPassword));
  return sign(jwe, { alg: 'HS256', kid, clientid }, signingPassword);
}

const sign = (text: string, header: CompactJWSHeaderParameters, password: string): Promise<string> =>
  new CompactSign(encoder.encode(text)).setProtectedHeader(header).sign(encoder.encode(password));

/**
 * Opens what BillDesk sealed with a key. The signature comes first, with the one algorithm there may be; only then
 * is looked at what it covers, which BillDesk does not always encrypt. Its headers name other keys than ours do
 * (`"kid":"HMAC"`), so they decide nothing.
 * @returns the text inside, JSON by all that is known
 * @throws NotAuthenticError when it is sealed with another key
 */
export async function open(token: string, key: BillDeskKey): Promise<string> {
  const password = key.scheme === 'hmac' ? key.secret : key.signingPassword;
  try {
    const { payload } = await compactVerify(token, encoder.encode(password), { algorithms: ['HS256'] });
    const signed = decoder.decode(payload);
    if (!isJwe(signed)) return signed;
    if (key.scheme === 'hmac') throw new NotAuthenticError('encrypted, and this key only signs');
    const { plaintext } = await compactDecrypt(signed, encoder.encode(key.encryptionPassword), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return decoder.decode(plaintext);
  } catch (error) {
    if (error instanceof NotAuthenticError) throw error;
    // The library's words may hold pieces of the token.
    throw new NotAuthenticError('not sealed with this key');
  }
}

/**
 * Opens a token with whichever of the keys fits.
 * @throws NotAuthenticError when none does
 */
export async function openWithAny(token: string, keys: readonly BillDeskKey[]): Promise<string> {
  for (const key of keys) {
    try {
      return await open(token, key);
    } catch (error) {
      if (!(error instanceof NotAuthenticError)) throw error;
    }
  }
  throw new NotAuthenticError('sealed with none of the keys');
}

/** Five parts, where JSON begins with a brace. */
const isJwe = (text: string): boolean => /^[\w-]+(\.[\w-]*){4}$/.test(text);

/** Whom a token says it is for. Nobody has checked that: it is good for choosing the key to check it with. */
export function claimedClient(token: string): unknown {
  try {
    return decodeProtectedHeader(token)['clientid'];
  } catch {
    return undefined;
  }
}
