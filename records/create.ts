/** Whose records the bot asks, and what our own books add to them. */
import type { Database } from '../database/connection.ts';
import { extensionOf, type Extension } from '../database/licences/extension.ts';
import { paidDemands } from '../database/payments/standing.ts';
import type { Account, AccountKind } from '../domain/accounts/kinds.ts';
import type { Licence } from '../domain/accounts/licence.ts';
import type { Demand } from '../domain/dues.ts';
import { paise } from '../domain/money.ts';
import { backOfficeRecords } from './back-office.ts';
import { RecordsUnavailableError, type AccountRecord, type Records } from './records.ts';
import { registerRecords } from './register.ts';

interface Where {
  readonly db: Database;
  /** BACK_OFFICE_URL; without it the own register answers. */
  readonly backOfficeUrl: string | undefined;
  /** BACK_OFFICE_TOKEN. */
  readonly backOfficeToken: string | undefined;
  /** BACK_OFFICE_TIMEOUT, in milliseconds. */
  readonly backOfficeTimeoutMs?: number;
}

/** @throws Error when there is a back office and no token for it; the settings say so first */
export function createRecords({ db, backOfficeUrl, backOfficeToken, backOfficeTimeoutMs }: Where): Records {
  if (backOfficeUrl === undefined) return withExtensions(db, registerRecords(db));
  if (backOfficeToken === undefined) throw new Error('a back office, and no token for it');
  const backOffice = backOfficeRecords({
    url: backOfficeUrl,
    token: backOfficeToken,
    timeoutMs: backOfficeTimeoutMs,
  });
  return withExtensions(db, withoutPaid(db, backOffice));
}

/** The back office may hear of a payment late: what our own books hold as paid, whole or in part, is not asked for again. */
function withoutPaid(db: Database, records: Records): Records {
  async function unpaid(kind: AccountKind, number: string, demands: readonly Demand[]): Promise<Demand[]> {
    const paid = new Map(
      (await ours(paidDemands(db, kind, number))).map((demand) => [demand.demandId, demand] as const),
    );
    const paidOn = ({ id }: Demand): number => paid.get(id)?.allocated ?? 0;
    return demands
      .filter(({ id }) => paid.get(id)?.isSettled !== true)
      .map((demand) => {
        const covered = demands.filter(({ coveredBy }) => coveredBy === demand.id);
        const paidPart = paise([demand, ...covered].reduce((all, each) => all + paidOn(each), 0));
        return paidPart > 0 ? { ...demand, paidPart } : demand;
      });
  }
  return {
    ...records,
    async find(kind, number, waitMs) {
      const record = await records.find(kind, number, waitMs);
      return record && { ...record, demands: await unpaid(kind, number, record.demands) };
    },
  };
}

/** Whoever keeps the licences may hear late, or never, that one was renewed here for years to come. */
function withExtensions(db: Database, records: Records): Records {
  return {
    ...records,
    async find(kind, number, waitMs) {
      const record = await records.find(kind, number, waitMs);
      if (record?.account.kind !== 'licence') return record;
      return extended(record, record.account, await ours(extensionOf(db, number)));
    },
  };
}

/** @param licence the account of the record */
function extended<A extends Account>(
  { account, demands }: AccountRecord<A>,
  licence: Licence,
  { validUntil, revoked, paidFrom }: Extension,
): AccountRecord<A> {
  const status = licence.status === 'active' && revoked ? 'suspended' : licence.status;
  const isLonger = validUntil !== undefined && validUntil >= licence.validUntil;
  return {
    account: { ...account, status, ...(isLonger && { validUntil, renewedHere: true }) },
    // A year that was paid in advance may be demanded later, under another name.
    demands: demands.filter(({ periodFrom }) => !paidFrom.includes(periodFrom)),
  };
}

function ours<T>(asked: Promise<T>): Promise<T> {
  return asked.catch((error: unknown) => {
    throw new RecordsUnavailableError('our own books do not answer', { cause: error });
  });
}
