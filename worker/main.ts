/** The worker process: runs conversations and everything they do. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  DefaultLogger,
  makeTelemetryFilterString,
  NativeConnection,
  Runtime,
  Worker,
  type LogEntry,
} from '@temporalio/worker';
import { createOpenInChat } from '../activities/chat-orders.ts';
import { createCitizenActivities } from '../activities/citizens.ts';
import { createDocumentActivities } from '../activities/documents.ts';
import { createCreditActivities } from '../activities/credit.ts';
import { createPaymentActivities } from '../activities/payments.ts';
import { createPurgeActivities } from '../activities/purge.ts';
import { createLookUp, timedFind } from '../activities/look-up.ts';
import { createRecordActivities } from '../activities/records.ts';
import { createRefundActivities } from '../activities/refunds.ts';
import { createRenewalActivities } from '../activities/renewals.ts';
import { createReplyActivities } from '../activities/replies.ts';
import { connect } from '../database/connection.ts';
import { schemaProblem } from '../database/schema.ts';
import { createGateways, gatewaySettings } from '../gateways/pool.ts';
import { corporationFacts, corporationSettings } from '../platform/corporation.ts';
import { createLogger, type Logger } from '../platform/log.ts';
import {
  createOutboundMetrics,
  createPoolMetrics,
  createPurgeMetrics,
  createRegistry,
  createWorkMetrics,
} from '../platform/metrics.ts';
import { runProcess } from '../platform/process.ts';
import { receiptRules, receiptSettings } from '../platform/receipts.ts';
import { readSettings, SettingsError } from '../platform/settings.ts';
import { serveStatus } from '../platform/status.ts';
import { connectionOptions, dataConverter, temporalSettings } from '../platform/temporal.ts';
import { startTracing, tracingSettings } from '../platform/tracing.ts';
import { createRecords } from '../records/create.ts';
import { createCreditPayment } from '../records/credit-payment.ts';
import { createFind } from '../records/find.ts';
import { createRuleBook } from '../records/rule-book.ts';
import { createWhatsAppClient } from '../whatsapp/client.ts';
import { workflowBundle as bundleOfWorkflows } from './bundle.ts';
import { deploymentOptions } from './deployment.ts';
import { namedInLog, traceSinks } from './interceptors.ts';
import { queueWorkers } from './options.ts';

/** An activity that calls the gateway may make two calls within its twenty seconds. */
const gatewayTimeoutMs = 7_000;

const log = createLogger('worker', process.env['LOG_LEVEL'] ?? 'info');
await runProcess(log, start);

