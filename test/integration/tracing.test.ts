import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { workflowId } from '../../domain/entities.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import { readSettings } from '../../platform/settings.ts';
import { dataConverter } from '../../platform/temporal.ts';
import type { Citizen } from '../../sandbox/graph/model.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { workflowBundle } from '../../worker/bundle.ts';
import { traceSinks } from '../../worker/interceptors.ts';
import { startCollector, type Collector, type ToldSpan } from '../support/collector.ts';
import { quietRuntime } from '../support/runtime.ts';
import { startTown, type Town } from '../support/town.ts';

quietRuntime();

const wholeWay = [
  'purosheba-api webhook whatsapp',
  'purosheba-api deliver conversation',
  'purosheba-api SignalWithStartWorkflow:conversation',
  'purosheba-worker RunActivity:sendReply',
  'purosheba-worker send whatsapp',
];

let collector: Collector;
let town: Town;
let person: Citizen;

beforeAll(async () => {
  collector = await startCollector();
  town = await startTown({
    env: {
      SANDBOX_CITY: '20',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      // Of the SDK: how long it gathers spans before it sends them.
      OTEL_BSP_SCHEDULE_DELAY: '100',
    },
  });
  person = await town.inviteOne();
}, 180_000);
afterAll(async () => {
  await town.stop();
  await collector.close();
});

/** The spans of the trace that the latest message brought, from its webhook to the call of WhatsApp. */
async function traceOf(text: string, since: ReadonlySet<string>): Promise<readonly ToldSpan[]> {
  await town.say(person, text);
  let trace: readonly ToldSpan[] = [];
  await waitFor(`the trace of ${text}`, () => {
    const fresh = collector.spans().filter(({ traceId }) => !since.has(traceId));
    // Webhooks of statuses have traces too, in which nothing is sent.
    const sent = fresh.find(({ name }) => name === 'send whatsapp');
    trace = fresh.filter(({ traceId }) => traceId === sent?.traceId);
    return wayTo('send whatsapp', trace).length === wholeWay.length;
  });
  return trace;
}

const known = (): Set<string> => new Set(collector.spans().map(({ traceId }) => traceId));

/** The names from a span up to the beginning of its trace. */
function wayTo(name: string, trace: readonly ToldSpan[]): string[] {
  const way: string[] = [];
  let span = trace.find((each) => each.name === name);
  while (span) {
    way.unshift(`${span.service} ${span.name}`);
    const { parentSpanId } = span;
    span = trace.find(({ spanId }) => spanId === parentSpanId);
  }
  return way;
}

test('one trace leads from a webhook through outbox, signal and activity to the reply, and shows the workflow', async () => {
  const trace = await traceOf('hi', known());
  expect(wayTo('send whatsapp', trace)).toEqual(wholeWay);
  expect(wayTo('workflow conversation: receiveMessages', trace)).toEqual([
    ...wholeWay.slice(0, 3),
    'purosheba-worker workflow conversation: receiveMessages',
  ]);
});

test('a later message of the same conversation has a trace of its own', async () => {
  await town.settled();
  const trace = await traceOf('help', known());
  expect(wayTo('send whatsapp', trace)).toEqual(wholeWay);
});

test('no span holds a phone, an id of WhatsApp, a word of the citizen or a token', async () => {
  await town.settled();
  const words = collector.words();
  for (const secret of [person.phone, person.bsuid, 'EAAG', 'wamid', town.secret])
    expect(words).not.toContain(secret);
  expect(words).not.toMatch(/"help"|exception|http\.url/);
});

test('a history that carries a trace replays with the production bundle', async () => {
  const [row] = await town.rows<{ id: CitizenId }>(
    `select subject as id from outbox where entity = 'conversation' limit 1`,
  );
  const id = workflowId('conversation', row?.id ?? ('' as CitizenId));
  const history = await town.temporal.workflow.getHandle(id).fetchHistory();
  expect(JSON.stringify(history)).toContain('_tracer-data');
  const { PAYLOAD_KEYS } = readSettings(['PAYLOAD_KEYS'], town.house.env);
  const options = {
    workflowBundle: { codePath: await workflowBundle() },
    dataConverter: dataConverter(PAYLOAD_KEYS),
    sinks: traceSinks,
  };
  await Worker.runReplayHistory(options, history, id);
});
