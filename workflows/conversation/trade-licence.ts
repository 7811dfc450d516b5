/** The fee of a trade licence: a CE number in, the licence and all that is due out, in one message. */
import type { LicenceAnswer } from '../../activities/records.ts';
import type { CeNumber } from '../../domain/ce-number.ts';
import type { OfferedChoice } from '../../domain/reply.ts';
import { requestedService } from '../../domain/services.ts';
import { askForAnotherCeNumber, askForCeNumber, hearCeNumber } from './ce-number.ts';
import type { Answer, Chat } from './chat.ts';
import type { Opening } from './opening.ts';
import { records } from './ports.ts';
import { sendReceiptAgain } from './receipts.ts';
import { promiseAnswer } from './records-back.ts';
import { renewLicence } from './renewal.ts';

export async function tradeLicence(chat: Chat, opening: Opening = {}): Promise<void> {
  const { licence: given, note, ...known } = opening;
  const first = given ?? (await askForCeNumber(chat, note));
  let number = first && (await tellWhatIsDue(chat, first, known));
  while (number) number = await tellWhatIsDue(chat, number);
}

/** @returns the number that the citizen wants to know about next, if any */
async function tellWhatIsDue(
  chat: Chat,
  number: CeNumber,
  { licenceAnswer, promised }: Opening = {},
): Promise<CeNumber | undefined> {
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
      return askForAnotherCeNumber(chat, number);
    case 'tooMany':
      await chat.say({ key: 'tooManyLookUps' });
      return undefined;
    case 'unavailable':
      return promiseAnswer(chat, { kind: 'licence', number }, { promised });
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

async function follow(
  chat: Chat,
  number: CeNumber,
  next: 'renew' | 'another',
): Promise<CeNumber | undefined> {
  if (next === 'another') return askForCeNumber(chat);
  await renewLicence(chat, number);
  return undefined;
}

/** Another number is a wish of its own, because it may be anything's. */
function hear(text: string): Answer<'renew'> {
  const isOfThis = !('is' in hearCeNumber(text)) && requestedService(text) === 'renewal';
  return isOfThis ? { is: 'renew' } : { unclear: 'notUnderstood' };
}
