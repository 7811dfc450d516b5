/** Renewals of licences, as the API sees them: their workflows are begun, and told of news. */
import type { Client } from '@temporalio/client';
import type { Database } from '../database/connection.ts';
import { readRenewal } from '../database/licences/renewals.ts';
import type { RenewalId, RenewalStanding } from '../domain/renewal.ts';
import { renewalNewsSignal, type RenewalInput } from '../workflows/renewal/messages.ts';
import { searchAttributes } from '../workflows/search-attributes.ts';
import { signalEntity, type Beginning } from './entities.ts';

interface RenewalsOptions {
  readonly db: Database;
  readonly temporal: Client;
  /** RENEWAL_REMINDER, in milliseconds. */
  readonly reminderMs: number;
}

export interface Renewals {
  /** Tells the workflow of a renewal that Postgres knows something new; begins it when there is none. */
  readonly tell: (id: RenewalId) => Promise<void>;
}

export function createRenewals({ db, temporal, reminderMs }: RenewalsOptions): Renewals {
  return {
    async tell(id) {
      const renewal = await readRenewal(db, id);
      if (!renewal) return;
      await signalEntity(temporal, 'renewal', id, {
        beginning: beginning(renewal, reminderMs),
        signal: renewalNewsSignal,
        args: [],
      });
    },
  };
}

function beginning({ id, licence, citizenId }: RenewalStanding, reminderMs: number): Beginning<'renewal'> {
  const input: RenewalInput = { id, reminderMs };
  return {
    args: [input],
    attributes: [
      ...(citizenId === undefined ? [] : [{ key: searchAttributes.citizenId, value: citizenId }]),
      { key: searchAttributes.service, value: 'renewal' },
      { key: searchAttributes.accountNumber, value: licence.number },
      { key: searchAttributes.ward, value: licence.ward },
      { key: searchAttributes.needsAttention, value: false },
    ],
    summary: `Renewal of the trade licence ${licence.number}`,
    details:
      'From the application to the certificate. An officer decides at the desk, where the trade needs approval.',
  };
}
