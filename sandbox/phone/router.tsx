/** The phone in the browser: the page, its assets, and the stream that keeps it up to date. */
import { fileURLToPath } from 'node:url';
import express, { type Response, type Router } from 'express';
import { render } from 'preact-render-to-string';
import type { BackOffice } from '../back-office/back-office.ts';
import type { Delivery } from '../graph/delivery.ts';
import type { FaultSwitch } from '../graph/faults.ts';
import type { ChatMessage, Citizen } from '../graph/model.ts';
import type { SandboxOptions } from '../graph/options.ts';
import { samplePictures } from '../graph/samples.ts';
import type { Webhooks } from '../graph/webhooks.ts';
import type { World } from '../graph/world.ts';
import type { GatewayStandIn } from '../kit/gateway.ts';
import { Bubble, isVisible } from './bubble.tsx';
import { ChatLog, Person, PhonePage } from './page.tsx';

interface Parts {
  readonly options: SandboxOptions;
  readonly world: World;
  readonly delivery: Delivery;
  readonly webhooks: Webhooks;
  readonly faults: FaultSwitch;
  readonly backOffice: BackOffice | undefined;
  readonly gateways: readonly GatewayStandIn[];
}

/** So many fit the switcher; a test may invent thousands. */
const shownPeople = 40;
const wireEveryMs = 1_000;

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function phoneRouter(parts: Parts): Router {
  const { options, world, delivery, webhooks, faults, backOffice, gateways } = parts;
  const router = express.Router();
  const now = options.now ?? Date.now;

  router.use((_request, response, next) => {
    response
      .set('Content-Security-Policy', policy)
      .set('X-Content-Type-Options', 'nosniff')
      .set('Referrer-Policy', 'no-referrer')
      .set('Cache-Control', 'no-store');
    next();
  });

  router.use('/assets', express.static(fileURLToPath(new URL('./assets', import.meta.url))));

  router.get('/samples/:name', (request, response) => {
    const picture = samplePictures[request.params.name.replace(/\.png$/, '')];
    if (picture) response.type('png').send(picture.bytes());
    else response.status(404).end();
  });

  router.get('/', (_request, response) => {
    response.redirect(`/phone/${[...world.citizens.keys()][0] ?? ''}`);
  });

  router.get('/:citizenId', async (request, response) => {
    const citizen = world.citizens.get(request.params.citizenId);
    if (!citizen) {
      response.status(404).type('text').send('Nobody has that name here. /phone shows who there is.');
      return;
    }
    const page = (
      <PhonePage
        world={world}
        citizen={citizen}
        people={peopleAround(citizen)}
        faults={faults.current}
        backOffice={backOffice && { inUse: backOffice.options.inUse, faults: backOffice.faults.current }}
        gateways={gateways}
        numbers={(await options.guide?.numbers()) ?? []}
        now={now()}
      />
    );
    response.type('html').send(`<!DOCTYPE html>${render(page)}`);
  });

  router.get('/:citizenId/workflows', async (request, response) => {
    const citizen = world.citizens.get(request.params.citizenId);
    const address = citizen && (await options.guide?.workflowsOf(citizen));
    if (address === undefined) {
      response.status(404).type('text').send('This citizen has no workflow yet: write something first.');
    } else response.redirect(address);
  });

  router.get('/:citizenId/chat', (request, response) => {
    const citizen = world.citizens.get(request.params.citizenId);
    if (!citizen) {
      response.status(404).end();
      return;
    }
    response.type('html').send(render(<ChatLog world={world} citizen={citizen} now={now()} />));
  });

  router.get('/:citizenId/events', (request, response) => {
    const id = request.params.citizenId;
    if (!world.citizens.has(id)) {
      response.status(404).end();
      return;
    }
    response.set('Content-Type', 'text/event-stream');
    response.flushHeaders();
    stream(id, response);
  });

  /** Tells one page what changes, until it goes away. */
  function stream(id: string, response: Response): void {
    const tell = (event: string, data: unknown): void => {
      response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    };
    const onMessage = (message: ChatMessage): void => {
      const person = world.citizens.get(message.citizenId ?? '');
      if (!person || !isVisible(message)) return;
      if (person.id === id) {
        const html = render(<Bubble world={world} message={message} />);
        tell('bubble', { wamid: message.wamid, seq: message.seq, html });
      }
      const html = render(<Person world={world} person={person} current={person.id === id} />);
      tell('person', { id: person.id, html });
    };
    const onTyping = (who: string): void => {
      if (who === id) tell('typing', { forMs: Math.max(0, world.typingUntil(id) - now()) });
    };
    const onCleared = (): void => tell('cleared', {});
    let lastWire = '';
    const tellWire = (): void => {
      const citizen = world.citizens.get(id);
      const wire = {
        waiting: world.webhooks.size,
        lastAnswer: webhooks.lastAnswer ?? null,
        windowOpen: (citizen?.windowEndsAt ?? 0) > now(),
        failNext: faults.current.failNext,
      };
      if (JSON.stringify(wire) !== lastWire) tell('wire', wire);
      lastWire = JSON.stringify(wire);
    };

    world.on('message', onMessage).on('typing', onTyping).on('cleared', onCleared);
    const wireTimer = setInterval(tellWire, wireEveryMs);
    const leave = delivery.open(id);
    tell('hello', {});
    onTyping(id);
    tellWire();
    response.on('close', () => {
      clearInterval(wireTimer);
      leave();
      world.off('message', onMessage).off('typing', onTyping).off('cleared', onCleared);
    });
  }

  /** The citizens with a character of their own, whoever chats, and the one whose phone this is. */
  function peopleAround(current: Citizen): Citizen[] {
    const all = [...world.citizens.values()];
    const shown = all.filter(
      ({ id }) => !/^c\d+$/.test(id) || id === current.id || world.lastMessage(id) !== undefined,
    );
    return shown.includes(current) && shown.indexOf(current) >= shownPeople
      ? [current, ...shown.slice(0, shownPeople - 1)]
      : shown.slice(0, shownPeople);
  }

  return router;
}
