/**
 * The corporation's back office, as docs/back-office.openapi.yaml promises it. It answers from the own register, so
 * that the same sample numbers exist whichever of the two the bot asks.
 */
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import type { Database } from '../../database/connection.ts';
import { lookUp, type RegisterEntry } from '../../database/register.ts';
import type { Logger } from '../../platform/log.ts';
import type { BackOfficeFaults, BackOfficeFaultSwitch } from './faults.ts';

export interface BackOfficeOptions {
  readonly db: Database;
  /** BACK_OFFICE_TOKEN. */
  readonly token: string;
  /** Whether the bot asks here; otherwise its own register answers, and the panel says so. */
  readonly inUse: boolean;
}

interface Parts extends BackOfficeOptions {
  readonly faults: BackOfficeFaultSwitch;
  readonly log: Logger;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export function backOfficeRouter({ db, token, faults, log }: Parts): Router {
  const router = express.Router();

  router.use(async (request, response, next) => {
    if (faults.current.down) {
      request.socket.destroy();
      return;
    }
    if (faults.current.latencyMs > 0) await pause(faults.current.latencyMs);
    // Whoever asked has given up meanwhile.
    if (request.socket.destroyed) return;
    if (request.get('authorization') !== `Bearer ${token}`) {
      response.status(401).set('WWW-Authenticate', 'Bearer').json({ error: 'unauthorized' });
    } else if (faults.current.http500) {
      response.status(500).json({ error: 'internal' });
    } else if (faults.current.wrong === 'html404') {
      response.status(404).type('html').send('<!DOCTYPE html><title>404</title><h1>Not Found</h1>');
    } else next();
  });

  router.get('/v1/properties/:number/demands', async (request, response) => {
    const { number } = request.params;
    if (!/^\d{12}$/.test(number)) {
      response.status(400).json({ error: 'malformed_number' });
      return;
    }
    const entry = await lookUp(db, 'property', number);
    if (entry === undefined) response.status(404).json({ error: 'unknown_property' });
    else response.json(spoilt(answerOf(entry), faults.current.wrong));
  });

  router.use((_request, response) => {
    response.status(404).json({ error: 'no_such_address' });
  });
  router.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    log.warn({ err: error }, "the back office's register does not answer");
    response.status(503).json({ error: 'unavailable' });
  });
  return router;
}

/** `PropertyDemands` of the document. What is undefined is left out on the wire. */
function answerOf({ account, demands }: RegisterEntry) {
  const { number, owner, address, ward, residential, senior, green } = account;
  return {
    number,
    owner,
    address,
    ward,
    residential,
    senior,
    green,
    demands: demands.map(({ id, kind, periodFrom, periodTo, presentedOn, lines, coveredBy }) => ({
      id,
      kind,
      periodFrom,
      periodTo,
      presentedOn,
      lines: lines.map((line) => ({ kind: line.kind, amountPaise: line.amount })),
      coveredBy,
    })),
  };
}

function spoilt(answer: ReturnType<typeof answerOf>, wrong: BackOfficeFaults['wrong']): unknown {
  if (wrong === 'number') {
    const lastDigit = (Number(answer.number.at(-1)) + 1) % 10;
    return { ...answer, number: `${answer.number.slice(0, -1)}${lastDigit}` };
  }
  if (wrong === 'shape') {
    const bills = answer.demands.map(({ lines, ...bill }) => ({
      ...bill,
      lines: lines.map(({ kind, amountPaise }) => ({ kind, amount: (amountPaise / 100).toFixed(2) })),
    }));
    return { ...answer, demands: undefined, bills };
  }
  return answer;
}
