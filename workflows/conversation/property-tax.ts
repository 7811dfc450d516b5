/** Property tax: beside the dues a statement, and some of the bills alone. */
import type { HeardPlaces, Place, Meaning } from '../../domain/conversation/meaning.ts';
import { readingOf } from '../../domain/conversation/reading.ts';
import type { AccountReference } from '../../domain/accounts/kinds.ts';
import type { Dues } from '../../domain/dues.ts';
import type { Answer, Chat } from './chat.ts';
import { errandFor, type Errand } from './errand.ts';
import { payDues } from './pay-dues.ts';
import { documents, records } from './ports.ts';

type Property = AccountReference<'property'>;

export const propertyTax = payDues<'property', 'statement' | 'choose'>('property', {
  buttons: ({ found }) => (found === 'dues' ? ['statement'] : []),
  hear(meaning, known) {
    const { wish, numbers } = readingOf(meaning, { for: 'nothing' });
    // Another number may be a licence's as well: it is understood at the top.
    if (known.found === 'nothingDue' || numbers) return { unclear: 'notUnderstood' };
    if (wish?.intent === 'statement') return { is: 'statement' };
    if (known.dues.dues.length > 1 && wish?.intent === 'chooseBills') return { is: 'choose' };
    return { unclear: 'notUnderstood' };
  },
  async follow(chat, wish, { account, known }) {
    if (known.found === 'nothingDue') return undefined;
    return wish === 'choose' ? chooseBills(chat, account, known.dues) : sendStatement(chat, account);
  },
});

async function chooseBills(chat: Chat, account: Property, { dues }: Dues): Promise<Errand> {
  const rows = dues
    .slice(0, chat.mostChoices)
    .map((due, index) => ({ id: String(index), label: { due, place: index + 1 } }));
  const places = await chat.choose<string, string>(
    { key: 'chooseBills' },
    rows,
    (meaning) => hearPlaces(meaning, dues.length),
    { asked: { for: 'places' } },
  );
  const bills = places.split(' ').flatMap((place) => dues[Number(place)]?.id ?? []);
  const { citizenId, language } = chat;
  const answer = await records.lookUp({ citizenId, language, account, bills });
  // Paid by somebody meanwhile, or no longer to be asked: all there is to say is what is due now.
  if (answer.found !== 'dues' || answer.dues.dues.length === 0) return errandFor(account);
  return errandFor(account, { answer });
}

async function sendStatement(chat: Chat, { number }: Property): Promise<undefined> {
  const { citizenId, language } = chat;
  try {
    await chat.say({
      key: 'statement',
      params: await documents.propertyStatement({ citizenId, number, language }),
    });
  } catch {
    await chat.say({ key: 'statementFailed' });
  }
  return undefined;
}

/** @returns places in the list, counted from 0, with spaces */
function hearPlaces(meaning: Meaning, count: number): Answer<string> {
  const { places } = readingOf(meaning, { for: 'places' });
  const chosen = places && placesOf(places, count);
  const isGood = chosen !== undefined && chosen.length > 0 && chosen.every((place) => place < count);
  return isGood ? { is: chosen.join(' ') } : { unclear: 'notUnderstood' };
}

function placesOf({ chosen, except = [] }: HeardPlaces, count: number): readonly number[] {
  const inList = (place: Place): number => (place === 'last' ? count - 1 : place);
  const places = chosen === 'all' ? Array.from({ length: count }, (_, place) => place) : chosen.map(inList);
  const without = except.map(inList);
  return [...new Set(places)].filter((place) => !without.includes(place));
}
