/** The API process: takes what comes in over HTTP. */
import { connect, type Database } from '../database/connection.ts';
import { schemaProblem } from '../database/schema.ts';
import { readFigures } from '../database/figures.ts';
import { refundPollsMs } from '../domain/payments/refund.ts';
import { createGateways, gatewaySettings } from '../gateways/pool.ts';
import { corporationFacts, corporationSettings } from '../platform/corporation.ts';
import { createLogger } from '../platform/log.ts';
import {
  createFigureMetrics,
  createGatewayMetrics,
  createIngressMetrics,
  createPoolMetrics,
  createRegistry,
} from '../platform/metrics.ts';
import { runProcess } from '../platform/process.ts';
import { receiptRules, receiptSettings } from '../platform/receipts.ts';
import { readSettings, SettingsError } from '../platform/settings.ts';
import { serveStatus } from '../platform/status.ts';
import { lazyClient, temporalSettings } from '../platform/temporal.ts';
import { startTracing, tracingSettings } from '../platform/tracing.ts';
import { createRecords } from '../records/create.ts';
import { createCreditPayment } from '../records/credit-payment.ts';
import { createWhatsAppClient } from '../whatsapp/client.ts';
import { createApp } from './app.ts';
import { createClosing } from './closing.ts';
import { createEar } from '../hearing/ear.ts';
import { createConversations } from './conversations.ts';
import { createDoor } from './door.ts';
import { gatewayCallbacks } from './gateway-callbacks.ts';
import { health } from './health.ts';
import { createDelivery, deliveryConnections } from './ingress/delivery.ts';
import { whatsappWebhook } from './ingress/whatsapp.ts';
import { pages } from './pages.ts';
import { payRoutes } from './pay.ts';
import { createPayments } from './payments.ts';
import { createRefunds } from './refunds.ts';
import { createRenewals } from './renewals.ts';
import { verifyRoutes } from './verify.ts';

/** A webhook holds one for a few milliseconds: enough for hundreds in a second, whatever pages and imports are doing. */
const webhookConnections = 8;

const log = createLogger('api', process.env['LOG_LEVEL'] ?? 'info');
await runProcess(log, start);

