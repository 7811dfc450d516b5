/**
 * The settings that are nobody's in particular, and how all are read from the environment and checked. A missing or wrong
 * one stops the start with its name, what it is for and an example. A payment gateway defines its own (gateways/pool.ts).
 */
import { z } from 'zod';
import { languages } from '../domain/language.ts';
import { roles } from '../domain/people/role.ts';
import { receiptYears } from '../domain/payments/receipt.ts';
import { isDate } from '../domain/calendar.ts';
import { mistakesIn, retentionKinds } from '../domain/retention.ts';
import { queueNames } from '../domain/task-queues.ts';
import { pem } from './pem.ts';
import { unsafeAddress, weakKeys, weakPasswordIn, weakSecret } from './production.ts';

/** One setting: how to read it, what it is for, an example that is valid. */
export interface Setting<T> {
  readonly schema: z.ZodType<T, string | undefined>;
  readonly purpose: string;
  readonly example: string;
  /** The name of another one that must be set where this one is. */
  readonly needs?: string;
  /** Why a value that can be read is not fit for production, if so (platform/production.ts). */
  readonly unfit?: (given: string) => string | undefined;
}

export const setting = <T>(
  schema: z.ZodType<T, string | undefined>,
  purpose: string,
  example: string,
  needs?: string,
): Setting<T> => ({
  schema,
  purpose,
  example,
  needs,
});

/** The same setting, with what production refuses of it. */
export const guarded = <T>(
  definition: Setting<T>,
  unfit: (given: string) => string | undefined,
): Setting<T> => ({ ...definition, unfit });

const text = z.string().trim().min(1);
/** An address without a slash at the end. */
export const url = z.url().transform((value) => value.replace(/\/+$/, ''));
const port = z.coerce.number<string>().int().min(1).max(65535);
const whole = (minimum: number): z.ZodType<number, string> => z.coerce.number<string>().int().min(minimum);

/** A duration such as `30m`, `24h`, `1500ms`, in milliseconds. */
const duration = z
  .string()
  .regex(/^\d+(ms|s|m|h|d)$/)
  .transform((value) => {
    const unit = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
    const [, amount = '0', name = 'ms'] = /^(\d+)(\w+)$/.exec(value) ?? [];
    return Number(amount) * unit[name as keyof typeof unit];
  });

/** Several, with commas between them. */
const durations = z
  .string()
  .transform((value) => value.split(',').map((each) => each.trim()))
  .pipe(z.array(duration));

function parseJson(value: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(value);
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON' });
    return z.NEVER;
  }
}

const inEveryLanguage = z
  .string()
  .transform(parseJson)
  .pipe(z.record(z.enum(languages), text));

/** What is kept longer or shorter than domain/retention.ts says, never shorter than the law asks. */
const retentionChanges = z
  .string()
  .default('{}')
  .transform(parseJson)
  .pipe(
    z.partialRecord(
      z.enum(retentionKinds),
      z.array(
        z.strictObject({
          from: z.string().refine(isDate, 'not a date such as 2027-04-01'),
          days: z.number().int().min(1),
          reason: text,
        }),
      ),
    ),
  )
  .superRefine((changes, context) => {
    for (const message of mistakesIn(changes)) context.addIssue({ code: 'custom', message });
  });

