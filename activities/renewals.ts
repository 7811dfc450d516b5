/** The renewal of a trade licence: what can be had, who applied, what an officer decided, where it stands. */
import { ApplicationFailure } from '@temporalio/activity';
import { openCase } from '../database/cases.ts';
import type { Database } from '../database/connection.ts';
import {
  applyForRenewal,
  lapseRenewal,
  ownCertificate,
  readRenewal,
  type Applied,
} from '../database/licences/renewals.ts';
import type { CertificateNumber } from '../domain/certificate.ts';
import type { CeNumber, Licence } from '../domain/accounts/licence.ts';
import type { CitizenId } from '../domain/citizen.ts';
import type { InEveryLanguage, Language } from '../domain/language.ts';
import {
  renewability,
  renewalId,
  renewalPeriod,
  type Renewability,
  type RenewalId,
  type RenewalStanding,
  termOf,
  type Term,
} from '../domain/renewal.ts';
import type { Trade } from '../domain/rules.ts';
import type { Found } from '../records/find.ts';
import type { NotFound } from '../domain/look-up.ts';
import type { LookUpAccount } from './look-up.ts';

interface Dependencies {
  readonly db: Database;
  readonly lookUp: LookUpAccount;
  /** For how long a renewal may stay unpaid, in milliseconds. */
  readonly lifetimeMs: number;
  /** How many applications one citizen may have open. */
  readonly openAtMost: number;
}

interface Asking {
  readonly citizenId: CitizenId;
  readonly number: CeNumber;
}

export interface RenewalOffer {
  readonly found: 'offer';
  readonly licence: Licence;
  /** The trade in words, where the schedule has it. */
  readonly trade?: InEveryLanguage<string>;
  readonly renewability: Renewability;
  /** Of the last renewal, where it was this citizen's. */
  readonly certificate?: CertificateNumber;
}

/** What came of a choice; `changed` when the term cannot be had any more. */
export type Application = (Applied & { readonly term: Term }) | { readonly outcome: 'changed' };

export interface RenewalActivities {
  /** Whether a licence can be renewed, for which terms and at what price. */
  renewalOffer(asking: Asking): Promise<RenewalOffer | NotFound>;
  /** Applies for one of the terms that were offered. */
  applyForRenewal(
    asking: Asking & { readonly years: number; readonly language: Language },
  ): Promise<Application>;
  /** Where a renewal stands. */
  renewalStanding(of: { readonly id: RenewalId }): Promise<RenewalStanding>;
  /** Ends an application that was not paid in time. */
  lapseRenewal(of: { readonly id: RenewalId; readonly application: string }): Promise<RenewalStanding>;
  /** Keeps the cases of what could not be told, by the ids of the messages. */
  callForUntold(of: { readonly id: RenewalId; readonly messageId: string }): Promise<void>;
}

export function createRenewalActivities({
  db,
  lookUp,
  lifetimeMs,
  openAtMost,
}: Dependencies): RenewalActivities {
  async function standingOf(id: RenewalId): Promise<RenewalStanding> {
    const standing = await readRenewal(db, id);
    if (!standing) throw ApplicationFailure.nonRetryable(`no renewal ${id}`, 'NoRenewal');
    return standing;
  }

  return {
    async renewalOffer({ citizenId, number }) {
      const answer = await lookUp({ citizenId, kind: 'licence', number });
      if (answer.found !== 'account') return answer;
      const { account: licence } = answer;
      const trade = tradeOf(answer);
      const certificate = licence.renewedHere === true && (await ownCertificate(db, citizenId, number));
      return {
        found: 'offer',
        licence,
        ...(trade && { trade: trade.name }),
        renewability: renewability(answer),
        ...(certificate !== false && certificate !== undefined && { certificate }),
      };
    },

    async applyForRenewal({ citizenId, number, years, language }) {
      const answer = await lookUp({ citizenId, kind: 'licence', number });
      if (answer.found !== 'account') throw ApplicationFailure.nonRetryable(answer.found, 'NotFound');
      const offer = renewability(answer);
      const term = termOf(offer, years);
      if (offer.may !== 'renew' || !term) return { outcome: 'changed' };
      const period = renewalPeriod(offer.from);
      const applied = await applyForRenewal(db, {
        id: renewalId(number, period),
        period,
        licence: answer.account,
        citizenId,
        language,
        years,
        dues: term.dues,
        needsApproval: tradeOf(answer)?.needsApproval === true,
        lifetimeMs,
        openAtMost,
      });
      return { ...applied, term };
    },

    renewalStanding: ({ id }) => standingOf(id),

    async lapseRenewal({ id, application }) {
      await lapseRenewal(db, id, application);
      return standingOf(id);
    },

    async callForUntold({ id, messageId }) {
      await openCase(db, {
        kind: 'untold',
        fact: messageId,
        subject: 'renewal',
        subjectId: id,
        reason: 'it could not be made or sent',
      });
    },
  };
}

function tradeOf({ account, rules }: Found<Licence>): Trade | undefined {
  return rules.trades?.[account.trade];
}
