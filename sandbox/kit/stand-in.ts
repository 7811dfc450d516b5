/** Puts the stand-in of a gateway together: the kit, and what the gateway adds to it. */
import express, { type Router } from 'express';
import type { VNode } from 'preact';
import type { z } from 'zod';
import type { Behaviour, Misbehaving, Traits } from './behaviour.ts';
import { Books } from './books.ts';
import { createTill, type ChatSpeciality } from './chat.ts';
import { controlAddresses, gatewayControl } from './control.ts';
import type { FaultsInForce } from './faults.ts';
import type { GatewayStandIn, Surroundings } from './gateway.ts';
import { hostedPages, type HostedOptions } from './hosted.tsx';
import { knobsOf } from './knobs.ts';
import { Payments, type Wire } from './payments.ts';
import { Refunds } from './refunds.ts';
import { GatewayWebhooks } from './webhooks.ts';

/** What a gateway adds. */
export interface Speciality<T extends Traits, S extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly faults: FaultsInForce<S> & Misbehaving<T>;
  readonly behaviourSchema: z.ZodType<Partial<Behaviour<T>>>;
  /** Each of its forgeries in words. */
  readonly forgeries: Readonly<Record<T['forgery'] | 'none', string>>;
  /** Where browsers come to, and what they bring. */
  readonly page: Pick<HostedOptions<T>, 'path' | 'arrivalOf'>;
  readonly wire: Wire<T>;
  /**
   * Its API. It carries out those faults that the kit cannot: `http500`, `queryAnswer`, `forgeQuery`, `sessionMs`; and with
   * the helpers of api.ts and oddities.ts that answers are late, lost or oddly written.
   */
  api(books: Books<T>, refunds: Refunds<T>, webhooks: GatewayWebhooks<T>): Router;
  /** Missing where Meta has no orders paid. */
  readonly chat?: ChatSpeciality<T>;
  /** What its control API has beside that of every gateway. */
  control?(books: Books<T>, webhooks: GatewayWebhooks<T>): Router;
  readonly addresses: GatewayStandIn['addresses'];
  section(): VNode;
  readonly webhookUrl: string;
  readonly retriesMs?: readonly number[] | undefined;
  /** How long it waits for the answer to a webhook. */
  readonly webhookTimeoutMs?: number | undefined;
}

export function createStandIn<T extends Traits, S extends z.ZodObject>(
  speciality: Speciality<T, S>,
  { dataFolder, now, log }: Surroundings,
): GatewayStandIn {
  const { name, title, faults, behaviourSchema, forgeries, wire } = speciality;
  const { webhookUrl: url, retriesMs, webhookTimeoutMs: timeoutMs } = speciality;
  const books = new Books<T>(name, dataFolder);
  const webhooks = new GatewayWebhooks({ url, retriesMs, timeoutMs, books, now, log });
  const payments = new Payments({ wire, books, faults, webhooks, now });
  const refunds = new Refunds({ wire, books, faults, webhooks, now });
  const router = express.Router();
  const page = { title, base: `/${name}`, forgeries };
  router.use(hostedPages({ ...speciality.page, page, behaviourSchema, books, payments, faults }));
  router.use(speciality.api(books, refunds, webhooks));
  const control = gatewayControl({ behaviourSchema, books, faults, payments, refunds, webhooks });
  if (speciality.control) control.use(speciality.control(books, webhooks));
  return {
    name,
    title,
    router,
    control,
    ...(speciality.chat && { chat: createTill(speciality.chat, { books, payments }) }),
    knobs: knobsOf(faults.schema),
    addresses: [...speciality.addresses, ...controlAddresses(name)],
    section: () => speciality.section(),
    resume: () => {
      webhooks.resume();
      payments.resume();
      refunds.resume();
    },
    stop: () => {
      webhooks.close();
      payments.close();
      refunds.close();
    },
    close: () => books.close(),
  };
}
