/** The settings that `npm start` gives to every process, where the environment says nothing else. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { roles } from '../domain/people/role.ts';
import { houseGateways } from './gateways/all.ts';
import { postgresUrl, type PostgresOptions } from './postgres.ts';

/** Made once per data folder: the data would be unreadable without them. */
interface Secrets {
  readonly postgresPassword: string;
  readonly databaseOwnerPassword: string;
  readonly databasePassword: string;
  readonly appSecret: string;
  readonly accessToken: string;
  readonly verifyToken: string;
  readonly payloadKey: string;
  readonly backOfficeToken: string;
  /** Those of the gateways' stand-ins, by their names. */
  readonly [ofGateway: string]: string | undefined;
}

const ports = {
  PORT: '3000',
  SANDBOX_PORT: '4000',
  METRICS_PORT: '9464',
  API_METRICS_PORT: '9465',
  POSTGRES_PORT: '5433',
  TEMPORAL_PORT: '7233',
  TEMPORAL_UI_PORT: '8233',
};

/** Invented, and said to be so: what is true of the corporation is for the corporation to set. */
const corporation = {
  CORPORATION_NUMBER: '83359 99111',
  CORPORATION_OFFICE: JSON.stringify({
    bn: 'প্রধান কার্যালয় (নমুনা ঠিকানা), ১ নমুনা সরণি, কলকাতা',
    en: 'Head office (sample address), 1 Sample Street, Kolkata',
    hi: 'मुख्य कार्यालय (नमूना पता), 1 नमूना मार्ग, कोलकाता',
  }),
  CORPORATION_HOURS: JSON.stringify({
    bn: 'সোমবার থেকে শুক্রবার, সকাল ১০টা থেকে বিকেল ৫টা (নমুনা)',
    en: 'Monday to Friday, 10 am to 5 pm (sample)',
    hi: 'सोमवार से शुक्रवार, सुबह 10 बजे से शाम 5 बजे तक (नमूना)',
  }),
  CORPORATION_COMPLAINTS: JSON.stringify({
    bn: 'টেলিফোন 000 000 0000 (নমুনা নম্বর)',
    en: 'Telephone 000 000 0000 (sample number)',
    hi: 'टेलीफ़ोन 000 000 0000 (नमूना नंबर)',
  }),
  CORPORATION_LICENCES: JSON.stringify({
    bn: 'লাইসেন্স বিভাগ (নমুনা ঠিকানা), ১ নমুনা সরণি, কলকাতা',
    en: 'Licence Department (sample address), 1 Sample Street, Kolkata',
    hi: 'लाइसेंस विभाग (नमूना पता), 1 नमूना मार्ग, कोलकाता',
  }),
};

/**
 * The whole environment of the house. An empty variable counts as unset.
 * @param folder the data folder, where the secrets are kept
 */
export async function houseEnvironment(
  folder: string,
  given: NodeJS.ProcessEnv,
): Promise<{ readonly env: Record<string, string>; readonly passwords: PostgresOptions['passwords'] }> {
  const secrets = await readSecrets(folder);
  const set: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && value !== '') set[name] = value;
  }
  const port = { ...ports, ...set };
  const passwords = {
    superuser: secrets.postgresPassword,
    owner: secrets.databaseOwnerPassword,
    app: secrets.databasePassword,
  };
  const postgres = { port: Number(port.POSTGRES_PORT), passwords };
  const publicUrl = set['PUBLIC_URL'] ?? `http://127.0.0.1:${port.PORT}`;
  const env = {
    ...ports,
    ...corporation,
    PUBLIC_URL: publicUrl,
    // Invented people, real secrets: this machine only.
    BIND_ADDRESS: '127.0.0.1',
    DATABASE_URL: postgresUrl(postgres, 'app'),
    // Whoever brings a database of their own says who owns it.
    ...(set['DATABASE_URL'] === undefined && { DATABASE_OWNER_URL: postgresUrl(postgres, 'owner') }),
    TEMPORAL_ADDRESS: `127.0.0.1:${port.TEMPORAL_PORT}`,
    TEMPORAL_NAMESPACE: 'default',
    PAYLOAD_KEYS: `sandbox:${secrets.payloadKey}`,
    WHATSAPP_API_URL: `http://127.0.0.1:${port.SANDBOX_PORT}/v26.0`,
    WHATSAPP_PHONE_NUMBER_ID: '106540352242922',
    WHATSAPP_ACCESS_TOKEN: secrets.accessToken,
    WHATSAPP_APP_SECRET: secrets.appSecret,
    WHATSAPP_VERIFY_TOKEN: secrets.verifyToken,
    BACK_OFFICE_TOKEN: secrets.backOfficeToken,
    DESK_PERSON: 'Sandbox Officer',
    DESK_ROLES: roles.join(','),
    ...gatewaySettings(secrets, `http://127.0.0.1:${port.SANDBOX_PORT}`),
    // No proxy stands before this house.
    SHUTDOWN_GRACE: '0s',
    SANDBOX_WEBHOOK_URL: `http://127.0.0.1:${port.PORT}/webhooks/whatsapp`,
    SANDBOX_GATEWAY_WEBHOOKS_URL: `http://127.0.0.1:${port.PORT}/webhooks`,
    SANDBOX_DATA: join(folder, 'sandbox'),
    ...set,
  };
  return { env, passwords };
}

/** The house pays at the stand-ins of all gateways. */
function gatewaySettings(secrets: Secrets, sandboxUrl: string): Record<string, string> {
  const secret = (name: string): string => {
    const value = secrets[name];
    if (value === undefined) throw new Error(`no secret ${name}`);
    return value;
  };
  return Object.assign(
    {},
    ...Object.values(houseGateways).map((gateway) => gateway.settings(secret, sandboxUrl)),
  ) as Record<string, string>;
}

async function readSecrets(folder: string): Promise<Secrets> {
  const file = join(folder, 'sandbox.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const kept = text === undefined ? {} : (JSON.parse(text) as Partial<Secrets>);
  const fresh: Secrets = {
    postgresPassword: randomBytes(18).toString('hex'),
    databaseOwnerPassword: randomBytes(18).toString('hex'),
    databasePassword: randomBytes(18).toString('hex'),
    appSecret: randomBytes(16).toString('hex'),
    accessToken: randomBytes(32).toString('hex'),
    verifyToken: randomBytes(12).toString('hex'),
    payloadKey: randomBytes(32).toString('base64'),
    backOfficeToken: randomBytes(32).toString('hex'),
    ...Object.fromEntries(
      Object.values(houseGateways).flatMap((gateway) =>
        gateway.secrets.map((name) => [name, randomBytes(16).toString('hex')]),
      ),
    ),
  };
  // A folder of an earlier version lacks the younger ones.
  const secrets = { ...fresh, ...kept };
  if (Object.keys(fresh).every((name) => name in kept)) return secrets;
  await mkdir(folder, { recursive: true });
  // Moved into place when it is on the disk: half a file would lock everybody out of the data.
  const draft = `${file}.new`;
  await writeFile(draft, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600, flush: true });
  await rename(draft, file);
  return secrets;
}
