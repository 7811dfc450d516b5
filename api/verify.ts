/** Whether a receipt or a certificate is real: the target of its QR code. */
import { Router, type Request } from 'express';
import type { Database } from '../database/connection.ts';
import { certificateByKey, verifyCertificate } from '../database/licences/certificates.ts';
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

/** A certificate costs some milliseconds of a processor. */
const costlyLimit = perMinute({ address: 600 });

export function verifyRoutes({ db, facts }: VerifyOptions): Router {
  const router = Router();

  async function find(number: string, key: string | undefined): Promise<Found | undefined> {
    const receipt = await verifyReceipt(db, number);
    if (receipt) return { is: 'receipt', receipt };
    const certificate = await verifyCertificate(db, number);
    if (!certificate) return undefined;
    const own = key === undefined ? undefined : await certificateByKey(db, number, key);
    return {
      is: 'certificate',
      certificate,
      today: dateInKolkata(Date.now()),
      ...(own && { key: own.key }),
    };
  }

  router.get('/verify', pageLimit, (request, response) => {
    const { number } = request.query;
    const language = pageLanguage(request);
    if (typeof number === 'string' && number.trim() !== '') {
      response.redirect(303, `/verify/${encodeURIComponent(number.trim())}?lang=${language}`);
    } else sendPage(response, language, verifyPage(language, {}, facts));
  });

  router.get('/verify/:number', pageLimit, async (request, response) => {
    const language = pageLanguage(request);
    const asked = String(request.params.number);
    const number = serialNumberIn(asked);
    const key = keyOf(request);
    const found = number === undefined ? undefined : await find(number, key);
    sendPage(
      response.status(found ? 200 : 404),
      language,
      verifyPage(language, { asked, ...(found && { found }) }, facts),
      key === undefined ? 'no-cache' : 'no-store',
    );
  });

  router.get('/verify/:number/certificate.pdf', costlyLimit, async (request, response) => {
    const number = serialNumberIn(String(request.params.number));
    const key = keyOf(request);
    const certificate =
      number === undefined || key === undefined ? undefined : await certificateByKey(db, number, key);
    if (certificate) {
      sendPdf(response, `certificate-${certificate.number}`, await certificatePdf(certificate, facts));
    } else refuse(request, response.status(404), 'notFound', 'There is no such certificate.');
  });

  return router;
}

function keyOf({ query }: Request): string | undefined {
  return typeof query['key'] === 'string' ? query['key'] : undefined;
}
