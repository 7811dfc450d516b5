/** A refund: money that goes back to a payer. Gateways give some back by themselves; the corporation's own come later. */
import type { Move } from './moves.ts';

/** None yet: a refund needs two persons, and the desk has no act for it. */
export type RefundState = never;

export const refundMoves: readonly Move<RefundState>[] = [];
