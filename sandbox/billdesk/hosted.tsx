/** Where a citizen's browser comes to pay, and from where it is sent back. */
import { fileURLToPath } from 'node:url';
import express, { type Response, type Router } from 'express';
import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { z } from 'zod';
import { decisive, methods, type Books, type Order } from './books.ts';
import { behaviourSchema, type BillDeskFaultSwitch } from './faults.ts';
import { LostPage, PaymentPage, StayPage, WayBackPage } from './page.tsx';
import { NotPayable, outcomes, withinPatience, type Payments } from './payments.ts';

interface Parts {
  readonly books: Books;
  readonly payments: Payments;
  readonly faults: BillDeskFaultSwitch;
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The merchant's form names it `merchantid`, unlike the link that the merchant was given. */
const arrivalSchema = z.object({ merchantid: z.string(), bdorderid: z.string(), rdata: z.string() });

const choiceSchema = z.object({
  bdorderid: z.string(),
  rdata: z.string(),
  method: z.enum(methods),
  outcome: z.enum(outcomes),
  webhook: z.string().optional(),
  forge: z.string().optional(),
  returnForm: z.string().optional(),
});

export function hostedPages({ books, payments, faults }: Parts): Router {
  const router = express.Router();
  const page = (node: VNode): string => `<!DOCTYPE html>${render(node)}`;

  router.use('/assets', express.static(fileURLToPath(new URL('./assets', import.meta.url))));
  router.use('/web', (_request, response, next) => {
    response
      .set('Content-Security-Policy', policy)
      .set('X-Content-Type-Options', 'nosniff')
      .set('Referrer-Policy', 'no-referrer')
      .set('Cache-Control', 'no-store');
    next();
  });
  router.use('/web', express.urlencoded({ extended: false, limit: '64kb' }));

  function orderOf(
    proof: { readonly bdorderid: string; readonly rdata: string } | undefined,
  ): Order | undefined {
    const order = books.byBdOrderId(proof?.bdorderid ?? '');
    return order?.rdata === proof?.rdata ? order : undefined;
  }

  const refusedPage = async (order: Order, obstacle: NotPayable['reason']): Promise<string> => {
    const form = await payments.wayBack(order, decisive(order));
    return page(<WayBackPage order={order} form={form} obstacle={obstacle} />);
  };

  async function arrive(fields: unknown, response: Response): Promise<void> {
    const arrival = arrivalSchema.safeParse(fields).data;
    const order = orderOf(arrival);
    if (order?.mercid !== arrival?.merchantid || order === undefined) {
      response.status(404).send(page(<LostPage />));
      return;
    }
    const obstacle = payments.obstacle(order);
    response.send(
      obstacle === undefined ? page(<PaymentPage order={order} />) : await refusedPage(order, obstacle),
    );
  }

  router.post('/web/v1_2/embeddedsdk', async (request, response) => {
    if (!faults.current.pageMoves) {
      await arrive(request.body, response);
      return;
    }
    const other = new URL('/billdesk/web/v1_2/moved', `${request.protocol}://${request.get('host') ?? ''}`);
    other.hostname = other.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
    other.search = new URLSearchParams(request.body as Record<string, string>).toString();
    response.redirect(302, other.href);
  });
  router.get('/web/v1_2/moved', (request, response) => arrive(request.query, response));

  router.post('/web/v1_2/pay', async (request, response) => {
    const choice = choiceSchema.safeParse(request.body).data;
    const order = orderOf(choice);
    if (order === undefined || choice === undefined) {
      response.status(404).send(page(<LostPage />));
      return;
    }
    const { outcome, method, webhook, forge, returnForm } = choice;
    const behaviour = behaviourSchema.parse({
      ...(webhook && { webhook }),
      ...(forge && { forge }),
      ...(returnForm && { returnForm: returnForm === 'true' }),
    });
    try {
      const paid = await payments.pay(order, { outcome, method, behaviour });
      await withinPatience(paid.webhookPosted);
      response.send(
        page(
          paid.returnForm === undefined ? (
            <StayPage order={order} />
          ) : (
            <WayBackPage order={order} form={paid.returnForm} />
          ),
        ),
      );
    } catch (error) {
      if (!(error instanceof NotPayable)) throw error;
      response.status(409).send(await refusedPage(order, error.reason));
    }
  });

  router.all('/web/{*path}', (_request, response) => {
    response.status(404).send(page(<LostPage />));
  });
  return router;
}
