/** What every gateway with an API of its own is made of. */

/** What a call needs beside what is asked. */
export interface CallOptions {
  /** `<NAME>_API_URL`, without a slash at the end. */
  readonly apiUrl: string;
  /** For what is asked as a whole, from the first connection to the last byte, also where it takes several calls. */
  readonly timeoutMs: number;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A citizen may be waiting before the pay page. */
const usualTimeoutMs = 10_000;

/** What is no setting of a gateway, and differs by who calls. */
export type GatewayOptions = Partial<Pick<CallOptions, 'timeoutMs'>>;

/** Its merchant accounts and its API; of the rest what is left out is as usual. */
export interface GatewayParts<Merchants> extends Partial<CallOptions> {
  /** `<NAME>_MERCHANTS`. */
  readonly merchants: Merchants;
  readonly apiUrl: string;
}

export function callOptions({
  apiUrl,
  timeoutMs = usualTimeoutMs,
  fetch = globalThis.fetch,
  now = Date.now,
}: GatewayParts<unknown>): CallOptions {
  return { apiUrl, timeoutMs, fetch, now };
}
