/** Razorpay's error object, and what it means (razorpay.com/docs/errors). */
import { z } from 'zod';

const errorSchema = z.object({
  error: z.object({ code: z.string().min(1), description: z.string().catch('') }),
});

export interface Refusal {
  /** HTTP's. */
  readonly status: number;
  readonly code: string;
  readonly description: string;
}

export function refusalIn(status: number, answer: unknown): Refusal | undefined {
  const error = errorSchema.safeParse(answer).data?.error;
  return error && { status, ...error };
}

/** There is a payment link of this reference. Its code is that of every bad request, so that the words must do. */
export const isDuplicateLink = ({ status, description }: Refusal): boolean =>
  status < 500 && /reference.?id.*already/i.test(description);

/** What was to be ended has ended before. */
export const isOver = ({ status, description }: Refusal): boolean =>
  status < 500 && /(?:cancel|expire|close).*(?:expired|cancelled|closed)/i.test(description);

/** There is a refund under this idempotency key, of another request. It comes with 400 or 409. */
export const isDuplicateRefund = ({ status, description }: Refusal): boolean =>
  status < 500 && /different request.*idempotency key/i.test(description);

/**
 * Whether it is about the request itself. What is about us (401, 403, a wrong key), about now (408, 409, 429) or about
 * Razorpay (5xx) may go away, and says nothing of the link.
 */
export const isFinal = ({ status, description }: Refusal): boolean =>
  status >= 400 &&
  status < 500 &&
  ![401, 403, 408, 409, 429].includes(status) &&
  !/authentication failed|api .*key/i.test(description);
