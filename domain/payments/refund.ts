/** A refund: money that goes back to a payer. Gateways give some back by themselves; the corporation's own come later. */
import type { Move } from './moves.ts';

/** Ours, `[A-Z0-9]`, 24 characters, unguessable, unique for ever; the gateway knows the refund by it. */
export type RefundReference = string & { readonly brand: 'RefundReference' };

/** None yet: a refund needs two persons, and the desk has no act for it. */
export type RefundState = never;

export const refundMoves: readonly Move<RefundState>[] = [];
