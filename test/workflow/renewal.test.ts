/** The life of a renewal on the real server: whom it waits for, what citizens hear, and what officers can do with it. */
import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { CitizenId } from '../../domain/citizen.ts';
import { waitFor } from '../../sandbox/wait.ts';
import { renewalQuery, type Deciding } from '../../workflows/renewal/messages.ts';
import { payment, renewed, startRenewals, type Renewals, type TestRenewal } from '../support/renewals.ts';

let town: Renewals;

beforeAll(async () => {
  town = await startRenewals(inject('temporalAddress'));
});
afterAll(() => town.close());

const officer = { who: 'Invented Officer', why: 'all in order' };
const waiting = { state: 'awaitingApproval', payment: undefined } as const;

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

describe('a renewal', () => {
  test('from the application to the certificate takes at most 25 events, tells once and ends', async () => {
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
  });

  test('shows at each stage where it stands, and what a person can do', async () => {
    const renewal = town.renewal(waiting);
    await renewal.news();
    await idle(renewal);
    expect(await renewal.attribute('RenewalStage')).toBe('awaiting approval');
    expect(await renewal.attribute('NeedsAttention')).toBe(true);
    expect(await renewal.details()).toContain('An officer has to decide');
    expect(await renewal.handle.query(renewalQuery)).toMatchObject({ state: 'awaitingApproval' });
    await renewal.decide({ ...officer, decision: 'approve' });
    await waitFor('the word about it', () => renewal.heard.length === 1);
    await idle(renewal);
    expect(await renewal.attribute('RenewalStage')).toBe('awaiting payment');
    expect(await renewal.attribute('NeedsAttention')).toBe(false);
    expect(await renewal.details()).toContain('₹1800.00');
    await renewal.news(renewed());
    await renewal.handle.result();
    expect(await renewal.attribute('RenewalStage')).toBe('renewed');
    expect(await renewal.attribute('NeedsAttention')).toBe(false);
    expect(await renewal.details()).toContain(renewal.books.standing.certificate?.number);
    expect(await renewal.handle.query(renewalQuery)).toMatchObject({ state: 'renewed' });
  });

  test('of nobody in the chat says nothing and ends', async () => {
    const renewal = town.renewal({ citizenId: undefined, ...renewed() });
    await renewal.news();
    await renewal.handle.result();
    expect(keys(renewal)).toEqual([]);
    expect(await renewal.attribute('RenewalStage')).toBe('renewed');
  });

  test('goes on where it was when its worker is replaced', async () => {
    const renewal = town.renewal(waiting);
    await renewal.news();
    await idle(renewal);
    await town.restart();
    await renewal.decide({ ...officer, decision: 'approve' });
    await waitFor('the word about it', () => renewal.heard.length === 1);
    await town.restart();
    await oldNews(renewal);
    await renewal.news(renewed());
    await renewal.handle.result();
    expect(keys(renewal)).toEqual(['renewalApproved', 'certificate']);
  });
});

describe('a link that nobody pays', () => {
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
    expect(await renewal.attribute('RenewalStage')).toBe('lapsed');
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
    expect(await renewal.attribute('RenewalStage')).toBe('awaiting payment');
    const { events } = await renewal.handle.fetchHistory();
    const timers = events?.flatMap(({ timerStartedEventAttributes }) => timerStartedEventAttributes ?? []);
    expect(Number(timers?.at(-1)?.startToFireTimeout?.seconds)).toBe(1_800);
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
    expect(await renewal.attribute('RenewalStage')).toBe('lapsed');
  });
});

describe('another choice of the same citizen', () => {
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
    expect(await renewal.attribute('RenewalStage')).toBe('awaiting payment');
    await renewal.news(renewed());
    await renewal.handle.result();
    expect(keys(renewal)).toEqual(['certificate']);
  });
});

describe('whoever had applied when somebody else paid', () => {
  test('is told so once, in their own language', async () => {
    const other = {
      application: randomUUID(),
      citizenId: randomUUID() as CitizenId,
      language: 'hi',
    } as const;
    const renewal = town.renewal({ ...renewed(), outdone: [other] });
    await renewal.news();
    await renewal.handle.result();
    await renewal.news();
    await renewal.handle.result();
    expect(renewal.heard).toMatchObject([
      { citizenId: other.citizenId, language: 'hi', reply: { key: 'renewalOutdone' } },
      { citizenId: renewal.books.standing.citizenId, language: 'bn', reply: { key: 'certificate' } },
    ]);
  });
});

