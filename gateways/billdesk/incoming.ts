/** What BillDesk and browsers post to us. Which shape it has is documented nowhere, so every shape that was seen is read. */
import { z } from 'zod';
import { NotACallbackError } from '../gateway.ts';
import { isToken } from './jose.ts';

const tokenNames = ['transaction_response', 'encrypted_response', 'response'] as const;

/** In a form after a cancellation or an expiry, and in the callback of BillDesk's script for web pages. */
const referenceNames = ['orderid', 'orderId'] as const;

type Fields = Readonly<Record<string, unknown>>;

/** A JSON object, or else a form. */
function fieldsOf(body: string): Fields {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(body));
  } catch {
    return Object.fromEntries(new URLSearchParams(body));
  }
}

function tokenIn(fields: Fields): string | undefined {
  return tokenNames
    .map((name) => fields[name])
    .find((value): value is string => typeof value === 'string' && isToken(value.trim()))
    ?.trim();
}

/**
 * The sealed token of a webhook: the bare body, or a field of a JSON object or a form.
 * @throws NotACallbackError when there is none
 */
export function tokenOfCallback(body: Buffer): string {
  const text = body.toString('utf8').trim();
  const token = isToken(text) ? text : tokenIn(fieldsOf(text));
  if (token === undefined) throw new NotACallbackError('no token in it');
  return token;
}

/**
 * What the browser brings back: a sealed token, or after a cancellation no more than an order's id.
 * @throws NotACallbackError when it is neither
 */
export function contentOfReturn(body: Buffer): { readonly token: string } | { readonly reference: string } {
  const text = body.toString('utf8').trim();
  const fields = fieldsOf(text);
  const token = isToken(text) ? text : tokenIn(fields);
  if (token !== undefined) return { token };
  const reference = referenceNames
    .map((name) => fields[name])
    .find((value): value is string => typeof value === 'string' && /^[A-Za-z0-9-]{1,64}$/.test(value));
  if (reference === undefined) throw new NotACallbackError('neither a token nor an order');
  return { reference };
}
