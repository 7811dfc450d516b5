/** Tells the corporation's records that something is paid, for as long as it takes. */
import { ApplicationFailure, ActivityFailure, condition, proxyActivities } from '@temporalio/workflow';
import type { PaymentActivities } from '../../activities/payments.ts';
import type { OrderId, Standing } from '../../domain/payments/order.ts';

const records = proxyActivities<PaymentActivities>({
  startToCloseTimeout: '15 seconds',
  retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumAttempts: 5 },
  summary: "tell the corporation's records of the receipt",
});

/** Between two rounds of tries: twice as long each time, up to half an hour. */
const pauseMs = (round: number): number => Math.min(300_000 * 2 ** round, 1_800_000);

interface PostingOptions {
  readonly orderId: OrderId;
  readonly postingLateMs: number;
  /** Called when something is different. */
  readonly changed: () => void;
  /** Called when the books say that the records have been told. */
  readonly posted: () => void;
}

export interface Posting {
  /** Begins, when there is a receipt of which the records do not know. */
  post(standing: Standing): void;
  /** Does not wait for the next round. */
  retry(): void;
  readonly busy: boolean;
  /** It takes longer than it should, or the records refuse: a person should look. */
  readonly late: boolean;
  /** In words for operators. */
  readonly state: string | undefined;
}

export function createPosting({ orderId, postingLateMs, changed, posted }: PostingOptions): Posting {
  let began: number | undefined;
  let isDone = false;
  let problem: string | undefined;
  let hurry = false;

  async function untilPosted(): Promise<void> {
    for (let round = 0; ; round += 1) {
      try {
        await records.postReceipt({ orderId });
        isDone = true;
        problem = undefined;
        posted();
        return;
      } catch (error) {
        problem = reasonOf(error);
        changed();
      }
      // Who hurries during a try may have mended the records too late for it: that counts, too.
      await condition(() => hurry, pauseMs(round), { summary: 'try to tell the records again' });
      hurry = false;
    }
  }

  return {
    post({ receipt }) {
      if (!receipt || receipt.posted || began !== undefined) return;
      began = Date.now();
      void untilPosted();
    },
    retry() {
      hurry = true;
    },
    get busy() {
      return began !== undefined && !isDone;
    },
    get late() {
      return (
        problem !== undefined && (problem.startsWith('refused') || Date.now() - (began ?? 0) >= postingLateMs)
      );
    },
    get state() {
      if (began === undefined || isDone) return undefined;
      return problem ?? 'being told';
    },
  };
}

function reasonOf(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const isRefusal = cause instanceof ApplicationFailure && cause.type === 'RecordsRefused';
  return `${isRefusal ? 'refused' : 'not reached'}: ${cause instanceof Error ? cause.message : 'unknown'}`;
}
