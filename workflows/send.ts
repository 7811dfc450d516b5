/** Sends a message to a citizen: at once if that works, patiently if not. */
import { isCancellation, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { createReplyActivities, ReplyMessage } from '../activities/replies.ts';
import { taskQueues } from '../domain/task-queues.ts';

type ReplyActivities = ReturnType<typeof createReplyActivities>;

/** One quick try, in the same workflow task as the rest of the turn. */
const quick = proxyLocalActivities<ReplyActivities>({
  startToCloseTimeout: '4 seconds',
  retry: { maximumAttempts: 1 },
});

/** Tried for as long as WhatsApp would still take it, at the pace that WhatsApp allows. */
const patient = proxyActivities<ReplyActivities>({
  taskQueue: taskQueues.whatsapp,
  startToCloseTimeout: '20 seconds',
  scheduleToCloseTimeout: '24 hours',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '20 seconds' },
  summary: 'send a reply that did not go at once',
});

/**
 * @param inTurn where other local activities of the workflow may be under way
 * @returns false when the message did not go and a person should look into it. The failed activity, or its result, tells
 *   whoever looks at the workflow why
 */
export async function send(
  message: ReplyMessage,
  inTurn: <T>(call: () => Promise<T>) => Promise<T> = (call) => call(),
): Promise<boolean> {
  try {
    // What the patient try throws, it throws after a day: the citizen can write again.
    const sent = await inTurn(() => quick.sendReply(message)).catch(() => patient.sendReply(message));
    return sent.outcome === 'sent' || !sent.attention;
  } catch (error) {
    if (isCancellation(error)) throw error;
    return false;
  }
}
