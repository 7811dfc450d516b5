/** `resultInfo`, with which every answer of Paytm's API says how the call went. */
import { z } from 'zod';
import { readWords } from '../readers.ts';
import type { Fields } from './signed.ts';

const resultSchema = z.object({
  resultStatus: z.unknown().transform((value) => readWords(value, 64) ?? ''),
  resultCode: z.unknown().transform((value) => readWords(value, 64) ?? ''),
  resultMsg: z.unknown().transform((value) => readWords(value)),
});
export type Result = z.output<typeof resultSchema>;

/** @returns undefined when an answer says nothing of the kind */
export const resultIn = ({ resultInfo }: Fields): Result | undefined =>
  resultSchema.safeParse(resultInfo).data;

/** The order has been made; 0002 is the answer to a second call of the same words. */
export const isMade = ({ resultStatus, resultCode }: Result): boolean =>
  resultStatus === 'S' && ['0000', '0002'].includes(resultCode);

/** There is an order of this id, and its way to the page is gone. */
export const isDuplicateOrder = ({ resultCode }: Result): boolean => resultCode === '334';

/** About us, as a checksum that does not fit, or about Paytm itself. That may go away, and says nothing of the order. */
const passing: ReadonlySet<string> = new Set(['227', '401', '501', '502', '00000900']);

/** Whether the request itself was refused. */
export const isFinal = ({ resultStatus, resultCode }: Result): boolean =>
  resultStatus === 'F' && !passing.has(resultCode);

const notFound: ReadonlySet<string> = new Set(['331', '334', 'NO_RECORD_FOUND']);

/** Whether nobody has begun to pay the order that was asked about. */
export const isNotFound = ({ resultStatus, resultCode }: Result): boolean =>
  notFound.has(resultCode) || notFound.has(resultStatus);
