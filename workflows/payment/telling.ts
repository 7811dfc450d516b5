/** Tells the citizen what became of their payment: each thing once, whatever dies in between. */
import { ApplicationFailure } from '@temporalio/workflow';
import type { Standing, Telling } from '../../domain/payments/order.ts';
import type { Reply } from '../../domain/reply.ts';
import { makeDocument } from '../documents.ts';
import { send } from '../send.ts';
import type { PaymentInput } from './messages.ts';
import type { InTurn } from './turns.ts';

interface TellingOptions extends PaymentInput {
  readonly inTurn: InTurn;
  /** Called when something was told, or could not be: the books say more now. */
  readonly toldSomething: () => void;
}

export interface TellingPart {
  /** Begins to tell whatever is to be told and was not. */
  tell(standing: Standing): void;
  /** Whether the citizen has everything that there is to have. */
  told(standing: Standing): boolean;
  readonly busy: boolean;
  /** Something could not be told, and a person should look. */
  readonly failed: boolean;
}

export function createTelling({
  orderId,
  token,
  service,
  accountNumber,
  amount,
  citizenId,
  language,
  pollsMs,
  inTurn,
  toldSomething,
}: TellingOptions): TellingPart {
  /** What is being told, and what could not be. What was told stands in the books, and may have to be told again. */
  let begun: Telling[] = [];
  let underWay = 0;
  let failed = false;

  function begin(standing: Standing, telling: Telling, run: () => Promise<void>): void {
    if (begun.includes(telling) || standing.told.includes(telling)) return;
    begun.push(telling);
    underWay += 1;
    void run()
      .then(
        () => {
          begun = begun.filter((other) => other !== telling);
        },
        () => {
          failed = true;
        },
      )
      .then(() => {
        underWay -= 1;
        toldSomething();
      });
  }

  /** The id makes it one message, however often it is sent. */
  async function say(telling: Telling, reply: Reply): Promise<void> {
    if (citizenId === undefined) return;
    const messageId = `${orderId}-${telling}`;
    const about = { entity: 'payment', id: orderId } as const;
    const { outcome } = await send({ messageId, about, citizenId, language, reply }, inTurn);
    if (outcome === 'untold') {
      throw ApplicationFailure.nonRetryable(`${telling} was not told`);
    }
  }

  async function sendReceipt({ number, amount: paid }: NonNullable<Standing['receipt']>): Promise<void> {
    const params = { service, number, accountNumber, amount: paid, token };
    const document = await makeDocument(
      (documents) => documents.paymentReceipt({ orderId, language }),
      () => say('receiptWords', { key: 'receiptWords', params }),
    );
    await say('receipt', { key: 'receipt', params: { ...params, ...document } });
  }

  /** Pending for so long that the citizen wonders; most are decided before. */
  const isLongPending = (openedAt: number): boolean => Date.now() - openedAt >= (pollsMs[0] ?? 0);

  return {
    tell(standing) {
      if (citizenId === undefined) return;
      const { receipt, excess, attempts, state } = standing;
      if (receipt) begin(standing, 'receipt', () => sendReceipt(receipt));
      if (excess > 0) {
        const params = { service, accountNumber, amount: excess };
        begin(standing, 'excess', () => say('excess', { key: 'paymentExcess', params }));
      }
      const latest = attempts.at(-1);
      if (!latest || receipt) return;
      const params = { service, accountNumber, amount, token, reason: latest.reason ?? 'other' };
      if (latest.state === 'failed' && state === 'open') {
        const telling: Telling = `failed-${latest.reference}`;
        begin(standing, telling, () => say(telling, { key: 'paymentFailed', params }));
      }
      if ((latest.state === 'pending' && isLongPending(latest.openedAt)) || latest.state === 'review') {
        const telling: Telling = `pending-${latest.reference}`;
        begin(standing, telling, () => say(telling, { key: 'paymentPending', params }));
      }
    },
    told: ({ told }) => citizenId === undefined || (underWay === 0 && told.includes('receipt')),
    get busy() {
      return underWay > 0;
    },
    get failed() {
      return failed;
    },
  };
}
