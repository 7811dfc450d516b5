/** The loop of everything that lives on, on the real server: nothing is lost, nothing is done twice, everything replays. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { waitFor } from '../../sandbox/wait.ts';
import { errandAgainUpdate, errandQuery, errandUpdate } from '../support/errand.ts';
import { startErrands, type Errands, type TestErrand } from '../support/errands.ts';

let town: Errands;

beforeAll(async () => {
  town = await startErrands(inject('temporalAddress'));
});
afterAll(() => town.close());

/** Work that waits until a test lets it go on. */
function gate(): { readonly pass: () => Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { pass: () => opened, open };
}

/** Brings news and waits until it was looked at. */
async function newsSeen(errand: TestErrand): Promise<void> {
  await waitFor('the first look', () => errand.looks > 0);
  const before = errand.looks;
  await errand.news();
  await waitFor('another look', () => errand.looks > before);
}

async function closeBooks(errand: TestErrand): Promise<void> {
  errand.books = { ...errand.books, open: false };
  await errand.news();
  await errand.handle.result();
}

async function endsCancelled({ handle }: TestErrand): Promise<void> {
  const error: unknown = await handle.result().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(WorkflowFailedError);
  expect((error as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
}

/** Whether the server was asked for a workflow task for which nothing had come but the result of a local activity. */
async function hasTaskForResult(errand: TestErrand): Promise<boolean> {
  const events = (await errand.histories()).flatMap((history) => history.events ?? []);
  return events.some(
    (event, place) =>
      event.workflowTaskScheduledEventAttributes != null &&
      events[place - 1]?.markerRecordedEventAttributes != null,
  );
}

describe.concurrent('a query', () => {
  test('beside news gets no part in the workflow task, so that a look and what follows from it stay together', async () => {
    const errands = Array.from({ length: 3 }, () => town.errand());
    await Promise.all(
      errands.map(async (errand) => {
        errand.onLook = () => new Promise((resolve) => void setTimeout(resolve, 100));
        await errand.start();
        for (let round = 0; round < 6; round += 1) {
          errand.books = { ...errand.books, todo: [`work-${round}`] };
          const query = (): Promise<unknown> => errand.handle.query(errandQuery);
          await Promise.all([errand.news(), query(), query()]);
        }
        await closeBooks(errand);
        expect(await hasTaskForResult(errand)).toBe(false);
      }),
    );
  });
});

describe.concurrent('news', () => {
  test('that come in a storm are all acted on, and what they ask for is done once', async () => {
    const errand = town.errand();
    await errand.start();
    const names = Array.from({ length: 20 }, (_, place) => `work-${place}`);
    await Promise.all(
      names.map((name) => {
        errand.books = { ...errand.books, todo: [...errand.books.todo, name] };
        return errand.news();
      }),
    );
    await waitFor('all of it', () => errand.books.todo.length === 0);
    await closeBooks(errand);
    expect([...errand.did].sort()).toEqual([...names].sort());
  });

  test('that come while the last handler ends are acted on before the end', async () => {
    const errand = town.errand({ open: false });
    const { pass, open } = gate();
    errand.onWork = (name) => (name === 'asked' ? pass() : Promise.resolve());
    errand.books = { ...errand.books, open: true };
    await errand.start();
    const answer = errand.handle.executeUpdate(errandUpdate, { args: ['asked'] });
    await waitFor('the first look', () => errand.looks > 0);
    errand.books = { ...errand.books, open: false };
    await errand.news();
    await waitFor('the last look', () => errand.looks > 1);
    errand.books = { ...errand.books, todo: ['late'] };
    open();
    await answer;
    await errand.handle.result();
    expect(errand.did).toEqual(['asked', 'late']);
  });

  test('that come after the end begin a new run', async () => {
    const errand = town.errand({ open: false });
    await errand.start();
    await errand.handle.result();
    errand.books = { ...errand.books, todo: ['late'] };
    await errand.news();
    await waitFor('the late work', () => errand.did.length === 1);
  });
});

describe.concurrent('deadlines', () => {
  test('have one timer with a summary, which stays while the deadline does', async () => {
    const errand = town.errand({ deadline: Date.now() + 3_600_000 });
    await errand.start();
    for (let count = 0; count < 5; count += 1) await newsSeen(errand);
    expect(await errand.events('timerStartedEventAttributes')).toBe(1);
    errand.books = { ...errand.books, deadline: Date.now() + 7_200_000 };
    await errand.news();
    await waitFor('the new timer', async () => (await errand.events('timerStartedEventAttributes')) === 2);
    expect(await errand.events('timerCanceledEventAttributes')).toBe(1);
    await closeBooks(errand);
  });

  test('that pass bring a look, and one that never moves brings them ever more seldom', async () => {
    const errand = town.errand({ deadline: Date.now() + 500 });
    await errand.start();
    await waitFor('three timers', async () => (await errand.events('timerFiredEventAttributes')) === 2, {
      timeoutMs: 10_000,
    });
    await waitFor('the third look', () => errand.looks === 3);
    // Another look would come within this second, if each came as soon as the last.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(errand.looks).toBe(3);
    await closeBooks(errand);
  });
});

describe.concurrent('continuing as new', () => {
  /** Brings news until there is a second run. */
  async function untilNewRun(errand: TestErrand): Promise<void> {
    await waitFor(
      'a new run',
      async () => {
        await errand.news();
        return (await errand.histories()).length > 1;
      },
      { timeoutMs: 60_000 },
    );
  }

  test('happens although work never ends, which the next run begins again', async () => {
    const errand = town.errand({ todo: ['endless'] });
    let begun = 0;
    errand.onWork = () => {
      begun += 1;
      return begun === 1 ? new Promise(() => undefined) : Promise.resolve();
    };
    await errand.start();
    await untilNewRun(errand);
    await waitFor('the second begin', () => begun === 2);
    await waitFor('its end', () => errand.books.todo.length === 0);
    await closeBooks(errand);
    expect(errand.did).toEqual(['endless']);
  });

  test('waits for handlers: whoever asked gets the answer of the run that they asked', async () => {
    const errand = town.errand();
    const { pass, open } = gate();
    errand.onWork = pass;
    await errand.start();
    const { runId } = await errand.handle.describe();
    const answer = errand.handle.executeUpdate(errandUpdate, { args: ['asked'] });
    await waitFor('the suggestion', async () => {
      await errand.news();
      return (await errand.events()) > 80;
    });
    expect(await errand.histories()).toHaveLength(1);
    open();
    expect(await answer).toBe(runId);
    await waitFor('a new run', async () => (await errand.histories()).length > 1);
    await closeBooks(errand);
  });
});

describe.concurrent('work', () => {
  test('of one name is not begun twice, whatever news come meanwhile', async () => {
    const errand = town.errand({ todo: ['slow'] });
    const { pass, open } = gate();
    errand.onWork = pass;
    await errand.start();
    for (let count = 0; count < 3; count += 1) await newsSeen(errand);
    open();
    await waitFor('its end', () => errand.books.todo.length === 0);
    await closeBooks(errand);
    expect(errand.did).toEqual(['slow']);
  });

  test('that fails is a state, is not begun again by itself, and is with the next news', async () => {
    const errand = town.errand({ todo: ['hard'] });
    errand.onWork = () => Promise.reject(ApplicationFailure.nonRetryable('no way'));
    await errand.start();
    await waitFor('the failure', async () => (await errand.handle.query(errandQuery)).length > 0);
    expect(await errand.handle.query(errandQuery)).toEqual(['hard: no way']);
    // The loop has looked again because the work ended, and has left it alone.
    await waitFor('a look', () => errand.looks === 2);
    expect(await errand.events('activityTaskScheduledEventAttributes')).toBe(1);
    errand.onWork = () => Promise.resolve();
    await errand.news();
    await waitFor('its end', () => errand.books.todo.length === 0);
    await closeBooks(errand);
  });

  test('that is under way is cancelled and begun anew when somebody says so', async () => {
    const errand = town.errand({ todo: ['stuck'] });
    let begun = 0;
    errand.onWork = () => ((begun += 1) === 1 ? new Promise(() => undefined) : Promise.resolve());
    await errand.start();
    await waitFor('the first try', () => begun === 1);
    await errand.handle.executeUpdate(errandAgainUpdate, { args: ['stuck'] });
    await waitFor('its end', () => errand.books.todo.length === 0);
    await closeBooks(errand);
    expect(begun).toBe(2);
  });

  test('with a defect of our code fails the workflow task, where it shows at once', async () => {
    const errand = town.errand({ todo: ['defect'] });
    await errand.start();
    await waitFor(
      'the failed task',
      async () => (await errand.events('workflowTaskFailedEventAttributes')) > 0,
    );
    const [history] = await errand.histories();
    const failed = history?.events?.find((event) => event.workflowTaskFailedEventAttributes);
    expect(failed?.workflowTaskFailedEventAttributes?.failure?.message).toContain('a defect of our code');
    expect((await errand.handle.describe()).status.name).toBe('RUNNING');
    await errand.handle.terminate();
  });
});

describe.concurrent('local activities', () => {
  test('go one after the other, also when work asks for many at once', async () => {
    const names = Array.from({ length: 8 }, (_, place) => `note-${place}`);
    const errand = town.errand({ todo: names });
    await errand.start();
    await waitFor('all notes', () => errand.noted.length === names.length);
    await closeBooks(errand);
    expect(errand.noted).toEqual(names);
  });

  test('become normal ones while the database is away, which costs no events for as long as it lasts', async () => {
    const errand = town.errand({ open: false });
    let away = true;
    errand.onLook = () => (away ? Promise.reject(new Error('ECONNREFUSED')) : Promise.resolve());
    await errand.start();
    await waitFor(
      'patience',
      async () => (await errand.events('activityTaskScheduledEventAttributes')) === 1,
      {
        timeoutMs: 20_000,
      },
    );
    const [events, looks] = [await errand.events(), errand.looks];
    // The activity's third try: from now on only the pauses between tries grow longer.
    await waitFor('more tries', () => errand.looks >= looks + 3, { timeoutMs: 20_000 });
    expect(await errand.events()).toBe(events);
    away = false;
    await errand.handle.result();
    expect(await errand.events(), 'events of an outage').toBeLessThan(20);
  });

  test('that hang are given up in time for the workflow task, and the news are still heard', async () => {
    const errand = town.errand({ open: false });
    let hangs = true;
    errand.onLook = () => (hangs ? new Promise(() => undefined) : Promise.resolve());
    await errand.start();
    await waitFor(
      'patience',
      async () => (await errand.events('activityTaskScheduledEventAttributes')) === 1,
      {
        timeoutMs: 20_000,
      },
    );
    hangs = false;
    await errand.handle.result();
    expect(await errand.events('workflowTaskTimedOutEventAttributes')).toBe(0);
  });
});

describe.concurrent('a workflow that a person cancels', () => {
  test('ends at once when there is nothing to wait for', async () => {
    const errand = town.errand();
    await errand.start();
    await waitFor('the first look', () => errand.looks > 0);
    await errand.handle.cancel();
    await endsCancelled(errand);
  });

  test('carries out what is under way, and what comes meanwhile, and then ends', async () => {
    const errand = town.errand({ todo: ['first'] });
    const { pass, open } = gate();
    errand.onWork = (name) => (name === 'first' ? pass() : Promise.resolve());
    await errand.start();
    await waitFor('the first look', () => errand.looks > 0);
    await errand.handle.cancel();
    errand.books = { ...errand.books, todo: ['first', 'second'] };
    await errand.news();
    await waitFor('the second', () => errand.did.includes('second'));
    open();
    await endsCancelled(errand);
    expect(errand.did).toEqual(['second', 'first']);
  });

  test('answers whoever had asked before', async () => {
    const errand = town.errand();
    const { pass, open } = gate();
    errand.onWork = pass;
    await errand.start();
    const answer = errand.handle.executeUpdate(errandUpdate, { args: ['asked'] });
    await waitFor('the first look', () => errand.looks > 0);
    await errand.handle.cancel();
    open();
    await answer;
    await endsCancelled(errand);
  });

  test('waits for the database first', async () => {
    const errand = town.errand({ todo: ['owed'] });
    let away = true;
    errand.onLook = () => (away ? Promise.reject(new Error('ECONNREFUSED')) : Promise.resolve());
    await errand.start();
    await waitFor('a look', () => errand.looks > 1);
    await errand.handle.cancel();
    away = false;
    await endsCancelled(errand);
    expect(errand.did).toEqual(['owed']);
  });

  test('stays cancelled when it continues as new before its end', async () => {
    const errand = town.errand({ todo: ['long'] });
    const { pass, open } = gate();
    errand.onWork = pass;
    await errand.start();
    await waitFor('the first look', () => errand.looks > 0);
    await errand.handle.cancel();
    await waitFor(
      'a new run',
      async () => {
        await errand.news();
        return (await errand.histories()).length > 1;
      },
      { timeoutMs: 60_000 },
    );
    open();
    await endsCancelled(errand);
  });
});

test('every history replays, and only the defect has failed a workflow task', async () => {
  expect(await town.replayAll()).toBeGreaterThanOrEqual(town.all.length);
  for (const errand of town.all) {
    const failed = (await errand.histories())
      .flatMap(({ events }) => events ?? [])
      .flatMap(
        ({ workflowTaskFailedEventAttributes }) => workflowTaskFailedEventAttributes?.failure?.message ?? [],
      );
    // A task that news overtook fails without a message of ours, and is done again with the news.
    const ours = failed.filter((message) => message !== '' && message !== 'UnhandledCommand');
    if (!errand.books.todo.includes('defect')) expect(ours).toEqual([]);
  }
});
