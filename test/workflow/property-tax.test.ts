import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { PaidByCredit } from '../../database/payments/pay-by-credit.ts';
import type { InboundContent } from '../../domain/conversation/inbound.ts';
import type { OrderId, PayToken, RecentPayment } from '../../domain/payments/order.ts';
import type { ReceiptNumber } from '../../domain/payments/receipt.ts';
import type { NoteKey, ReplyKey } from '../../domain/reply.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { startConversations, type Conversations } from '../support/conversations.ts';
import { sampleDues, undecided } from '../support/sample-replies.ts';

let town: Conversations;
/** The records stand still while this is true. */
let away: boolean;

const dues = sampleDues(1);
const paid = '110010100015';
const due = '311071100571';

beforeAll(async () => {
  town = await startConversations(inject('temporalAddress'));
});
afterAll(() => town.close());
beforeEach(() => {
  away = false;
  town.lookUp = ({ number }) => {
    if (away) return Promise.resolve({ found: 'unavailable' });
    if (number === due) return Promise.resolve({ found: 'dues', dues });
    if (number === paid)
      return Promise.resolve({ found: 'nothingDue', account: dues.account, asOf: dues.asOf });
    return Promise.resolve({ found: 'unknown' });
  };
});

const voice: InboundContent = { kind: 'audio', mediaId: '1', mimeType: 'audio/ogg', voice: true };

describe('a number at any time', () => {
  test.each<[string, ReplyKey, NoteKey | undefined]>([
    ['311071100571', 'dues.property', undefined],
    ['31-107-11-0057-1', 'dues.property', undefined],
    ['31 107 11 0057 1', 'dues.property', undefined],
    ['31.107.11.0057.1', 'dues.property', undefined],
    ['৩১১০৭১১০০৫৭১', 'dues.property', undefined],
    ['३१-१०७-११-००५७-१', 'dues.property', undefined],
    ['assessee no. 31-107-11-0057-1', 'dues.property', undefined],
    ['আমার অ্যাসেসি নম্বর ৩১-১০৭-১১-০০৫৭-১, কত বাকি?', 'dues.property', undefined],
    ['110010100015', 'nothingDue.property', undefined],
    ['110010100016', 'noSuchNumber', undefined],
    ['31107110057', 'noSuchNumber', 'number.property.length'],
    ['3110711005711', 'noSuchNumber', 'number.property.length'],
    ['319991100571', 'noSuchNumber', 'number.property.ward'],
    ["311071100571'; drop table accounts; --", 'dues.property', undefined],
  ])('%s is answered with %s', async (said, key, note) => {
    const { reply } = await town.citizen().say(said);
    expect(reply.key).toBe(key);
    expect(reply.note).toBe(note);
  });
});

describe('from the menu', () => {
  test('menu, property tax, a number, and everything that is due', async () => {
    const citizen = town.citizen();
    const question = await citizen.tap(await citizen.say('hi'), 'propertyTax');
    expect(question.reply.key).toBe('askNumber.property');
    const answer = await citizen.say(due);
    expect(answer.reply).toMatchObject({ key: 'dues.property', params: { total: dues.total } });
    expect(citizen.heard).toHaveLength(3);
    await citizen.settled();
    const { typedSearchAttributes } = await citizen.handle.describe();
    expect(typedSearchAttributes.get(searchAttributes.service)).toBe('propertyTax');
    expect(typedSearchAttributes.get(searchAttributes.accountNumber)).toBe(due);
  });

  test('what is no number is asked for again, each time with the reason', async () => {
    const citizen = town.citizen();
    await citizen.say('property tax');
    expect((await citizen.say('my house')).reply.note).toBe('notANumber');
    expect((await citizen.show(voice)).reply.note).toBe('cannotHear');
    expect((await citizen.say('31-107')).reply.note).toBe('number.property.length');
    expect((await citizen.say('help')).reply.key).toBe('help');
  });

  test('a number that the records do not know stands in the clear nowhere', async () => {
    const citizen = town.citizen();
    await citizen.say('property tax');
    // An Aadhaar has twelve digits, too.
    await citizen.say('110010100016');
    await citizen.say('trade licence');
    await citizen.say('919830012345');
    await citizen.settled();
    const description = await citizen.handle.describe();
    expect(description.typedSearchAttributes.get(searchAttributes.accountNumber)).toBeUndefined();
    expect(JSON.stringify(description.raw)).not.toMatch(/110010100016|919830012345/);
  });

  test('an unknown number is told as such, and another one may follow at once', async () => {
    const citizen = town.citizen();
    await citizen.say('property tax');
    const unknown = await citizen.say('110010100016');
    expect(unknown.reply).toMatchObject({
      key: 'unknownNumber.property',
      params: { number: '110010100016' },
    });
    expect((await citizen.say(due)).reply.key).toBe('dues.property');
  });
});

