/** What every service about bills has in common: a number in, everything that is due out, in one message, with the link to pay. */
import type { AccountKind, AccountReference } from '../../domain/accounts/kinds.ts';
import type { Meaning } from '../../domain/conversation/meaning.ts';
import type { DuesFound, LookUp, NothingDue } from '../../domain/look-up.ts';
import type { PayToken } from '../../domain/payments/order.ts';
import type { LabelKey, OfferedChoice, Reply } from '../../domain/reply.ts';
import { askForAnotherNumber, askForNumber } from './account-number.ts';
import type { Answer, Chat } from './chat.ts';
import { errandFor, openedWith, type Errand, type Opening } from './errand.ts';
import { nameIt } from './nickname.ts';
import { credits, promisedRecords, records } from './ports.ts';
import { promiseAnswer } from './promise.ts';
import { sendReceiptAgain } from './receipts.ts';

/** Does one errand. @returns what the citizen wants next, if anything */
export type Script = (chat: Chat, opening: Opening) => Promise<Errand | undefined>;

/** The answer to an account that the records know. */
export type Known<K extends AccountKind> = DuesFound<K> | NothingDue<K>;

/** What citizens can do with accounts of one kind beside paying. */
export interface Extras<K extends AccountKind, Wish extends string> {
  /** What is offered on a button, where a link leaves room for it. */
  buttons(known: Known<K>): readonly (Wish & LabelKey)[];
  /** What is heard in words. */
  hear(meaning: Meaning, known: Known<K>): Answer<Wish>;
  /** @returns what the citizen wants next, if anything */
  follow(
    chat: Chat,
    wish: Wish,
    about: { readonly account: AccountReference<K>; readonly known: Known<K> },
  ): Promise<Errand | undefined>;
}

/** The script of a service about bills. */
export function payDues<K extends AccountKind, Wish extends string = never>(
  kind: K,
  extras?: Extras<K, Wish>,
): Script {
  return async (chat, { note, answer: given, promised, ...opening }) => {
    const account = openedWith(opening, kind) ?? (await askForNumber(chat, kind, note));
    if (!account) return undefined;
    // The compiler cannot see that an answer is of the kind of its account.
    const answer = (given ?? (await lookUp(chat, account, promised))) as LookUp<K>;
    switch (answer.found) {
      case 'dues':
      case 'nothingDue':
        chat.concerns(account.number);
        return tell(chat, account, answer, extras);
      case 'unknown':
        return next(await askForAnotherNumber(chat, account));
      case 'tooMany':
        await chat.say({ key: 'tooManyLookUps' });
        return undefined;
      case 'unavailable':
        return promiseAnswer(chat, { kinds: [kind], number: account.number }, { promised });
    }
  };
}

/** What is offered with accounts of every kind. */
type Own = 'useCredit' | 'receipt' | 'another' | 'name';

/** As many buttons as one message has. */
const mostButtons = 3;

/** Tells what there is to know of an account, and does what the citizen wants next. */
async function tell<K extends AccountKind, Wish extends string>(
  chat: Chat,
  account: AccountReference<K>,
  known: Known<K>,
  extras: Extras<K, Wish> | undefined,
): Promise<Errand | undefined> {
  const paid = known.found === 'nothingDue' ? known.lastPaid : undefined;
  const covered = known.found === 'dues' ? coveredBy(known) : undefined;
  const hasLink = known.found === 'dues' && known.pay !== undefined && !covered;
  const choices: OfferedChoice<Wish | Own>[] = [
    ...(covered ? [{ id: 'useCredit', label: 'useCredit' } as const] : []),
    ...(paid ? [{ id: 'receipt', label: 'lastReceipt' } as const] : []),
    ...(extras?.buttons(known) ?? []).map((wish) => ({ id: wish, label: wish })),
    { id: 'another', label: 'anotherNumber' },
    { id: 'name', label: 'nameIt' },
  ];
  const wish = await chat.offer<Wish | Own, Wish>(
    replyFor(account.kind, known),
    // A link leaves no room for buttons: the rest is written.
    hasLink ? [] : choices.slice(0, mostButtons),
    (meaning) => extras?.hear(meaning, known) ?? { unclear: 'notUnderstood' },
  );
  if (wish === 'another') return next(await askForNumber(chat, account.kind));
  if (wish === 'name') {
    await nameIt(chat, account);
    return undefined;
  }
  if (wish === 'useCredit') return covered && payByCredit(chat, account, covered);
  if (wish !== 'receipt') return extras?.follow(chat, wish, { account, known });
  if (paid) await sendReceiptAgain(chat, paid);
  return undefined;
}

/** The order that credit pays whole, where it does. */
function coveredBy({ dues, pay, credit, elsewhere = false }: DuesFound): Covered | undefined {
  return pay && credit?.amount === dues.total ? { token: pay.token, anyway: elsewhere } : undefined;
}

/** `anyway`: the citizen has read that somebody else may be paying the same. */
interface Covered {
  readonly token: PayToken;
  readonly anyway: boolean;
}

/** The payment's own workflow answers with the receipt. What has changed meanwhile is told anew. */
async function payByCredit(
  chat: Chat,
  account: AccountReference,
  covered: Covered,
): Promise<Errand | undefined> {
  try {
    const { outcome } = await credits.payByCredit(covered);
    return outcome === 'paid' ? undefined : errandFor(account);
  } catch {
    await chat.say({ key: 'tryAgainLater' });
    return undefined;
  }
}

function replyFor<K extends AccountKind>(kind: K, known: Known<K>): Reply {
  // The compiler cannot see that the values are those of the kind.
  if (known.found === 'nothingDue') {
    const { found, lastPaid, ...params } = known;
    return { key: `nothingDue.${kind}`, params } as unknown as Reply;
  }
  const { found, pay, dues, ...more } = known;
  return { key: `dues.${kind}`, params: { ...dues, ...pay, ...more } } as unknown as Reply;
}

function next(account: AccountReference | undefined): Errand | undefined {
  return account && errandFor(account);
}

/** Records that cannot be asked within seconds are away, whatever the reason. */
async function lookUp(
  { citizenId, language }: Chat,
  account: AccountReference,
  isPromised = false,
): Promise<LookUp> {
  try {
    return isPromised
      ? await promisedRecords.lookUp({ citizenId, language, account, isPromised })
      : await records.lookUp({ citizenId, language, account });
  } catch {
    return { found: 'unavailable' };
  }
}
