/** Trade licences in the chat, on the real server: the fee, and numbers of which nobody says what they are. */
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { InboundContent } from '../../domain/conversation/inbound.ts';
import type { OrderId, RecentPayment } from '../../domain/payments/order.ts';
import type { ReceiptNumber } from '../../domain/payments/receipt.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import type { ReplyMessage } from '../../activities/replies.ts';
import { startConversations, type Conversations, type TestCitizen } from '../support/conversations.ts';
import { feeOf, link, offerOf } from '../support/licence-offers.ts';
import { sampleDues, undecided } from '../support/sample-replies.ts';

let town: Conversations;
/** The records stand still while this is true. */
let away: boolean;

/** Can only be a licence's. */
const shop = '2001234567';
/** Of twelve digits: a licence's, a property's, and one that is both. */
const [shopOfTwelve, house, both] = ['311071100001', '311071100002', '311071100571'];
const nobodys = '311071100999';

beforeAll(async () => {
  town = await startConversations(inject('temporalAddress'));
});
afterAll(() => town.close());
beforeEach(() => {
  away = false;
  town.lookUp = ({ number }) => {
    if (away) return Promise.resolve({ found: 'unavailable' });
    const dues = sampleDues(1);
    if (![house, both].includes(number)) return Promise.resolve({ found: 'unknown' });
    return Promise.resolve({ found: 'dues', dues: { ...dues, account: { ...dues.account, number } } });
  };
  town.licence = (number) => {
    if (away) return Promise.resolve({ found: 'unavailable' });
    const known = [shop, shopOfTwelve, both].includes(number);
    return Promise.resolve(known ? offerOf(number) : { found: 'unknown' });
  };
  town.fee = (offer) => Promise.resolve(feeOf(offer));
});

const voice: InboundContent = { kind: 'audio', mediaId: '1', mimeType: 'audio/ogg', voice: true };

const labels = ({ reply }: ReplyMessage): unknown[] | undefined => reply.choices?.map(({ label }) => label);

/** The number that an answer with dues is about. */
function about({ reply }: ReplyMessage): string | undefined {
  return reply.key === 'dues.property' || reply.key === 'dues.licence'
    ? reply.params.account.number
    : undefined;
}

const keys = ({ heard }: TestCitizen): string[] => heard.map(({ reply }) => reply.key);

