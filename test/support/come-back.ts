/** A browser that a gateway sends back to the corporation. */
import type { ReturnForm } from '../../sandbox/kit/payments.ts';

/** @returns what it is answered, without following where that leads */
export function comeBack(
  { url, method, fields }: ReturnForm,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const values = new URLSearchParams(fields);
  const target = method === 'get' ? `${url}${url.includes('?') ? '&' : '?'}${values.toString()}` : url;
  return fetch(target, { method, headers, redirect: 'manual', ...(method === 'post' && { body: values }) });
}
