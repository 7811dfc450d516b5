/** What happens to the calls of a gateway's API, whatever they ask. */
import type { Request, RequestHandler } from 'express';
import type { Misbehaving, Traits } from './behaviour.ts';

/** Lets no call in while the gateway is down, and each only after its time. */
export const awayOrSlow =
  (faults: Misbehaving<Traits>): RequestHandler =>
  async (request, _response, next) => {
    const { down, latencyMs } = faults.current;
    if (down) request.socket.destroy();
    else if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    // Whoever asked has given up meanwhile.
    if (!request.socket.destroyed) next();
  };

/** Whether the answer that an order, or a refund, was made is lost: then the connection is cut, or stays silent. */
export function losesAnswer(
  request: Request,
  { current }: Misbehaving<Traits>,
  what: 'createAnswer' | 'refundAnswer' = 'createAnswer',
): boolean {
  if (current[what] === 'cut') request.socket.destroy();
  return current[what] !== 'none';
}
