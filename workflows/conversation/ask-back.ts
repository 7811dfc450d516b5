/** What a citizen likely wants, and not surely, is offered to them instead of done. */
import type { HeardIntent, Intent } from '../../domain/conversation/meaning.ts';
import type { LabelKey, OfferedChoice } from '../../domain/reply.ts';

/** What needs asking before it is done, as it is offered. All else leads to no more than a question or the menu. */
const offered = {
  propertyTax: 'propertyTax',
  tradeLicence: 'tradeLicence',
  renewal: 'renewal',
  marketRent: 'marketRent',
  receipts: 'receipts',
  about: 'about',
  status: 'wish.status',
  moneyCut: 'wish.moneyCut',
  complaint: 'wish.complaint',
  stop: 'wish.stop',
  forgetNumbers: 'forget',
  person: 'person',
} as const satisfies Partial<Record<Intent, LabelKey>>;

type OfferedIntent = keyof typeof offered;

function isOffered(intent: string): intent is OfferedIntent {
  return intent in offered;
}

/** @returns nothing where the likeliest wish may be followed at once */
export function offersOf(intents: readonly HeardIntent[]): OfferedChoice<OfferedIntent>[] {
  const [first] = intents;
  // Where complaints are taken helps whoever meant something near it, too.
  if (!first || first.certainty === 'sure' || first.intent === 'complaint') return [];
  if (!isOffered(first.intent)) return [];
  return intents.flatMap(({ intent }) => (isOffered(intent) ? [{ id: intent, label: offered[intent] }] : []));
}

/** The wish that was offered and chosen. */
export function wishOffered(choice: string | undefined): HeardIntent | undefined {
  return choice !== undefined && isOffered(choice) ? { intent: choice, certainty: 'sure' } : undefined;
}
