/** Keeps a promise: the dues of a property, as soon as records that were away answer again. */
import { proxyActivities } from '@temporalio/workflow';
import type { RecordActivities } from '../../activities/records.ts';
import type { AssesseeNumber } from '../../domain/assessee-number.ts';
import type { CitizenId } from '../../domain/citizen.ts';
import { takeIn, type ConversationState } from './state.ts';

const patient = proxyActivities<RecordActivities>({
  startToCloseTimeout: '10 seconds',
  // After that WhatsApp's window has closed, and the citizen has to ask again anyway.
  scheduleToCloseTimeout: '23 hours',
  retry: { initialInterval: '2 seconds', backoffCoefficient: 1.5, maximumInterval: '30 seconds' },
  summary: 'wait until the records answer again',
});

/** Puts a message of our own into the inbox when the time has come; the citizen may go on meanwhile. */
export function awaitRecords(state: ConversationState, citizenId: CitizenId, number: AssesseeNumber): void {
  const settle = (): void => {
    state.awaited = state.awaited.filter((other) => other !== number);
  };
  patient.awaitRecords({ citizenId, number }).then(() => {
    settle();
    const now = Date.now();
    const wamid = `records-back-${number}-${now}`;
    takeIn(state, [{ wamid, sentAt: Math.floor(now / 1000), content: { kind: 'recordsBack', number } }]);
  }, settle);
}
