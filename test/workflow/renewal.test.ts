/** The life of a renewal on the real server: whom it waits for, what citizens hear, and what officers can do with it. */
import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { CitizenId } from '../../domain/citizen.ts';
import type { CaseId } from '../../domain/people/case.ts';
import type { Applicant } from '../../domain/renewal.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { renewalQuery } from '../../workflows/renewal/messages.ts';
import { payment, renewed, startRenewals, type Renewals, type TestRenewal } from '../support/renewals.ts';

let town: Renewals;

beforeAll(async () => {
  town = await startRenewals(inject('temporalAddress'));
});
afterAll(() => town.close());

const theCase = { id: '4711' as CaseId, kind: 'licenceApproval', fact: 'an application' } as const;
const waiting = { state: 'awaitingApproval', payment: undefined, cases: [theCase] } as const;
/** What the desk writes down when an officer agrees. */
const approved = () =>
  ({
    state: 'awaitingPayment',
    approved: true,
    appliedAt: Date.now(),
    payment: payment(),
    cases: [],
  }) as const;

const keys = ({ heard }: TestRenewal): string[] => heard.map(({ reply }) => reply.key);

/** Brings news that changes nothing, and waits until the workflow has looked and has done all that came of it. */
async function oldNews(renewal: TestRenewal): Promise<void> {
  const looks = renewal.calls.length;
  await renewal.news();
  await waitFor('another look', () => renewal.calls.length > looks);
  await idle(renewal);
}

/** Until the workflow waits for somebody else. */
async function idle(renewal: TestRenewal): Promise<void> {
  await waitFor('the end of the turn', async () => {
    const { raw } = await renewal.handle.describe();
    return !raw.pendingWorkflowTask && (raw.pendingActivities ?? []).length === 0;
  });
}

describe.concurrent('a renewal', () => {
  test(
    'from the application to the certificate takes at most 25 events, tells once and ends',
    { concurrent: false },
    async () => {
      const renewal = town.renewal();
      await renewal.news();
      await idle(renewal);
      expect(keys(renewal)).toEqual([]);
      const { certificate } = renewed();
      await renewal.news({ state: 'renewed', certificate });
      await renewal.handle.result();
      expect(renewal.heard).toMatchObject([
        { language: 'bn', reply: { key: 'certificate', params: { ...certificate, mediaId: '4' } } },
      ]);
      expect(await renewal.events()).toBeLessThanOrEqual(25);
    },
  );

  test('shows at each stage where it stands, and what a person can do', async () => {
    const renewal = town.renewal(waiting);
    await renewal.news();
    await idle(renewal);
    expect(await renewal.attribute('Stage')).toBe('awaiting approval');
    expect(await renewal.attribute('NeedsAttention')).toBe(true);
    expect(await renewal.details()).toContain(
      'A renewal that waits for an officer.** `npm run desk -- case 4711`',
    );
    expect(await renewal.handle.query(renewalQuery)).toMatchObject({ state: 'awaitingApproval' });
    await renewal.news(approved());
    await waitFor('the word about it', () => renewal.heard.length === 1);
    await idle(renewal);
    expect(await renewal.attribute('Stage')).toBe('awaiting payment');
    expect(await renewal.attribute('NeedsAttention')).toBe(false);
    expect(await renewal.details()).toContain('₹1800.00');
    await renewal.news(renewed());
    await renewal.handle.result();
    expect(await renewal.attribute('Stage')).toBe('renewed');
    expect(await renewal.attribute('NeedsAttention')).toBe(false);
    expect(await renewal.details()).toContain(renewal.books.standing.certificate?.number);
    expect(await renewal.handle.query(renewalQuery)).toMatchObject({ state: 'renewed' });
  });

  test('of nobody in the chat says nothing and ends', async () => {
    const renewal = town.renewal({ citizenId: undefined, ...renewed() });
    await renewal.news();
    await renewal.handle.result();
    expect(keys(renewal)).toEqual([]);
    expect(await renewal.attribute('Stage')).toBe('renewed');
  });

  test('goes on where it was when its worker is replaced', async () => {
    const renewal = town.renewal(waiting);
    await renewal.news();
    await idle(renewal);
    await town.restart();
    await renewal.news(approved());
    await waitFor('the word about it', () => renewal.heard.length === 1);
    await town.restart();
    await oldNews(renewal);
    await renewal.news(renewed());
    await renewal.handle.result();
    expect(keys(renewal)).toEqual(['renewalApproved', 'certificate']);
  });
});

