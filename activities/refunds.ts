/** What a refund does to the world: our own books, and the gateway that took the money. */
import { ApplicationFailure } from '@temporalio/activity';
import { openCase } from '../database/cases.ts';
import type { Database } from '../database/connection.ts';
import { releaseMessages } from '../database/messages.ts';
import { receiveFacts } from '../database/payments/apply-gateway-fact.ts';
import { readRefund, refuseRefund, submitRefund, type Submission } from '../database/payments/refunds.ts';
import type { PostingSettings } from '../domain/payments/posting.ts';
import type { RefundReference, RefundStanding, RefundTelling } from '../domain/payments/refund.ts';
import {
  GatewayRefusedError,
  GatewayUnavailableError,
  type Refunds,
  type Told,
} from '../gateways/gateway.ts';
import type { GatewayPool } from '../gateways/pool.ts';
import type { WorkMetrics } from '../platform/metrics.ts';
import { createGatewayCalls } from './gateway-calls.ts';

interface Dependencies {
  readonly db: Database;
  readonly gateways: GatewayPool;
  readonly settings: PostingSettings;
  readonly metrics: Pick<WorkMetrics, 'gatewayCalls'>;
}

interface Of {
  readonly reference: RefundReference;
}

export interface RefundActivities {
  /** Where a refund stands. */
  refundStanding(of: Of): Promise<RefundStanding>;
  /**
   * Asks the gateway to give the money back, or, where it was asked before, what became of that. What it does not know of is asked
   * for again under the same reference. A refusal, or a gateway that gives nothing back, is written down and waits for a person.
   * @throws when no answer can be had or trusted
   */
  giveBack(of: Of): Promise<RefundStanding>;
  /** Calls a person for a refund that the gateway has not decided in time. */
  callForUndecidedRefund(of: Of): Promise<void>;
  /** Calls a person for something that the citizen could not be told, unless the send has. */
  callForUntoldRefund(of: Of & { readonly telling: RefundTelling }): Promise<void>;
  /** What was given up is to be told to the citizen again. */
  tellOfRefundAgain(of: Of): Promise<void>;
}

export function createRefundActivities(dependencies: Dependencies): RefundActivities {
  const { db, gateways, settings, metrics } = dependencies;
  const { keepFailure, timed } = createGatewayCalls({ db, metrics });

  async function standingOf(reference: RefundReference): Promise<RefundStanding> {
    const standing = await readRefund(db, reference);
    if (!standing) throw ApplicationFailure.nonRetryable(`no refund ${reference}`, 'NoRefund');
    return standing;
  }

  async function ask({ is, gateway, refund }: Submission, refunds: Refunds): Promise<void> {
    const place = { gateway, merchant: refund.merchant };
    if (is === 'known') {
      const told = await timed(place, 'ask about a refund', () => refunds.ask(refund));
      await receive(gateway, 'query', told);
      if (told.facts.every((fact) => fact.kind !== 'refund' || fact.says !== 'notFound')) return;
    }
    await receive(gateway, 'refund', await timed(place, 'refund', () => refunds.request(refund)));
  }

  async function receive(
    gateway: Submission['gateway'],
    source: 'query' | 'refund',
    told: Told,
  ): Promise<void> {
    await receiveFacts(db, { gateway, source, ...told }, settings);
  }

  return {
    refundStanding: ({ reference }) => standingOf(reference),

    async giveBack({ reference }) {
      const submission = await submitRefund(
        db,
        reference,
        (gateway) => gateways.by(gateway).refunds !== undefined,
      );
      if (!submission) return standingOf(reference);
      const { gateway, refund } = submission;
      const { refunds } = gateways.by(gateway);
      if (!refunds)
        throw new GatewayUnavailableError(`${gateway} gives nothing back any more when it is asked`);
      try {
        await ask(submission, refunds);
      } catch (error) {
        await keepFailure(error, { gateway, source: 'refund', reference: refund.reference });
        if (!(error instanceof GatewayRefusedError)) throw error;
        await refuseRefund(db, reference, error.code);
      }
      return standingOf(reference);
    },

    async callForUndecidedRefund({ reference }) {
      const { order, amount, submittedAt, attempt } = await standingOf(reference);
      await openCase(db, {
        kind: 'refundUndecided',
        fact: reference,
        subject: 'refund',
        subjectId: reference,
        reason: submittedAt === undefined ? 'the gateway could not be asked' : 'the gateway has not decided',
        amount,
        details: { orderId: order.id, gateway: attempt.gateway },
      });
    },

    async callForUntoldRefund({ reference, telling }) {
      await openCase(db, {
        kind: 'untold',
        fact: `${reference}-${telling}`,
        subject: 'refund',
        subjectId: reference,
        reason: 'it could not be made or sent',
        details: { telling },
      });
    },

    tellOfRefundAgain: ({ reference }) => releaseMessages(db, { about: 'refund', aboutId: reference }),
  };
}
