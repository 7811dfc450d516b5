/** The posting of a payment: by which settings, and what is posted. */
import type { Due } from '../dues.ts';
import type { OrderId } from './order.ts';
import type { ReceiptYear } from './receipt.ts';

/** How receipts, certificates and credit notes are numbered, and whose the records are. */
export interface PostingSettings {
  /** The series of the receipts, of the certificates, and of the credit notes. */
  readonly counter: string;
  readonly certificateCounter: string;
  readonly creditNoteCounter: string;
  /** Whose financial year the number of a receipt is of. */
  readonly receiptYear: ReceiptYear;
  /** Whether the demands stand in the own register, and nobody else has to be told that they are paid. */
  readonly ownRegister: boolean;
}

/** A payment in the transaction that posts it. */
export interface PostedPayment {
  readonly orderId: OrderId;
  /** The demands that it settled; never none. */
  readonly paid: readonly Due[];
  readonly paidAt: Date;
}
