/** Property tax: an assessee number in, everything that is due out, in one message. */
import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { DocumentActivities } from '../../activities/documents.ts';
import type { RecordActivities } from '../../activities/records.ts';
import { assesseeNumberIn, groupAssesseeNumber, type AssesseeNumber } from '../../domain/assessee-number.ts';
import type { NoteKey, OfferedChoice, Reply } from '../../domain/reply.ts';
import { mentions, wordList } from '../../domain/words.ts';
import type { Answer, Chat } from './chat.ts';

const records = proxyLocalActivities<RecordActivities>({
  startToCloseTimeout: '4 seconds',
  retry: { maximumAttempts: 1 },
});
const documents = proxyActivities<DocumentActivities>({
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
    case 'dues': {
      const next = await chat.offer(
        { key: 'dues', params: answer.dues },
        [
          { id: 'statement', label: 'statement' },
          { id: 'another', label: 'anotherNumber' },
        ],
        hearNumber,
      );
      if (next === 'statement') return sendStatement(chat, number);
      return next === 'another' ? askForNumber(chat, { key: 'askAssesseeNumber' }) : next;
    }
    case 'nothingDue': {
      const next = await chat.offer(
        { key: 'nothingDue', params: { account: answer.account, asOf: answer.asOf } },
        [{ id: 'another', label: 'anotherNumber' }],
        hearNumber,
      );
      return next === 'another' ? askForNumber(chat, { key: 'askAssesseeNumber' }) : next;
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

/** A register that cannot be asked within seconds is away, whatever the reason. */
async function lookUp(chat: Chat, number: AssesseeNumber): ReturnType<RecordActivities['lookUpProperty']> {
  try {
    return await records.lookUpProperty({ citizenId: chat.citizenId, number });
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

function hearNumber(text: string): Answer<AssesseeNumber> {
  const number = assesseeNumberIn(text);
  if (!number) return { unclear: 'notANumber' };
  if ('is' in number) return number;
  return { unclear: number.problem === 'ward' ? 'numberWard' : 'numberLength' };
}
