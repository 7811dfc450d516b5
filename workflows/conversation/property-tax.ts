/** Property tax: an assessee number in, everything that is due out, in one message. */
import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { DocumentActivities } from '../../activities/documents.ts';
import type { RecordActivities } from '../../activities/records.ts';
import { foldDigits } from '../../domain/digits.ts';
import type { Dues } from '../../domain/dues.ts';
import { assesseeNumberIn, groupAssesseeNumber, type AssesseeNumber } from '../../domain/assessee-number.ts';
import type { NoteKey, OfferedChoice, Reply } from '../../domain/reply.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { mentions, wordList } from '../../domain/words.ts';
import type { Answer, Chat } from './chat.ts';
import { sendReceiptAgain } from './receipts.ts';

const records = proxyLocalActivities<RecordActivities>({
  startToCloseTimeout: '4 seconds',
  retry: { maximumAttempts: 1 },
});
const documents = proxyActivities<DocumentActivities>({
  taskQueue: taskQueues.documents,
  startToCloseTimeout: '30 seconds',
  retry: { maximumAttempts: 3 },
});

/** How the citizen came here. */
export interface Opening {
  /** They began with the number. */
  readonly number?: AssesseeNumber;
  /** What they began with is no number, for this reason. */
  readonly note?: NoteKey;
  /** We promised them this answer, and said so. */
  readonly promised?: boolean;
}

export async function propertyTax(chat: Chat, opening: Opening = {}): Promise<void> {
  const { number: given, note, promised } = opening;
  let number = given ?? (await askForNumber(chat, { key: 'askAssesseeNumber', note }));
  while (number) number = await tellWhatIsDue(chat, number, promised === true && number === given);
}

/** @returns the number that the citizen wants to know about next, if any */
async function tellWhatIsDue(
  chat: Chat,
  number: AssesseeNumber,
  promised: boolean,
): Promise<AssesseeNumber | undefined> {
  chat.concerns(number);
  const grouped = groupAssesseeNumber(number);
  const answer = await lookUp(chat, number);
  switch (answer.found) {
    case 'dues':
      return offerToPay(chat, number, answer);
    case 'nothingDue': {
      const { account, asOf, lastPaid } = answer;
      const next = await chat.offer<'receipt' | 'another', AssesseeNumber>(
        { key: 'nothingDue', params: { account, asOf } },
        [
          ...(lastPaid ? [{ id: 'receipt', label: 'lastReceipt' } as const] : []),
          { id: 'another', label: 'anotherNumber' },
        ],
        hearNumber,
      );
      if (next === 'another') return askForNumber(chat, { key: 'askAssesseeNumber' });
      if (next !== 'receipt') return next;
      if (lastPaid) await sendReceiptAgain(chat, lastPaid);
      return undefined;
    }
    case 'unknown':
      return askForNumber(chat, { key: 'unknownNumber', params: { number: grouped } });
    case 'tooMany':
      await chat.say({ key: 'tooManyLookUps' });
      return undefined;
    case 'unavailable':
      // Whoever has been told once waits without a second word.
      if (!promised) await chat.say({ key: 'recordsAway', params: { number: grouped } });
      chat.answerLater(number);
      return undefined;
  }
}

/** What is due, with the link under which it is paid. A link leaves no room for buttons: the rest is written. */
async function offerToPay(
  chat: Chat,
  number: AssesseeNumber,
  { dues, pay, undecided, chosen }: Due & { readonly chosen?: boolean },
): Promise<AssesseeNumber | undefined> {
  const next = await chat.offer<'statement' | 'another', AssesseeNumber | 'statement' | 'choose'>(
    { key: 'dues', params: { ...dues, ...pay, undecided, chosen } },
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
      return askForNumber(chat, { key: 'askAssesseeNumber' });
    case 'choose':
      return chooseBills(chat, number, dues);
    default:
      return next;
  }
}

async function chooseBills(
  chat: Chat,
  number: AssesseeNumber,
  { dues }: Dues,
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

type LookedUp = Awaited<ReturnType<RecordActivities['lookUpProperty']>>;
type Due = Extract<LookedUp, { found: 'dues' }>;

/** A register that cannot be asked within seconds is away, whatever the reason. */
async function lookUp({ citizenId, language }: Chat, number: AssesseeNumber): Promise<LookedUp> {
  try {
    return await records.lookUpProperty({ citizenId, number, language });
  } catch {
    return { found: 'unavailable' };
  }
}

async function askForNumber(chat: Chat, question: Reply): Promise<AssesseeNumber | undefined> {
  const { citizenId } = chat;
  const recent = await records.recentProperties({ citizenId }).catch(() => []);
  const choices: OfferedChoice<AssesseeNumber | 'whereIsIt' | 'forget'>[] = [
    ...recent.map(({ number, place }) => ({
      id: number,
      label: { title: groupAssesseeNumber(number), description: place },
    })),
    { id: 'whereIsIt', label: 'whereIsIt' },
    ...(recent.length > 0 ? [{ id: 'forget', label: 'forget' } as const] : []),
  ];
  const chosen = await chat.choose(question, choices, hearChoice);
  switch (chosen) {
    case 'whereIsIt':
      return await chat.choose<never, AssesseeNumber>(await billPicture(chat), [], hearNumber);
    case 'forget':
      await records.forgetProperties({ citizenId });
      await chat.say({ key: 'forgotten' });
      return undefined;
    default:
      return chosen;
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

const whereWords =
  wordList(`where, where is my number, how do i find, kothay, kothai pabo, kahan, kahan milega,
  কোথায়, কোথায় পাব, কোথায় পাবো, নম্বর কোথায় পাব, নম্বর জানি না, कहाँ, कहां, कहाँ मिलेगा, नंबर नहीं पता`);
const forgetWords =
  wordList(`forget, forget me, forget my numbers, bhule jao, bhul jao, ভুলে যান, আমার নম্বর ভুলে যান, মুছে ফেলুন,
  भूल जाएँ, भूल जाओ, मिटा दें, मेरे नंबर भूल जाएँ`);

function hearChoice(text: string): Answer<AssesseeNumber | 'whereIsIt' | 'forget'> {
  const number = hearNumber(text);
  if ('is' in number) return number;
  if (mentions(text, forgetWords)) return { is: 'forget' };
  return mentions(text, whereWords) ? { is: 'whereIsIt' } : number;
}

const statementWords =
  wordList(`statement, full statement, pdf, hisab, hishab, puro hisab, হিসাব, পুরো হিসাব, হিসেব, পিডিএফ, हिसाब, पूरा हिसाब,
  पीडीएफ`);
const chooseWords =
  wordList(`choose, choose bills, select, some bills, pick, bachai, bachhai, beche, chuno, chune, chunen, বাছাই, বাছুন, বেছে,
  বিল বাছাই, चुनें, चुनो, चुनना, बिल चुनें`);

function hearAfterDues(text: string, severalBills: boolean): Answer<AssesseeNumber | 'statement' | 'choose'> {
  if (mentions(text, statementWords)) return { is: 'statement' };
  if (severalBills && mentions(text, chooseWords)) return { is: 'choose' };
  return hearNumber(text);
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
