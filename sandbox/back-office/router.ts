/**
 * The corporation's back office, as docs/back-office.openapi.yaml promises it. It answers from the own register, so
 * that the same sample numbers exist whichever of the two the bot asks.
 */
import express, {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';
import { accountKinds, type AccountKind } from '../../domain/accounts/kinds.ts';
import { accountSpecs } from '../../domain/accounts/specs.ts';
import type { Logger } from '../../platform/log.ts';
import type { BackOfficeParts } from './parts.ts';
import type { BackOfficeFaults } from './faults.ts';
import { demandsOf, findAccount, type AccountDemands } from './accounts.ts';
import { objection } from './objection.ts';
import { receiptSchema } from './receipt.ts';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export function backOfficeRouter({ options, faults, books }: BackOfficeParts, log: Logger): Router {
  const { db, token } = options;
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

  const tellDemands =
    (kind: AccountKind): RequestHandler<{ number: string }> =>
    async ({ params: { number } }, response) => {
      if (!accountSpecs[kind].form.test(number)) {
        response.status(400).json({ error: 'malformed_number' });
        return;
      }
      const account = await findAccount(db, books, { kind, number });
      if (account === undefined) response.status(404).json({ error: `unknown_${kind}` });
      else response.json(spoiltDemands(demandsOf(account), faults.current.wrong));
    };
  for (const kind of accountKinds) {
    router.get(`/v1/${accountSpecs[kind].path}/:number/demands`, tellDemands(kind));
  }

  const json = express.json({ limit: '100kb', type: () => true });
  router.put('/v1/receipts/:number', json, async (request, response) => {
    const { data: receipt } = receiptSchema.safeParse(request.body);
    if (receipt?.number !== request.params['number']) {
      response.status(400).json({ error: 'malformed_receipt' });
      return;
    }
    const account = await findAccount(db, books, receipt.account);
    // From here on in one go: of two that pay the same bill, the second finds it paid.
    const against = objection(receipt, { account, books });
    if (against === undefined && faults.current.refuseReceipts) {
      response.status(422).json({ error: 'refused' });
    } else if (against === undefined || against === 'again') {
      if (against === undefined) books.take(receipt);
      const answer = spoiltTaken({ number: receipt.number }, faults.current.wrong);
      response.status(against === undefined ? 201 : 200).json(answer);
    } else {
      const { status, ...refusal } = against;
      response.status(status).json(refusal);
    }
  });

  router.use((_request, response) => {
    response.status(404).json({ error: 'no_such_address' });
  });
  router.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    if (isUnreadable(error)) response.status(400).json({ error: 'malformed_receipt' });
    else {
      log.warn({ err: error }, "the back office's register does not answer");
      response.status(503).json({ error: 'unavailable' });
    }
  });
  return router;
}

/** Express could not read the body: no JSON, too long. */
function isUnreadable(error: unknown): boolean {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 500;
}

function spoiltDemands(answer: AccountDemands, wrong: BackOfficeFaults['wrong']): unknown {
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

/** The receipt is taken all the same. */
function spoiltTaken({ number }: { readonly number: string }, wrong: BackOfficeFaults['wrong']): unknown {
  if (wrong === 'number') return { number: `${number}0` };
  if (wrong === 'shape') return { receipt: number };
  return { number };
}
