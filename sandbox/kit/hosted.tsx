/** Where a citizen's browser comes to pay, and from where it is sent back. */
import { fileURLToPath } from 'node:url';
import express, { type Request, type Response, type Router } from 'express';
import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { z } from 'zod';
import type { Behaviour, Misbehaving, Traits } from './behaviour.ts';
import { decisive, methods, type Books, type Order } from './books.ts';
import { LostPage, PaymentPage, StayPage, WayBackPage, type PageOf } from './page.tsx';
import { NotPayable, outcomes, withinPatience, type Payments } from './payments.ts';

/** What the browser that a merchant sends brings with it, as far as it is there. */
export interface Arrival {
  readonly merchantId: string;
  readonly gatewayOrderId: string;
  readonly secret: string;
}

export interface HostedOptions<T extends Traits> {
  readonly page: PageOf;
  /** Where browsers come to, below `page.base`. */
  readonly path: string;
  readonly arrivalOf: (fields: unknown) => Arrival | undefined;
  readonly behaviourSchema: z.ZodType<Partial<Behaviour<T>>>;
  readonly books: Books<T>;
  readonly payments: Payments<T>;
  readonly faults: Misbehaving<T>;
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

const choiceSchema = z.object({
  order: z.string(),
  secret: z.string(),
  method: z.enum(methods),
  outcome: z.enum(outcomes),
  webhook: z.string().optional(),
  forge: z.string().optional(),
  returnForm: z.string().optional(),
});

export function hostedPages<T extends Traits>(options: HostedOptions<T>): Router {
  const { page: of, path, arrivalOf, behaviourSchema, books, payments, faults } = options;
  const router = express.Router();
  const html = (node: VNode): string => `<!DOCTYPE html>${render(node)}`;
  const lost = (response: Response): void => void response.status(404).send(html(<LostPage of={of} />));

  router.use('/assets', express.static(fileURLToPath(new URL('./assets', import.meta.url))));
  const pages = express.Router();
  pages.use((_request, response, next) => {
    response
      .set('Content-Security-Policy', policy)
      .set('X-Content-Type-Options', 'nosniff')
      .set('Referrer-Policy', 'no-referrer')
      .set('Cache-Control', 'no-store');
    next();
  });
  pages.use(express.urlencoded({ extended: false, limit: '64kb' }));

  function orderOf({ gatewayOrderId, secret }: Omit<Arrival, 'merchantId'>): Order<T> | undefined {
    const order = books.byGatewayOrderId(gatewayOrderId);
    return order?.secret === secret ? order : undefined;
  }

  const refusedPage = async (order: Order<T>, obstacle: NotPayable['reason']): Promise<string> => {
    const form = await payments.wayBack(order, decisive(order));
    return html(<WayBackPage of={of} order={order} form={form} obstacle={obstacle} />);
  };

  async function arrive(fields: unknown, response: Response): Promise<void> {
    const arrival = arrivalOf(fields);
    const order = arrival && orderOf(arrival);
    if (order?.merchantId !== arrival?.merchantId || order === undefined) {
      lost(response);
      return;
    }
    const obstacle = payments.obstacle(order);
    response.send(
      obstacle === undefined
        ? html(<PaymentPage of={of} order={order} />)
        : await refusedPage(order, obstacle),
    );
  }

  /** All that a browser brings, by a form or in an address. */
  const fieldsOf = ({ query, body }: Request): Record<string, string> => ({
    ...(query as Record<string, string>),
    ...(body as Record<string, string> | undefined),
  });

  pages.all(path, async (request, response) => {
    if (!faults.current.pageMoves) {
      await arrive(fieldsOf(request), response);
      return;
    }
    const other = new URL(`${of.base}/page/moved`, `${request.protocol}://${request.get('host') ?? ''}`);
    other.hostname = other.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
    other.search = new URLSearchParams(fieldsOf(request)).toString();
    response.redirect(302, other.href);
  });
  pages.get('/page/moved', (request, response) => arrive(fieldsOf(request), response));

  pages.post('/page/pay', async (request, response) => {
    const choice = choiceSchema.safeParse(request.body).data;
    const order = choice && orderOf({ gatewayOrderId: choice.order, secret: choice.secret });
    if (choice === undefined || order === undefined) {
      lost(response);
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
        html(
          paid.returnForm === undefined ? (
            <StayPage of={of} order={order} />
          ) : (
            <WayBackPage of={of} order={order} form={paid.returnForm} />
          ),
        ),
      );
    } catch (error) {
      if (!(error instanceof NotPayable)) throw error;
      response.status(409).send(await refusedPage(order, error.reason));
    }
  });
  pages.all('/page/{*rest}', (_request, response) => lost(response));

  // Everything else is the gateway's API, which reads its requests by itself.
  router.use((request, response, next) => {
    if (request.path === path || request.path.startsWith('/page/')) pages(request, response, next);
    else next();
  });
  return router;
}