describe('the fee', () => {
  test.each([
    '2001234567',
    '2001-2345-67',
    '20 0123 4567',
    '20.0123.4567',
    '২০০১২৩৪৫৬৭',
    '২০০১-২৩৪৫-৬৭',
    '२००१ २३४५ ६७',
    'CE no. 2001/2345/67',
    'trade licence 2001234567',
    'আমার ট্রেড লাইসেন্সের নম্বর ২০০১২৩৪৫৬৭, ফি কত?',
    'लाइसेंस २००१-२३४५-६७ का शुल्क बताइए',
    "2001234567'; drop table accounts; --",
  ])('%s brings the licence, its dues and the link in one message', async (said) => {
    const citizen = town.citizen();
    const answer = await citizen.say(said);
    expect(answer.reply).toMatchObject({ key: 'dues.licence', params: { token: link.token } });
    expect(about(answer)).toBe(shop);
    expect(answer.reply.choices).toEqual([]);
    await citizen.settled();
    expect(citizen.heard).toHaveLength(1);
  });

  test('from the menu it is three messages, and operators see what they are about', async () => {
    const citizen = town.citizen();
    const question = await citizen.tap(await citizen.say('hi'), 'tradeLicence');
    expect(question.reply.key).toBe('askNumber.licence');
    expect(about(await citizen.say('২০০১-২৩৪৫-৬৭'))).toBe(shop);
    expect(citizen.heard).toHaveLength(3);
    await citizen.settled();
    const { typedSearchAttributes } = await citizen.handle.describe();
    expect(typedSearchAttributes.get(searchAttributes.service)).toBe('tradeLicence');
    expect(typedSearchAttributes.get(searchAttributes.accountNumber)).toBe(shop);
  });

  test('what is no CE number is asked for again, each time with the reason', async () => {
    const citizen = town.citizen();
    await citizen.say('ট্রেড লাইসেন্স');
    expect((await citizen.say('my shop')).reply.note).toBe('notANumber');
    expect((await citizen.show(voice)).reply.note).toBe('cannotHear');
    expect((await citizen.say('7001')).reply).toMatchObject({
      key: 'askNumber.licence',
      note: 'number.licence.length',
    });
    expect((await citizen.say('12345678901234567')).reply.note).toBe('number.licence.length');
    expect(about(await citizen.say(shop))).toBe(shop);
  });

  test('an unknown number is told as such, and another one may follow at once', async () => {
    const citizen = town.citizen();
    await citizen.say('licence');
    const unknown = await citizen.say('70099999');
    expect(unknown.reply).toMatchObject({ key: 'unknownNumber.licence', params: { number: '70099999' } });
    expect(about(await citizen.say(shop))).toBe(shop);
  });

  test('who does not know the number is told where it stands', async () => {
    const citizen = town.citizen();
    expect((await citizen.tap(await citizen.say('licence'), 'whereIsIt')).reply.key).toBe(
      'whereIsNumber.licence',
    );
    expect(about(await citizen.say(shop))).toBe(shop);
  });

  test('the licences asked for last are one tap away, until the citizen has them forgotten', async () => {
    const citizen = town.citizen();
    await citizen.say(shop);
    const question = await citizen.say('licence');
    expect(question.reply.choices?.map(({ id }) => id.split(':')[1])).toEqual([shop, 'whereIsIt', 'forget']);
    expect(about(await citizen.tap(question, shop))).toBe(shop);
    expect((await citizen.tap(await citizen.say('licence'), 'forget')).reply.key).toBe('forgotten');
    expect((await citizen.say('licence')).reply.choices).toHaveLength(1);
  });

  test('where nothing is due, the receipt, the renewal and another number are one tap away', async () => {
    const lastPaid: RecentPayment = {
      orderId: '3f0e0b8a-0000-4000-8000-000000000001' as OrderId,
      service: 'tradeLicence',
      accountNumber: shop,
      amount: link.amount,
      at: link.expiresAt,
      state: 'paid',
      receipt: 'W-2026-27-000123' as ReceiptNumber,
    };
    town.fee = ({ licence: account }) =>
      Promise.resolve({ found: 'nothingDue', account, asOf: link.expiresAt, lastPaid, renewable: true });
    const citizen = town.citizen();
    const answer = await citizen.say(shop);
    expect(answer.reply.key).toBe('nothingDue.licence');
    expect(labels(answer)).toEqual(['lastReceipt', 'renew', 'anotherNumber']);
    const receipt = await citizen.tap(answer, 'receipt');
    expect(receipt.reply).toMatchObject({ key: 'receipt', params: { number: lastPaid.receipt } });
    expect((await citizen.tap(await citizen.say(shop), 'renew')).reply.key).toBe('confirmLicence');
    await citizen.say('menu');
    expect((await citizen.tap(await citizen.say(shop), 'another')).reply.key).toBe('askNumber.licence');
  });

  test('of a trade that needs approval has no link but the button that applies', async () => {
    town.fee = (offer) => Promise.resolve({ ...feeOf(offer), pay: undefined, needsApproval: true });
    const citizen = town.citizen();
    const answer = await citizen.say(shop);
    expect(answer.reply).toMatchObject({ key: 'dues.licence', params: { needsApproval: true } });
    expect(answer.reply.params).not.toHaveProperty('token');
    expect(labels(answer)).toEqual(['renew', 'anotherNumber', 'nameIt']);
    expect((await citizen.tap(answer, 'renew')).reply).toMatchObject({
      key: 'confirmLicence',
      params: { licence: { number: shop } },
    });
  });

  test('has no link while the bank has not decided', async () => {
    town.fee = (offer) => Promise.resolve({ ...feeOf(offer), pay: undefined, undecided });
    const { reply } = await town.citizen().say(shop);
    expect(reply).toMatchObject({ key: 'dues.licence', params: { undecided } });
    expect(reply.params).not.toHaveProperty('token');
  });

  test.each(['renew', 'আমি নবীকরণ করতে চাই', 'रिन्यू', 'punornobikoron'])(
    'is followed by the renewal of that licence at the word %s',
    async (said) => {
      const citizen = town.citizen();
      await citizen.say(shop);
      const { reply } = await citizen.say(said);
      expect(reply).toMatchObject({ key: 'confirmLicence', params: { licence: { number: shop } } });
      expect(citizen.heard).toHaveLength(2);
    },
  );

  test('leaves whatever else the citizen wants to them', async () => {
    const citizen = town.citizen();
    await citizen.say(shop);
    expect((await citizen.show(voice)).reply).toMatchObject({ key: 'menu', note: 'cannotHear' });
    await citizen.say(shop);
    expect((await citizen.say('property tax')).reply.key).toBe('askNumber.property');
    expect((await citizen.say('English')).reply).toMatchObject({ key: 'menu', note: 'languageSet' });
  });

  test('who asks for too many numbers is asked to wait', async () => {
    town.licence = () => Promise.resolve({ found: 'tooMany' });
    const citizen = town.citizen();
    await citizen.say('licence');
    expect((await citizen.say(shop)).reply.key).toBe('tooManyLookUps');
  });
});

