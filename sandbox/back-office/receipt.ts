/** A receipt as it is told to the back office, and whether it can be taken. */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { ReceiptBooks } from './books.ts';
import type { Property } from './properties.ts';

const amount = z.int().min(0).max(1e13);

/** `Receipt` of the document. */
export const receiptSchema = z.object({
  number: z.string().regex(/^[A-Z]{1,4}-\d{4}-\d{2}-\d{6,}$/),
  account: z.object({ kind: z.literal('property'), number: z.string().regex(/^\d{12}$/) }),
  demands: z
    .array(
      z.object({
        id: z.string().min(1),
        amountPaise: amount,
        rebatePaise: amount.optional(),
        waiverPaise: amount.optional(),
      }),
    )
    .min(1)
    .refine((demands) => new Set(demands.map(({ id }) => id)).size === demands.length),
  amountPaise: amount,
  paidAt: z.iso.datetime(),
  gateway: z.literal('billdesk'),
  transactionId: z.string().min(1),
  bankReference: z.string().min(1).optional(),
});
export type Receipt = z.output<typeof receiptSchema>;

interface Refusal {
  readonly status: 404 | 409 | 422;
  readonly error: string;
}

/** What speaks against a receipt; `again` when this very receipt was taken before. */
export function objection(
  receipt: Receipt,
  { property, books }: { readonly property: Property | undefined; readonly books: ReceiptBooks },
): Refusal | 'again' | undefined {
  const known = books.find(receipt.number);
  if (known) return isDeepStrictEqual(known, receipt) ? 'again' : { status: 409, error: 'different_receipt' };
  if (!property) return { status: 404, error: 'unknown_property' };
  const bills = receipt.demands.map(({ id }) => property.bills.find((bill) => bill.id === id));
  if (bills.some((bill) => bill === undefined || bill.state === 'withdrawn')) {
    return { status: 422, error: 'unknown_demand' };
  }
  if (bills.some((bill) => bill?.state === 'paid')) return { status: 409, error: 'already_paid' };
  const isSettled = receipt.demands.every(({ amountPaise, rebatePaise = 0, waiverPaise = 0 }, index) => {
    const lines = bills[index]?.lines ?? [];
    return sum(lines.map((line) => line.amountPaise)) === amountPaise + rebatePaise + waiverPaise;
  });
  const total = sum(receipt.demands.map(({ amountPaise }) => amountPaise));
  if (!isSettled || total !== receipt.amountPaise) return { status: 422, error: 'wrong_amount' };
  return undefined;
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, one) => total + one, 0);
