/** Waits for the citizen. */
import { condition, sleep } from '@temporalio/workflow';
import { isFromCitizen, type InboundMessage } from '../../domain/inbound.ts';
import type { ConversationState } from './state.ts';

export interface Inbox {
  /** The next message, or undefined when the citizen has been silent for `silenceMs` and nothing waits. */
  next(silenceMs: number): Promise<InboundMessage | undefined>;
}

/**
 * One alarm serves all waiting: it is not cancelled and set anew for every message, which would cost each turn two
 * events, but looks at the time when it rings. `checkMs` is the shortest silence that anybody will wait for.
 */
export function createInbox(state: ConversationState, checkMs: number): Inbox {
  let alarmAt = Infinity;

  function setAlarm(deadline: number): void {
    const at = Math.min(deadline, Date.now() + checkMs);
    if (alarmAt <= at) return;
    alarmAt = at;
    sleep(at - Date.now(), { summary: 'has the citizen gone quiet?' }).then(
      () => {
        if (alarmAt === at) alarmAt = Infinity;
      },
      // Only the end of the workflow cancels it.
      () => undefined,
    );
  }

  return {
    async next(silenceMs) {
      for (;;) {
        const message = state.inbox.shift();
        if (message) {
          if (isFromCitizen(message.content)) state.lastHeardAt = Date.now();
          return message;
        }
        const deadline = state.lastHeardAt + silenceMs;
        if (Date.now() >= deadline) return undefined;
        setAlarm(deadline);
        const alarm = alarmAt;
        await condition(() => state.inbox.length > 0 || alarmAt !== alarm);
      }
    },
  };
}
