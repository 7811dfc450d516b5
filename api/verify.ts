/** Whether a receipt, a credit note or a certificate is real: the target of its QR code. */
import { Router, type Request, type RequestHandler } from 'express';
import type { Database } from '../database/connection.ts';
import { certificateByKey, verifyCertificate } from '../database/licences/certificates.ts';
import { verifyCreditNote } from '../database/payments/credit-notes.ts';
import { verifyReceipt } from '../database/payments/receipts.ts';
import { certificatePdf } from '../documents/certificate.ts';
import type { ReceiptFacts } from '../documents/receipt.ts';
import { dateInKolkata } from '../domain/calendar.ts';
import { serialNumberIn } from '../domain/serial-number.ts';
import { verifyPage, type Found } from '../web/verify.tsx';
import { pageLimit, perMinute } from './limits.ts';
import { pageLanguage, refuse, sendPage, sendPdf } from './respond.ts';

interface VerifyOptions {
  readonly db: Database;
  readonly facts: ReceiptFacts;
}

/** By its number alone a paper is looked up by hand; whoever counts numbers up is soon told to wait. */
const numberLimit = perMinute({ address: 120 });
/** A certificate costs some milliseconds of a processor. */
const costlyLimit = perMinute({ address: 600 });

export function verifyRoutes({ db, facts }: VerifyOptions): Router {
  const router = Router();

  async function find(number: string, { key, code }: Proof): Promise<Found | undefined> {
    const receipt = await verifyReceipt(db, number);
    if (receipt) return receipt.checkCode === code ? { is: 'receipt', receipt } : { is: 'genuineReceipt' };
    const note = await verifyCreditNote(db, number);
    if (note) return note.checkCode === code ? { is: 'creditNote', note } : { is: 'genuineCreditNote' };
    const certificate = await verifyCertificate(db, number);
    if (!certificate) return undefined;
    const today = dateInKolkata(Date.now());
    const own = key === undefined ? undefined : await certificateByKey(db, number, key);
    return own || certificate.checkCode === code
      ? { is: 'certificate', certificate, today, ...(own && { key: own.key }) }
      : { is: 'genuineCertificate', certificate, today };
  }

  router.get('/verify', pageLimit, (request, response) => {
    const { number } = request.query;
    const language = pageLanguage(request);
    if (typeof number === 'string' && number.trim() !== '') {
      response.redirect(303, `/verify/${encodeURIComponent(number.trim())}?lang=${language}`);
    } else sendPage(response, language, verifyPage(language, {}, facts));
  });

  const byNumberOrPaper: RequestHandler = (request, response, next) =>
    (isEmpty(proofIn(request)) ? numberLimit : pageLimit)(request, response, next);

  router.get('/verify/:number', byNumberOrPaper, async (request, response) => {
    const language = pageLanguage(request);
    const asked = String(request.params.number);
    const number = serialNumberIn(asked);
    const proof = proofIn(request);
    const found = number === undefined ? undefined : await find(number, proof);
    sendPage(
      response.status(found ? 200 : 404),
      language,
      verifyPage(language, { asked, ...(found && { found }) }, facts),
      isEmpty(proof) ? 'no-cache' : 'no-store',
    );
  });

  router.get('/verify/:number/certificate.pdf', costlyLimit, async (request, response) => {
    const number = serialNumberIn(String(request.params.number));
    const { key } = proofIn(request);
    const certificate =
      number === undefined || key === undefined ? undefined : await certificateByKey(db, number, key);
    if (certificate) {
      sendPdf(response, `certificate-${certificate.number}`, await certificatePdf(certificate, facts));
    } else refuse(request, response.status(404), 'notFound', 'There is no such certificate.');
  });

  return router;
}

/** What shows that somebody has more than the number: the holder's key, or the code that is printed on the paper. */
interface Proof {
  readonly key?: string;
  readonly code?: string;
}

function proofIn({ query }: Request): Proof {
  const { key, code } = query;
  return {
    ...(typeof key === 'string' && { key }),
    ...(typeof code === 'string' && { code: code.trim().toUpperCase() }),
  };
}

function isEmpty({ key, code }: Proof): boolean {
  return key === undefined && code === undefined;
}
