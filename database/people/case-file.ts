/** Everything here that a person needs to decide about a case: the case, what it is about, and the words of gateways. */
import type { Order, OrderId, Standing } from '../../domain/payments/order.ts';
import type { CaseRecord } from '../../domain/people/case.ts';
import type { RenewalId, RenewalStanding } from '../../domain/renewal.ts';
import { readCase } from '../cases.ts';
import type { Database } from '../connection.ts';
import { readRenewal } from '../licences/renewals.ts';
import { readOrder } from '../payments/orders.ts';
import { readStanding } from '../payments/standing.ts';

/** Words of a gateway, as far as they can be shown: when they came, on which way, about what. */
export interface KeptWords {
  readonly id: string;
  readonly gateway: string;
  readonly source: string;
  readonly reference: string | null;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

export interface CaseFile {
  readonly case: CaseRecord;
  readonly order?: { readonly order: Order; readonly standing: Standing };
  readonly renewal?: RenewalStanding;
  /** Oldest first. */
  readonly words: readonly KeptWords[];
}

export async function readCaseFile(db: Database, caseId: string): Promise<CaseFile | undefined> {
  const found = await readCase(db, caseId);
  if (!found) return undefined;
  const { subject, subjectId, details } = found;
  const renewal = subject === 'renewal' ? await readRenewal(db, subjectId as RenewalId) : undefined;
  const orderId = subject === 'payment' ? subjectId : details['orderId'];
  const order = typeof orderId === 'string' ? await readOrder(db, orderId as OrderId) : undefined;
  const standing = order && (await readStanding(db, order.id));
  return {
    case: found,
    ...(renewal && { renewal }),
    ...(order && standing && { order: { order, standing } }),
    words: await wordsAbout(db, found, standing),
  };
}

/** The words that opened the case, and all others about the attempts of its order. */
async function wordsAbout(
  db: Database,
  { details }: CaseRecord,
  standing: Standing | undefined,
): Promise<KeptWords[]> {
  const references = standing?.attempts.map(({ reference }) => reference) ?? [];
  const { rows } = await db.query<KeptWords>({
    name: 'words-about',
    text: `select id::text as id, gateway, source, reference,
             (extract(epoch from received_at) * 1000)::float8 as "receivedAt"
           from evidence where reference = any ($1::text[]) or id::text = $2 order by evidence.id`,
    values: [references, details['evidence']],
  });
  return rows;
}
