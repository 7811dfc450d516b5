/**
 * The loop of everything that lives on. An entity looks at where it stands, does what is due, shows it, and waits for news
 * or for its next deadline, until it is over. Postgres holds where it stands, so whatever is lost here is read again.
 */
import {
  ActivityFailure,
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  condition,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  sleep,
  TemporalFailure,
  workflowInfo,
  type ActivityOptions,
} from '@temporalio/workflow';

/** A deadline: milliseconds since 1970, and what is done then, for people who look at the timer. */
export interface Deadline {
  readonly at: number;
  readonly summary: string;
}

/** What a run hands on to the next one of the same entity. */
export interface CarriedLife {
  /** A person cancelled the workflow: it ends as soon as that loses nothing. */
  readonly cancelled: boolean;
}

/** What one entity is, from its first look to its end. */
export interface Entity<State> {
  /** Reads where it stands. */
  look(): Promise<State>;
  /** Begins what is due; called after every look, so it begins nothing by a name that is under way. */
  act(state: State): void;
  /** Tells people where it stands. */
  show(state: State): void;
  /** When something is to be done without news. */
  next(state: State): readonly Deadline[];
  /** Whether nothing is left to wait for. Never asked while work is under way. */
  isOver(state: State): boolean;
  /** Continues as new. */
  handOn(life: CarriedLife): Promise<never>;
}

/** Our own database, twice: in the same workflow task while it answers, and with patience while it does not. */
export interface Books<Activities> {
  readonly soon: Activities;
  readonly patient: Activities;
}

/** Calls that are made one after the other. */
export type InTurn = <T>(call: () => Promise<T>) => Promise<T>;

/** Work in the background: under way, done, or failed for a reason in words for operators. */
type Work =
  | { readonly kind: 'underWay'; readonly scope: CancellationScope }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly reason: string };

export interface Life {
  /** Has the loop look again. Called by every handler after which something may be different. */
  news(): void;
  /**
   * Begins work in the background, unless work of that name is under way, or has ended since the last news. A failure of an
   * activity stays as the state of the work until then; a defect of our code fails the workflow task, where it shows.
   */
  begin(name: string, run: () => Promise<unknown>): void;
  /** Cancels the work of that name that is under way, so that it is begun anew. */
  again(name: string): void;
  isUnderWay(name: string): boolean;
  /** No work is under way. */
  readonly isIdle: boolean;
  /** Why work of that name failed; undefined when it did not. */
  failureOf(name: string): string | undefined;
  /** A person cancelled the workflow. */
  readonly cancelled: boolean;
  /**
   * One local activity at a time: of two at once, SDK 1.24 does not keep the order of their results, and the replay takes
   * the commands that follow in another order than the history has (sdk-typescript#1744).
   */
  readonly inTurn: InTurn;
  /** Reads or writes in the books, however long the database is away. @throws what cannot succeed by being tried again */
  ask<Activities, T>(books: Books<Activities>, call: (books: Activities) => Promise<T>): Promise<T>;
  /** Runs the body of a handler so that a cancel does not break it off. */
  shielded<T>(run: () => Promise<T>): Promise<T>;
  /** @throws CancelledFailure at the end of an entity whose workflow a person has cancelled */
  live<State>(entity: Entity<State>): Promise<void>;
}

/**
 * The database answers within milliseconds or is away. Five tries take some three seconds, so an outage costs one marker
 * and one activity, and neither events nor a workflow-task slot for as long as it lasts. The number of tries ends them:
 * SDK 1.24 goes on with a local activity past its `scheduleToCloseTimeout`.
 */
const soonOptions = {
  startToCloseTimeout: '2 seconds',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumAttempts: 5 },
} as const;

const patientOptions = {
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '15 seconds' },
  summary: 'the database was away',
} as const;

export function booksOf<Activities extends object>(
  options: Partial<ActivityOptions> = {},
): Books<Activities> {
  return {
    soon: proxyLocalActivities<Activities>(soonOptions) as Activities,
    patient: proxyActivities<Activities>({ ...patientOptions, ...options }) as Activities,
  };
}

/**
 * Our clock and that of the database may differ a little, so a deadline may ring before its time. One that rings and
 * stays is given twice as long each time.
 */
const shortestWaitMs = 1_000;
const longestWaitMs = 3_600_000;

/** Work that ends within this time ends before the workflow continues as new; other work is begun again after it. */
const handOverMs = 5_000;

