/** Whether a receipt is real: the target of its QR code. */
import { Router } from 'express';
import type { Database } from '../database/connection.ts';
import { verifyReceipt } from '../database/payments/receipts.ts';
import { receiptNumberIn } from '../domain/receipt.ts';
import { verifyPage } from '../web/verify.tsx';
import { pageLanguage, pageLimit, sendPage } from './pages.ts';

export function verifyRoutes({ db }: { readonly db: Database }): Router {
  const router = Router();

  router.get('/verify', pageLimit, (request, response) => {
    const { number } = request.query;
    const language = pageLanguage(request);
    if (typeof number === 'string' && number.trim() !== '') {
      response.redirect(303, `/verify/${encodeURIComponent(number.trim())}?lang=${language}`);
    } else sendPage(response, language, verifyPage(language, {}));
  });

  router.get('/verify/:number', pageLimit, async (request, response) => {
    const language = pageLanguage(request);
    const asked = String(request.params.number);
    const number = receiptNumberIn(asked);
    const found = number && (await verifyReceipt(db, number));
    sendPage(
      response.status(found ? 200 : 404),
      language,
      verifyPage(language, { asked, ...(found && { found }) }),
    );
  });

  return router;
}
