/** Requests of gateways and returning browsers, as the port of a gateway takes them. */
import type { Redirect } from '../../domain/payments/redirect.ts';
import type { GatewayRequest } from '../../gateways/gateway.ts';

/** A POST of these bytes, or of the fields of a form. */
export function posted(
  body: Buffer | string | Readonly<Record<string, string>> | undefined,
  headers: GatewayRequest['headers'] = {},
): GatewayRequest {
  const bytes =
    typeof body === 'object' && !Buffer.isBuffer(body) ? new URLSearchParams(body).toString() : (body ?? '');
  return { method: 'POST', headers, query: new URLSearchParams(), body: Buffer.from(bytes) };
}

/** The form in which a gateway takes the browser. */
export function formIn(redirect: Redirect): Extract<Redirect, { kind: 'form' }> {
  if (redirect.kind !== 'form') throw new Error('leads there by no form');
  return redirect;
}
