/** Puts the stand-ins together: Graph API, back office, payment gateways, HTTP API and phone page on one port. Several may live in one process. */
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createBackOfficeStandIn } from './back-office/back-office.ts';
import { codecRouter } from './codec.ts';
import { controlRouter } from './graph/control.ts';
import { Delivery } from './graph/delivery.ts';
import { FaultSwitch } from './graph/faults.ts';
import { Citizens } from './graph/inbound.ts';
import { MediaStore } from './graph/media.ts';
import type { SandboxOptions } from './graph/options.ts';
import { ChatOrders } from './graph/orders.ts';
import { graphRouter } from './graph/router.ts';
import { Sender } from './graph/send.ts';
import { Webhooks } from './graph/webhooks.ts';
import { World } from './graph/world.ts';
import { isLoopback } from '../whatsapp/limits.ts';
import { phoneRouter } from './phone/router.tsx';

export type { SandboxOptions } from './graph/options.ts';

export interface RunningSandbox {
  /** Without a slash at the end; the Graph API's base is `${url}/v26.0`. */
  readonly url: string;
  /** Sends webhooks elsewhere from now on: a receiver may need this sandbox's address before it has one. */
  setWebhookUrl(url: string): void;
  close(): Promise<void>;
}

export interface Sandbox {
  /** @param port 0 for any free one */
  listen(port: number): Promise<RunningSandbox>;
}

export function createSandbox(options: SandboxOptions): Sandbox {
  const world = new World(options.dataFolder, new URL(options.webhookUrl).origin);
  const faults = new FaultSwitch();
  const backOffice =
    options.backOffice &&
    createBackOfficeStandIn(options.backOffice, { dataFolder: options.dataFolder, log: options.log });
  const { dataFolder, log, now = Date.now } = options;
  const gateways = (options.gateways ?? []).map((make) => make({ dataFolder, now, log }));
  const webhooks = new Webhooks(options, world, faults);
  const delivery = new Delivery(options, world, webhooks, faults);
  const media = new MediaStore(options, world);
  const citizens = new Citizens(options, world, webhooks, media);
  const orders = new ChatOrders(world, webhooks, faults, gateways, now);
  const sender = new Sender(options, world, delivery, faults, orders);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  // A page of somebody else whose name leads to this machine would be of the same origin, and could read every chat.
  app.use((request, response, next) => {
    const address = `http://${request.headers.host ?? ''}`;
    if (URL.canParse(address) && isLoopback(new URL(address))) next();
    else response.status(421).type('text').send('The sandbox is for this machine: http://127.0.0.1');
  });
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/', (_request, response) => {
    response.redirect('/phone');
  });
  app.use(
    '/sandbox',
    controlRouter({ options, world, citizens, sender, orders, webhooks, faults, backOffice, gateways }),
  );
  app.use('/phone', phoneRouter({ options, world, delivery, webhooks, faults, backOffice, gateways }));
  if (options.codec) app.use('/codec', codecRouter(options.codec));
  if (backOffice) app.use('/back-office', backOffice.router);
  for (const { name, router } of gateways) app.use(`/${name}`, router);
  app.use(graphRouter({ options, world, sender, media, faults, orders }));

  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        // This machine only: whoever reaches the HTTP API can read every chat and forge every webhook.
        const server = app.listen(port, '127.0.0.1', (error) => {
          if (error) {
            reject(error);
            return;
          }
          const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
          citizens.base = url;
          webhooks.resume();
          delivery.resume();
          for (const gateway of gateways) gateway.resume();
          resolve({
            url,
            setWebhookUrl: (address) => {
              webhooks.url = address;
            },
            close: () =>
              new Promise((closed) => {
                delivery.close();
                webhooks.close();
                for (const gateway of gateways) gateway.stop();
                server.close(() => {
                  world.close();
                  backOffice?.books.close();
                  for (const gateway of gateways) gateway.close();
                  closed();
                });
                // Phone pages hold their streams open, and so does a call that is never answered.
                server.closeAllConnections();
              }),
          });
        });
      }),
  };
}