describe.concurrent('a link that nobody pays', () => {
  test('is reminded of once, whatever news comes and whichever worker runs', async () => {
    const renewal = town.renewal({}, { reminderMs: 300 });
    await renewal.news();
    await waitFor('the reminder', () => renewal.heard.length === 1);
    await idle(renewal);
    await oldNews(renewal);
    await town.restart();
    await oldNews(renewal);
    await renewal.news(renewed());
    await renewal.handle.result();
    expect(keys(renewal)).toEqual(['renewalReminder', 'certificate']);
    expect(renewal.heard[0]?.reply).toMatchObject({
      params: { years: 1, token: payment().token, amount: payment().amount },
    });
  });

  test('lapses at its time, and that is not told', async () => {
    const renewal = town.renewal({ payment: payment(Date.now() + 3_000) }, { reminderMs: 300 });
    await renewal.news();
    await renewal.handle.result();
    expect(keys(renewal)).toEqual(['renewalReminder']);
    expect(await renewal.attribute('Stage')).toBe('lapsed');
    expect(await renewal.details()).toContain('not paid in time');
  });

  test('is not reminded of when the citizen does not want to hear from us unasked', async () => {
    const renewal = town.renewal(
      { mayRemind: false, payment: payment(Date.now() + 1_500) },
      { reminderMs: 300 },
    );
    await renewal.news();
    await renewal.handle.result();
    expect(keys(renewal)).toEqual([]);
  });

  test('while money is on its way is not reminded of, does not lapse, and is looked at again', async () => {
    const renewal = town.renewal({ paying: true, payment: payment(Date.now() + 1_500) }, { reminderMs: 300 });
    await renewal.news();
    await waitFor('the end of its time', () => renewal.calls.includes('lapseRenewal'));
    await idle(renewal);
    expect(await renewal.attribute('Stage')).toBe('awaiting payment');
    const { events } = await renewal.handle.fetchHistory();
    const timers = events?.flatMap(({ timerStartedEventAttributes }) => timerStartedEventAttributes ?? []);
    const seconds = Number(timers?.at(-1)?.startToFireTimeout?.seconds);
    expect(seconds).toBeGreaterThan(1_700);
    expect(seconds).toBeLessThanOrEqual(1_800);
    await renewal.news({ ...renewed(), paying: false });
    await renewal.handle.result();
    expect(keys(renewal)).toEqual(['certificate']);
  });

  test('lapses as soon as the payment that it waited for has failed', async () => {
    const renewal = town.renewal({ paying: true, payment: payment(Date.now() + 500) });
    await renewal.news();
    await waitFor('the end of its time', () => renewal.calls.includes('lapseRenewal'));
    await renewal.news({ paying: false });
    await renewal.handle.result();
    expect(keys(renewal)).toEqual([]);
    expect(await renewal.attribute('Stage')).toBe('lapsed');
  });
});

describe.concurrent('another choice of the same citizen', () => {
  test('takes the place of the first, and only it is reminded of', async () => {
    const renewal = town.renewal({ payment: payment(Date.now() + 3_000) }, { reminderMs: 3_000 });
    await renewal.news();
    await idle(renewal);
    const second = { years: 5, payment: payment(undefined, 'othertokenothertoken1234') };
    await renewal.news({ ...second, application: randomUUID(), appliedAt: Date.now() });
    await waitFor('the reminder', () => renewal.heard.length === 1);
    await idle(renewal);
    await renewal.news(renewed());
    await renewal.handle.result();
    expect(keys(renewal)).toEqual(['renewalReminder', 'certificate']);
    expect(renewal.heard[0]?.reply).toMatchObject({ params: { years: 5, token: second.payment.token } });
    expect(renewal.calls).not.toContain('lapseRenewal');
  });

  test('after one that lapsed begins the renewal anew', async () => {
    const renewal = town.renewal({ payment: payment(Date.now() + 300) });
    await renewal.news();
    await renewal.handle.result();
    await renewal.news({ state: 'awaitingPayment', application: randomUUID(), payment: payment() });
    await idle(renewal);
    expect(await renewal.attribute('Stage')).toBe('awaiting payment');
    await renewal.news(renewed());
    await renewal.handle.result();
    expect(keys(renewal)).toEqual(['certificate']);
  });
});

