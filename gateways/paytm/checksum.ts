/**
 * Paytm's checksum: a salted SHA-256 of a text, encrypted with the merchant key (paytmpayments.com, "Checksum logic"). Whoever
 * has the key can make and check it alike.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The same for every merchant, as Paytm has it. */
const iv = '@@@@&&&&####$$$$';
/** Characters at the end of what is encrypted. */
const saltLength = 4;

/** AES of as many bits as the key has. */
const cipherOf = (key: string): string => `aes-${Buffer.byteLength(key) * 8}-cbc`;

const saltedHash = (text: string, salt: Buffer): Buffer =>
  Buffer.concat([Buffer.from(createHash('sha256').update(`${text}|`).update(salt).digest('hex')), salt]);

/** @param salt four characters of base64, which are random in every checksum that is sent */
export function checksumOf(text: string, key: string, salt = randomBytes(3).toString('base64')): string {
  const cipher = createCipheriv(cipherOf(key), key, iv);
  return Buffer.concat([cipher.update(saltedHash(text, Buffer.from(salt))), cipher.final()]).toString(
    'base64',
  );
}

/** Whether a checksum was made of this text with this key. */
export function isChecksumOf(text: string, checksum: string, key: string): boolean {
  const given = decrypted(checksum, key);
  if (given === undefined) return false;
  const right = saltedHash(text, given.subarray(-saltLength));
  return given.length === right.length && timingSafeEqual(given, right);
}

/** @returns undefined for what was not encrypted with this key, as far as the padding tells */
function decrypted(checksum: string, key: string): Buffer | undefined {
  const decipher = createDecipheriv(cipherOf(key), key, iv);
  try {
    return Buffer.concat([decipher.update(checksum, 'base64'), decipher.final()]);
  } catch {
    return undefined;
  }
}
