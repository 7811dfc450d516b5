/** BillDesk's error object, and what it means (docs.billdesk.io, "Idempotency guide"). */
import { z } from 'zod';

const refusalSchema = z.object({
  status: z.coerce.number().int(),
  error_type: z.string().catch(''),
  error_code: z.string().min(1),
  message: z.string().catch(''),
});
export type Refusal = z.output<typeof refusalSchema>;

export const refusalIn = (answer: unknown): Refusal | undefined => refusalSchema.safeParse(answer).data;

/** There is an order of this id. */
export const isDuplicateOrder = ({ error_code }: Refusal): boolean => error_code === 'TRDRE0001';

/** There may be a refund of this reference. Its code is published nowhere, so the type must do. */
export const isDuplicateRefund = ({ error_type }: Refusal): boolean =>
  error_type === 'duplicate_request_error';

/**
 * Whether it is about the request itself. What is about us (401, 403), about now (408, 429) or about BillDesk (5xx) may
 * go away, and says nothing of the order.
 */
export const isFinal = ({ status }: Refusal): boolean =>
  status >= 400 && status < 500 && ![401, 403, 408, 429].includes(status);

/**
 * Whether a query found no transaction. The code is published nowhere, so HTTP's word or plain English must do; an error
 * of any other kind must not be taken for "nothing was paid".
 */
export const isNotFound = (refusal: Refusal): boolean =>
  isFinal(refusal) &&
  (refusal.status === 404 ||
    /not[ _]found|no[ _](such[ _])?(record|transaction)|does not exist/i.test(
      `${refusal.error_type} ${refusal.message}`,
    ));