/** One of the AES-256 keys for what Temporal stores. */
export interface PayloadKey {
  readonly name: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

/** The first one encrypts, all of them decrypt. */
export type PayloadKeys = readonly [PayloadKey, ...PayloadKey[]];

/** `name:base64,name:base64` */
const payloadKeys = z.string().transform((value, context): PayloadKeys => {
  const keys = value.split(',').map((entry) => {
    const [name = '', key = ''] = entry.trim().split(':');
    return { name, key: Buffer.from(key, 'base64') };
  });
  if (keys.some(({ name, key }) => name === '' || key.length !== 32)) {
    context.addIssue({ code: 'custom', message: 'not name:base64 of 32 bytes' });
  }
  const [first, ...others] = keys;
  return first ? [first, ...others] : z.NEVER;
});

const settings = {
  LOG_LEVEL: setting(
    z.enum(['debug', 'info', 'warn', 'error']).default('info'),
    'how much is logged',
    'info',
  ),
  PORT: setting(port.default(3000), 'port of the API: webhooks, pages, health', '3000'),
  BIND_ADDRESS: setting(
    text.optional(),
    'the address of this machine on which API and worker listen; without it, on all, as a container needs it',
    '127.0.0.1',
  ),
  PUBLIC_URL: guarded(
    setting(url, 'the address under which citizens reach the API, for links', 'https://seva.example.org'),
    unsafeAddress,
  ),
  PROXY_HOPS: setting(
    whole(0).default(0),
    "reverse proxies in front of the API, whose word about a visitor's address is trusted",
    '1',
  ),
  RELEASE: setting(
    z
      .string()
      .regex(/^[\w.-]{1,64}$/)
      .optional(),
    'the name of this release: its workers take only what is meant for it (docs/release.md); without one they take everything',
    '2026-12-01',
  ),
  WORKER_QUEUES: setting(
    z
      .string()
      .transform((value) => value.split(',').map((queue) => queue.trim()))
      .pipe(z.array(z.enum(queueNames)).min(1))
      .default([...queueNames]),
    'the task queues that a worker serves, separated by commas; all workers together must serve every one. ' +
      `Without it, all: ${queueNames.join(', ')}`,
    'documents',
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(
    url.optional(),
    'the OpenTelemetry collector that takes traces by OTLP over HTTP; without it nothing is traced',
    'http://collector.internal:4318',
  ),
  METRICS_PORT: setting(port.default(9464), "port of the worker's health and metrics, for operators", '9464'),
  API_METRICS_PORT: setting(
    port.default(9465),
    "port of the API's health and metrics, for operators: no way leads there from outside",
    '9465',
  ),
  SHUTDOWN_GRACE: setting(
    duration.refine((ms) => ms <= 10_000, 'at most 10s').default(5_000),
    'how long an API that is told to end still takes requests after /readyz has said 503, so that proxies send them elsewhere',
    '5s',
  ),
  DATABASE_URL: guarded(
    setting(
      z.string().regex(/^postgres(ql)?:\/\//),
      'the Postgres database',
      'postgres://purosheba:secret@db.internal:5432/purosheba',
    ),
    weakPasswordIn,
  ),
  DATABASE_OWNER_URL: guarded(
    setting(
      z
        .string()
        .regex(/^postgres(ql)?:\/\//)
        .optional(),
      'the same database as the owner of its schema, for migrations only; API and worker run under another role',
      'postgres://purosheba_owner:secret@db.internal:5432/purosheba',
    ),
    weakPasswordIn,
  ),
  DATABASE_POOL: setting(whole(1).default(10), 'connections to Postgres that one process may hold', '10'),
  TEMPORAL_ADDRESS: setting(
    z.string().regex(/^[^/:\s]+:\d+$/),
    'the Temporal server, host and port',
    'temporal.internal:7233',
  ),
  POSTGRES_PORT: setting(port.default(5433), 'port of the Postgres that npm start starts', '5433'),
  TEMPORAL_PORT: setting(port.default(7233), 'port of the Temporal server that npm start starts', '7233'),
  TEMPORAL_UI_PORT: setting(port.default(8233), 'port of its Web UI', '8233'),
  TEMPORAL_NAMESPACE: setting(text.default('default'), 'the Temporal namespace', 'purosheba'),
  TEMPORAL_API_KEY: setting(text.optional(), 'API key of Temporal Cloud; switches TLS on', 'tmprl_…'),
  TEMPORAL_TLS: setting(
    z
      .enum(['true', 'false'])
      .default('false')
      .transform((value) => value === 'true'),
    'whether the Temporal server wants TLS',
    'true',
  ),
  TEMPORAL_TLS_CERT: setting(
    pem('certificate').optional(),
    'client certificate for the Temporal server, as PEM or the path of its file; switches TLS on',
    '/run/secrets/temporal.pem',
    'TEMPORAL_TLS_KEY',
  ),
  TEMPORAL_TLS_KEY: setting(
    pem('private key').optional(),
    'private key of the client certificate, as PEM or the path of its file',
    '/run/secrets/temporal.key',
    'TEMPORAL_TLS_CERT',
  ),
  TEMPORAL_TLS_CA: setting(
    pem('certificate').optional(),
    'whose certificates the Temporal server has, where no public authority signed them; switches TLS on',
    '/run/secrets/temporal-ca.pem',
  ),
  TEMPORAL_TLS_SERVER_NAME: setting(
    text.optional(),
    "the name in the Temporal server's certificate, where it is another than that of its address; switches TLS on",
    'purosheba.a1b2c.tmprl.cloud',
  ),
  PAYLOAD_KEYS: guarded(
    setting(
      payloadKeys,
      'AES-256 keys that encrypt what Temporal stores: name:base64 of 32 bytes, newest first',
      `2026a:${Buffer.alloc(32, 'example').toString('base64')}`,
    ),
    weakKeys,
  ),
  WHATSAPP_API_URL: guarded(
    setting(
      url.default('https://graph.facebook.com/v26.0'),
      "Meta's Graph API with its version; v26.0 is added where none is given",
      'https://graph.facebook.com/v26.0',
    ),
    unsafeAddress,
  ),
  WHATSAPP_PHONE_NUMBER_ID: setting(
    z.string().regex(/^\d+$/),
    "Meta's id of the corporation's WhatsApp number",
    '106540352242922',
  ),
  WHATSAPP_ACCESS_TOKEN: guarded(setting(text, 'system-user token for sending', 'EAAG…'), weakSecret),
  WHATSAPP_APP_SECRET: guarded(
    setting(
      text.transform((value) => value.split(',').map((secret) => secret.trim())),
      'app secret that signs webhooks; two, separated by a comma, while it is being changed',
      'a1b2c3',
    ),
    weakSecret,
  ),
  WHATSAPP_VERIFY_TOKEN: guarded(
    setting(text, 'the word that Meta repeats when the webhook is set up', 'choose-a-word'),
    weakSecret,
  ),
  WHATSAPP_SENDS_PER_SECOND: setting(
    whole(1).default(70),
    'messages a second that retried sends may use, of the 80 that one number has',
    '70',
  ),
  GATEWAY_CALLS_PER_SECOND: setting(
    whole(1).default(20),
    'calls a second that each payment gateway is given by all workers together',
    '20',
  ),
  GATEWAY_SLOW: setting(
    duration.refine((ms) => ms >= 500 && ms <= 7_000, 'neither 500ms nor 7s, nor between').default(3_000),
    'from when on the opening of a payment page counts as slow: where another merchant account is well, the citizen is sent ' +
      'there instead',
    '3s',
  ),
  WHATSAPP_UNKNOWN_WAIT: setting(
    duration.default(15_000),
    'how long a send without an answer waits for a status that proves it went, before it is sent again',
    '15s',
  ),
  CONVERSATION_QUIET: setting(
    duration.default(1_800_000),
    'silence after which a half-done service is left',
    '30m',
  ),
  CONVERSATION_WINDOW: setting(
    duration.default(86_400_000),
    "silence after which a conversation ends: WhatsApp's customer-service window",
    '24h',
  ),
  CITIZEN_PLACES: setting(
    z
      .enum(['on', 'off'])
      .default('on')
      .transform((value) => value === 'on'),
    'whether the menu shows a citizen who greets the numbers that they have named or paid, with what is due on each',
    'off',
  ),
  WHATSAPP_PAYMENTS: setting(
    z
      .enum(['on', 'off'])
      .default('off')
      .transform((value) => value === 'on'),
    'whether orders are paid within WhatsApp, at the merchant accounts that have a whatsappConfiguration; else under their link',
    'on',
  ),
  BACK_OFFICE_URL: guarded(
    setting(
      url.optional(),
      "the corporation's back office (docs/back-office.openapi.yaml); without it the own register answers",
      'https://records.example.org',
      'BACK_OFFICE_TOKEN',
    ),
    unsafeAddress,
  ),
  BACK_OFFICE_TOKEN: guarded(
    setting(text.optional(), 'bearer token for the back office', 'choose-a-secret'),
    weakSecret,
  ),
  BACK_OFFICE_TIMEOUT: setting(
    duration
      .refine((ms) => ms <= 3_500, 'at most 3500ms: a turn of a conversation has four seconds')
      .default(3_000),
    'how long the back office may take for an answer that a citizen waits for in the chat; later ones are promised and sent',
    '3s',
  ),
  PAYMENT_LINK_LIFETIME: setting(
    duration.default(86_400_000),
    'for how long a link to pay can be used; it also ends with the day on which its amount ends to hold',
    '24h',
  ),
  PAYMENT_POLLS: setting(
    durations.optional(),
    'when the gateway is asked about a payment, counted from its beginning, instead of the usual times',
    '30s,1m,5m,1h,1d',
  ),
  PAYMENT_POSTING_LATE: setting(
    duration.default(900_000),
    "how long the corporation's records may take to accept a receipt before a person should look",
    '15m',
  ),
  RECEIPT_COUNTER: setting(
    z
      .string()
      .regex(/^[A-Z]{1,4}$/)
      .default('W'),
    'the series of receipt numbers, which have no gaps within a financial year',
    'W',
  ),
  // By posting, a year's numbers are complete once the year has ended: nothing is added to books that were closed.
  RECEIPT_YEAR: setting(
    z.enum(receiptYears).default('posting'),
    'whose financial year the number of a receipt is of where the two differ (31 March): of the day on which it is posted ' +
      '(posting), or on which the citizen paid (payment). Ask finance; both dates are printed',
    'posting',
  ),
  CERTIFICATE_COUNTER: setting(
    z
      .string()
      .regex(/^[A-Z]{1,4}$/)
      .default('CE'),
    'the series of certificate numbers; another than that of the receipts',
    'CE',
  ),
  CREDIT_NOTE_COUNTER: setting(
    z
      .string()
      .regex(/^[A-Z]{1,4}$/)
      .default('CN'),
    'the series of credit note numbers; another than those of receipts and certificates',
    'CN',
  ),
  REFUND_POLLS: setting(
    durations.optional(),
    'when the gateway is asked about a refund, counted from when the second person agreed, instead of the usual times',
    '1m,15m,1h,6h,1d,3d,7d',
  ),
  RENEWAL_LIFETIME: setting(
    duration.default(259_200_000),
    'for how long the renewal of a licence may stay unpaid before it lapses',
    '3d',
  ),
  RENEWAL_REMINDER: setting(
    duration.default(72_000_000),
    "how long after the link the citizen is reminded of it, once; within WhatsApp's window nothing else is needed",
    '20h',
  ),
  RENEWALS_OPEN: setting(
    whole(1).default(3),
    'applications for renewal that one citizen may have open at once',
    '3',
  ),
  DESK_PERSON: setting(
    z
      .string()
      .trim()
      .regex(/^[^\p{Cc}]{2,100}$/u),
    'who acts at the desk, as it is to stand in the audit log',
    'Invented Officer',
  ),
  DESK_ROLES: setting(
    z
      .string()
      .transform((value) => value.split(',').map((role) => role.trim()))
      .pipe(z.array(z.enum(roles)).min(1)),
    `what this person may decide, separated by commas: ${roles.join(', ')}`,
    'licences',
  ),
  LOOKUPS_PER_HOUR: setting(
    whole(1).default(30),
    'different numbers that one citizen may ask for within an hour',
    '30',
  ),
  RETENTION_CHANGES: setting(
    retentionChanges,
    'for how many days the corporation keeps a kind of data, from which day on, where that differs from domain/retention.ts',
    '{"look-ups":[{"from":"2027-04-01","days":730,"reason":"Resolution of 1 March 2027"}]}',
  ),
  CORPORATION_NUMBER: setting(
    z.string().regex(/^[+\d][\d ]{6,}$/),
    'the WhatsApp number as citizens know it',
    '83359 99111',
  ),
  CORPORATION_OFFICE: setting(
    inEveryLanguage,
    'name and address of the head office',
    '{"bn":"…","en":"…","hi":"…"}',
  ),
  CORPORATION_HOURS: setting(inEveryLanguage, 'when the offices are open', '{"bn":"…","en":"…","hi":"…"}'),
  CORPORATION_COMPLAINTS: setting(
    inEveryLanguage,
    'where to complain: a telephone or a page',
    '{"bn":"…","en":"…","hi":"…"}',
  ),
  CORPORATION_LICENCES: setting(
    inEveryLanguage,
    'the office or page where details of a trade licence are corrected',
    '{"bn":"…","en":"…","hi":"…"}',
  ),
  SANDBOX_PORT: setting(
    port.default(4000),
    'port of the sandbox: the phone and the stand-ins that npm start brings',
    '4000',
  ),
  SANDBOX_CITY: setting(
    whole(0).default(2_000),
    'properties of the invented city that npm start puts into an empty register; 0 for none. Given with a ' +
      'DATABASE_URL, it fills that one too',
    '2000',
  ),
  SANDBOX_WEBHOOK_URL: setting(
    url.default('http://127.0.0.1:3000/webhooks/whatsapp'),
    "where the sandbox posts WhatsApp's webhooks",
    'http://127.0.0.1:3000/webhooks/whatsapp',
  ),
  SANDBOX_GATEWAY_WEBHOOKS_URL: setting(
    url.default('http://127.0.0.1:3000/webhooks'),
    "where the sandbox posts the gateways' callbacks; each adds its name, as in /webhooks/billdesk",
    'http://127.0.0.1:3000/webhooks',
  ),
  SANDBOX_DATA: setting(
    text.default('.data/sandbox'),
    'folder of the sandbox: chats, media and payments',
    '.data/sandbox',
  ),
} as const;

export type SettingName = keyof typeof settings;
export const settingNames = Object.keys(settings) as SettingName[];
export type Settings = ValuesOf<typeof settings>;

/** Settings that a module defines for itself, by their names. */
export type SettingDefinitions = Readonly<Record<string, Setting<unknown>>>;

export type ValuesOf<D extends SettingDefinitions> = {
  readonly [K in keyof D]: D[K] extends Setting<infer T> ? T : never;
};

/** Says for each bad setting its name, what is wrong, what it is for and an example. Never its value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads the settings that a process needs.
 * @param modules settings that modules define, all of which are read
 * @throws SettingsError naming every missing or malformed one at once
 */
export function readSettings<K extends SettingName>(
  names: readonly K[],
  environment?: NodeJS.ProcessEnv,
): Pick<Settings, K>;
export function readSettings<K extends SettingName, D extends SettingDefinitions>(
  names: readonly K[],
  environment: NodeJS.ProcessEnv,
  modules: D,
): Pick<Settings, K> & ValuesOf<D>;
export function readSettings(
  names: readonly SettingName[],
  environment: NodeJS.ProcessEnv = process.env,
  modules: SettingDefinitions = {},
): object {
  const known: SettingDefinitions = { ...settings, ...modules };
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  // As the Dockerfile sets it.
  const inProduction = environment['NODE_ENV'] === 'production';
  // An empty variable counts as unset, as compose files write it.
  const given = (name: string): string | undefined => environment[name] || undefined;
  for (const name of [...names, ...Object.keys(modules)]) {
    const definition = known[name];
    if (definition === undefined) throw new Error(`no setting ${name}`);
    const { schema, purpose, example, needs, unfit } = definition;
    const raw = given(name);
    const result = schema.safeParse(raw);
    const why = result.success && inProduction && raw !== undefined ? unfit?.(raw) : undefined;
    if (why !== undefined)
      problems.push(
        `${name} is not fit for production: ${why}. It is ${purpose}. Example: ${name}=${example}`,
      );
    else if (result.success) values[name] = result.data;
    else {
      const what = raw === undefined ? 'is not set' : 'is malformed';
      const wrong = raw === undefined ? '' : ` Wrong: ${mistakesOf(result.error)}.`;
      problems.push(`${name} ${what}: ${purpose}.${wrong} Example: ${name}=${example}`);
    }
    const other = known[needs ?? ''];
    if (raw !== undefined && needs !== undefined && other !== undefined && given(needs) === undefined) {
      problems.push(
        `${needs} is not set, and ${name} needs it: ${other.purpose}. Example: ${needs}=${other.example}`,
      );
    }
  }
  if (problems.length > 0) throw new SettingsError(problems.join('\n'));
  return values;
}

/** What is wrong, and where inside a list or an object. The schemas' words never repeat a value. */
const mistakesOf = ({ issues }: z.ZodError): string =>
  issues
    .slice(0, 5)
    .map(({ path, message }) => [...path, message].join(': '))
    .join('; ');
