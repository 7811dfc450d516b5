/** BillDesk's seals, by vectors that were made with another library, and by what an attacker would try. */
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { CompactEncrypt, CompactSign } from 'jose';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { BillDeskKey } from '../../gateways/billdesk/merchant.ts';
import { claimedClient, open, seal } from '../../gateways/billdesk/jose.ts';
import { NotAuthenticError } from '../../gateways/gateway.ts';
import { hmacKey, symmetricKey, vectors } from './billdesk-fixtures.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const json = '{"auth_status":"0300"}';

afterEach(() => vi.restoreAllMocks());

describe('the vectors', () => {
  test.each(vectors.hmac.cases)('signed: $kind is opened', async ({ payload, token }) => {
    expect(await open(token, hmacKey)).toBe(payload);
    expect(claimedClient(token)).toBe('kmcuat');
  });

  test.each(vectors.symmetric.cases)('encrypted: $kind is opened', async ({ payload, token }) => {
    expect(await open(token, symmetricKey)).toBe(payload);
    expect(claimedClient(token)).toBe('kmcuat');
  });

  test.each(vectors.hmac.cases.filter(({ kind }) => kind.endsWith('request')))(
    'signed: $kind is sealed to the same bytes',
    async ({ payload, token }) => {
      expect(await seal(payload, 'kmcuat', hmacKey)).toBe(token);
    },
  );

  test.each(vectors.symmetric.cases)(
    'encrypted: $kind is sealed to the same bytes with the same random ones',
    async ({ payload, token, ivHex }) => {
      vi.spyOn(globalThis.crypto, 'getRandomValues').mockImplementation((into) => {
        if (into instanceof Uint8Array) into.set(Buffer.from(ivHex, 'hex'));
        return into;
      });
      expect(await seal(payload, 'kmcuat', symmetricKey)).toBe(token);
    },
  );

  test('encrypting twice never gives the same token', async () => {
    expect(await seal(json, 'kmcuat', symmetricKey)).not.toBe(await seal(json, 'kmcuat', symmetricKey));
  });
});

const signed = (text: string, key: string, header = { alg: 'HS256' }): Promise<string> =>
  new CompactSign(bytes(text)).setProtectedHeader(header).sign(bytes(key));
const encrypted = (
  text: string,
  key: string,
  enc: 'A256GCM' | 'A128CBC-HS256' = 'A256GCM',
): Promise<string> =>
  new CompactEncrypt(bytes(text)).setProtectedHeader({ alg: 'dir', enc }).encrypt(bytes(key));

describe('what BillDesk answers', () => {
  test('may name other keys, in any order', async () => {
    const jwe = await new CompactEncrypt(bytes(json))
      .setProtectedHeader({ clientid: 'x', enc: 'A256GCM', alg: 'dir', kid: 'other' })
      .encrypt(bytes(symmetricKey.encryptionPassword));
    const token = await signed(jwe, symmetricKey.signingPassword, { kid: 'HMAC', alg: 'HS256' } as {
      alg: string;
    });
    expect(await open(token, symmetricKey)).toBe(json);
  });

  test('may be signed only, also for a merchant that encrypts', async () => {
    expect(await open(await signed(json, symmetricKey.signingPassword), symmetricKey)).toBe(json);
  });
});

describe('refused is', () => {
  const { token = '' } = vectors.hmac.cases[1] ?? {};
  const { token: encryptedToken = '' } = vectors.symmetric.cases[1] ?? {};
  const [header = '', payload = '', signature = ''] = token.split('.');
  const paid = base64({ auth_status: '0300' });
  const signedAs = (alg: string): string => {
    const input = `${base64({ alg })}.${paid}`;
    return `${input}.${createHmac(alg === 'HS512' ? 'sha512' : 'sha256', hmacKey.secret)
      .update(input)
      .digest('base64url')}`;
  };

  test.each<[string, string | Promise<string>, BillDeskKey]>([
    ['another key', signed(json, 'another-key-of-somebody-else-0000'), hmacKey],
    [
      'another signing key of an encrypting merchant',
      seal(json, 'kmcuat', { ...symmetricKey, signingPassword: 'x' }),
      symmetricKey,
    ],
    ['alg none without a signature', `${base64({ alg: 'none' })}.${paid}.`, hmacKey],
    [
      'alg none with the signature of another token',
      `${base64({ alg: 'none' })}.${paid}.${signature}`,
      hmacKey,
    ],
    ['alg NONE in capitals', `${base64({ alg: 'NONE' })}.${paid}.`, hmacKey],
    ['no alg', `${base64({})}.${paid}.${signature}`, hmacKey],
    ['the right key under HS512', signedAs('HS512'), hmacKey],
    ['RS256 signed with the secret', signedAs('RS256'), hmacKey],
    [
      "RS256 with an attacker's own key",
      new CompactSign(bytes(json))
        .setProtectedHeader({ alg: 'RS256' })
        .sign(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
      hmacKey,
    ],
    ['an altered payload', `${header}.${paid}.${signature}`, hmacKey],
    ['an altered header', `${base64({ alg: 'HS256', clientid: 'x' })}.${payload}.${signature}`, hmacKey],
    [
      'an altered signature',
      `${header}.${payload}.${signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))}`,
      hmacKey,
    ],
    ['no signature', `${header}.${payload}.`, hmacKey],
    ['a token of an encrypting merchant, for one that signs', encryptedToken, hmacKey],
    ['a token of a signing merchant, for one that encrypts', token, symmetricKey],
    [
      'a JWE under another key',
      encrypted(json, '0'.repeat(32)).then((jwe) => signed(jwe, symmetricKey.signingPassword)),
      symmetricKey,
    ],
    [
      'a JWE by another method',
      encrypted(json, symmetricKey.encryptionPassword, 'A128CBC-HS256').then((jwe) =>
        signed(jwe, symmetricKey.signingPassword),
      ),
      symmetricKey,
    ],
    ['a JWE that nobody signed', encrypted(json, symmetricKey.encryptionPassword), symmetricKey],
    [
      'a JWE for a merchant that has no key',
      encrypted(json, '0'.repeat(32)).then((jwe) => signed(jwe, hmacKey.secret)),
      hmacKey,
    ],
    [
      'an unknown critical header',
      signed(json, hmacKey.secret, { alg: 'HS256' }).then((good) =>
        good.replace(/^[^.]+/, base64({ alg: 'HS256', crit: ['exp'], exp: 1 })),
      ),
      hmacKey,
    ],
    ['nothing', '', hmacKey],
    ['no token at all', 'Service Unavailable', hmacKey],
    ['dots', '..', hmacKey],
  ])('%s', async (_what, attack, merchant) => {
    const thrown: unknown = await open(await attack, merchant).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(NotAuthenticError);
    expect((thrown as Error).cause).toBeUndefined();
    expect((thrown as Error).message).not.toMatch(/eyJ|JWS|JWE|secret/i);
  });

  test('a claim of a client that cannot be read', () => {
    expect(claimedClient('a.b.c')).toBeUndefined();
    expect(claimedClient(`${base64({ alg: 'none', clientid: 7 })}.e.`)).toBe(7);
  });
});
