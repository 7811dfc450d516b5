/** Tells citizens what became of a renewal: each thing once, whatever dies in between. */
import { isCancellation } from '@temporalio/workflow';
import type { Applicant, RenewalStanding, RenewalTelling } from '../../domain/renewal.ts';
import type { Reply } from '../../domain/reply.ts';
import { makeDocument } from '../documents.ts';
import { send } from '../send.ts';

/** What is said about the application itself. @returns false when it could not be told */
export async function tellOnce(
  standing: RenewalStanding,
  telling: 'approved' | 'sentBack' | 'refused' | 'reminder',
): Promise<boolean> {
  const { licence, years, reason = '', payment } = standing;
  const about = { licence, years };
  switch (telling) {
    case 'approved':
      if (!payment) return true;
      return say(standing, telling, { key: 'renewalApproved', params: { ...about, ...payment } });
    case 'reminder':
      if (!payment) return true;
      return say(standing, telling, { key: 'renewalReminder', params: { ...about, ...payment } });
    case 'sentBack':
      return say(standing, telling, { key: 'renewalSentBack', params: { ...about, reason } });
    case 'refused':
      return say(standing, telling, { key: 'renewalRefused', params: { ...about, reason } });
  }
}

/** Somebody else paid first: whoever had applied is told that there is nothing left to pay. */
export async function tellOutdone({ id, outdone, licence, told }: RenewalStanding): Promise<boolean> {
  let isWell = true;
  for (const applicant of outdone) {
    const reply = { key: 'renewalOutdone', params: { licence } } as const;
    isWell = (await say({ ...applicant, id, told }, 'outdone', reply)) && isWell;
  }
  return isWell;
}

/** The certificate, as a PDF; in words for the meantime, where it takes longer. */
export async function handOver(standing: RenewalStanding): Promise<boolean> {
  const { certificate, licence } = standing;
  if (!certificate || standing.citizenId === undefined) return true;
  const { number } = certificate;
  const telling = `certificate-${number}` as const;
  if (isTold(standing, telling)) return true;
  const params = { ...certificate, licence };
  try {
    const document = await makeDocument(
      (documents) => documents.renewalCertificate({ number }),
      () => say(standing, `words-${number}`, { key: 'certificateWords', params }),
    );
    return await say(standing, telling, { key: 'certificate', params: { ...params, ...document } });
  } catch (error) {
    if (isCancellation(error)) throw error;
    return false;
  }
}

/** The id makes it one message, however often it is sent. */
async function say(
  { id, application, citizenId, language, told }: Applicant & Pick<RenewalStanding, 'id' | 'told'>,
  telling: RenewalTelling,
  reply: Reply,
): Promise<boolean> {
  const messageId = `${application}-${telling}`;
  if (citizenId === undefined || told.includes(messageId)) return true;
  const about = { entity: 'renewal', id } as const;
  return (await send({ messageId, about, citizenId, language, reply })).outcome === 'sent';
}

function isTold({ application, told }: RenewalStanding, telling: RenewalTelling): boolean {
  return told.includes(`${application}-${telling}`);
}