describe('after the dues', () => {
  test('the statement comes as a document', async () => {
    const citizen = town.citizen();
    const statement = await citizen.tap(await citizen.say(due), 'statement');
    expect(statement.reply).toMatchObject({ key: 'statement', params: { filename: '311071100571.pdf' } });
  });

  test('another number may be tapped for or typed, and anything else is a wish of its own', async () => {
    const citizen = town.citizen();
    expect((await citizen.tap(await citizen.say(due), 'another')).reply.key).toBe('askNumber.property');
    expect((await citizen.say(due)).reply.key).toBe('dues.property');
    expect((await citizen.say(paid)).reply.key).toBe('nothingDue.property');
    expect((await citizen.say('English')).reply).toMatchObject({ key: 'menu', note: 'languageSet' });
  });

  test('the numbers asked for last are one tap away, until the citizen has them forgotten', async () => {
    const citizen = town.citizen();
    await citizen.say(due);
    const question = await citizen.say('tax');
    expect(question.reply.choices?.map(({ id }) => id.split(':')[1])).toEqual([due, 'whereIsIt', 'forget']);
    expect((await citizen.tap(question, due)).reply.key).toBe('dues.property');
    expect((await citizen.tap(await citizen.say('tax'), 'forget')).reply.key).toBe('forgotten');
    expect((await citizen.say('tax')).reply.choices).toHaveLength(1);
  });

  test('who does not know the number is shown where it stands on a bill', async () => {
    const citizen = town.citizen();
    const picture = await citizen.tap(await citizen.say('tax'), 'whereIsIt');
    expect(picture.reply).toMatchObject({ key: 'billPicture', params: { mediaId: '2' } });
    expect((await citizen.say(due)).reply.key).toBe('dues.property');
  });
});

describe('while the records are away', () => {
  test('the citizen is told at once, and gets the answer by itself when they are back', async () => {
    away = true;
    const citizen = town.citizen();
    expect((await citizen.say(due)).reply.key).toBe('recordsAway');
    away = false;
    await waitFor('the promised answer', () => citizen.heard.length === 2, { timeoutMs: 30_000 });
    expect(citizen.heard[1]?.reply).toMatchObject({ key: 'dues.property', params: { total: dues.total } });
  });

  test('they may go on meanwhile; the answer waits until nothing is being asked', async () => {
    away = true;
    const citizen = town.citizen();
    await citizen.say(due);
    await citizen.say('language');
    away = false;
    await waitFor('the end of the waiting', async () => {
      const { raw } = await citizen.handle.describe();
      return (raw.pendingActivities ?? []).length === 0;
    });
    expect(citizen.heard).toHaveLength(2);
    await citizen.say('English');
    await waitFor('the promised answer', () => citizen.heard.length === 4);
    expect(citizen.heard.map(({ reply }) => reply.key)).toEqual([
      'recordsAway',
      'chooseLanguage',
      'menu',
      'dues.property',
    ]);
    expect(citizen.heard[3]?.language).toBe('en');
  });
});

test('when something cannot be done the citizen is told, and the conversation goes on', async () => {
  const citizen = town.citizen();
  await citizen.say(due);
  town.onForget = () => Promise.reject(new Error('the database is away'));
  const question = await citizen.say('tax');
  expect((await citizen.tap(question, 'forget')).reply.key).toBe('tryAgainLater');
  town.onForget = () => Promise.resolve();
  expect((await citizen.say('hi')).reply.key).toBe('menu');
});

test('who asks for too many numbers is asked to wait', async () => {
  town.lookUp = () => Promise.resolve({ found: 'tooMany' });
  expect((await town.citizen().say(due)).reply.key).toBe('tooManyLookUps');
});

test('a bare number costs at most seven events, the look-up and the reply included', async () => {
  const citizen = town.citizen();
  await citizen.say('hi');
  const before = await citizen.settled();
  await citizen.say(due);
  expect((await citizen.settled()) - before).toBeLessThanOrEqual(7);
});

