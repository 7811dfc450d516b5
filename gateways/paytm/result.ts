/** `resultInfo`, with which every answer of Paytm's API says how the call went. */
import { z } from 'zod';
import { readWords } from '../readers.ts';
import type { Fields } from './signed.ts';

export interface Result {
  readonly resultStatus: string;
  readonly resultCode: string;
  readonly resultMsg: string | undefined;
}

const fieldsSchema = z.record(z.string(), z.unknown());

/** @returns undefined when an answer says nothing of the kind */
export function resultIn({ resultInfo }: Fields): Result | undefined {
  const fields = fieldsSchema.safeParse(resultInfo).data;
  return (
    fields && {
      resultStatus: readWords(fields['resultStatus'], 64) ?? '',
      resultCode: readWords(fields['resultCode'], 64) ?? '',
      resultMsg: readWords(fields['resultMsg']),
    }
  );
}

/** The order has been made; 0002 is the answer to a second call of the same words. */
export const isMade = ({ resultStatus, resultCode }: Result): boolean =>
  resultStatus === 'S' && ['0000', '0002'].includes(resultCode);

/** The QR code has been made. */
export const isShown = ({ resultStatus }: Result): boolean => ['S', 'SUCCESS'].includes(resultStatus);

/** There is an order of this id, and its way to the page is gone. */
export const isDuplicateOrder = ({ resultCode }: Result): boolean => resultCode === '334';

/** About us, as a checksum that does not fit, or about Paytm itself. That may go away, and says nothing of the order. */
const passing: ReadonlySet<string> = new Set(['227', '401', '501', '502', '00000900']);

/** Whether the request itself was refused: that of an order by the first word, of a QR code by the second, of a refund by the third. */
export const isFinal = ({ resultStatus, resultCode }: Result): boolean =>
  ['F', 'FAILURE', 'TXN_FAILURE'].includes(resultStatus) && !passing.has(resultCode);

const notFound: ReadonlySet<string> = new Set(['331', '334', 'NO_RECORD_FOUND']);

/** Whether nobody has begun to pay the order that was asked about. */
export const isNotFound = ({ resultStatus, resultCode }: Result): boolean =>
  notFound.has(resultCode) || notFound.has(resultStatus);

/** There is a refund of this reference already. */
export const isDuplicateRefund = ({ resultCode }: Result): boolean =>
  ['602', '617', 'DUPLICATE_REF_ID'].includes(resultCode);

/** Whether Paytm knows of no such refund. Its code is not the same on all pages, so that plain English must do as well. */
export const isNoRefund = (result: Result): boolean =>
  isFinal(result) &&
  (['631', 'NO_RECORD_FOUND'].includes(result.resultCode) ||
    /no record|record not found/i.test(result.resultMsg ?? ''));
