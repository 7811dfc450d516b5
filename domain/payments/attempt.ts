/** One try to pay an order at one gateway: the states it has, and how it may move between them. */

export const gateways = ['billdesk'] as const;
export type GatewayName = (typeof gateways)[number];

/** Ours, `[A-Z0-9]`, unguessable, unique for ever; the gateway knows the attempt by it. */
export type AttemptReference = string & { readonly brand: 'AttemptReference' };

/**
 * `created`: written down, not yet known to the gateway. `redirected`: the citizen was sent to the gateway's page.
 * `pending`: the bank has not decided. `expired`: the gateway's page was never used in time.
 * `review`: the gateway says something that cannot be true of this attempt; a person decides.
 */
export type AttemptState =
  'created' | 'redirected' | 'pending' | 'success' | 'failed' | 'cancelled' | 'expired' | 'review';

/**
 * Every allowed move. Success is never undone. A failure may still turn out to be a success: banks answer late, some
 * after days. `expired` is our own guess, so whatever the gateway says later counts.
 */
export const attemptMoves: Readonly<Record<AttemptState, readonly AttemptState[]>> = {
  created: ['redirected', 'pending', 'success', 'failed', 'cancelled', 'expired', 'review'],
  redirected: ['pending', 'success', 'failed', 'cancelled', 'expired', 'review'],
  pending: ['success', 'failed', 'cancelled', 'review'],
  failed: ['success', 'review'],
  cancelled: ['success', 'review'],
  expired: ['pending', 'success', 'failed', 'cancelled', 'review'],
  review: ['success', 'failed'],
  success: [],
};

export function mayMove(from: AttemptState, to: AttemptState): boolean {
  return attemptMoves[from].includes(to);
}

/** Whether money may be on its way, so that nobody must be asked to pay a second time. */
export function isUndecided(state: AttemptState): boolean {
  return state === 'pending' || state === 'review';
}

/** Why an attempt did not succeed, as far as a citizen can do something with it. */
export type FailureReason = 'declined' | 'cancelled' | 'expired' | 'other';