describe('with a link to pay', () => {
  const pay = { token: 'sampletokensampletoken12' as PayToken, expiresAt: Date.UTC(2026, 10, 24, 18, 29) };

  beforeEach(() => {
    town.lookUp = ({ number }) =>
      Promise.resolve({ found: 'dues', dues: { ...dues, account: { ...dues.account, number } }, pay });
  });

  test('the dues come with the link and without buttons; the statement is had by its word', async () => {
    const citizen = town.citizen();
    const answer = await citizen.say(due);
    expect(answer.reply).toMatchObject({
      key: 'dues.property',
      params: { total: dues.total, token: pay.token },
    });
    expect(answer.reply.choices).toEqual([]);
    expect((await citizen.say('পুরো হিসাব')).reply.key).toBe('statement');
    await citizen.say(due);
    expect((await citizen.say('PDF please')).reply.key).toBe('statement');
  });

  test.each([
    ['a tap', '1', ['FS1']],
    ['a place in Bengali digits', '২', ['FS1']],
    ['several places', '১ আর ২', ['PD0', 'FS1']],
  ])('some bills are chosen by %s', async (_, said, bills) => {
    const citizen = town.citizen();
    await citizen.say(due);
    const question = await citizen.say('বাছাই');
    expect(question.reply.key).toBe('chooseBills');
    expect(question.reply.choices).toHaveLength(2);
    const chosen = said === '1' ? await citizen.tap(question, '1') : await citizen.say(said);
    expect(chosen.reply).toMatchObject({ key: 'dues.property', params: { chosen: true, token: pay.token } });
    const { dues: shown } = (chosen.reply as Extract<typeof chosen.reply, { key: 'dues.property' }>).params;
    expect(shown.map(({ id }) => id)).toEqual(bills);
  });

  test('a place that the list does not have is asked for again', async () => {
    const citizen = town.citizen();
    await citizen.say(due);
    await citizen.say('choose');
    expect((await citizen.say('7')).reply).toMatchObject({ key: 'chooseBills', note: 'notUnderstood' });
    expect((await citizen.say('menu')).reply.key).toBe('menu');
  });

  test('while the bank has not decided there is no link', async () => {
    town.lookUp = () => Promise.resolve({ found: 'dues', dues, undecided });
    const { reply } = await town.citizen().say(due);
    expect(reply).toMatchObject({ key: 'dues.property', params: { undecided } });
    expect((reply as Extract<typeof reply, { key: 'dues.property' }>).params.token).toBeUndefined();
  });

  test('from "hi" to the dues with the link there are three messages, from a bare number one', async () => {
    const citizen = town.citizen();
    await citizen.tap(await citizen.say('hi'), 'propertyTax');
    await citizen.say(due);
    expect(citizen.heard).toHaveLength(3);
    const bare = town.citizen();
    await bare.say(due);
    expect(bare.heard).toHaveLength(1);
  });
});

describe('what was paid', () => {
  const number = 'W-2026-27-000123' as ReceiptNumber;
  const payment: RecentPayment = {
    orderId: '3f0e0b8a-0000-4000-8000-000000000001' as OrderId,
    service: 'propertyTax',
    accountNumber: due,
    amount: dues.total,
    at: dues.asOf,
    state: 'paid',
    receipt: number,
  };
  const undecided: RecentPayment = {
    ...payment,
    orderId: 'other' as OrderId,
    receipt: undefined,
    state: 'undecided',
  };

  beforeEach(() => {
    town.payments = [undecided, payment];
  });
  afterAll(() => {
    town.payments = [];
  });

  test.each(['status', 'আমার রসিদ', 'my receipts', 'मेरी रसीदें'])(
    '%s lists it, each receipt one tap away',
    async (said) => {
      const citizen = town.citizen();
      const list = await citizen.say(said);
      expect(list.reply.key).toBe(said === 'status' ? 'standing' : 'payments');
      expect(list.reply.choices).toHaveLength(1);
      const receipt = await citizen.tap(list, number);
      expect(receipt.reply).toMatchObject({
        key: 'receipt',
        params: { number, amount: payment.amount, mediaId: '3' },
      });
    },
  );

  test('comes again where nothing is due any more', async () => {
    town.lookUp = () =>
      Promise.resolve({
        found: 'nothingDue',
        account: dues.account,
        asOf: dues.asOf,
        lastPaid: payment,
      });
    const citizen = town.citizen();
    const nothing = await citizen.say(paid);
    expect(nothing.reply.choices?.map(({ label }) => label)).toEqual([
      'lastReceipt',
      'anotherNumber',
      'nameIt',
    ]);
    expect((await citizen.tap(nothing, 'receipt')).reply.key).toBe('receipt');
  });

  test('is made by one tap where credit covers everything, and the receipt is the answer', async () => {
    const pay = { token: 'samplecredittoken' as PayToken, expiresAt: Date.now() + 3_600_000 };
    const credit = { amount: dues.total, from: [] };
    const wanted: unknown[] = [];
    let becomes: PaidByCredit = { outcome: 'paid' };
    town.lookUp = () => Promise.resolve({ found: 'dues', dues, pay, credit, elsewhere: true });
    town.payByCredit = (asked) => {
      wanted.push(asked);
      return Promise.resolve(becomes);
    };
    const citizen = town.citizen();
    const told = await citizen.say(due);
    expect(told.reply.choices?.map(({ label }) => label)).toEqual([
      'useCredit',
      'statement',
      'anotherNumber',
    ]);
    const offered = told.reply.choices?.[0]?.id ?? '';
    await citizen.send({ kind: 'tap', id: offered, title: 'useCredit' });
    await waitFor('the payment', () => wanted.length === 1);
    await citizen.settled();
    expect(wanted).toEqual([{ token: pay.token, anyway: true }]);
    expect(citizen.heard).toHaveLength(1);
    // Somebody was faster: what is due now is told, and can be paid.
    becomes = { outcome: 'refused', because: 'changed' };
    const again = await citizen.tap(await citizen.say(due), 'useCredit');
    expect(again.reply.key).toBe('dues.property');
  });

  test('that nobody can find is not made up', async () => {
    town.payments = [];
    expect((await town.citizen().say('receipts')).reply.key).toBe('status');
  });
});
