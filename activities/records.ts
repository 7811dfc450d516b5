/** Asks the corporation's records what is due, on behalf of a citizen. */
import { forgetAccounts, mayLookUp, recentAccounts, rememberPlace } from '../database/look-ups.ts';
import type { Database } from '../database/connection.ts';
import type { AssesseeNumber } from '../domain/assessee-number.ts';
import { dateInKolkata } from '../domain/calendar.ts';
import type { CitizenId } from '../domain/citizen.ts';
import type { Account, LookUp, Written } from '../domain/dues.ts';
import { maskAddress, maskName } from '../domain/masking.ts';
import { duesOf, type RuleBook } from '../domain/rules.ts';
import type { Logger } from '../platform/log.ts';
import type { Records } from '../records/records.ts';

interface Dependencies {
  readonly db: Database;
  readonly records: Records;
  readonly rules: () => Promise<RuleBook>;
  /** Different numbers that one citizen may ask for in an hour. */
  readonly lookUpsPerHour: number;
  readonly log: Logger;
}

interface Asking {
  readonly citizenId: CitizenId;
  readonly number: AssesseeNumber;
}

export interface RecordActivities {
  /** What is due on a property. Names and addresses come masked: anybody may ask for any number. */
  lookUpProperty(asking: Asking): Promise<LookUp | { readonly found: 'tooMany' }>;
  /** The same, for as long as the records are away. @throws while they are */
  awaitRecords(asking: Asking): Promise<void>;
  /** The properties that a citizen asked for last. */
  recentProperties(of: { readonly citizenId: CitizenId }): Promise<RecentProperty[]>;
  forgetProperties(of: { readonly citizenId: CitizenId }): Promise<void>;
}

export interface RecentProperty {
  readonly number: AssesseeNumber;
  readonly place: Written;
}

/** As many as fit into the list beside its fixed rows. */
const recentShown = 5;

export function createRecordActivities(dependencies: Dependencies): RecordActivities {
  const { db, records, rules, lookUpsPerHour, log } = dependencies;

  return {
    async lookUpProperty({ citizenId, number }) {
      const asked = { citizenId, kind: 'property', number } as const;
      if (!(await mayLookUp(db, asked, lookUpsPerHour))) return { found: 'tooMany' };
      const [book, registered] = await Promise.all([
        rules(),
        records.property(number).catch((error: unknown) => {
          log.warn({ err: error }, 'the records do not answer');
          return 'unavailable' as const;
        }),
      ]);
      if (registered === 'unavailable') return { found: 'unavailable' };
      if (!registered) return { found: 'unknown' };
      const account = masked(registered.account);
      await rememberPlace(db, asked, account.address);
      const asOf = Date.now();
      const dues = duesOf({
        account,
        demands: registered.demands,
        rules: book,
        today: dateInKolkata(asOf),
        asOf,
      });
      return dues.dues.length === 0 ? { found: 'nothingDue', account, asOf } : { found: 'dues', dues };
    },

    async awaitRecords({ number }) {
      await records.property(number);
    },

    async recentProperties({ citizenId }) {
      const recent = await recentAccounts(db, citizenId, 'property', recentShown);
      return recent.map(({ number, place }) => ({ number: number as AssesseeNumber, place }));
    },

    forgetProperties: ({ citizenId }) => forgetAccounts(db, citizenId),
  };
}

function masked(account: Account): Account {
  return {
    ...account,
    owner: each(account.owner, maskName),
    address: each(account.address, maskAddress),
  };
}

function each({ en, bn }: Written, mask: (text: string) => string): Written {
  return bn === undefined ? { en: mask(en) } : { en: mask(en), bn: mask(bn) };
}
