/**
 * The HTTP API under /sandbox, for tests, scripts and the phone page: citizens, chats, faults, templates, webhooks, the
 * back office, and the payment gateways.
 */
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { render } from 'preact-render-to-string';
import { z } from 'zod';
import type { BackOffice } from '../back-office/back-office.ts';
import { backOfficeControl } from '../back-office/control.ts';
import { backOfficeKnobs } from '../back-office/faults.ts';
import { choiceSchema } from '../kit/control.ts';
import { faultRoutes } from '../kit/faults.ts';
import type { GatewayStandIn } from '../kit/gateway.ts';
import { NoSuchThing } from '../kit/no-such-thing.ts';
import { NotPayable } from '../kit/payments.ts';
import { actionSchema } from './actions.ts';
import { controlPage } from './control-page.tsx';
import { visiblePhone } from './delivery.ts';
import { knobs, type FaultSwitch } from './faults.ts';
import type { Citizens } from './inbound.ts';
import type { Citizen } from './model.ts';
import type { SandboxOptions } from './options.ts';
import type { ChatOrders } from './orders.ts';
import type { Sender } from './send.ts';
import { templateKey, templateSchema } from './templates.ts';
import { viewOf } from './view.ts';
import type { Webhooks } from './webhooks.ts';
import type { World } from './world.ts';

interface Parts {
  readonly options: SandboxOptions;
  readonly world: World;
  readonly citizens: Citizens;
  readonly sender: Sender;
  readonly orders: ChatOrders;
  readonly webhooks: Webhooks;
  readonly faults: FaultSwitch;
  readonly backOffice: BackOffice | undefined;
  readonly gateways: readonly GatewayStandIn[];
}

const citizenChange = z.strictObject({
  readsMessages: z.boolean().optional(),
  /** Opens the customer-service window anew, or closes it at once. */
  windowOpen: z.boolean().optional(),
});

const dayMs = 24 * 60 * 60 * 1000;

