/** The bytes that Meta posts to a webhook, and their signature. */
import { createHmac } from 'node:crypto';

/**
 * JSON as Meta writes it: every character beyond ASCII as `\uXXXX`, every slash as `\/`. The signature covers exactly
 * these bytes, so a receiver that parses and writes again what it got computes another one.
 */
export function escapedJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The header `X-Hub-Signature-256`. */
export const sign = (body: string, appSecret: string): string =>
  `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
