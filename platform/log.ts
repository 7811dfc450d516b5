/** JSON logs, one line an event. What could tell who somebody is never reaches the output. */
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
];

export function createLogger(name: string, level: string): Logger {
  return pino({
    name,
    level,
    base: { name },
    formatters: { level: (label) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: personal.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[removed]' },
  });
}
