import { describe, expect, test } from 'vitest';
import { sign, verifySignature } from '../../whatsapp/signature.ts';

// Meta escapes non-ASCII letters and slashes; the backslashes below are part of the body.
const body = Buffer.from(String.raw`{"text":{"body":"\u0928\u092e\u0938\u094d\u0924\u0947 \/ a"}}`);
const header = 'sha256=c1921f301bf305054e37aa43274af726220801e9083a66821987778e9d60a584';

describe('the signature of a webhook', () => {
  test('is the one of the known vector', () => {
    expect(sign(body, 's3cr3t')).toBe(header);
    expect(verifySignature(body, header, ['s3cr3t'])).toBe(true);
  });

  test('is right with the old and the new secret while the secret is being changed', () => {
    expect(verifySignature(body, header, ['new', 's3cr3t'])).toBe(true);
    expect(verifySignature(body, header, ['s3cr3t', 'new'])).toBe(true);
  });

  test('does not fit a body that was parsed and written again', () => {
    const again = Buffer.from(JSON.stringify(JSON.parse(body.toString())));
    expect(verifySignature(again, header, ['s3cr3t'])).toBe(false);
  });

  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['without its prefix', header.slice(7)],
    ['of another algorithm', header.replace('sha256', 'sha1')],
    ['too short', header.slice(0, -1)],
    ['too long', `${header}0`],
    ['not hex', header.replace('c', 'g')],
    ['of the same length in characters but not in bytes', `sha256=${'é'.repeat(64)}`],
    ['twice', `${header}, ${header}`],
    ['wrong in its last digit', header.replace(/4$/, '5')],
  ])('is refused when the header is %s', (_, given) => {
    expect(verifySignature(body, given, ['s3cr3t'])).toBe(false);
  });

  test('is refused with no secret, a wrong one, and an empty one', () => {
    expect(verifySignature(body, header, [])).toBe(false);
    expect(verifySignature(body, header, ['other'])).toBe(false);
    expect(verifySignature(body, sign(body, ''), [''])).toBe(false);
  });
});
