/** JSON logs, one line an event. What could tell who somebody is never reaches the output. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { pino, type Logger } from 'pino';

export type { Logger };

/** Keys whose values are removed wherever they stand in a logged object. */
const personal = [
  'phone',
  'bsuid',
  'profileName',
  'username',
  'text',
  'body',
  'token',
  'authorization',
  'to',
  'recipient',
  // Of Postgres's errors: it quotes the row that broke a rule.
  'detail',
];

const currentRequest = new AsyncLocalStorage<string>();

/** Everything logged while `run` is at work carries this id. */
export function withRequestId<T>(id: string, run: () => T): T {
  return currentRequest.run(id, run);
}

export function createLogger(name: string, level: string): Logger {
  return pino({
    name,
    level,
    base: { name },
    mixin: () => {
      const request = currentRequest.getStore();
      return request === undefined ? {} : { request };
    },
    formatters: { level: (label) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: personal.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[removed]' },
  });
}
