/** BillDesk's side of the seal: the headers that its answers were seen to have, and seals that must not be believed. */
import { randomBytes } from 'node:crypto';
import { CompactEncrypt, CompactSign } from 'jose';
import type { BillDeskMerchant, SymmetricKey } from '../../../gateways/billdesk/merchant.ts';
import { keyOf, type KeyChoice } from '../../kit/keys.ts';
import type { Forgery } from './faults.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const somebodyElses = (): string => randomBytes(16).toString('hex');

interface Sealing {
  /** What is wrong with the seal, if it is about the seal. */
  readonly forge?: Forgery;
  readonly sealKey?: KeyChoice;
}

/** Seals what BillDesk says to a merchant. */
export async function sealForMerchant(
  content: object,
  merchant: BillDeskMerchant,
  { forge = 'none', sealKey }: Sealing = {},
): Promise<string> {
  const { clientid } = merchant;
  const key = keyOf(merchant, sealKey);
  const json = JSON.stringify(content);
  const payload = key.scheme === 'hmac' ? json : await encrypted(json, { key, clientid, forge });
  if (forge === 'algNone') return `${base64({ alg: 'none', clientid })}.${base64(payload)}.`;
  const ours = key.scheme === 'hmac' ? key.secret : key.signingPassword;
  const stranger = forge === 'key' || (forge === 'encryptionKey' && key.scheme === 'hmac');
  const token = await new CompactSign(bytes(payload))
    .setProtectedHeader({ alg: 'HS256', clientid, kid: 'HMAC' })
    .sign(bytes(stranger ? somebodyElses() : ours));
  return forge === 'signature' ? altered(token) : token;
}

const encrypted = (
  json: string,
  { key, clientid, forge }: { key: SymmetricKey; clientid: string; forge: Forgery },
): Promise<string> =>
  new CompactEncrypt(bytes(json))
    .setProtectedHeader({ clientid, enc: 'A256GCM', alg: 'dir', kid: key.keyId })
    .encrypt(bytes(forge === 'encryptionKey' ? somebodyElses() : key.encryptionPassword));

const base64 = (value: object | string): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** With another first letter of the signature: the last one's bits do not all count. */
function altered(token: string): string {
  const at = token.lastIndexOf('.') + 1;
  return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
}
