/** Keeps a promise: the dues of an account, as soon as records that were away answer again. */
import { proxyActivities } from '@temporalio/workflow';
import type { RecordActivities } from '../../activities/records.ts';
import type { AccountNumber } from '../../domain/accounts/kinds.ts';
import { taskQueues } from '../../domain/task-queues.ts';
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

/** Puts a message of our own into the inbox when the time has come; the citizen may go on meanwhile. */
export function awaitRecords(state: ConversationState, { kinds, number }: AwaitedAccount): void {
  const settle = (): void => {
    state.awaited = state.awaited.filter((other) => !isSameAccount(other, { kinds, number }));
  };
  // Under one kind, because records that answer for it answer for the others.
  const [kind] = kinds;
  if (kind === undefined) return;
  patient.awaitRecords({ kind, number: number as AccountNumber }).then(() => {
    settle();
    const now = Date.now();
    const wamid = `records-back-${kinds.join('-')}-${number}-${now}`;
    const content = { kind: 'recordsBack', kinds, number } as const;
    takeIn(state, [{ wamid, sentAt: Math.floor(now / 1000), content }]);
  }, settle);
}

export function isSameAccount(one: AwaitedAccount, other: AwaitedAccount): boolean {
  return one.number === other.number && one.kinds.join() === other.kinds.join();
}
