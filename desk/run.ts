/** Carries out what was typed at the desk, and says what came of it. */
import { openCases } from '../database/cases.ts';
import { reissueCertificate, revokeCertificate } from '../database/licences/certificates.ts';
import { actOnCase, type Desk } from '../database/people/act-on-case.ts';
import { cancelByPerson } from '../database/people/cancel-order.ts';
import { readCaseFile, readOrderFile } from '../database/people/case-file.ts';
import { drainAccount } from '../database/people/drain-account.ts';
import { grantCredit, withdrawCredit } from '../database/people/grant-credit.ts';
import { requestRefund } from '../database/people/request-refund.ts';
import { readAccounts } from '../database/payments/pool.ts';
import type { Acted } from '../domain/people/act.ts';
import type { Person } from '../domain/people/role.ts';
import type { KnownAccount } from '../gateways/pool.ts';
import type { Command } from './command.ts';
import { accountList, caseList, caseText, orderText } from './words.ts';

export interface AtDesk extends Desk {
  /** Proved by whoever runs the process. */
  readonly person: Person;
  /** The merchant accounts of the settings. */
  readonly accounts: readonly KnownAccount[];
}

/** What the process exits with. */
export const exitCodes = { done: 0, failed: 1, refused: 2 } as const;

/** @returns the exit code */
export async function run(desk: AtDesk, command: Command): Promise<number> {
  const { db, person } = desk;
  switch (command.name) {
    case 'cases': {
      const cases = await openCases(db, command);
      process.stdout.write(caseList(cases, Date.now()));
      return exitCodes.done;
    }
    case 'case': {
      const file = await readCaseFile(db, command.caseId);
      if (!file) return say({ outcome: 'refused', because: `there is no case ${command.caseId}` });
      process.stdout.write(caseText(file, Date.now()));
      return exitCodes.done;
    }
    case 'act':
      return say(await actOnCase(desk, person, command));
    case 'cancel':
      return say(await cancelByPerson(db, person, command));
    case 'order': {
      const file = await readOrderFile(db, command.of);
      if (!file) return say({ outcome: 'refused', because: `there is no order or receipt ${command.of}` });
      process.stdout.write(orderText(file));
      return exitCodes.done;
    }
    case 'refund':
      return say(await requestRefund(db, person, command));
    case 'credit':
      return say(await grantCredit(db, person, command));
    case 'release':
      return say(await withdrawCredit(db, person, command));
    case 'reissue':
      return say(await reissueCertificate(db, person, command, desk.settings.certificateCounter));
    case 'revoke':
      return say(await revokeCertificate(db, person, command));
    case 'accounts':
      process.stdout.write(accountList(desk.accounts, await readAccounts(db), Date.now()));
      return exitCodes.done;
    case 'drain':
    case 'undrain': {
      const { account, why } = command;
      return say(
        await drainAccount(db, person, { account, why, drain: command.name === 'drain' }, desk.accounts),
      );
    }
  }
}

function say(acted: Acted): number {
  if (acted.outcome === 'refused') {
    process.stderr.write(`Refused: ${acted.because}.\n`);
    return exitCodes.refused;
  }
  process.stdout.write(`${acted.outcome === 'done' ? 'Done' : 'Nothing to do'}: ${acted.said}.\n`);
  return exitCodes.done;
}
