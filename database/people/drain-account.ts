/** A person keeps new payments from a merchant account, or lets them come again. What was begun there goes on. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { GatewayName } from '../../domain/payments/gateways.ts';
import { objectionTo, refused, type Acted } from '../../domain/people/act.ts';
import type { Person } from '../../domain/people/role.ts';
import { doneBy, readAct, writeAudit, type WrittenAct } from '../audit.ts';
import { inTransaction, type Database } from '../connection.ts';
import { keepMerchantAccount, type MerchantAccount } from '../payments/merchants.ts';

export interface Draining {
  /** Our id of the account. */
  readonly account: string;
  /** Whether it is to be drained, or taken back. */
  readonly drain: boolean;
  readonly why: string;
}

/** @param known the accounts of the settings: the books learn of an account when it is first used, or drained here */
export async function drainAccount(
  db: Database,
  person: Person,
  { account, drain, why }: Draining,
  known: readonly MerchantAccount[],
): Promise<Acted> {
  const objection = objectionTo(person, ['finance', 'operations'], why);
  if (objection !== undefined) return refused(objection);
  return inTransaction(db, async (client): Promise<Acted> => {
    const given = known.find(({ id }) => id === account);
    if (given) await keepMerchantAccount(client, given);
    const current = await lockAccount(client, account);
    if (!current) return refused(`there is no merchant account ${account}`);
    const { gateway, state, restsBy } = current;
    if (state === 'closed') return refused(`the merchant account ${account} is closed`);
    if (drain === (state === 'resting'))
      return { outcome: 'doneBefore', said: await before(client, account, restsBy) };

    const act = drain ? 'drain' : 'undrain';
    // An account may be drained many times: that an act is the same as the one before tells its state, not its key.
    const key = `${act}-${account}-${randomUUID()}`;
    await writeAudit(client, { key, act, who: person.name, why: why.trim() }, { about: account, gateway });
    await client.query({
      name: 'drain-account',
      text: 'update merchant_accounts set state = $2, rests_by = $3 where id = $1',
      values: [account, drain ? 'resting' : 'active', drain ? key : null],
    });
    return {
      outcome: 'done',
      said: drain
        ? `the account ${account} is drained: new payments go to others, and what was begun there goes on`
        : `the account ${account} takes new payments again`,
    };
  });
}

interface LockedAccount {
  readonly gateway: GatewayName;
  readonly state: 'active' | 'resting' | 'closed';
  readonly restsBy: string | null;
}

async function lockAccount(client: pg.PoolClient, id: string): Promise<LockedAccount | undefined> {
  const { rows } = await client.query<LockedAccount>({
    name: 'lock-account-to-drain',
    text: 'select gateway, state, rests_by as "restsBy" from merchant_accounts where id = $1 for update',
    values: [id],
  });
  return rows[0];
}

/** What to say to whoever comes second. */
async function before(client: pg.PoolClient, account: string, restsBy: string | null): Promise<string> {
  if (restsBy === null) return `the account ${account} takes new payments already`;
  const act: WrittenAct | undefined = await readAct(client, restsBy);
  return `the account ${account} is drained already${act ? `: ${doneBy(act)}` : ''}`;
}
