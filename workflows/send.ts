/** Sends a message to a citizen: at once if that works, patiently if not. */
import { isCancellation, proxyActivities, proxyLocalActivities, TemporalFailure } from '@temporalio/workflow';
import type { ReplyActivities, ReplyMessage, Sent } from '../activities/replies.ts';
import { entities } from '../domain/entities.ts';
import type { MessageAbout } from '../domain/outbound.ts';
import { taskQueues } from '../domain/task-queues.ts';

/** One quick try, in the same workflow task as the rest of the turn. */
export const quick = proxyLocalActivities<ReplyActivities>({
  startToCloseTimeout: '4 seconds',
  retry: { maximumAttempts: 1 },
});

/** Who waits in a chat goes first, then who has paid. */
const patient = {
  conversation: patiently(entities.conversation.priorityKey),
  payment: patiently(entities.payment.priorityKey),
  renewal: patiently(entities.renewal.priorityKey),
  refund: patiently(entities.refund.priorityKey),
} satisfies Record<MessageAbout['entity'], ReplyActivities>;

/** Tried at the pace that WhatsApp allows, until the activity itself gives up: then the end stands in the books. */
function patiently(priorityKey: number): ReplyActivities {
  return proxyActivities<ReplyActivities>({
    taskQueue: taskQueues.whatsapp,
    startToCloseTimeout: '30 seconds',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '20 seconds' },
    priority: { priorityKey },
    summary: 'send a reply that did not go at once',
  });
}

/**
 * @param inTurn where other local activities of the workflow may be under way
 * @returns `untold` when the message will not go by itself. Cancellation and mistakes of the program are thrown
 */
export async function send(
  message: ReplyMessage,
  inTurn: <T>(call: () => Promise<T>) => Promise<T> = (call) => call(),
): Promise<Sent> {
  try {
    return await inTurn(() => quick.sendReply(message)).catch((error: unknown) => {
      throwUnlessFailed(error);
      return patient[message.about.entity].sendReply(message);
    });
  } catch (error) {
    throwUnlessFailed(error);
    return { outcome: 'untold', reason: 'the activity failed' };
  }
}

/** Goes on after the failure of an activity only: a local one throws it bare, another inside an ActivityFailure. */
export function throwUnlessFailed(error: unknown): void {
  if (!(error instanceof TemporalFailure) || isCancellation(error)) throw error;
}
