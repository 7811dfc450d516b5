/** Refunds at the stand-in of a gateway: asked for by the merchant or begun by itself, decided at once or later, told in webhooks. */
import type { Misbehaving, Traits } from './behaviour.ts';
import { decisive, type Order, type Refund, type RefundState } from './books.ts';
import { withinPatience, type Parts } from './payments.ts';
import { Timers } from './timers.ts';

export interface WantedRefund {
  /** The merchant's: the same reference is the same refund. */
  readonly reference: string;
  /** However it is written. */
  readonly transactionId: string;
  /** In paise. */
  readonly amount: number;
}

/** The gateway makes no such refund. */
export class NotRefundable extends Error {
  /** `duplicate`: there is one of this reference already. */
  readonly reason: 'notPaid' | 'tooMuch' | 'duplicate' | 'refused';

  constructor(reason: NotRefundable['reason']) {
    super(
      {
        notPaid: 'no such payment',
        tooMuch: 'more than is left of the payment',
        duplicate: 'a refund of this reference exists',
        refused: 'refunds are not possible',
      }[reason],
    );
    this.reason = reason;
  }
}

type Outcome = 'processed' | 'failed';

/** What a refund is now, and what it becomes after `settleAfterMs`. */
const courses: Readonly<
  Record<
    Exclude<Misbehaving<Traits>['current']['refundOutcome'], 'refused'>,
    readonly [now: RefundState, then?: Outcome]
  >
> = {
  processed: ['processed'],
  pending: ['pending'],
  pendingThenProcessed: ['pending', 'processed'],
  pendingThenFailed: ['pending', 'failed'],
  failed: ['failed'],
};

/** The answer is on its way meanwhile. */
const afterAnswerMs = 300;

export class Refunds<T extends Traits> {
  readonly #timers = new Timers();

  constructor(private readonly parts: Parts<T>) {}

  /** Takes up what was to settle when the process ended. */
  resume(): void {
    const { books, wire } = this.parts;
    for (const order of books.orders.values())
      if (wire.isCustomer(order)) for (const refund of order.refunds) this.#settleLater(order, refund);
  }

  close(): void {
    this.#timers.close();
  }

  /** By the gateway's id, or else by the merchant's. */
  find({
    id,
    reference,
  }: {
    readonly id?: string | undefined;
    readonly reference?: string | undefined;
  }): { readonly order: Order<T>; readonly refund: Refund } | undefined {
    for (const order of this.parts.books.orders.values()) {
      const refund = order.refunds.find((each) =>
        id === undefined ? reference !== undefined && each.reference === reference : each.id === id,
      );
      if (refund) return { order, refund };
    }
    return undefined;
  }

  /**
   * Does what a merchant asks for. Settled when the answer may go.
   * @throws NotRefundable
   */
  async request(order: Order<T>, { reference, transactionId, amount }: WantedRefund): Promise<Refund> {
    const { faults, now } = this.parts;
    const { refundOutcome, refundWebhook, settleAfterMs } = faults.current;
    if (this.find({ reference })) throw new NotRefundable('duplicate');
    const paid = order.transactions.find(({ id }) => id.toUpperCase() === transactionId.toUpperCase());
    if (paid?.state !== 'success') throw new NotRefundable('notPaid');
    const gone = order.refunds.filter((each) => each.transactionId === paid.id && each.state !== 'failed');
    if (amount > order.amount - gone.reduce((sum, each) => sum + each.amount, 0)) {
      throw new NotRefundable('tooMuch');
    }
    if (refundOutcome === 'refused') throw new NotRefundable('refused');
    const [state, then] = courses[refundOutcome];
    // Nothing was awaited since the order was looked at: two at once cannot both take what is left.
    const refund = this.#record(order, {
      reference,
      transactionId: paid.id,
      amount,
      state,
      ...(then && { settles: { to: then, at: now() + settleAfterMs } }),
    });
    const told = this.#tell(order.reference, refund, refundWebhook === 'beforeAnswer' ? 0 : afterAnswerMs);
    if (refundWebhook === 'beforeAnswer') await withinPatience(told);
    return refund;
  }

  /**
   * Sends money back that nobody asked to be sent back, and tells of it.
   * @param amount in paise; all of it by default
   * @returns undefined when nothing was paid
   */
  async giveBack(reference: string, amount?: number): Promise<Refund | undefined> {
    const order = this.parts.books.orders.get(reference);
    const paid = order && decisive(order);
    if (order === undefined || paid?.state !== 'success') return undefined;
    const refund = this.#record(order, {
      transactionId: paid.id,
      amount: amount ?? order.amount,
      state: 'processed',
    });
    await this.#tell(reference, refund, 0);
    return refund;
  }

  /**
   * Decides a refund that is pending.
   * @param id the gateway's or the merchant's
   * @returns undefined when there is none
   */
  async settle(reference: string, id: string, to: Outcome): Promise<Refund | undefined> {
    const { books } = this.parts;
    const order = books.orders.get(reference);
    const at = order?.refunds.findIndex((each) => each.id === id || each.reference === id) ?? -1;
    const refund = order?.refunds[at];
    if (order === undefined || refund?.state !== 'pending') return undefined;
    const { settles: _, ...rest } = refund;
    const settled: Refund = { ...rest, state: to };
    books.record({ kind: 'order', order: { ...order, refunds: order.refunds.with(at, settled) } });
    await this.#tell(reference, settled, 0);
    return settled;
  }

  #record({ reference }: Order<T>, wanted: Omit<Refund, 'id' | 'at'>): Refund {
    const { books, now, wire } = this.parts;
    const order = books.orders.get(reference);
    const refund: Refund = { id: wire.newRefundId(), at: now(), ...wanted };
    if (order === undefined) throw new Error('an order was forgotten');
    const changed = { ...order, refunds: [...order.refunds, refund] };
    books.record({ kind: 'order', order: changed });
    this.#settleLater(changed, refund);
    return refund;
  }

  async #tell(reference: string, refund: Refund, laterMs: number): Promise<void> {
    const { books, faults, webhooks, wire } = this.parts;
    const order = books.orders.get(reference);
    if (order === undefined) return;
    const { webhook, webhookCopies, webhookDelayMs, forge } = { ...faults.current, ...order.behaviour };
    const isSilent = refund.reference !== undefined && faults.current.refundWebhook === 'never';
    if (webhook === 'never' || isSilent) return;
    await webhooks.send(reference, await wire.ofRefund(order, refund, forge), {
      copies: webhookCopies,
      delayMs: webhookDelayMs + laterMs,
    });
  }

  #settleLater({ reference }: Order<T>, { id, settles }: Refund): void {
    if (settles === undefined) return;
    // Does nothing where somebody has decided it by hand meanwhile.
    this.#timers.after(Math.max(0, settles.at - this.parts.now()), () => {
      void this.settle(reference, id, settles.to);
    });
  }
}
