/** Refunds, as the API sees them: their workflows are begun, and told of news. */
import type { Client } from '@temporalio/client';
import type { Database } from '../database/connection.ts';
import { readRefund } from '../database/payments/refunds.ts';
import type { EntityNews } from '../domain/entities.ts';
import type { RefundReference, RefundStanding } from '../domain/payments/refund.ts';
import { refundNewsSignal, type RefundInput } from '../workflows/refund/messages.ts';
import { searchAttributes } from '../workflows/search-attributes.ts';
import { signalEntity, type Beginning } from './entities.ts';

interface RefundsOptions {
  readonly db: Database;
  readonly temporal: Client;
  /** REFUND_POLLS, in milliseconds. */
  readonly pollsMs: readonly number[];
}

export interface RefundWorkflows {
  /** Tells the workflow of a refund that Postgres knows something new; begins it when there is none. */
  readonly tell: (reference: RefundReference, news: readonly EntityNews<'refund'>[]) => Promise<void>;
}

export function createRefunds({ db, temporal, pollsMs }: RefundsOptions): RefundWorkflows {
  return {
    async tell(reference, news) {
      const refund = await readRefund(db, reference);
      if (!refund) return;
      await signalEntity(temporal, 'refund', reference, {
        beginning: beginning(refund, pollsMs),
        signal: refundNewsSignal,
        args: [{ check: news.some(({ check }) => check) }],
      });
    },
  };
}

function beginning(
  { reference, order, attempt, amount }: RefundStanding,
  pollsMs: readonly number[],
): Beginning<'refund'> {
  const { service, account, citizenId } = order;
  const input: RefundInput = { reference, pollsMs };
  return {
    args: [input],
    attributes: [
      ...(citizenId === undefined ? [] : [{ key: searchAttributes.citizenId, value: citizenId }]),
      { key: searchAttributes.service, value: service },
      { key: searchAttributes.accountNumber, value: account.number },
      { key: searchAttributes.gateway, value: attempt.gateway },
      { key: searchAttributes.amountRupees, value: amount / 100 },
      { key: searchAttributes.ward, value: account.ward },
      { key: searchAttributes.needsAttention, value: false },
    ],
    summary: `Refund of ₹${(amount / 100).toFixed(2)} for ${account.number}`,
    details:
      'From the request to the credit note. Another person than the one who asked agrees at the desk. The updates recheck and tellAgain move no money.',
  };
}
