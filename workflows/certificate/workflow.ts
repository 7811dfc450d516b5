/**
 * What people do with a certificate that was issued: put a new one in its place, or revoke it. Begun from the Web UI or the
 * command line, carried out once, whatever dies in between.
 */
import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { RenewalActivities } from '../../activities/renewals.ts';
import { named, refusal, type ByPerson } from '../people.ts';

const acts = proxyActivities<RenewalActivities>({ startToCloseTimeout: '10 seconds' });

export interface OfCertificate extends ByPerson {
  /** As `CE-2026-27-000123`. */
  readonly number: string;
}

/** Puts a new certificate, with what the records say now, in the place of one that is in force; the citizen gets it. */
export async function reissueCertificate(of: OfCertificate): Promise<string> {
  const { replacedBy = 'a new certificate' } = await act(of, 'reissueCertificate');
  return `replaced by ${replacedBy}`;
}

/** Takes a certificate out of force: whoever checks it learns so from now on. */
export async function revokeCertificate(of: OfCertificate): Promise<string> {
  await act(of, 'revokeCertificate');
  return 'revoked';
}

const reasons = {
  unknown: 'there is no such certificate',
  'not in force': 'it is not in force: it was revoked or replaced before',
} as const;

async function act(
  of: OfCertificate,
  name: 'reissueCertificate' | 'revokeCertificate',
): Promise<{ readonly replacedBy?: string }> {
  named(of);
  const { number, who, why } = of;
  const { workflowId } = workflowInfo();
  const done = await acts[name]({ number, who, why, key: `${name}-${workflowId}` });
  if (done.is === 'refused') throw refusal(`${number}: ${reasons[done.because]}`);
  return done;
}
