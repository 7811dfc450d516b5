/** Paytm's side of the checksum, and checksums that must not be believed. */
import { randomBytes } from 'node:crypto';
import { checksumOf } from '../../../gateways/paytm/checksum.ts';
import type { PaytmMerchant } from '../../../gateways/paytm/merchant.ts';
import { signedForm } from '../../../gateways/paytm/signed.ts';
import { keyOf, type KeyChoice } from '../../kit/keys.ts';
import type { Forgery } from './faults.ts';

export interface Signing {
  /** What is wrong with the checksum, if it is about that. */
  readonly forge?: Forgery;
  readonly signKey?: KeyChoice;
}

function checksumFor(text: string, merchant: PaytmMerchant, { forge = 'none', signKey }: Signing): string {
  const stranger = forge === 'key' ? randomBytes(8).toString('hex') : undefined;
  const checksum = checksumOf(text, stranger ?? keyOf(merchant, signKey).key);
  if (forge !== 'signature') return checksum;
  return `${checksum.startsWith('A') ? 'B' : 'A'}${checksum.slice(1)}`;
}

/** `{"head":…,"body":…}`, as webhooks and answers are. */
export function jsonFor(body: object, merchant: PaytmMerchant, now: number, signing: Signing = {}): string {
  const text = JSON.stringify(body);
  const head = {
    responseTimestamp: String(now),
    version: 'v1',
    signature: checksumFor(text, merchant, signing),
  };
  return `{"head":${JSON.stringify(head)},"body":${text}}`;
}

/** The fields of a form with their checksum. */
export function formFor(
  fields: Readonly<Record<string, string>>,
  merchant: PaytmMerchant,
  signing: Signing = {},
): Readonly<Record<string, string>> {
  const { covered } = signedForm(new URLSearchParams(fields));
  return { ...fields, CHECKSUMHASH: checksumFor(covered, merchant, signing) };
}
