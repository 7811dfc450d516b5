/** The fee of a trade licence: a CE number in, the licence and all that is due out, in one message. */
import type { LicenceAnswer } from '../../activities/records.ts';
import type { CeNumber } from '../../domain/ce-number.ts';
import type { Meaning } from '../../domain/conversation/meaning.ts';
import type { OfferedChoice } from '../../domain/reply.ts';
import { askForAnotherCeNumber, askForCeNumber, hearCeNumber } from './ce-number.ts';
import type { Answer, Chat } from './chat.ts';
import type { Errand, Opening } from './errand.ts';
import { records } from './ports.ts';
import { sendReceiptAgain } from './receipts.ts';
import { promiseAnswer } from './promise.ts';

export async function tradeLicence(
  chat: Chat,
  { licence: given, note, ...known }: Opening,
): Promise<Errand | undefined> {
  const number = given ?? (await askForCeNumber(chat, note));
  return number && tellWhatIsDue(chat, number, known);
}

async function tellWhatIsDue(
  chat: Chat,
  number: CeNumber,
  { licenceAnswer, promised }: Opening,
): Promise<Errand | undefined> {
  const answer = licenceAnswer ?? (await lookUp(chat, number));
  if (answer.found === 'dues' || answer.found === 'nothingDue') chat.concerns(number);
  switch (answer.found) {
    case 'dues': {
      const { dues, pay, undecided, elsewhere, needsApproval, trade, renewable } = answer;
      const params = { ...dues, ...pay, undecided, elsewhere, needsApproval, trade, renewable };
      // A link leaves no room for buttons: the rest is written.
      const choices = pay ? [] : choicesFor(renewable);
      return follow(chat, number, await chat.offer({ key: 'licenceDues', params }, choices, hear));
    }
    case 'nothingDue': {
      const { account, asOf, lastPaid, trade, renewable } = answer;
      const next = await chat.offer<'renew' | 'receipt' | 'another', 'renew'>(
        { key: 'licencePaidUp', params: { account, asOf, trade, renewable } },
        [...(lastPaid ? [{ id: 'receipt', label: 'lastReceipt' } as const] : []), ...choicesFor(renewable)],
        hear,
      );
      if (next !== 'receipt') return follow(chat, number, next);
      if (lastPaid) await sendReceiptAgain(chat, lastPaid);
      return undefined;
    }
    case 'unknown':
      return duesOf(await askForAnotherCeNumber(chat, number));
    case 'tooMany':
      await chat.say({ key: 'tooManyLookUps' });
      return undefined;
    case 'unavailable':
      return promiseAnswer(chat, { kinds: ['licence'], number }, { promised });
  }
}

/** A register that cannot be asked within seconds is away, whatever the reason. */
async function lookUp({ citizenId, language }: Chat, number: CeNumber): Promise<LicenceAnswer> {
  try {
    return await records.lookUpLicence({ citizenId, number, language });
  } catch {
    return { found: 'unavailable' };
  }
}

function choicesFor(renewable: boolean): OfferedChoice<'renew' | 'another'>[] {
  return [
    ...(renewable ? [{ id: 'renew', label: 'renew' } as const] : []),
    { id: 'another', label: 'anotherNumber' },
  ];
}

async function follow(chat: Chat, number: CeNumber, next: 'renew' | 'another'): Promise<Errand | undefined> {
  if (next === 'another') return duesOf(await askForCeNumber(chat));
  return { task: 'renewal', opening: { licence: number } };
}

function duesOf(licence: CeNumber | undefined): Errand | undefined {
  return licence && { task: 'tradeLicence', opening: { licence } };
}

/** Another number is a wish of its own, because it may be anything's. */
function hear(meaning: Meaning): Answer<'renew'> {
  const isOfThis = !('is' in hearCeNumber(meaning)) && meaning.service === 'renewal';
  return isOfThis ? { is: 'renew' } : { unclear: 'notUnderstood' };
}
