/** JSON logs, one line an event. What could tell who somebody is never reaches the output. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { pino, type DestinationStream, type Logger } from 'pino';
import { traceId } from './tracing.ts';

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

/** What a line is about: a request, or an activity of a workflow. */
type LogFields = Readonly<Record<string, string | number>>;

const currentFields = new AsyncLocalStorage<LogFields>();

/** Everything logged while `run` is at work carries these. */
export function withLogFields<T>(fields: LogFields, run: () => T): T {
  return currentFields.run(fields, run);
}

/** @param to the standard output, unless somebody else wants the lines */
export function createLogger(
  name: string,
  level: string,
  to: DestinationStream = pino.destination(1),
): Logger {
  return pino(
    {
      name,
      level,
      base: { name },
      mixin: () => {
        const trace = traceId();
        return { ...currentFields.getStore(), ...(trace !== undefined && { trace }) };
      },
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: personal.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[removed]' },
    },
    to,
  );
}