async function start(): Promise<() => Promise<void>> {
  const names = [
    ...temporalSettings,
    ...corporationSettings,
    ...receiptSettings,
    ...tracingSettings,
    'PORT',
    'API_METRICS_PORT',
    'SHUTDOWN_GRACE',
    'BIND_ADDRESS',
    'PROXY_HOPS',
    'DATABASE_URL',
    'DATABASE_POOL',
    'WHATSAPP_API_URL',
    'WHATSAPP_PHONE_NUMBER_ID',
    'WHATSAPP_ACCESS_TOKEN',
    'WHATSAPP_APP_SECRET',
    'WHATSAPP_VERIFY_TOKEN',
    'CONVERSATION_QUIET',
    'CONVERSATION_WINDOW',
    'PAYMENT_POLLS',
    'PAYMENT_POSTING_LATE',
    'REFUND_POLLS',
    'RENEWAL_REMINDER',
    'RETENTION_CHANGES',
  ] as const;
  const settings = readSettings(names, process.env, gatewaySettings);
  const gateways = createGateways(settings);
  const tracing = await startTracing('purosheba-api', settings);
  const registry = createRegistry();
  const metrics = createIngressMetrics(registry);
  const onLost = (error: Error): void => log.warn({ err: error }, 'lost a connection to Postgres');
  const url = settings.DATABASE_URL;
  // Pages and look-ups, webhooks, and delivery, which holds connections while it waits for Temporal: none waits for another.
  const pools = createPoolMetrics(registry);
  const open = (name: string, size: number): Database => {
    const onTaken = (waited: number): void => pools.waits.observe({ pool: name }, waited);
    const pool = connect({ url, size, name, onLost, onTaken });
    pools.watch(name, pool);
    return pool;
  };
  const db = open('api', settings.DATABASE_POOL);
  const problem = await schemaProblem(db);
  if (problem !== undefined) throw new SettingsError(problem);
  const webhookDb = open('api webhooks', webhookConnections);
  const deliveryDb = open('api delivery', deliveryConnections);
  createFigureMetrics(registry, () => readFigures(db));
  const temporal = lazyClient(settings, tracing && [tracing.client]);
  const whatsapp = createWhatsAppClient({
    apiUrl: settings.WHATSAPP_API_URL,
    phoneNumberId: settings.WHATSAPP_PHONE_NUMBER_ID,
    accessToken: settings.WHATSAPP_ACCESS_TOKEN,
  });
  const paymentTimes = {
    ...(settings.PAYMENT_POLLS && { pollsMs: settings.PAYMENT_POLLS }),
    postingLateMs: settings.PAYMENT_POSTING_LATE,
  };
  const payments = createPayments({ db, temporal, ...paymentTimes });
  const applying = receiptRules(settings);
  const records = createRecords({
    db,
    backOfficeUrl: settings.BACK_OFFICE_URL,
    backOfficeToken: settings.BACK_OFFICE_TOKEN,
  });
  const payByCredit = createCreditPayment({ db, records, settings: applying, log });
  const ear = await createEar((error) =>
    log.error({ err: error }, 'the ear failed; a message is read by its words alone'),
  );
  const delivery = createDelivery({
    db: deliveryDb,
    databaseUrl: url,
    temporal,
    carriers: {
      conversation: createConversations({
        db: deliveryDb,
        temporal,
        listen: ear.listen,
        quietMs: settings.CONVERSATION_QUIET,
        windowMs: settings.CONVERSATION_WINDOW,
      }).tell,
      payment: createPayments({ db: deliveryDb, temporal, ...paymentTimes }).tell,
      renewal: createRenewals({ db: deliveryDb, temporal, reminderMs: settings.RENEWAL_REMINDER }).tell,
      refund: createRefunds({
        db: deliveryDb,
        temporal,
        pollsMs: settings.REFUND_POLLS ?? refundPollsMs,
      }).tell,
    },
    metrics,
    log,
  });
  const facts = {
    ...corporationFacts(settings),
    gateways: gateways.all.map(({ name }) => name),
    retention: settings.RETENTION_CHANGES,
  };
  const closing = createClosing(settings.SHUTDOWN_GRACE);
  const app = createApp({
    log,
    proxyHops: settings.PROXY_HOPS,
    routers: [
      health({ db, temporal, isStopping: closing.isStopping }),
      whatsappWebhook({
        db: webhookDb,
        delivery,
        whatsapp,
        metrics,
        log,
        phoneNumberId: settings.WHATSAPP_PHONE_NUMBER_ID,
        secrets: settings.WHATSAPP_APP_SECRET,
        verifyToken: settings.WHATSAPP_VERIFY_TOKEN,
      }),
      gatewayCallbacks({
        db: webhookDb,
        gateways: gateways.all,
        applying,
        metrics: createGatewayMetrics(registry),
        facts,
        log,
      }),
      payRoutes({ db, payments, payByCredit, gateways, facts }),
      verifyRoutes({ db, facts }),
      pages(facts),
    ],
  });
  const server = createDoor(app);
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(settings.PORT, settings.BIND_ADDRESS, resolve),
  );
  const endStatus = await serveStatus({
    port: settings.API_METRICS_PORT,
    host: settings.BIND_ADDRESS,
    metrics: () => registry.metrics(),
    health: () => ({ healthy: !closing.isStopping(), delivering: delivery.isOpen() }),
  });
  log.info({ port: settings.PORT }, 'ready');

  return async () => {
    await closing.close(server);
    await delivery.stop();
    await temporal.connection.close();
    await Promise.all([db.end(), webhookDb.end(), deliveryDb.end()]);
    await tracing?.stop();
    endStatus();
  };
}
