/** What happens to the calls of a gateway's API, whatever they ask. */
import type { Request, RequestHandler } from 'express';
import type { Misbehaving, Traits } from './behaviour.ts';

/** Lets no call in while the gateway is down, and each only after its time. */
export const awayOrSlow =
  (faults: Misbehaving<Traits>): RequestHandler =>
  async (request, _response, next) => {
    if (await isLetIn(request, faults.current)) next();
  };

/** Cuts the connection, or waits. @returns whether somebody still wants an answer */
export async function isLetIn(
  request: Request,
  {
    down = false,
    latencyMs = 0,
  }: { readonly down?: boolean | undefined; readonly latencyMs?: number | undefined },
): Promise<boolean> {
  if (down) request.socket.destroy();
  else if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
  // Whoever asked may have given up meanwhile.
  return !request.socket.destroyed;
}

/** Whether the answer that an order, or a refund, was made is lost: then the connection is cut, or stays silent. */
export function losesAnswer(
  request: Request,
  { current }: Misbehaving<Traits>,
  what: 'createAnswer' | 'refundAnswer' = 'createAnswer',
): boolean {
  if (current[what] === 'cut') request.socket.destroy();
  return current[what] !== 'none';
}
