/** What Temporal remembers of conversations, payments, renewals and refunds, read from their histories, without a worker. */
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import type { CitizenId } from '../domain/citizen.ts';
import type { HeardMessage } from '../domain/conversation/inbound.ts';
import { entities, type EntityName } from '../domain/entities.ts';
import type { Standing } from '../domain/payments/order.ts';
import type { RefundStanding } from '../domain/payments/refund.ts';
import type { RenewalStanding } from '../domain/renewal.ts';
import type { RememberedPayment } from '../database/restored.ts';
import type { PaymentInput } from '../workflows/payment/messages.ts';
import type { ConversationInput } from '../workflows/conversation/messages.ts';

/** The runs of a kind of thing that may have moved since a moment: all that run, and those that ended since. */
export function runsSince(
  { workflow }: Client,
  entity: EntityName,
  since: Date,
): AsyncIterable<WorkflowExecutionInfo> {
  const query =
    `WorkflowType = '${entities[entity].workflowType}' and ` +
    `(ExecutionStatus = 'Running' or CloseTime >= '${since.toISOString()}')`;
  return workflow.list({ query });
}

/** What was handed to a run and what came of its activities, oldest first. */
interface Memory {
  readonly input: unknown;
  readonly results: readonly unknown[];
  /** The first argument of each signal, and when it came. */
  readonly signals: readonly { readonly at: Date; readonly argument: unknown }[];
}

async function memoryOf(client: Client, { workflowId, runId }: WorkflowExecutionInfo): Promise<Memory> {
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const { payloadCodecs } = client.options.loadedDataConverter;
  const read = async (payloads: readonly Payload[] | null | undefined): Promise<unknown> => {
    let [first] = payloads?.slice(0, 1) ?? [];
    if (!first) return undefined;
    for (const codec of payloadCodecs) [first = {}] = await codec.decode([first]);
    return defaultPayloadConverter.fromPayload(first);
  };
  let input: unknown;
  const results: unknown[] = [];
  const signals: { at: Date; argument: unknown }[] = [];
  for (const event of events ?? []) {
    const at = new Date(Number(event.eventTime?.seconds ?? 0) * 1_000);
    const { workflowExecutionStartedEventAttributes: started } = event;
    if (started) input = await read(started.input?.payloads);
    const signal = event.workflowExecutionSignaledEventAttributes;
    if (signal) signals.push({ at, argument: await read(signal.input?.payloads) });
    const activity = event.activityTaskCompletedEventAttributes;
    if (activity) results.push(await read(activity.result?.payloads));
    // What a local activity gave back stands in a marker of the SDK.
    const marker = event.markerRecordedEventAttributes;
    if (marker) results.push(await read(marker.details?.['result']?.payloads));
  }
  return { input, results, signals };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

export async function rememberedPayment(
  client: Client,
  run: WorkflowExecutionInfo,
): Promise<RememberedPayment> {
  const { input, results } = await memoryOf(client, run);
  const { order } = input as PaymentInput;
  const isStanding = (value: unknown): value is Standing =>
    isObject(value) && value['orderId'] === order.id && Array.isArray(value['attempts']);
  const standing = results.findLast(isStanding);
  return { order, ...(standing && { standing }) };
}

/** Where a renewal stood last; undefined where it was never looked at. */
export async function rememberedRenewal(
  client: Client,
  run: WorkflowExecutionInfo,
): Promise<RenewalStanding | undefined> {
  const { results } = await memoryOf(client, run);
  const isStanding = (value: unknown): value is RenewalStanding =>
    isObject(value) && typeof value['application'] === 'string' && isObject(value['licence']);
  return results.findLast(isStanding);
}

/** Where a refund stood last; undefined where it was never looked at. */
export async function rememberedRefund(
  client: Client,
  run: WorkflowExecutionInfo,
): Promise<RefundStanding | undefined> {
  const { results } = await memoryOf(client, run);
  const isStanding = (value: unknown): value is RefundStanding =>
    isObject(value) && typeof value['requestedBy'] === 'string' && isObject(value['order']);
  return results.findLast(isStanding);
}

/** What a citizen sent since a moment, oldest first. */
export async function rememberedMessages(
  client: Client,
  run: WorkflowExecutionInfo,
  since: Date,
): Promise<{ readonly citizenId: CitizenId; readonly messages: readonly HeardMessage[] }> {
  const { input, signals } = await memoryOf(client, run);
  const messages = signals.flatMap(({ at, argument }) =>
    at >= since ? (argument as { readonly messages: readonly HeardMessage[] }).messages : [],
  );
  return { citizenId: (input as ConversationInput).citizenId, messages };
}
