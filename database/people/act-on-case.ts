/** The one way in which a person decides about a case: in one transaction, once, on what they saw. */
import { objectionTo, refused, type Acted, type ByPerson, type CaseAct } from '../../domain/people/act.ts';
import { caseKinds, decisionsOf, type CaseEnd, type CaseRecord } from '../../domain/people/case.ts';
import type { Person } from '../../domain/people/role.ts';
import type { RenewalId, RenewalPrice } from '../../domain/renewal.ts';
import { minuteInKolkata } from '../../domain/calendar.ts';
import { doneBy, readAct, writeAudit } from '../audit.ts';
import { closeCase, countAct, lockCase, orderOf, readCase } from '../cases.ts';
import { inTransaction, type Database } from '../connection.ts';
import type { PostingSettings } from '../../domain/payments/posting.ts';
import { decisions } from './decisions.ts';
import type { Decide } from './decision.ts';

export interface Desk {
  readonly db: Database;
  readonly settings: PostingSettings;
  /** What a renewal costs on this day by the records, or why it cannot be had, in words. */
  readonly priceOf: (renewal: RenewalId) => Promise<RenewalPrice | { readonly because: string }>;
}

/** Carries out a decision about a case, unless it is refused in words. */
export async function actOnCase(desk: Desk, person: Person, act: CaseAct): Promise<Acted> {
  const found = await readCase(desk.db, act.caseId);
  const objection = objectionToAct(found, person, act);
  if (objection !== undefined || !found) return refused(objection ?? unknown(act));
  // The records are asked before anything is locked: nobody waits for another computer with a lock in hand.
  const price = await priceFor(desk, found, act);
  if (price && 'because' in price) return refused(price.because);

  return inTransaction(desk.db, async (client): Promise<Acted> => {
    const current = await lockCase(client, act.caseId);
    if (!current) return refused(unknown(act));
    const key = keyOf(act);
    const before = await readAct(client, key);
    if (before) return { outcome: 'doneBefore', said: `it is done already: ${doneBy(before)}` };
    if (current.end) return refused(closed(current, current.end));
    if (current.seen !== act.seen) return refused(changed(current));
    const by: ByPerson = { who: person.name, why: act.why.trim() };
    const decide: Decide | undefined = (decisions[current.kind] as Readonly<Record<string, Decide>>)[
      act.decision
    ];
    if (!decide) return refused(noSuchDecision(current, act));
    const { settings } = desk;
    const decided = await decide(client, {
      case: current,
      by,
      settings,
      ...(price && { price }),
    });
    if (decided.outcome === 'refused') return decided;
    if (decided.outcome === 'done') await closeCase(client, current.id, { ...by, decision: act.decision });
    else await countAct(client, current.id);
    const orderId = orderOf(current);
    await writeAudit(
      client,
      { ...(orderId !== undefined && { orderId }), key, act: act.decision, ...by },
      { case: current.id, kind: current.kind, about: current.subjectId },
    );
    const does = decisionsOf(current.kind)[act.decision] ?? act.decision;
    return { outcome: 'done', said: `${act.decision}: ${does}` };
  });
}

/** The same decision about the same sight is the same act. */
function keyOf({ caseId, decision, seen }: CaseAct): string {
  return `case-${caseId}-${decision}-${seen}`;
}

function objectionToAct(found: CaseRecord | undefined, person: Person, act: CaseAct): string | undefined {
  if (!found) return unknown(act);
  const { kind } = found;
  if (!Object.hasOwn(decisionsOf(kind), act.decision)) return noSuchDecision(found, act);
  return objectionTo(person, caseKinds[kind].role, act.why);
}

const unknown = ({ caseId }: CaseAct): string => `there is no case ${caseId}`;

function noSuchDecision({ kind }: CaseRecord, { decision }: CaseAct): string {
  const known = Object.keys(decisionsOf(kind)).join(', ');
  return `"${decision}" cannot be decided here; what can be is ${known}`;
}

function closed({ id }: CaseRecord, { at, by, decision, why }: CaseEnd): string {
  const when = `on ${minuteInKolkata(at)}`;
  return by === undefined
    ? `the case ${id} needs nobody any more: it was settled ${when}, because ${why}`
    : `the case ${id} is closed: ${by} decided ${decision} ${when} ("${why}")`;
}

function changed({ id }: CaseRecord): string {
  return `it has changed since you looked: look at the case ${id} again, then decide`;
}

async function priceFor(
  desk: Desk,
  { kind, subjectId, end }: CaseRecord,
  { decision }: CaseAct,
): Promise<RenewalPrice | { readonly because: string } | undefined> {
  const isAsked = kind === 'licenceApproval' && decision === 'approve' && !end;
  return isAsked ? desk.priceOf(subjectId as RenewalId) : undefined;
}
