/** Meta's two rate limits (reference: messages a second of one number; messages to one user). */

interface Bucket {
  tokens: number;
  at: number;
}

/** A token bucket for each key. Keeps no timers. */
export class RateLimit {
  readonly #buckets = new Map<string, Bucket>();

  /** Takes one token, or says that none is left. `perMs` tokens come back every millisecond. */
  take(key: string, capacity: number, perMs: number, now: number): boolean {
    const bucket = this.#buckets.get(key) ?? { tokens: capacity, at: now };
    const tokens = Math.min(capacity, bucket.tokens + (now - bucket.at) * perMs);
    const allowed = tokens >= 1;
    this.#buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at: now });
    return allowed;
  }

  forget(): void {
    this.#buckets.clear();
  }
}
