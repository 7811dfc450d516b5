/** Renewals of licences, as the API sees them: their workflows are begun, and told of news. */
import type { Client } from '@temporalio/client';
import type { Database } from '../database/connection.ts';
import { readRenewal } from '../database/licences/renewals.ts';
import { renewalWorkflowId, type RenewalId, type RenewalStanding } from '../domain/renewal.ts';
import { taskQueues } from '../domain/task-queues.ts';
import { renewalNewsSignal, type RenewalInput } from '../workflows/renewal/messages.ts';
import { searchAttributes } from '../workflows/search-attributes.ts';

interface RenewalsOptions {
  readonly db: Database;
  readonly temporal: Client;
  /** RENEWAL_REMINDER, in milliseconds. */
  readonly reminderMs: number;
}

export interface Renewals {
  /** Tells the workflow of a renewal that Postgres knows something new; begins it when there is none. */
  tell(id: RenewalId): Promise<void>;
}

export function createRenewals({ db, temporal, reminderMs }: RenewalsOptions): Renewals {
  return {
    async tell(id) {
      const renewal = await readRenewal(db, id);
      if (!renewal) return;
      await temporal.workflow.signalWithStart('renewal', {
        ...startOptions(renewal, reminderMs),
        signal: renewalNewsSignal,
        signalArgs: [],
      });
    },
  };
}

function startOptions({ id, licence, citizenId }: RenewalStanding, reminderMs: number) {
  const input: RenewalInput = { id, reminderMs };
  return {
    workflowId: renewalWorkflowId(id),
    taskQueue: taskQueues.payments,
    args: [input] as const,
    typedSearchAttributes: [
      ...(citizenId === undefined ? [] : [{ key: searchAttributes.citizenId, value: citizenId }]),
      { key: searchAttributes.service, value: 'renewal' },
      { key: searchAttributes.accountNumber, value: licence.number },
      { key: searchAttributes.ward, value: licence.ward },
      { key: searchAttributes.needsAttention, value: false },
    ],
    staticSummary: `Renewal of the trade licence ${licence.number}`,
    staticDetails:
      'From the application to the certificate. An officer decides at the desk, where the trade needs approval.',
  };
}