export function controlRouter(parts: Parts): Router {
  const { options, world, citizens, sender, orders, webhooks, faults, backOffice, gateways } = parts;
  const router = express.Router();
  const now = options.now ?? Date.now;
  router.use(express.json({ limit: '40mb', strict: false }));

  const citizenView = (citizen: Citizen): unknown => ({
    ...citizen,
    /** What the corporation sees; `phone` is what the citizen has. */
    visiblePhone: visiblePhone(citizen) ?? null,
    windowOpen: citizen.windowEndsAt > now(),
  });

  function citizenOf(request: Request): Citizen {
    const citizen = world.citizens.get(String(request.params['id']));
    if (!citizen) throw new NoSuchThing('no such citizen');
    return citizen;
  }

  router.get('/', (_request, response) => {
    response.type('html').send(`<!DOCTYPE html>${render(controlPage({ knobs, backOfficeKnobs, gateways }))}`);
  });

  router.use(faultRoutes(faults, { afterReset: () => sender.forgetLimits() }));

  if (backOffice) router.use('/back-office', backOfficeControl(backOffice));
  for (const { name, control } of gateways) router.use(`/${name}`, control);

  router.get('/citizens', (_request, response) => {
    response.json({ citizens: [...world.citizens.values()].map(citizenView) });
  });
  router.post('/citizens', (request, response) => {
    const { count } = z.strictObject({ count: z.number().int().min(1).max(100_000) }).parse(request.body);
    response.status(201).json({ citizens: world.inventCitizens(count).map(citizenView) });
  });
  router.get('/citizens/:id', (request, response) => {
    response.json(citizenView(citizenOf(request)));
  });
  router.patch('/citizens/:id', (request, response) => {
    const { readsMessages, windowOpen } = citizenChange.parse(request.body);
    const before = citizenOf(request);
    const citizen = {
      ...before,
      readsMessages: readsMessages ?? before.readsMessages,
      windowEndsAt: windowOpen === undefined ? before.windowEndsAt : windowOpen ? now() + dayMs : 0,
    };
    world.record({ kind: 'citizen', citizen });
    response.json(citizenView(citizen));
  });
  router.post('/citizens/:id/messages', (request, response) => {
    const action = actionSchema.parse(request.body);
    response.status(201).json({ wamid: citizens.act(citizenOf(request), action) });
  });
  router.get('/citizens/:id/chat', (request, response) => {
    const { id } = citizenOf(request);
    response.json({
      typing: world.typingUntil(id) > now(),
      messages: world.chat(id).map((message) => viewOf(world, message)),
    });
  });

  router.post('/orders/:reference/pay', async (request, response) => {
    await orders.pay(request.params.reference, choiceSchema.parse(request.body ?? {}));
    response.status(201).json({ paid: request.params.reference });
  });

  router.get('/outbound', (request, response) => {
    const since = z.coerce.number().int().min(0).default(0).parse(request.query['since']);
    const messages = world.outboundSince(since);
    response.json({
      messages: messages.map((message) => viewOf(world, message)),
      next: messages.at(-1)?.seq ?? since,
    });
  });

  router.get('/templates', (_request, response) => {
    response.json({ templates: [...world.templates.values()] });
  });
  router.put('/templates', (request, response) => {
    for (const template of z.array(templateSchema).parse(request.body)) {
      world.record({ kind: 'template', template });
    }
    response.json({ templates: [...world.templates.keys()] });
  });
  router.delete('/templates/:name/:language', (request, response) => {
    const { name, language } = request.params;
    world.record({ kind: 'templateGone', key: templateKey(name, language) });
    response.json({ templates: [...world.templates.keys()] });
  });

  router.delete('/chat', (_request, response) => {
    world.record({ kind: 'clear' });
    sender.forgetLimits();
    response.json({ cleared: true });
  });

  router.get('/webhooks', (_request, response) => {
    response.json({
      url: webhooks.url,
      waiting: world.webhooks.size,
      lastAnswer: webhooks.lastAnswer ?? null,
    });
  });
  router.put('/webhooks', (request, response) => {
    webhooks.url = z.strictObject({ url: z.url() }).parse(request.body).url;
    response.json({ url: webhooks.url });
  });
  router.post('/webhooks', async (request, response) => {
    const signing = z.enum(['right', 'wrong', 'none']).default('right').parse(request.query['sign']);
    try {
      response.json({ status: await webhooks.postOnce(request.body, signing) });
    } catch {
      response.status(502).json({ error: 'the receiver did not answer' });
    }
  });
  router.post('/webhooks/verify', async (_request, response) => {
    const challenge = String(Math.floor(Math.random() * 1e10));
    const query = new URLSearchParams({
      'hub.mode': 'subscribe',
      'hub.challenge': challenge,
      'hub.verify_token': options.verifyToken,
    });
    const answer = await fetch(`${webhooks.url}?${query.toString()}`).catch(() => undefined);
    const verified = answer?.status === 200 && (await answer.text()) === challenge;
    response.json({ verified, status: answer?.status ?? null });
  });

  router.get('/media/:id', (request, response) => {
    const media = world.media.get(request.params.id);
    if (!media) throw new NoSuchThing('no such media');
    const shown = /^(image\/(png|jpeg|webp)|audio\/|video\/|application\/pdf)/.test(media.mimeType);
    response
      .set('Content-Type', media.mimeType)
      // Whatever somebody uploaded must not run as a page of this origin.
      .set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
      .set('X-Content-Type-Options', 'nosniff')
      .set('Content-Disposition', shown ? 'inline' : `attachment; filename="${media.id}"`)
      .send(world.bytesOf(media));
  });

  router.use((_request, response) => {
    response.status(404).json({ error: 'no such address; GET /sandbox lists them' });
  });
  router.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) next(error);
    else if (error instanceof z.ZodError) response.status(400).json({ error: z.prettifyError(error) });
    else if (error instanceof NoSuchThing) response.status(404).json({ error: error.message });
    else if (error instanceof NotPayable)
      response.status(409).json({ error: error.message, reason: error.reason });
    else if (error instanceof SyntaxError) response.status(400).json({ error: 'the body is not JSON' });
    else {
      options.log.error({ err: error }, 'the control API failed');
      response.status(500).json({ error: 'failed; see the log' });
    }
  });
  return router;
}
