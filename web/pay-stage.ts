/** What the top of the pay page says: where the order stands, as far as whoever pays it can do something about it. */
import { attemptStates, type FailureReason } from '../domain/payments/attempt.ts';
import type { Order, ReceiptStanding, Standing } from '../domain/payments/order.ts';
import type { Redirect } from '../domain/payments/redirect.ts';
import { stageOf, type Stage } from '../domain/payments/stage.ts';
import type { WaysToPay } from '../domain/payments/way.ts';

/** Apps that have a button of their own; `any` is whatever the phone has. */
export const upiApps = ['googlePay', 'phonePe', 'paytm', 'any'] as const;
export type UpiApp = (typeof upiApps)[number];

/** An order as a page shows how it stands. */
export interface OrderView {
  readonly order: Order;
  readonly standing: Standing;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether one of the bills is being paid right now on another link. */
  readonly elsewhere: boolean;
  /** What kept the citizen's last press of the button from having an effect. */
  readonly problem?: 'gatewayAway' | 'aboveLimit' | 'tryAgain';
  /** The last press has shown that the link asks for the wrong sum: of bills in somebody else's records, or of credit in use. */
  readonly changed?: boolean;
}

/** Whatever has become of money that paid nothing is told in one place. */
type Returned = 'excess' | 'givenBack' | 'credited';

/** What the pay page is made from. */
export interface PayView extends OrderView {
  /** How it can be paid. */
  readonly ways: WaysToPay;
  /** Whether UPI apps are on the device that looks, as far as its browser says. */
  readonly isPhone: boolean;
  /** Where the attempt that is under way was sent to, as long as that can be used. */
  readonly redirect?: Redirect;
  /** The UPI app that the citizen has just chosen. */
  readonly app?: UpiApp;
}

export type PageStage =
  | { readonly kind: 'paid'; readonly receipts: readonly ReceiptStanding[] }
  | { readonly kind: 'ready'; readonly failed?: FailureReason }
  /** It could be paid, and somebody may be paying the same on another link. */
  | { readonly kind: 'elsewhere' }
  /** `since` when money may be on its way: milliseconds since 1970. */
  | { readonly kind: 'undecided'; readonly since: number }
  | { readonly kind: 'excess' }
  | { readonly kind: Exclude<Stage, 'paid' | 'ready' | 'undecided' | Returned> };

/** The stages that may pass while the citizen looks on. */
const passing: ReadonlySet<PageStage['kind']> = new Set(['undecided', 'review', 'atGateway', 'elsewhere']);

export function mayChange({ kind }: PageStage): boolean {
  return passing.has(kind);
}

/** Whether there is anything left to pay here, now or later. */
export function mayPay({ kind }: PageStage): boolean {
  return kind !== 'paid' && kind !== 'excess' && kind !== 'settled';
}

export function pageStageOf({ order, standing, now, elsewhere, problem, changed }: OrderView): PageStage {
  const stage = stageOf(standing, now);
  if (stage === 'paid') return { kind: stage, receipts: standing.receipts };
  if (stage === 'undecided') {
    const attempt = standing.attempts.findLast(({ state }) => attemptStates[state] !== 'decided');
    return { kind: stage, since: attempt?.openedAt ?? now };
  }
  if (stage === 'givenBack' || stage === 'credited') return { kind: 'excess' };
  if (stage !== 'ready') return { kind: stage };
  // The page may have been made some time after the books were read.
  if (now >= order.expiresAt) return { kind: 'expired' };
  if (changed === true) return { kind: 'changed' };
  if (elsewhere && problem === undefined) return { kind: 'elsewhere' };
  const last = standing.attempts.at(-1);
  switch (last?.state) {
    case 'failed':
      return { kind: 'ready', failed: last.reason ?? 'other' };
    case 'cancelled':
    case 'expired':
      return { kind: 'ready', failed: last.state };
    default:
      return { kind: 'ready' };
  }
}
