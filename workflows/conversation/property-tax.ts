/** Property tax: an assessee number in, everything that is due out, in one message. */
import type { PropertyAnswer } from '../../activities/records.ts';
import { foldDigits } from '../../domain/digits.ts';
import type { Dues, Property } from '../../domain/dues.ts';
import { assesseeNumberIn, groupAssesseeNumber, type AssesseeNumber } from '../../domain/assessee-number.ts';
import type { Reply } from '../../domain/reply.ts';
import { mentions, wordList } from '../../domain/words.ts';
import { askForNumber, type NumberKind } from './account-number.ts';
import type { Answer, Chat } from './chat.ts';
import type { Opening } from './opening.ts';
import { documents, records } from './ports.ts';
import { sendReceiptAgain } from './receipts.ts';
import { promiseAnswer } from './records-back.ts';

const assesseeNumbers: NumberKind<AssesseeNumber> = {
  recent: (of) => records.recentProperties(of),
  shown: groupAssesseeNumber,
  hear: hearNumber,
  whereLabel: 'whereIsIt',
  where: billPicture,
};

export async function propertyTax(chat: Chat, opening: Opening = {}): Promise<void> {
  const { number: given, note, ...known } = opening;
  const first = given ?? (await askForNumber(chat, assesseeNumbers, { key: 'askAssesseeNumber', note }));
  let number = first && (await tellWhatIsDue(chat, first, known));
  while (number) number = await tellWhatIsDue(chat, number);
}

/** @returns the number that the citizen wants to know about next, if any */
async function tellWhatIsDue(
  chat: Chat,
  number: AssesseeNumber,
  { propertyAnswer, promised }: Opening = {},
): Promise<AssesseeNumber | undefined> {
  const grouped = groupAssesseeNumber(number);
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
      if (next === 'another') return askForNumber(chat, assesseeNumbers, { key: 'askAssesseeNumber' });
      if (lastPaid) await sendReceiptAgain(chat, lastPaid);
      return undefined;
    }
    case 'unknown':
      return askForNumber(chat, assesseeNumbers, { key: 'unknownNumber', params: { number: grouped } });
    case 'tooMany':
      await chat.say({ key: 'tooManyLookUps' });
      return undefined;
    case 'unavailable':
      return promiseAnswer(chat, { kind: 'property', number }, { shown: grouped, promised });
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
    (text) => hearAfterDues(text, dues.dues.length > 1),
  );
  switch (next) {
    case 'statement':
      return sendStatement(chat, number);
    case 'another':
      return askForNumber(chat, assesseeNumbers, { key: 'askAssesseeNumber' });
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
    .slice(0, mostRows)
    .map((due, index) => ({ id: String(index), label: { due, place: index + 1 } }));
  const places = await chat.choose<string, string>({ key: 'chooseBills' }, rows, (text) =>
    hearPlaces(text, dues.length),
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

/** The picture of a bill with the place marked; in words when it cannot be had. */
async function billPicture({ language }: Chat): Promise<Reply> {
  try {
    return { key: 'billPicture', params: await documents.billPicture({ language }) };
  } catch {
    return { key: 'whereIsIt' };
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

const statementWords =
  wordList(`statement, full statement, pdf, hisab, hishab, puro hisab, হিসাব, পুরো হিসাব, হিসেব, পিডিএফ, हिसाब, पूरा हिसाब,
  पीडीएफ`);
const chooseWords =
  wordList(`choose, choose bills, select, some bills, pick, bachai, bachhai, beche, chuno, chune, chunen, বাছাই, বাছুন, বেছে,
  বিল বাছাই, चुनें, चुनो, चुनना, बिल चुनें`);

/** Another number may be a licence's as well: it is understood at the top. */
function hearAfterDues(text: string, severalBills: boolean): Answer<'statement' | 'choose'> {
  if (mentions(text, statementWords)) return { is: 'statement' };
  if (severalBills && mentions(text, chooseWords)) return { is: 'choose' };
  return { unclear: 'notUnderstood' };
}

/** As many rows as a list of WhatsApp's has. */
const mostRows = 10;

/** `1 3`, `১, ৩` or `1 and 3`: places in the list, counted from 1. @returns them counted from 0, with spaces */
function hearPlaces(text: string, count: number): Answer<string> {
  const places = [
    ...new Set(
      foldDigits(text)
        .match(/\d+/g)
        ?.map((digits) => Number(digits) - 1),
    ),
  ];
  const isGood = places.length > 0 && places.every((place) => place >= 0 && place < count);
  return isGood ? { is: places.join(' ') } : { unclear: 'notUnderstood' };
}

function hearNumber(text: string): Answer<AssesseeNumber> {
  const number = assesseeNumberIn(text);
  if (!number) return { unclear: 'notANumber' };
  if ('is' in number) return number;
  return { unclear: number.problem === 'ward' ? 'numberWard' : 'numberLength' };
}
