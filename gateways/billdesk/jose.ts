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
import type { BillDeskMerchant } from '../../domain/billdesk-merchant.ts';
import { NotAuthenticError } from '../gateway.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Whether a text could be a token: three parts of base64url, of which the signature may be missing. */
export const isToken = (text: string): boolean => /^[\w-]+\.[\w-]*\.[\w-]*$/.test(text);

/** Seals a JSON text as the merchant's own request. */
export async function seal(json: string, merchant: BillDeskMerchant): Promise<string> {
  const { clientid } = merchant;
  if (merchant.scheme === 'hmac') return sign(json, { alg: 'HS256', clientid }, merchant.secret);
  const { keyId: kid, encryptionPassword, signingPassword } = merchant;
  const jwe = await new CompactEncrypt(encoder.encode(json))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid, clientid })
    .encrypt(encoder.encode(encryptionPassword));
  return sign(jwe, { alg: 'HS256', kid, clientid }, signingPassword);
}

const sign = (text: string, header: CompactJWSHeaderParameters, password: string): Promise<string> =>
  new CompactSign(encoder.encode(text)).setProtectedHeader(header).sign(encoder.encode(password));

/**
 * Opens what BillDesk sealed for a merchant. The signature comes first, with the one algorithm there may be; only then
 * is looked at what it covers, which BillDesk does not always encrypt. Its headers name other keys than ours do
 * (`"kid":"HMAC"`), so they decide nothing.
 * @returns the text inside, JSON by all that is known
 * @throws NotAuthenticError when it is not BillDesk's, or not for this merchant
 */
export async function open(token: string, merchant: BillDeskMerchant): Promise<string> {
  const key = merchant.scheme === 'hmac' ? merchant.secret : merchant.signingPassword;
  try {
    const { payload } = await compactVerify(token, encoder.encode(key), { algorithms: ['HS256'] });
    const signed = decoder.decode(payload);
    if (!isJwe(signed)) return signed;
    if (merchant.scheme === 'hmac') throw new NotAuthenticError('encrypted, and this merchant has no key');
    const { plaintext } = await compactDecrypt(signed, encoder.encode(merchant.encryptionPassword), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return decoder.decode(plaintext);
  } catch (error) {
    if (error instanceof NotAuthenticError) throw error;
    // The library's words may hold pieces of the token.
    throw new NotAuthenticError(`not sealed by BillDesk for ${merchant.name}`);
  }
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
