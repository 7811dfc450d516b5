/** An officer at the desk: sees what waits about something, and acts on it. */
import { openCases } from '../../database/cases.ts';
import { connect, type Database } from '../../database/connection.ts';
import { actOnCase, type Desk } from '../../database/people/act-on-case.ts';
import type { Acted } from '../../domain/people/act.ts';
import type { CaseRecord } from '../../domain/people/case.ts';
import type { Person } from '../../domain/people/role.ts';
import { receiptRules, receiptSettings } from '../../platform/receipts.ts';
import { readSettings } from '../../platform/settings.ts';
import { runCommand, type CommandRun } from './command.ts';
import type { Town } from './town.ts';

export const officer: Person = { name: 'Invented Officer', roles: ['licences'] };
export const accountant: Person = { name: 'Invented Accountant', roles: ['finance'] };
/** Two who may agree about the same money. */
export const asha: Person = { name: 'Asha (invented)', roles: ['finance'] };
export const bimal: Person = { name: 'Bimal (invented)', roles: ['finance'] };

/** What waits for a person about a renewal or an order. */
export async function casesAbout(db: Database, subjectId: string): Promise<CaseRecord[]> {
  return (await openCases(db)).filter((each) => each.subjectId === subjectId);
}

/** The only thing that waits about it. */
export async function caseAbout(db: Database, subjectId: string): Promise<CaseRecord> {
  const [waiting, another] = await casesAbout(db, subjectId);
  if (!waiting || another) throw new Error(`not one case about ${subjectId}`);
  return waiting;
}

/** Decides about the only thing that waits about it, having just looked. */
export async function decideAbout(
  desk: Desk,
  subjectId: string,
  decision: string,
  { person = officer, why = 'all in order' }: { readonly person?: Person; readonly why?: string } = {},
): Promise<Acted> {
  const { id: caseId, seen } = await caseAbout(desk.db, subjectId);
  return actOnCase(desk, person, { caseId, decision, why, seen });
}

/** The desk of a town, for all but renewals; whoever opened it ends its connections. */
export function deskOf({ house }: Town, connections = 2): Desk {
  const settings = readSettings([...receiptSettings, 'DATABASE_URL'], house.env);
  return {
    db: connect({ url: settings.DATABASE_URL, size: connections, name: 'desk', onLost: () => undefined }),
    settings: receiptRules(settings),
    priceOf: () => Promise.resolve({ because: 'no licence is renewed here' }),
  };
}

/** Runs the desk's real command line. */
export function runDesk(args: readonly string[], env: NodeJS.ProcessEnv): Promise<CommandRun> {
  return runCommand('desk/main.ts', args, env);
}
