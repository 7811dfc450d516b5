/** Property tax: an assessee number in, everything that is due out, in one message. */
import type { PropertyAnswer } from '../../activities/records.ts';
import { groupAssesseeNumber, type AssesseeNumber } from '../../domain/assessee-number.ts';
import type { Meaning } from '../../domain/conversation/meaning.ts';
import type { Dues, Property } from '../../domain/dues.ts';
import { askForAnotherAssesseeNumber, askForAssesseeNumber } from './assessee-number.ts';
import type { Answer, Chat } from './chat.ts';
import type { Errand, Opening } from './errand.ts';
import { documents, records } from './ports.ts';
import { sendReceiptAgain } from './receipts.ts';
import { promiseAnswer } from './promise.ts';

export async function propertyTax(
  chat: Chat,
  { number: given, note, ...known }: Opening,
): Promise<Errand | undefined> {
  const number = given ?? (await askForAssesseeNumber(chat, note));
  const next = number && (await tellWhatIsDue(chat, number, known));
  return next && { task: 'propertyTax', opening: { number: next } };
}

/** @returns the number that the citizen wants to know about next, if any */
async function tellWhatIsDue(
  chat: Chat,
  number: AssesseeNumber,
  { propertyAnswer, promised }: Opening,
): Promise<AssesseeNumber | undefined> {
  const answer = propertyAnswer ?? (await lookUp(chat, number));
  if (answer.found === 'dues' || answer.found === 'nothingDue') chat.concerns(number);
  switch (answer.found) {
    case 'dues':
      return offerToPay(chat, number, answer);
    case 'nothingDue': {
      const { account, asOf, lastPaid } = answer;
      const next = await chat.offer<'receipt' | 'another', never>(
        { key: 'nothingDue', params: { account, asOf } },
        [
          ...(lastPaid ? [{ id: 'receipt', label: 'lastReceipt' } as const] : []),
          { id: 'another', label: 'anotherNumber' },
        ],
        () => ({ unclear: 'notUnderstood' }),
      );
      if (next === 'another') return askForAssesseeNumber(chat);
      if (lastPaid) await sendReceiptAgain(chat, lastPaid);
      return undefined;
    }
    case 'unknown':
      return askForAnotherAssesseeNumber(chat, number);
    case 'tooMany':
      await chat.say({ key: 'tooManyLookUps' });
      return undefined;
    case 'unavailable':
      return promiseAnswer(
        chat,
        { kinds: ['property'], number },
        { shown: groupAssesseeNumber(number), promised },
      );
  }
}

/** What is due, with the link under which it is paid. A link leaves no room for buttons: the rest is written. */
async function offerToPay(
  chat: Chat,
  number: AssesseeNumber,
  { dues, pay, undecided, elsewhere, chosen }: Due & { readonly chosen?: boolean },
): Promise<AssesseeNumber | undefined> {
  const next = await chat.offer<'statement' | 'another', 'statement' | 'choose'>(
    { key: 'dues', params: { ...dues, ...pay, undecided, elsewhere, chosen } },
    pay
      ? []
      : [
          { id: 'statement', label: 'statement' },
          { id: 'another', label: 'anotherNumber' },
        ],
    (meaning) => hearAfterDues(meaning, dues.dues.length > 1),
  );
  switch (next) {
    case 'statement':
      return sendStatement(chat, number);
    case 'another':
      return askForAssesseeNumber(chat);
    case 'choose':
      return chooseBills(chat, number, dues);
  }
}

async function chooseBills(
  chat: Chat,
  number: AssesseeNumber,
  { dues }: Dues<Property>,
): Promise<AssesseeNumber | undefined> {
  const rows = dues
    .slice(0, chat.mostChoices)
    .map((due, index) => ({ id: String(index), label: { due, place: index + 1 } }));
  const places = await chat.choose<string, string>({ key: 'chooseBills' }, rows, (meaning) =>
    hearPlaces(meaning, dues.length),
  );
  const bills = places.split(' ').flatMap((place) => dues[Number(place)]?.id ?? []);
  const { citizenId, language } = chat;
  const answer = await records.lookUpBills({ citizenId, number, language, bills });
  // Paid by somebody meanwhile, or no longer to be asked: all there is to say is what is due now.
  if (answer.found !== 'dues' || answer.dues.dues.length === 0) return number;
  return offerToPay(chat, number, { ...answer, chosen: true });
}

type Due = Extract<PropertyAnswer, { found: 'dues' }>;

/** A register that cannot be asked within seconds is away, whatever the reason. */
async function lookUp({ citizenId, language }: Chat, number: AssesseeNumber): Promise<PropertyAnswer> {
  try {
    return await records.lookUpProperty({ citizenId, number, language });
  } catch {
    return { found: 'unavailable' };
  }
}

async function sendStatement(chat: Chat, number: AssesseeNumber): Promise<undefined> {
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

/** Another number may be a licence's as well: it is understood at the top. */
function hearAfterDues({ wishes }: Meaning, severalBills: boolean): Answer<'statement' | 'choose'> {
  if (wishes?.includes('statement')) return { is: 'statement' };
  if (severalBills && wishes?.includes('chooseBills')) return { is: 'choose' };
  return { unclear: 'notUnderstood' };
}

/** @returns places in the list, counted from 0, with spaces */
function hearPlaces({ places = [] }: Meaning, count: number): Answer<string> {
  const isGood = places.length > 0 && places.every((place) => place < count);
  return isGood ? { is: places.join(' ') } : { unclear: 'notUnderstood' };
}
