/** The sandbox process: settings from the environment, one port, an end when its parent ends. */
import { connect } from '../database/connection.ts';
import { gatewaySettings } from '../gateways/pool.ts';
import { createLogger } from '../platform/log.ts';
import { readSettings } from '../platform/settings.ts';
import { gatewayNames } from '../domain/payments/gateways.ts';
import { houseGateways } from './gateways/all.ts';
import { createGuide } from './phone/guide.ts';
import { createSandbox } from './sandbox.ts';

const names = [
  'WHATSAPP_PHONE_NUMBER_ID',
  'WHATSAPP_ACCESS_TOKEN',
  'WHATSAPP_APP_SECRET',
  'WHATSAPP_VERIFY_TOKEN',
  'CORPORATION_NUMBER',
  'BACK_OFFICE_URL',
  'BACK_OFFICE_TOKEN',
  'DATABASE_URL',
  'LOG_LEVEL',
  'PAYLOAD_KEYS',
  'TEMPORAL_NAMESPACE',
  'TEMPORAL_UI_PORT',
  'SANDBOX_PORT',
  'SANDBOX_WEBHOOK_URL',
  'SANDBOX_GATEWAY_WEBHOOKS_URL',
  'SANDBOX_DATA',
] as const;
const settings = readSettings(names, process.env, gatewaySettings);
const log = createLogger('sandbox', settings.LOG_LEVEL);

const db = connect({
  url: settings.DATABASE_URL,
  size: 2,
  name: 'sandbox',
  onLost: (error) => log.warn({ err: error }, 'lost a connection to Postgres'),
});
const backOfficeToken = settings.BACK_OFFICE_TOKEN;
const backOffice = backOfficeToken !== undefined && {
  db,
  token: backOfficeToken,
  inUse: settings.BACK_OFFICE_URL?.endsWith(`:${settings.SANDBOX_PORT}/back-office`) ?? false,
};

const running = await createSandbox({
  phoneNumberId: settings.WHATSAPP_PHONE_NUMBER_ID,
  accessToken: settings.WHATSAPP_ACCESS_TOKEN,
  appSecrets: settings.WHATSAPP_APP_SECRET,
  verifyToken: settings.WHATSAPP_VERIFY_TOKEN,
  corporationNumber: settings.CORPORATION_NUMBER,
  webhookUrl: settings.SANDBOX_WEBHOOK_URL,
  dataFolder: settings.SANDBOX_DATA,
  log,
  ...(backOffice && { backOffice }),
  guide: createGuide({
    db,
    databaseUrl: settings.DATABASE_URL,
    webUi: `http://127.0.0.1:${settings.TEMPORAL_UI_PORT}`,
    namespace: settings.TEMPORAL_NAMESPACE,
  }),
  gateways: gatewayNames
    .map((name) =>
      houseGateways[name].standIn(settings, {
        webhookUrl: `${settings.SANDBOX_GATEWAY_WEBHOOKS_URL}/${name}`,
        sandboxPort: settings.SANDBOX_PORT,
      }),
    )
    .filter((make) => make !== undefined),
  codec: { keys: settings.PAYLOAD_KEYS, uiPort: settings.TEMPORAL_UI_PORT },
}).listen(settings.SANDBOX_PORT);
log.info({ url: running.url }, 'listening');

/** Everything that was answered is already written down, so an end needs no more than closing the port. */
function stop(): void {
  setTimeout(() => process.exit(0), 800).unref();
  void running.close().then(() => process.exit(0));
}
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
// The parent is gone: nobody is left who would end this process.
process.once('disconnect', stop);
