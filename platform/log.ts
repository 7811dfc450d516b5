/** JSON logs, one line an event. What could tell who somebody is never reaches the output. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';
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
];

/** What of an error of Postgres is a name or a code of ours. All the rest may quote a row, a statement or a parameter. */
const ofDatabaseError = [
  'code',
  'severity',
  'schema',
  'table',
  'column',
  'constraint',
  'dataType',
  'routine',
];

/**
 * An error with its stack; one of Postgres without any free text, and so each that such a one has caused: their words repeat
 * its own.
 */
export function errorInLog(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const database = databaseErrorIn(error);
  if (!database) return stdSerializers.err(error);
  const stack = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const fields = Object.entries(database).filter(([name]) => ofDatabaseError.includes(name));
  return { type: error.name, message: '[removed]', stack: stack.join('\n'), ...Object.fromEntries(fields) };
}

/** The error of Postgres that this one is, or that caused it (PostgreSQL, "Error and Notice Message Fields"). */
function databaseErrorIn(error: Error): Error | undefined {
  if ('severity' in error && 'code' in error) return error;
  return error.cause instanceof Error ? databaseErrorIn(error.cause) : undefined;
}

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
      serializers: { err: errorInLog },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: personal.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[removed]' },
    },
    to,
  );
}
