/** Paytm's checksum, by vectors, against the library that Paytm publishes, and by what an attacker would try. */
import PaytmChecksum from 'paytmchecksum';
import { describe, expect, test } from 'vitest';
import { checksumOf, isChecksumOf } from '../../gateways/paytm/checksum.ts';
import { signedForm } from '../../gateways/paytm/signed.ts';
import { form, vectors } from './paytm-fixtures.ts';

const { key, salt, cases } = vectors;

describe('the vectors', () => {
  test.each(cases)('$kind is signed to the same letters, and believed', ({ input, signature }) => {
    expect(checksumOf(input, key, salt)).toBe(signature);
    expect(isChecksumOf(input, signature, key)).toBe(true);
  });

  test('the form is put into one text as they have it', () => {
    const { input = '', signature } = cases.find(({ kind }) => kind === 'form') ?? {};
    const shuffled = new URLSearchParams(
      Object.entries({ ...form, CHECKSUMHASH: signature ?? '' }).reverse(),
    );
    expect(signedForm(shuffled)).toEqual({ kind: 'form', covered: input, checksum: signature, fields: form });
  });
});

describe("Paytm's own library", () => {
  const texts = ['{"mid":"KMC","orderId":"A1"}', '', 'কর বিল|₹ 300', 'x'.repeat(10_000)];

  test.each(texts)('believes what we sign: %#', (text) => {
    expect(PaytmChecksum.verifySignature(text, key, checksumOf(text, key))).toBe(true);
  });

  test.each(texts)('signs what we believe: %#', async (text) => {
    expect(isChecksumOf(text, await PaytmChecksum.generateSignature(text, key), key)).toBe(true);
  });

  test('signs a form as we read it, and reads one as we sign it', async () => {
    const odd = { ...form, BANKNAME: '', respmsg: 'a|b', ORDERID: 'A 1+%&=é' };
    // Its types know the body of one call alone.
    const theirs = await PaytmChecksum.generateSignature(odd as never, key);
    const { covered } = signedForm(new URLSearchParams(odd));
    expect(isChecksumOf(covered, theirs, key)).toBe(true);
    expect(PaytmChecksum.verifySignature(odd as never, key, checksumOf(covered, key))).toBe(true);
  });
});

test('a checksum of the same text is another one each time', () => {
  expect(checksumOf('a', key)).not.toBe(checksumOf('a', key));
});

test.each([24, 32])('a key of %d characters signs, too', (length) => {
  const longer = 'InventedKey0'.repeat(3).slice(0, length);
  expect(isChecksumOf('a', checksumOf('a', longer), longer)).toBe(true);
  expect(isChecksumOf('a', checksumOf('a', longer), key)).toBe(false);
});

describe('not believed is', () => {
  const good = checksumOf('a', key);
  const bytes = Buffer.from(good, 'base64');
  const flipped = (at: number): string =>
    Buffer.from(bytes.map((byte, index) => (index === at ? byte ^ 1 : byte))).toString('base64');

  test.each([
    ['the checksum of another text', checksumOf('b', key)],
    ['one with another key', checksumOf('a', 'AnotherKey000001')],
    ['nothing', ''],
    ['a word', 'paid'],
    ['what is no base64', '\0\xff…'],
    ['half of it', good.slice(0, 52)],
    ['a block of it', bytes.subarray(0, 16).toString('base64')],
    ['twice the same', Buffer.concat([bytes, bytes]).toString('base64')],
    ['a long text', 'A'.repeat(100_000)],
    ['one bit of the hash', flipped(3)],
    ['one bit of the salt', flipped(66)],
    ['one bit of the padding', flipped(79)],
  ])('%s', (_what, checksum) => {
    expect(isChecksumOf('a', checksum, key)).toBe(false);
  });
});
