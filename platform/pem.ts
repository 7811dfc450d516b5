/** Certificates and keys of settings: PEM itself, or the path of a file that holds it. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const kinds = {
  certificate: (pem: Buffer) => new X509Certificate(pem),
  'private key': (pem: Buffer) => createPrivateKey(pem),
} as const;

/** Checked while settings are read: later, only a handshake would say that something is wrong with it. */
export const pem = (kind: keyof typeof kinds): z.ZodType<Buffer, string> =>
  z.string().transform((value, context): Buffer => {
    const problem = (message: string): never => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    let content: Buffer;
    try {
      content = value.includes('-----BEGIN ')
        ? Buffer.from(value.replaceAll('\\n', '\n'))
        : readFileSync(value);
    } catch {
      return problem('neither PEM nor a file that can be read');
    }
    try {
      kinds[kind](content);
      return content;
    } catch {
      return problem(`no ${kind} in PEM`);
    }
  });
