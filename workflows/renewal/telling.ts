/** Tells citizens what became of a renewal: each thing once, whatever dies in between. */
import { isCancellation } from '@temporalio/workflow';
import type { Applicant, RenewalStanding, RenewalTelling } from '../../domain/renewal.ts';
import type { Reply } from '../../domain/reply.ts';
import { makeDocument } from '../documents.ts';
import { send } from '../send.ts';

/** What is said about the application itself. @returns the ids of the messages that could not be told */
export async function tellOnce(
  standing: RenewalStanding,
  telling: 'approved' | 'sentBack' | 'refused' | 'held' | 'reminder',
): Promise<string[]> {
  const { licence, years, reason = '', payment } = standing;
  const about = { licence, years };
  switch (telling) {
    case 'approved':
      if (!payment) return [];
      return say(standing, telling, { key: 'renewalApproved', params: { ...about, ...payment } });
    case 'reminder':
      if (!payment) return [];
      return say(standing, telling, { key: 'renewalReminder', params: { ...about, ...payment } });
    case 'sentBack':
      return say(standing, telling, { key: 'renewalSentBack', params: { ...about, reason } });
    case 'refused':
      return say(standing, telling, { key: 'renewalRefused', params: { ...about, reason } });
    case 'held':
      return say(standing, telling, { key: 'renewalHeld', params: { licence } });
  }
}

/** Whoever had applied before somebody else was served is told that there is nothing left to pay. */
export async function tellOutdone({ id, outdone, licence, told }: RenewalStanding): Promise<string[]> {
  const untold: string[] = [];
  for (const { because, ...applicant } of outdone) {
    const key = because === 'paid' ? 'renewalOutdone' : 'renewalGivenWay';
    untold.push(...(await say({ ...applicant, id, told }, 'outdone', { key, params: { licence } })));
  }
  return untold;
}

/** The certificate, as a PDF; in words for the meantime, where it takes longer. */
export async function handOver(standing: RenewalStanding): Promise<string[]> {
  const { certificate, licence } = standing;
  if (!certificate || standing.citizenId === undefined) return [];
  const { number } = certificate;
  const telling = `certificate-${number}` as const;
  if (isTold(standing, telling)) return [];
  const params = { ...certificate, licence };
  try {
    const document = await makeDocument(
      (documents) => documents.renewalCertificate({ number }),
      () => say(standing, `words-${number}`, { key: 'certificateWords', params }),
    );
    return await say(standing, telling, { key: 'certificate', params: { ...params, ...document } });
  } catch (error) {
    if (isCancellation(error)) throw error;
    return [`${standing.application}-${telling}`];
  }
}

/** The id makes it one message, however often it is sent. */
async function say(
  { id, application, citizenId, language, told }: Applicant & Pick<RenewalStanding, 'id' | 'told'>,
  telling: RenewalTelling,
  reply: Reply,
): Promise<string[]> {
  const messageId = `${application}-${telling}`;
  if (citizenId === undefined || told.includes(messageId)) return [];
  const about = { entity: 'renewal', id } as const;
  const { outcome } = await send({ messageId, about, citizenId, language, reply });
  return outcome === 'sent' ? [] : [messageId];
}

function isTold({ application, told }: RenewalStanding, telling: RenewalTelling): boolean {
  return told.includes(`${application}-${telling}`);
}
