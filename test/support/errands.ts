/** Runs errands (errand.ts) on the real server, with books that a test holds in its hands, and keeps every history. */
import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { type WorkflowHandle } from '@temporalio/client';
import { Context } from '@temporalio/activity';
import { bundleWorkflowCode, type WorkflowBundle } from '@temporalio/worker';
import type { temporal } from '@temporalio/proto';
import {
  errandNewsSignal,
  type errand,
  type ErrandActivities,
  type ErrandInput,
  type ErrandStanding,
} from './errand.ts';
import { replayAll } from './replay.ts';
import { connectTestTemporal } from './temporal.ts';

type History = temporal.api.history.v1.IHistory;
type Event = temporal.api.history.v1.IHistoryEvent;

export interface TestErrand {
  readonly handle: WorkflowHandle<typeof errand>;
  /** What the books say; a test writes into it and then brings news. */
  books: ErrandStanding;
  /** What was done, in order. */
  readonly did: string[];
  readonly noted: string[];
  looks: number;
  /** Called before the books answer. */
  onLook: () => Promise<void>;
  /** Called in the middle of a piece of work. */
  onWork: (name: string) => Promise<void>;
  start(): Promise<void>;
  news(): Promise<void>;
  /** The histories of its runs, oldest first. */
  histories(): Promise<History[]>;
  /** Events of all runs, or of a kind only. */
  events(type?: keyof Event): Promise<number>;
}

export interface Errands {
  readonly client: Client;
  errand(books?: Partial<ErrandStanding>): TestErrand;
  readonly all: readonly TestErrand[];
  /** Replays every history of every errand. @throws when one does not replay */
  replayAll(): Promise<number>;
  close(): Promise<void>;
}

export async function startErrands(address: string): Promise<Errands> {
  const temporal = await connectTestTemporal(address);
  const { client } = temporal;
  const taskQueue = `errands-${randomUUID()}`;
  const errands = new Map<string, TestErrand>();
  const of = ({ id }: { readonly id: string }): TestErrand => {
    const found = errands.get(id);
    if (!found) throw new Error(`no errand ${id}`);
    return found;
  };
  const without = ({ books }: TestErrand, name: string): ErrandStanding => ({
    ...books,
    todo: books.todo.filter((other) => other !== name),
  });

  /** What never ends must not keep the worker from its end. */
  const untilShutdown = (work: Promise<void>): Promise<void> =>
    Promise.race([work, Context.current().cancelled]);

  const activities: ErrandActivities = {
    async errandStanding(asked) {
      const mine = of(asked);
      mine.looks += 1;
      await untilShutdown(mine.onLook());
      return mine.books;
    },
    errandNote({ note, ...asked }) {
      const mine = of(asked);
      mine.noted.push(note);
      mine.books = without(mine, note);
      return Promise.resolve();
    },
    async errandWork({ name, ...asked }) {
      await untilShutdown(of(asked).onWork(name));
      of(asked).did.push(name);
    },
  };
  const workflowBundle: WorkflowBundle = await bundleWorkflowCode({
    workflowsPath: new URL('./errand.ts', import.meta.url).pathname,
  });
  await temporal.startWorker({ taskQueue, activities, workflowBundle, shutdownGraceTime: '100ms' });

  function create(books: Partial<ErrandStanding> = {}): TestErrand {
    const id = randomUUID();
    const handle = client.workflow.getHandle<typeof errand>(`errand-${id}`);
    const input: ErrandInput = { id };
    const options = { workflowId: handle.workflowId, taskQueue, args: [input] as const };
    const made: TestErrand = {
      handle,
      books: { todo: [], open: true, ...books },
      did: [],
      noted: [],
      looks: 0,
      onLook: () => Promise.resolve(),
      onWork: () => Promise.resolve(),
      async start() {
        await client.workflow.start('errand', options);
      },
      async news() {
        await client.workflow.signalWithStart('errand', {
          ...options,
          signal: errandNewsSignal,
          signalArgs: [],
        });
      },
      async histories() {
        const runs = client.workflow.list({ query: `WorkflowId = '${handle.workflowId}'` });
        const ids: string[] = [];
        for await (const { runId } of runs) ids.unshift(runId);
        return Promise.all(
          ids.map((runId) => client.workflow.getHandle(handle.workflowId, runId).fetchHistory()),
        );
      },
      async events(type) {
        const histories = await made.histories();
        return histories
          .flatMap(({ events }) => events ?? [])
          .filter((event) => type === undefined || event[type] != null).length;
      },
    };
    errands.set(id, made);
    return made;
  }

  return {
    client,
    errand: create,
    get all() {
      return [...errands.values()];
    },
    async replayAll() {
      const all = [...errands.values()].map(async (made) =>
        (await made.histories()).map((history) => ({ workflowId: made.handle.workflowId, history })),
      );
      const recorded = (await Promise.all(all)).flat();
      await replayAll(workflowBundle, recorded);
      return recorded.length;
    },
    close: () => temporal.close(),
  };
}