describe('an officer', () => {
  test('must say who they are and why, and one of three decisions', async () => {
    const renewal = town.renewal(waiting);
    await renewal.news();
    await idle(renewal);
    for (const [deciding, because] of [
      [{ ...officer, who: ' ', decision: 'approve' }, 'say who you are and why'],
      [{ who: 'Invented Officer', decision: 'approve' }, 'say who you are and why'],
      [{ ...officer, decision: 'maybe' }, 'the decision is one of approve, sendBack, refuse'],
      [officer, 'the decision is one of approve, sendBack, refuse'],
    ] as const) {
      await expect(renewal.decide(deciding as Deciding)).rejects.toMatchObject({
        cause: { message: expect.stringContaining(because) as string },
      });
    }
    expect(renewal.decisions).toEqual([]);
    expect(await renewal.attribute('RenewalStage')).toBe('awaiting approval');
  });

  test('cannot decide on what does not wait for them', async () => {
    const renewal = town.renewal();
    await renewal.news();
    await idle(renewal);
    await expect(renewal.decide({ ...officer, decision: 'refuse' })).rejects.toMatchObject({
      cause: { message: 'it does not wait for an officer' },
    });
  });

  test('approves: the citizen gets the link, once, and the certificate when it is paid', async () => {
    const renewal = town.renewal({ ...waiting, years: 3 });
    await renewal.news();
    await idle(renewal);
    expect(await renewal.decide({ ...officer, decision: 'approve' })).toBe('decided');
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
    expect(renewal.decisions).toMatchObject([{ ...officer, decision: 'approve' }]);
    expect(await renewal.events()).toBeLessThanOrEqual(39);
  });

  test.each([
    ['sendBack', 'renewalSentBack', 'sent back'],
    ['refuse', 'renewalRefused', 'refused'],
  ] as const)('decides to %s: the citizen reads the reason, once', async (decision, key, stage) => {
    const renewal = town.renewal(waiting);
    await renewal.news();
    await idle(renewal);
    await renewal.decide({ who: 'Invented Officer', why: 'the address is another', decision });
    await renewal.handle.result();
    expect(renewal.heard).toMatchObject([{ reply: { key, params: { reason: 'the address is another' } } }]);
    expect(await renewal.attribute('RenewalStage')).toBe(stage);
    expect(await renewal.attribute('NeedsAttention')).toBe(false);
    await renewal.news();
    await renewal.handle.result();
    expect(renewal.heard).toHaveLength(1);
  });

  test('is obeyed however long the records are away', async () => {
    const renewal = town.renewal(waiting);
    let tries = 0;
    renewal.books.decide = () => {
      tries += 1;
      return tries < 2 ? Promise.reject(new Error('the records cannot say what is due')) : Promise.resolve();
    };
    await renewal.news();
    await idle(renewal);
    expect(await renewal.decide({ ...officer, decision: 'approve' })).toBe('decided');
    await waitFor('the word about it', () => renewal.heard.length === 1);
    expect(keys(renewal)).toEqual(['renewalApproved']);
  });

  test('is told why when the books refuse, and the application goes on waiting', async () => {
    const renewal = town.renewal(waiting);
    const because = 'it can no longer be renewed for that term';
    renewal.books.decide = () => Promise.reject(ApplicationFailure.nonRetryable(because, 'NotRenewable'));
    await renewal.news();
    await idle(renewal);
    await expect(renewal.decide({ ...officer, decision: 'approve' })).rejects.toMatchObject({
      cause: { message: because },
    });
    renewal.books.decide = () => Promise.resolve();
    await renewal.decide({ ...officer, decision: 'refuse' });
    await renewal.handle.result();
    expect(keys(renewal)).toEqual(['renewalRefused']);
  });

  test('who decides at the same moment as another is told that it is decided', async () => {
    const renewal = town.renewal(waiting);
    await renewal.news();
    await idle(renewal);
    const both = await Promise.allSettled([
      renewal.decide({ ...officer, decision: 'sendBack' }),
      renewal.decide({ ...officer, decision: 'refuse' }),
    ]);
    await renewal.handle.result();
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(renewal.decisions).toHaveLength(1);
    expect(renewal.heard).toHaveLength(1);
  });
});

describe('the certificate', () => {
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

describe('what could not be told', () => {
  test('is shown to a person, and told with the next news when it can be', async () => {
    const renewal = town.renewal({ ...waiting, state: 'sentBack', reason: 'the address is another' });
    const unpaid = town.renewal({ approved: true });
    for (const each of [renewal, unpaid]) {
      each.books.send = () => Promise.resolve({ outcome: 'untold', reason: 'a test' });
      await each.news();
      await waitFor('attention', async () => (await each.attribute('NeedsAttention')) === true);
      expect(await each.details()).toContain('could not be told to the citizen');
      each.books.send = () => Promise.resolve({ outcome: 'sent' });
    }
    await renewal.handle.result();
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
