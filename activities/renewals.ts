/** The renewal of a trade licence: what can be had, who applied, what an officer decided, where it stands. */
import { ApplicationFailure } from '@temporalio/activity';
import type { Act } from '../database/audit.ts';
import type { Database } from '../database/connection.ts';
import {
  reissueCertificate,
  revokeCertificate,
  type CertificateAct,
} from '../database/licences/certificates.ts';
import {
  applyForRenewal,
  decideRenewal,
  lapseRenewal,
  ownCertificate,
  readRenewal,
  type Applied,
  type RenewalDecision,
} from '../database/licences/renewals.ts';
import type { CertificateNumber } from '../domain/certificate.ts';
import type { CeNumber } from '../domain/ce-number.ts';
import type { CitizenId } from '../domain/citizen.ts';
import type { Licence } from '../domain/dues.ts';
import type { InEveryLanguage, Language } from '../domain/language.ts';
import {
  renewability,
  renewalId,
  renewalPeriod,
  type Renewability,
  type RenewalId,
  type RenewalStanding,
  type Term,
} from '../domain/renewal.ts';
import type { Trade } from '../domain/rules.ts';
import type { FindAccount, Found, LookUpAccount, NotFound } from './look-up.ts';

interface Dependencies {
  readonly db: Database;
  readonly find: FindAccount;
  readonly lookUp: LookUpAccount;
  /** For how long a renewal may stay unpaid, in milliseconds. */
  readonly lifetimeMs: number;
  readonly certificateCounter: string;
}

interface Asking {
  readonly citizenId: CitizenId;
  readonly number: CeNumber;
}

type ByOfficer = Pick<Act, 'who' | 'why'>;

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
export type Application = (Applied & { readonly term: Term }) | { readonly is: 'changed' };

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
  /** Carries out an officer's decision. @throws when the application does not wait for one */
  decideRenewal(
    deciding: ByOfficer & {
      readonly id: RenewalId;
      readonly application: string;
      readonly decision: RenewalDecision;
    },
  ): Promise<void>;
  reissueCertificate(
    of: ByOfficer & { readonly number: string; readonly key: string },
  ): Promise<CertificateAct>;
  revokeCertificate(
    of: ByOfficer & { readonly number: string; readonly key: string },
  ): Promise<CertificateAct>;
}

export function createRenewalActivities({
  db,
  find,
  lookUp,
  lifetimeMs,
  certificateCounter,
}: Dependencies): RenewalActivities {
  async function standingOf(id: RenewalId): Promise<RenewalStanding> {
    const standing = await readRenewal(db, id);
    if (!standing) throw ApplicationFailure.nonRetryable(`no renewal ${id}`, 'NoRenewal');
    return standing;
  }

  /** What is to be paid now that an officer agreed: by the records and the rule book of this day. */
  async function priceOf(
    id: RenewalId,
  ): Promise<{ licence: Licence; dues: Term['dues']; lifetimeMs: number }> {
    const { licence, years } = await standingOf(id);
    const answer = await find('licence', licence.number);
    if (answer.found !== 'account') throw new Error(`the records cannot say what is due: ${answer.found}`);
    const term = termOf(renewability(answer), years);
    if (!term)
      throw ApplicationFailure.nonRetryable('it can no longer be renewed for that term', 'NotRenewable');
    return { licence: answer.account, dues: term.dues, lifetimeMs };
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
      if (offer.may !== 'renew' || !term) return { is: 'changed' };
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
      });
      return { ...applied, term };
    },

    renewalStanding: ({ id }) => standingOf(id),

    async lapseRenewal({ id, application }) {
      await lapseRenewal(db, id, application);
      return standingOf(id);
    },

    async decideRenewal({ id, application, decision, who, why }) {
      const act = { key: `renewal-${application}-${decision}`, act: 'decideRenewal', who, why };
      const price = decision === 'approve' ? await priceOf(id) : undefined;
      const isDone = await decideRenewal(db, { id, application, decision, ...act }, price);
      if (!isDone) throw ApplicationFailure.nonRetryable('it does not wait for a decision', 'Refused');
    },

    reissueCertificate: ({ number, ...by }) =>
      reissueCertificate(db, number, { act: 'reissueCertificate', ...by }, certificateCounter),
    revokeCertificate: ({ number, ...by }) =>
      revokeCertificate(db, number, { act: 'revokeCertificate', ...by }),
  };
}

function tradeOf({ account, rules }: Found<Licence>): Trade | undefined {
  return rules.trades?.[account.trade];
}

function termOf(offer: Renewability, years: number): Term | undefined {
  return offer.may === 'renew' ? offer.terms.find((term) => term.years === years) : undefined;
}