async function start(): Promise<() => Promise<void>> {
  const names = [
    ...temporalSettings,
    ...corporationSettings,
    ...receiptSettings,
    ...tracingSettings,
    'DATABASE_URL',
    'DATABASE_POOL',
    'METRICS_PORT',
    'BIND_ADDRESS',
    'RELEASE',
    'WORKER_QUEUES',
    'WHATSAPP_API_URL',
    'WHATSAPP_PHONE_NUMBER_ID',
    'WHATSAPP_ACCESS_TOKEN',
    'WHATSAPP_SENDS_PER_SECOND',
    'WHATSAPP_UNKNOWN_WAIT',
    'CONVERSATION_WINDOW',
    'CITIZEN_PLACES',
    'WHATSAPP_PAYMENTS',
    'BACK_OFFICE_TIMEOUT',
    'GATEWAY_CALLS_PER_SECOND',
    'GATEWAY_SLOW',
    'LOOKUPS_PER_HOUR',
    'PAYMENT_LINK_LIFETIME',
    'RENEWAL_LIFETIME',
    'RENEWALS_OPEN',
    'RETENTION_CHANGES',
  ] as const;
  const settings = readSettings(names, process.env, gatewaySettings);
  const tracing = await startTracing('purosheba-worker', settings);
  const coreMetrics = await freePort();
  Runtime.install({
    logger: new DefaultLogger('INFO', (entry) => logEntry(log, entry)),
    telemetryOptions: {
      // Through our logger: the core's own output is no JSON and keeps nothing back.
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) },
      metrics: { prometheus: { bindAddress: `127.0.0.1:${coreMetrics}` } },
    },
    shutdownSignals: [],
  });
  const registry = createRegistry();
  const metrics = createWorkMetrics(registry);
  const pools = createPoolMetrics(registry);
  const db = connect({
    url: settings.DATABASE_URL,
    size: settings.DATABASE_POOL,
    name: 'worker',
    onLost: (error) => log.warn({ err: error }, 'lost a connection to Postgres'),
    onTaken: (waited) => pools.waits.observe({ pool: 'worker' }, waited),
  });
  pools.watch('worker', db);
  const problem = await schemaProblem(db);
  if (problem !== undefined) throw new SettingsError(problem);
  const whatsapp = createWhatsAppClient({
    apiUrl: settings.WHATSAPP_API_URL,
    phoneNumberId: settings.WHATSAPP_PHONE_NUMBER_ID,
    accessToken: settings.WHATSAPP_ACCESS_TOKEN,
  });
  const facts = corporationFacts(settings);
  const records = createRecords({
    db,
    backOfficeUrl: settings.BACK_OFFICE_URL,
    backOfficeToken: settings.BACK_OFFICE_TOKEN,
    backOfficeTimeoutMs: settings.BACK_OFFICE_TIMEOUT,
  });
  const rules = createRuleBook(db);
  const find = timedFind(createFind({ records, rules, log }), metrics);
  const lookUpsPerHour = settings.LOOKUPS_PER_HOUR;
  const lookUp = createLookUp({ db, find, lookUpsPerHour, metrics });
  const applying = receiptRules(settings);
  const gateways = createGateways(settings, { timeoutMs: gatewayTimeoutMs });
  const payments = createPaymentActivities({
    db,
    gateways,
    records,
    whatsapp,
    publicUrl: settings.PUBLIC_URL,
    settings: applying,
    slowMs: settings.GATEWAY_SLOW,
    metrics,
    log,
  });
  const openInChat = createOpenInChat({
    db,
    gateways,
    pickAccount: (wanted) => payments.pickAccount(wanted),
    log,
  });
  const activities = {
    ...createCitizenActivities({ db }),
    ...createRecordActivities({
      db,
      records,
      find,
      lookUp,
      lookUpsPerHour,
      showsPlaces: settings.CITIZEN_PLACES,
      linkLifetimeMs: settings.PAYMENT_LINK_LIFETIME,
      ...(settings.WHATSAPP_PAYMENTS && { openInChat }),
      metrics,
    }),
    ...createRenewalActivities({
      db,
      lookUp,
      lifetimeMs: settings.RENEWAL_LIFETIME,
      openAtMost: settings.RENEWALS_OPEN,
    }),
    ...payments,
    ...createCreditActivities({ db, pay: createCreditPayment({ db, records, settings: applying, log }) }),
    ...createRefundActivities({ db, gateways, settings: applying, metrics }),
    ...createPurgeActivities({
      db,
      changes: settings.RETENTION_CHANGES,
      metrics: createPurgeMetrics(registry),
    }),
    ...createDocumentActivities({
      db,
      whatsapp,
      phoneNumberId: settings.WHATSAPP_PHONE_NUMBER_ID,
      lookUp,
      records,
      rules,
      facts,
      metrics,
    }),
    ...createReplyActivities({
      db,
      whatsapp,
      facts,
      metrics: createOutboundMetrics(registry),
      log,
      unknownWaitMs: settings.WHATSAPP_UNKNOWN_WAIT,
      windowMs: settings.CONVERSATION_WINDOW,
    }),
  };

  const connection = await NativeConnection.connect(connectionOptions(settings));
  const shared = {
    connection,
    namespace: settings.TEMPORAL_NAMESPACE,
    dataConverter: dataConverter(settings.PAYLOAD_KEYS),
    activities,
    interceptors: { activity: [namedInLog, ...(tracing ? [tracing.activity] : [])] },
    sinks: traceSinks,
    ...deploymentOptions(settings.RELEASE),
  };
  const workflowBundle = { codePath: await bundleOfWorkflows() };
  const workers = await Promise.all(
    queueWorkers(settings.WORKER_QUEUES, {
      sendsPerSecond: settings.WHATSAPP_SENDS_PER_SECOND,
      gatewayCallsPerSecond: settings.GATEWAY_CALLS_PER_SECOND,
    }).map(({ runs, ...options }) =>
      Worker.create({ ...shared, ...options, ...(runs === 'workflows' && { workflowBundle }) }),
    ),
  );
  const running = Promise.all(workers.map((worker) => worker.run()));
  running.catch((error: unknown) => {
    // Nothing in here can mend it; whoever started this process starts it again.
    log.error({ err: error }, 'a worker gave up');
    process.exit(1);
  });
  const endStatus = await serveStatus({
    port: settings.METRICS_PORT,
    host: settings.BIND_ADDRESS,
    // Ours, and those of Temporal's core with the workers' slots.
    metrics: async () => {
      const core = await fetch(`http://127.0.0.1:${coreMetrics}/metrics`);
      return `${await registry.metrics()}\n${await core.text()}`;
    },
    health: () => {
      const states = workers.map((worker) => worker.getState());
      return { healthy: states.every((state) => state === 'RUNNING'), workers: states };
    },
  });
  log.info('ready');

  return async () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    await running;
    await connection.close();
    await db.end();
    await tracing?.stop();
    endStatus();
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Temporal's own log lines, without the objects that may quote a citizen. */
function logEntry(to: Logger, { level, message, meta }: LogEntry): void {
  // Most queues have no workflows.
  if (message.startsWith('No workflows registered')) return;
  const { workflowId, runId, run_id, workflowType, activityType, taskQueue, attempt } = (meta ??
    {}) as Record<string, unknown>;
  const about = { workflowId, runId: runId ?? run_id, workflowType, activityType, taskQueue, attempt };
  const fields = { ...about, error: errorName(meta) ?? failureIn(meta) };
  if (level === 'ERROR') to.error(fields, message);
  else if (level === 'WARN') to.warn(fields, message);
  else to.debug(fields, message);
}

function errorName(meta: LogEntry['meta']): string | undefined {
  const error: unknown = meta?.['error'];
  return error instanceof Error ? `${error.name}: ${error.message}` : undefined;
}

/** Why a workflow task failed, in the words of our own code: the core forwards its failure as text, with a stack. */
function failureIn(meta: LogEntry['meta']): string | undefined {
  const failure: unknown = meta?.['failure'];
  return typeof failure === 'string' ? /message: "((?:[^"\\]|\\.)*)"/.exec(failure)?.[1] : undefined;
}
