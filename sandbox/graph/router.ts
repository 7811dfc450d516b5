/** The Graph API over HTTP: versions, token, faults, and Meta's shape of every refusal. */
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { badToken, GraphError, refusal, unknownObject, unknownPath } from './errors.ts';
import type { Failure, FaultSwitch, FaultTarget } from './faults.ts';
import type { ChatOrders } from './orders.ts';
import type { MediaStore } from './media.ts';
import type { SandboxOptions } from './options.ts';
import type { Sender } from './send.ts';
import type { World } from './world.ts';

const versions = /^v2[0-6]\.0$/;

interface Parts {
  readonly options: SandboxOptions;
  readonly world: World;
  readonly sender: Sender;
  readonly media: MediaStore;
  readonly faults: FaultSwitch;
  readonly orders: ChatOrders;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export function graphRouter({ options, world, sender, media, faults, orders }: Parts): Router {
  const router = express.Router();

  const hasToken = (request: Request): boolean =>
    request.get('authorization') === `Bearer ${options.accessToken}`;

  router.use(async (request, _response, next) => {
    if (faults.current.down) {
      request.socket.destroy();
      return;
    }
    const latency = faults.latency();
    if (latency > 0) await pause(latency);
    next();
  });

  router.get('/whatsapp_business/attachments/', (request, response) => {
    if (!hasToken(request)) throw badToken();
    const found = media.resolve(request.query);
    if (!found) {
      response.status(404).type('text/plain').send('');
      return;
    }
    response
      .type(found.mimeType)
      .set('Content-Disposition', `attachment; filename="${found.id}"`)
      .send(world.bytesOf(found));
  });

  router.use('/:version', (request, _response, next) => {
    if (!versions.test(request.params.version)) throw unknownPath(request.path);
    if (!hasToken(request)) throw badToken();
    next();
  });

  router.post(
    '/:version/:number/messages',
    express.json({ limit: '1mb', type: () => true }),
    (request, response) => {
      mustBeOurs(request);
      const parsed = sender.parse(request.body as unknown);
      const failure = faults.takeFailure(parsed.kind === 'read' ? 'read' : 'messages');
      if (failure === 'answerLost') {
        sender.handle(parsed);
        request.socket.destroy();
        return;
      }
      if (failure !== undefined) {
        fail(failure, request, response);
        return;
      }
      response.json(sender.handle(parsed));
    },
  );

  router.post(
    '/:version/:number/media',
    failing('media'),
    express.raw({ limit: '101mb', type: 'multipart/form-data' }),
    async (request, response) => {
      mustBeOurs(request);
      response.json(await media.upload(request.body, request.get('content-type') ?? ''));
    },
  );

  router.get('/:version/:number/payments/:configuration/:reference', (request, response) => {
    mustBeOurs(request);
    const { configuration, reference } = request.params;
    response.json(orders.lookUp(configuration, reference));
  });

  router.get('/:version/:id', failing('media'), (request: Request, response) => {
    const id = String(request.params['id']);
    if (id === options.phoneNumberId) {
      response.json({
        verified_name: 'Kolkata Municipal Corporation',
        display_phone_number: options.corporationNumber,
        quality_rating: 'GREEN',
        id: options.phoneNumberId,
      });
      return;
    }
    const found = media.find(id, 'GET', request.query['phone_number_id']);
    response.json(media.describe(found, `${request.protocol}://${request.get('host') ?? ''}`));
  });

  router.delete('/:version/:id', (request, response) => {
    const { id } = media.find(request.params.id, 'DELETE', request.query['phone_number_id']);
    world.record({ kind: 'mediaGone', id });
    response.json({ success: true });
  });

  router.use((request) => {
    throw unknownPath(request.path);
  });

  router.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const known = error instanceof GraphError ? error : asRefusal(error);
    if (known.status >= 500) options.log.error({ err: error }, 'the stand-in itself failed');
    response.status(known.status).json(known.body);
  });

  function mustBeOurs(request: Request): void {
    const { number } = request.params;
    if (number !== options.phoneNumberId) throw unknownObject(request.method, String(number));
  }

  function failing(target: FaultTarget) {
    return (request: Request, response: Response, next: NextFunction): void => {
      const failure = faults.takeFailure(target);
      if (failure === undefined) next();
      else fail(failure, request, response);
    };
  }

  return router;
}

function fail(failure: Failure, request: Request, response: Response): void {
  switch (failure) {
    case 'http429': {
      const { body } = refusal(130429, 'Cloud API message throughput has been reached.');
      response.status(429).json(body);
      return;
    }
    case '131056':
      throw refusal(131056, 'Too many messages sent from this phone number to the same phone number.');
    case 'http500':
      throw refusal(131000, 'Message failed to send due to an unknown error.');
    case 'http503html':
      response
        .status(503)
        .type('html')
        .send(
          '<!DOCTYPE html><html><head><title>Error</title></head><body>Sorry, something went wrong.</body></html>',
        );
      return;
    case 'timeout':
      // Never answered; the caller gives up, or the process ends.
      return;
    case 'answerLost':
    case 'reset':
      request.socket.destroy();
  }
}

/** Express's own complaints (a body that is no JSON, or too long) and bugs of the stand-in. */
function asRefusal(error: unknown): GraphError {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 500
    ? refusal(100, 'The request body is not valid JSON or too long.')
    : refusal(131000, 'Message failed to send due to an unknown error.');
}