describe.concurrent('whoever had applied when somebody else paid', () => {
  test('is told so once, in their own language', async () => {
    const other = {
      application: randomUUID(),
      citizenId: randomUUID() as CitizenId,
      language: 'hi',
      because: 'paid',
    } as const;
    const displaced = {
      application: randomUUID(),
      citizenId: randomUUID() as CitizenId,
      language: 'en',
      because: 'holder',
    } as const;
    const renewal = town.renewal({ ...renewed(), outdone: [other, displaced] });
    await renewal.news();
    await renewal.handle.result();
    await renewal.news();
    await renewal.handle.result();
    expect(renewal.heard).toMatchObject([
      { citizenId: other.citizenId, language: 'hi', reply: { key: 'renewalOutdone' } },
      { citizenId: displaced.citizenId, language: 'en', reply: { key: 'renewalGivenWay' } },
      { citizenId: renewal.books.standing.citizenId, language: 'bn', reply: { key: 'certificate' } },
    ]);
  });
});

describe.concurrent('an officer', () => {
  test(
    'approves: the citizen gets the link, once, and the certificate when it is paid',
    { concurrent: false },
    async () => {
      const renewal = town.renewal({ ...waiting, years: 3 });
      await renewal.news();
      await idle(renewal);
      await renewal.news(approved());
      await waitFor('the word about it', () => renewal.heard.length === 1);
      await idle(renewal);
      const { token, amount } = payment();
      expect(renewal.heard[0]?.reply).toMatchObject({
        key: 'renewalApproved',
        params: { years: 3, token, amount },
      });
      await renewal.news(renewed());
      await renewal.handle.result();
      expect(keys(renewal)).toEqual(['renewalApproved', 'certificate']);
      expect(await renewal.events()).toBeLessThanOrEqual(33);
    },
  );

  test.each([
    ['sentBack', 'renewalSentBack', 'sent back'],
    ['refused', 'renewalRefused', 'refused'],
  ] as const)('decides that it is %s: the citizen reads the reason, once', async (state, key, stage) => {
    const renewal = town.renewal(waiting);
    await renewal.news();
    await idle(renewal);
    await renewal.news({ state, reason: 'the address is another', cases: [] });
    await renewal.handle.result();
    expect(renewal.heard).toMatchObject([{ reply: { key, params: { reason: 'the address is another' } } }]);
    expect(await renewal.attribute('Stage')).toBe(stage);
    expect(await renewal.attribute('NeedsAttention')).toBe(false);
    await renewal.news();
    await renewal.handle.result();
    expect(renewal.heard).toHaveLength(1);
  });
});

describe.concurrent('a licence that was closed after the link', () => {
  test('is not extended by the payment: the citizen is told once, and an officer is asked', async () => {
    const renewal = town.renewal();
    await renewal.news();
    await idle(renewal);
    const held = { ...theCase, kind: 'notExtended' } as const;
    await renewal.news({ state: 'held', payment: undefined, cases: [held] });
    await waitFor('the word about it', () => renewal.heard.length === 1);
    await idle(renewal);
    expect(keys(renewal)).toEqual(['renewalHeld']);
    expect(await renewal.attribute('Stage')).toBe('paid, not extended');
    expect(await renewal.attribute('NeedsAttention')).toBe(true);
    await renewal.news({ ...renewed(), cases: [] });
    await renewal.handle.result();
    expect(keys(renewal)).toEqual(['renewalHeld', 'certificate']);
    expect(await renewal.attribute('NeedsAttention')).toBe(false);
  });
});

