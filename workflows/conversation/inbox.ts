/** Waits for the citizen. */
import { condition, sleep } from '@temporalio/workflow';
import { isFromCitizen, type HeardMessage } from '../../domain/conversation/inbound.ts';
import { shouldHandOn } from '../entity.ts';
import type { ConversationState } from './state.ts';

export interface Inbox {
  /** @returns false when the citizen has been silent for `silenceMs` and nothing waits */
  arrival(silenceMs: number): Promise<boolean>;
  /** The next message, or undefined when the citizen has been silent for `silenceMs` and nothing waits. */
  next(silenceMs: number): Promise<HeardMessage | undefined>;
}

/**
 * An alarm rings at the deadline itself, and none is cancelled when the citizen writes: one that rings too early only sets
 * the next. So a day of silence costs one timer, and a service in between one more, however many messages it takes.
 * @param handOn continues as new, wherever the conversation waits
 */
export function createInbox(state: ConversationState, handOn: () => Promise<never>): Inbox {
  /** Times at which an alarm rings. */
  const alarms = new Set<number>();
  /** A run takes at least one message, so a conversation goes on whatever the server suggests. */
  let hasTaken = false;

  function setAlarm(at: number): void {
    if ([...alarms].some((other) => other <= at)) return;
    alarms.add(at);
    sleep(at - Date.now(), { summary: 'has the citizen gone quiet?' }).then(
      () => alarms.delete(at),
      // Only the end of the workflow cancels it.
      () => undefined,
    );
  }

  async function arrival(silenceMs: number): Promise<boolean> {
    for (;;) {
      if (hasTaken && shouldHandOn()) await handOn();
      if (state.inbox.length > 0) return true;
      const deadline = state.lastHeardAt + silenceMs;
      if (Date.now() >= deadline) return false;
      setAlarm(deadline);
      const set = alarms.size;
      await condition(() => state.inbox.length > 0 || alarms.size < set);
    }
  }

  return {
    arrival,
    async next(silenceMs) {
      if (!(await arrival(silenceMs))) return undefined;
      const message = state.inbox.shift();
      hasTaken = true;
      if (message && isFromCitizen(message.content)) state.lastHeardAt = Date.now();
      return message;
    },
  };
}
