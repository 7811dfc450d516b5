/** Keeps a promise: the dues of an account, as soon as records that were away answer again. */
import { proxyActivities } from '@temporalio/workflow';
import type { RecordActivities } from '../../activities/records.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import type { Chat } from './chat.ts';
import { takeIn, type AwaitedAccount, type ConversationState } from './state.ts';

/** On a queue of its own: when records come back, all who wait ask at a pace that the records bear. */
const patient = proxyActivities<RecordActivities>({
  taskQueue: taskQueues.records,
  startToCloseTimeout: '10 seconds',
  // After that WhatsApp's window has closed, and the citizen has to ask again anyway.
  scheduleToCloseTimeout: '23 hours',
  retry: { initialInterval: '2 seconds', backoffCoefficient: 1.5, maximumInterval: '30 seconds' },
  summary: 'wait until the records answer again',
});

/**
 * Says that the records are away, and promises what is known of an account for when they are back.
 * @param shown the number as it stands on bills
 * @param promised whether it was said before: whoever has been told once waits without a second word
 */
export async function promiseAnswer(
  chat: Chat,
  account: AwaitedAccount,
  { shown = account.number, promised = false }: { readonly shown?: string; readonly promised?: boolean } = {},
): Promise<undefined> {
  if (!promised) await chat.say({ key: 'recordsAway', params: { number: shown } });
  chat.answerLater(account);
}

/** Puts a message of our own into the inbox when the time has come; the citizen may go on meanwhile. */
export function awaitRecords(state: ConversationState, { kind, number }: AwaitedAccount): void {
  const settle = (): void => {
    state.awaited = state.awaited.filter((other) => other.kind !== kind || other.number !== number);
  };
  patient.awaitRecords({ number, ...(kind !== 'any' && { kind }) }).then(() => {
    settle();
    const now = Date.now();
    const wamid = `records-back-${kind}-${number}-${now}`;
    takeIn(state, [
      { wamid, sentAt: Math.floor(now / 1000), content: { kind: 'recordsBack', account: kind, number } },
    ]);
  }, settle);
}