describe.concurrent('the certificate', () => {
  test('that cannot be made is told in words first, and sent when it can', async () => {
    const renewal = town.renewal(renewed());
    let tries = 0;
    renewal.books.makePdf = () => {
      tries += 1;
      return tries <= 3 ? Promise.reject(new Error('no PDF today')) : Promise.resolve();
    };
    await renewal.news();
    await renewal.handle.result();
    expect(tries).toBe(4);
    expect(keys(renewal)).toEqual(['certificateWords', 'certificate']);
    expect(await renewal.attribute('NeedsAttention')).toBe(false);
  });

  test('that takes long keeps no news waiting', async () => {
    const renewal = town.renewal(renewed());
    let release = (): void => undefined;
    renewal.books.makePdf = () => new Promise((resolve) => (release = resolve));
    await renewal.news();
    await waitFor('the PDF', () => renewal.calls.includes('renewalCertificate'));
    const other: Applicant = {
      application: randomUUID(),
      citizenId: randomUUID() as CitizenId,
      language: 'en',
    };
    await renewal.news({ outdone: [{ ...other, because: 'paid' }] });
    await waitFor('the word to the other', () => renewal.heard.length === 1);
    release();
    await renewal.handle.result();
    expect(keys(renewal)).toEqual(['renewalOutdone', 'certificate']);
  });

  test('that was issued anew is the only one that is sent again, though the renewal had ended', async () => {
    const renewal = town.renewal(renewed());
    const [first, second] = [renewed().certificate, renewed().certificate];
    await renewal.news({ certificate: first });
    await renewal.handle.result();
    await renewal.news({ certificate: second });
    await renewal.handle.result();
    expect(renewal.heard).toMatchObject([
      { reply: { key: 'certificate', params: first } },
      { reply: { key: 'certificate', params: second } },
    ]);
    expect(renewal.calls.filter((call) => call === 'renewalCertificate')).toHaveLength(2);
  });

  test('that was replaced before it could be made is not sent; the new one is', async () => {
    const [first, second] = [renewed().certificate, renewed().certificate];
    const renewal = town.renewal({ state: 'renewed', certificate: first });
    let replace: (() => void) | undefined;
    let tries = 0;
    const notInForce = ApplicationFailure.nonRetryable('no such certificate in force', 'NoCertificate');
    renewal.books.makePdf = (number) => {
      if (number === second.number) return Promise.resolve();
      if ((tries += 1) === 1) return Promise.reject(ApplicationFailure.nonRetryable('no PDF today'));
      return new Promise((_, reject) => {
        replace = () => {
          reject(notInForce);
        };
      });
    };
    await renewal.news();
    await waitFor('the patient try', () => replace !== undefined);
    await renewal.news({ certificate: second });
    replace?.();
    await renewal.handle.result();
    expect(renewal.heard).toMatchObject([
      { reply: { key: 'certificateWords', params: first } },
      { reply: { key: 'certificate', params: second } },
    ]);
    expect(await renewal.attribute('NeedsAttention')).toBe(false);
  });

  test('that was revoked is not sent', async () => {
    const renewal = town.renewal({ state: 'renewed' });
    await renewal.news();
    await renewal.handle.result();
    expect(keys(renewal)).toEqual([]);
  });
});

describe.concurrent('what could not be told', () => {
  test('is shown to a person, and told with the next news when it can be', async () => {
    const renewal = town.renewal({
      ...waiting,
      state: 'sentBack',
      reason: 'the address is another',
      cases: [],
    });
    const unpaid = town.renewal({ approved: true });
    for (const each of [renewal, unpaid]) {
      each.books.send = () => Promise.resolve({ outcome: 'untold', reason: 'a test' });
      await each.news();
      await waitFor('attention', async () => (await each.attribute('NeedsAttention')) === true);
      expect(await each.details()).toContain('a citizen could not be told');
      each.books.send = () => Promise.resolve({ outcome: 'sent' });
    }
    await renewal.news();
    await renewal.handle.result();
    expect(keys(renewal)).toEqual(['renewalSentBack']);
    await unpaid.news();
    await waitFor('the word about it', () => unpaid.heard.length === 1);
    await idle(unpaid);
    expect(keys(unpaid)).toEqual(['renewalApproved']);
    expect(await unpaid.attribute('NeedsAttention')).toBe(false);
  });

  test('at once is told patiently', async () => {
    const renewal = town.renewal(renewed());
    let tries = 0;
    renewal.books.send = () => {
      tries += 1;
      return tries < 2
        ? Promise.reject(ApplicationFailure.create({ message: 'down', nextRetryDelay: '100ms' }))
        : Promise.resolve({ outcome: 'sent' });
    };
    await renewal.news();
    await renewal.handle.result();
    expect(keys(renewal)).toEqual(['certificate']);
    expect(await renewal.attribute('NeedsAttention')).toBe(false);
  });
});