describe('a bare number', () => {
  test.each([
    ['a property', house, 'dues.property'],
    ['a licence', shopOfTwelve, 'dues.licence'],
    ['a licence, and too short for a property', shop, 'dues.licence'],
  ])('that is known as %s goes straight to its dues', async (_, number, key) => {
    const citizen = town.citizen();
    const answer = await citizen.say(number);
    expect(answer.reply.key).toBe(key);
    expect(about(answer)).toBe(number);
    await citizen.settled();
    expect(citizen.heard).toHaveLength(1);
  });

  test.each([
    ['tradeLicence', 'dues.licence', 'ট্রেড লাইসেন্স', '2'],
    ['propertyTax', 'dues.property', 'house tax', '১'],
  ])('that is both is asked about once, and %s goes straight to the dues', async (service, key, ...typed) => {
    const citizen = town.citizen();
    const question = await citizen.say(both);
    expect(question.reply).toMatchObject({ key: 'whichNumber', params: { number: both } });
    expect(labels(question)).toEqual(['propertyTax', 'tradeLicence']);
    const answer = await citizen.tap(question, service);
    expect([answer.reply.key, about(answer)]).toEqual([key, both]);
    expect(citizen.heard).toHaveLength(2);
    for (const said of typed) {
      await citizen.say(both);
      const again = await citizen.say(said);
      expect([again.reply.key, about(again)]).toEqual([key, both]);
    }
  });

  test.each([
    ['tradeLicence', 'askNumber.licence', shop],
    ['propertyTax', 'askNumber.property', house],
  ])('that is neither is told as such, and %s is one tap away', async (service, key, number) => {
    const citizen = town.citizen();
    const unknown = await citizen.say(nobodys);
    expect(unknown.reply).toMatchObject({ key: 'noSuchNumber', params: { number: nobodys } });
    expect(labels(unknown)).toEqual(['propertyTax', 'tradeLicence', 'marketRent']);
    expect((await citizen.tap(unknown, service)).reply.key).toBe(key);
    expect(about(await citizen.say(number))).toBe(number);
    // A better number may also follow at once.
    await citizen.say(nobodys);
    expect(about(await citizen.say(number))).toBe(number);
  });

  test('that is neither and has no form of an assessee number is told the reason', async () => {
    expect((await town.citizen().say('70099999')).reply).toMatchObject({
      key: 'noSuchNumber',
      note: 'number.property.length',
    });
  });

  test('with a word of what it is, is not asked about', async () => {
    const citizen = town.citizen();
    expect((await citizen.say(`লাইসেন্স ${both}`)).reply.key).toBe('dues.licence');
    expect((await citizen.say(`property tax ${both}`)).reply.key).toBe('dues.property');
    expect((await citizen.say(`renew ${both}`)).reply.key).toBe('confirmLicence');
  });

  test('that is said to be an assessee number and is none is asked for again as such', async () => {
    expect((await town.citizen().say(`property tax ${shop}`)).reply).toMatchObject({
      key: 'askNumber.property',
      note: 'number.property.length',
    });
  });

  test('after the dues of something else may be anything again', async () => {
    const citizen = town.citizen();
    for (const number of [shop, house, shopOfTwelve, house, shop]) {
      expect(about(await citizen.say(number))).toBe(number);
    }
    expect(citizen.heard).toHaveLength(5);
  });

  test('costs at most seven events, the look-up and the reply included', async () => {
    const citizen = town.citizen();
    await citizen.say('hi');
    const before = await citizen.settled();
    await citizen.say(shop);
    expect((await citizen.settled()) - before).toBeLessThanOrEqual(7);
  });
});

describe('while the records are away', () => {
  test.each([
    ['of a licence', shop, 'dues.licence'],
    ['of a licence that could be a property’s', shopOfTwelve, 'dues.licence'],
    ['of a property', house, 'dues.property'],
    ['of both', both, 'whichNumber'],
    ['of neither', nobodys, 'noSuchNumber'],
  ])(
    'a bare number %s is promised once, and answered by itself when they are back',
    async (_, number, key) => {
      away = true;
      const citizen = town.citizen();
      expect((await citizen.say(number)).reply).toMatchObject({ key: 'recordsAway', params: { number } });
      away = false;
      await waitFor('the promised answer', () => citizen.heard.length === 2, { timeoutMs: 30_000 });
      expect(keys(citizen)).toEqual(['recordsAway', key]);
    },
  );

  test('the number of a licence is promised once, and answered by itself in the language of that moment', async () => {
    away = true;
    const citizen = town.citizen();
    await citizen.say('licence');
    expect((await citizen.say(shop)).reply.key).toBe('recordsAway');
    await citizen.say('English');
    away = false;
    await waitFor('the promised answer', () => citizen.heard.length === 4, { timeoutMs: 30_000 });
    expect(keys(citizen)).toEqual(['askNumber.licence', 'recordsAway', 'menu', 'dues.licence']);
    expect(citizen.heard[3]?.language).toBe('en');
  });

  test('who asks twice for the same number is answered once', async () => {
    away = true;
    const citizen = town.citizen();
    await citizen.say(shop);
    await citizen.say(shop);
    away = false;
    await waitFor('the promised answer', () => citizen.heard.length >= 3, { timeoutMs: 30_000 });
    await citizen.say('menu');
    await waitFor('the end of all waiting', async () => {
      const { raw } = await citizen.handle.describe();
      return (raw.pendingActivities ?? []).length === 0;
    });
    await citizen.settled();
    expect(keys(citizen).filter((key) => key === 'dues.licence')).toHaveLength(1);
  });
});
