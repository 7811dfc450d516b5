/** Where an order stands in the eyes of whoever pays it: the one thing that the top of the pay page says. */
import { isUndecided, type FailureReason } from '../domain/payments/attempt.ts';
import type { Order, Standing } from '../domain/payments/order.ts';

/** What the pay page is made from. */
export interface PayView {
  readonly order: Order;
  readonly standing: Standing;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether one of the bills is being paid right now on another link. */
  readonly elsewhere: boolean;
  /** What kept the citizen's last press of the button from having an effect. */
  readonly problem?: 'gatewayAway' | 'tryAgain';
}

export type Stage =
  | { readonly is: 'paid'; readonly receipt: NonNullable<Standing['receipt']> }
  /** Money was taken, and everything it was for had been paid before. */
  | { readonly is: 'excess' }
  /** Somebody paid all of it, on another link or at a counter; no money came from this one. */
  | { readonly is: 'settled' }
  /** The bank has not decided. */
  | { readonly is: 'pending' }
  /** A person has to decide. */
  | { readonly is: 'review' }
  /** The citizen was sent to the gateway's page, which can still be used. */
  | { readonly is: 'begun' }
  | { readonly is: 'cancelled' }
  | { readonly is: 'expired' }
  | { readonly is: 'elsewhere' }
  | { readonly is: 'ready'; readonly failed?: FailureReason };

/** The stages that may pass while the citizen looks on. */
const passing: ReadonlySet<Stage['is']> = new Set(['pending', 'review', 'begun', 'elsewhere']);

export function mayChange({ is }: Stage): boolean {
  return passing.has(is);
}

/** Whether there is anything left to pay here, now or later. */
export function mayPay({ is }: Stage): boolean {
  return is !== 'paid' && is !== 'excess' && is !== 'settled';
}

export function stageOf({ order, standing, now, elsewhere, problem }: PayView): Stage {
  const { attempts, excess, receipt, reviews, state } = standing;
  const last = attempts.at(-1);
  if (receipt) return { is: 'paid', receipt };
  // As long as the order is open, there is something to be paid, whatever came for it in excess.
  if (excess > 0 && state !== 'open') return { is: 'excess' };
  // Money may be on its way, whatever has become of the order meanwhile: nobody is asked to pay again.
  if (attempts.some((attempt) => attempt.state === 'pending')) return { is: 'pending' };
  if (reviews.length > 0 || attempts.some((attempt) => isUndecided(attempt.state))) return { is: 'review' };
  if (last?.state === 'success' && excess === 0) return { is: 'pending' };
  if (state === 'paid') return { is: 'settled' };
  if (state !== 'open') return { is: state };
  if (last?.state === 'redirected') return { is: now < last.usableUntil ? 'begun' : 'pending' };
  if (now >= order.expiresAt) return { is: 'expired' };
  if (elsewhere && problem === undefined) return { is: 'elsewhere' };
  switch (last?.state) {
    case 'failed':
      return { is: 'ready', failed: last.reason ?? 'other' };
    case 'cancelled':
    case 'expired':
      return { is: 'ready', failed: last.state };
    default:
      return { is: 'ready' };
  }
}
