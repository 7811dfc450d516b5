/** BillDesk's side of the seal: the headers that its answers were seen to have, and seals that must not be believed. */
import { randomBytes } from 'node:crypto';
import { CompactEncrypt, CompactSign } from 'jose';
import type { BillDeskMerchant } from '../../domain/billdesk-merchant.ts';
import type { Forgery } from './faults.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const somebodyElses = (): string => randomBytes(16).toString('hex');

/** Seals what BillDesk says to a merchant; `forge` names what is wrong with the seal, if it is about the seal. */
export async function sealForMerchant(
  content: object,
  merchant: BillDeskMerchant,
  forge: Forgery = 'none',
): Promise<string> {
  const { clientid } = merchant;
  const json = JSON.stringify(content);
  const payload = merchant.scheme === 'hmac' ? json : await encrypted(json, merchant, forge);
  if (forge === 'algNone') return `${base64({ alg: 'none', clientid })}.${base64(payload)}.`;
  const ours = merchant.scheme === 'hmac' ? merchant.secret : merchant.signingPassword;
  const stranger = forge === 'key' || (forge === 'encryptionKey' && merchant.scheme === 'hmac');
  const token = await new CompactSign(bytes(payload))
    .setProtectedHeader({ alg: 'HS256', clientid, kid: 'HMAC' })
    .sign(bytes(stranger ? somebodyElses() : ours));
  return forge === 'signature' ? altered(token) : token;
}

const encrypted = (
  json: string,
  { clientid, keyId: kid, encryptionPassword }: BillDeskMerchant & { readonly scheme: 'symmetric' },
  forge: Forgery,
): Promise<string> =>
  new CompactEncrypt(bytes(json))
    .setProtectedHeader({ clientid, enc: 'A256GCM', alg: 'dir', kid })
    .encrypt(bytes(forge === 'encryptionKey' ? somebodyElses() : encryptionPassword));

const base64 = (value: object | string): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** With another first letter of the signature: the last one's bits do not all count. */
function altered(token: string): string {
  const at = token.lastIndexOf('.') + 1;
  return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
}