export function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (call) => {
    const mine = last.then(call);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** Call it before anything is awaited: a cancel that comes first must find it there. */
export function beginLife(carried?: CarriedLife): Life {
  /** Everything runs in here, so that a cancel only sets a mark. */
  const shield = new CancellationScope({ cancellable: false });
  const works = new Map<string, Work>();
  let cancelled = carried?.cancelled ?? false;
  let isNews = true;
  let defect: { readonly error: unknown } | undefined;
  let alarm: (Deadline & { readonly scope: CancellationScope }) | undefined;
  /** The deadline that rang last, and how often it has. */
  let rung = { at: 0, times: 0 };
  /** Events there were when a handler ended last, which tells one workflow task from another. */
  let handledAt = -1;
  const inTurn = createTurns();

  void CancellationScope.current().cancelRequested.catch(() => {
    cancelled = true;
    isNews = true;
  });

  function news(): void {
    for (const [name, { kind }] of works) if (kind !== 'underWay') works.delete(name);
    isNews = true;
  }

  function begin(name: string, run: () => Promise<unknown>): void {
    if (works.has(name)) return;
    const scope = new CancellationScope({ cancellable: true, parent: shield });
    works.set(name, { kind: 'underWay', scope });
    void scope
      .run(run)
      .then(
        () => void works.set(name, { kind: 'done' }),
        (error: unknown) => {
          const reason = reasonOf(error);
          if (isCancellation(error)) works.delete(name);
          else if (reason === undefined) defect = { error };
          else works.set(name, { kind: 'failed', reason });
        },
      )
      .then(() => {
        isNews = true;
      });
  }

  function again(name: string): void {
    const work = works.get(name);
    if (work?.kind === 'underWay') work.scope.cancel();
    news();
  }

  async function ask<Activities, T>(
    { soon, patient }: Books<Activities>,
    call: (books: Activities) => Promise<T>,
  ): Promise<T> {
    try {
      return await inTurn(() => call(soon));
    } catch (error) {
      if (!isOutage(error)) throw error;
      return call(patient);
    }
  }

  const isWorking = (): boolean => [...works.values()].some(({ kind }) => kind === 'underWay');

  /** One timer at the nearest deadline; the timer that is there stays while the deadline does. */
  function setAlarm(deadlines: readonly Deadline[]): void {
    const [nearest] = [...deadlines].sort((one, other) => one.at - other.at);
    if (alarm?.at === nearest?.at) return;
    alarm?.scope.cancel();
    alarm = nearest && { ...nearest, scope: new CancellationScope({ cancellable: true, parent: shield }) };
    const mine = alarm;
    if (!mine) return;
    const ring = (): void => {
      rung = { at: mine.at, times: rung.at === mine.at ? rung.times + 1 : 1 };
      if (alarm === mine) alarm = undefined;
      news();
    };
    const times = rung.at === mine.at ? rung.times : 0;
    const wait = Math.max(mine.at - Date.now(), Math.min(shortestWaitMs * 2 ** times, longestWaitMs));
    void mine.scope.run(() => sleep(wait, { summary: mine.summary })).then(ring, () => undefined);
  }

  const hasNews = (): boolean => isNews;

  async function live<State>(entity: Entity<State>): Promise<void> {
    for (;;) {
      isNews = false;
      const state = await entity.look();
      entity.act(state);
      entity.show(state);
      if (shouldHandOn()) {
        if (isWorking())
          await condition(() => !isWorking(), handOverMs, { summary: 'let work end, then continue as new' });
        await condition(allHandlersFinished);
        if (defect) throw defect.error;
        await entity.handOn({ cancelled });
      }
      if (!isWorking() && entity.isOver(state)) {
        await condition(() => hasNews() || allHandlersFinished());
        // The server refuses an end beside which something has come, with all else of that workflow task: an update that
        // was accepted in it would fail for its caller. So its answer goes out first.
        if (!hasNews() && handledAt === workflowInfo().historyLength)
          await sleep(1, { summary: 'answer, then end' });
        // Between this check and the end nothing is awaited: what comes now is news for the next run.
        if (!hasNews()) return;
      } else {
        setAlarm(entity.next(state));
        await condition(hasNews);
      }
      if (defect) throw defect.error;
    }
  }

  return {
    news,
    begin,
    again,
    get isIdle() {
      return !isWorking();
    },
    isUnderWay: (name) => works.get(name)?.kind === 'underWay',
    failureOf(name) {
      const work = works.get(name);
      return work?.kind === 'failed' ? work.reason : undefined;
    },
    get cancelled() {
      return cancelled;
    },
    inTurn,
    ask,
    shielded: (run) =>
      shield.run(run).finally(() => {
        handledAt = workflowInfo().historyLength;
      }),
    async live(entity) {
      await shield.run(() => live(entity));
      alarm?.scope.cancel();
      if (cancelled) throw new CancelledFailure('cancelled; nothing was left to be done');
    },
  };
}

/** Whether the history is long enough, or the code new enough, to continue as new. */
export function shouldHandOn(): boolean {
  const { continueAsNewSuggested, targetWorkerDeploymentVersionChanged } = workflowInfo();
  return continueAsNewSuggested || targetWorkerDeploymentVersionChanged;
}

/** Whether an activity failed for something that passes. Another try cannot mend what it says is final. */
function isOutage(error: unknown): boolean {
  if (isCancellation(error) || !(error instanceof TemporalFailure)) return false;
  const cause = causeOf(error);
  return !(cause instanceof ApplicationFailure && cause.nonRetryable === true);
}

/** Why an activity failed, in words for operators; undefined for whatever is no failure of an activity. */
export function reasonOf(error: unknown): string | undefined {
  if (isCancellation(error) || !(error instanceof TemporalFailure)) return undefined;
  const cause = causeOf(error);
  return cause instanceof Error ? cause.message : error.message;
}

/** A normal activity wraps its failure, a local one throws it bare. */
function causeOf(error: TemporalFailure): unknown {
  return error instanceof ActivityFailure ? error.cause : error;
}
