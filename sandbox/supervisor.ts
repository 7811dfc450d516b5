/** Keeps one child alive: starts it, knows when it is ready, starts it again when it dies. */
import { setTimeout as sleep } from 'node:timers/promises';
import { StartProblem } from './problem.ts';
import { run, type Output, type Program, type RunningProcess } from './process.ts';

const firstDelayMs = 500;
const longestDelayMs = 15_000;
/** A child that was well for so long starts again without a longer wait. */
const wellAfterMs = 30_000;

export interface ChildSpec {
  readonly name: string;
  /** Asked before every start, so that it can clear away what the previous one left. */
  readonly program: () => Promise<Program>;
  /** Resolves when the child does its work. */
  readonly ready: (signal: AbortSignal) => Promise<void>;
  readonly output: Output;
  /** The last error that this run of the child told of; empty when there was none. */
  readonly lastWords?: () => string;
}

export class Child {
  readonly #spec: ChildSpec;
  readonly #say: (line: string) => void;
  /** Aborted when the child shall no longer run. */
  #wanted: AbortController | undefined;
  #life: Promise<void> = Promise.resolve();
  #process: RunningProcess | undefined;
  #isReady = false;
  #failedStarts = 0;
  #failure: StartProblem | undefined;

  constructor(spec: ChildSpec, say: (line: string) => void) {
    this.#spec = spec;
    this.#say = say;
  }

  get name(): string {
    return this.#spec.name;
  }

  /** Undefined while it is down. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** How often in a row it ended before it was ready. */
  get failedStarts(): number {
    return this.#failedStarts;
  }

  /** @throws StartProblem when trying again would not help */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  start(): void {
    if (this.#wanted !== undefined) return;
    this.#wanted = new AbortController();
    this.#failure = undefined;
    this.#failedStarts = 0;
    this.#life = this.#live(this.#wanted.signal);
  }

  kill(signal: NodeJS.Signals): void {
    this.#process?.kill(signal);
  }

  /** Resolves when no process of it is left. */
  async stop(): Promise<void> {
    this.#wanted?.abort();
    this.#wanted = undefined;
    await this.#process?.stop();
    await this.#life;
  }

  async #live(wanted: AbortSignal): Promise<void> {
    const isOver = (): boolean => wanted.aborted || this.#failure !== undefined;
    let delay = firstDelayMs;
    while (!isOver()) {
      const { reason, wellMs } = await this.#once(wanted);
      if (isOver()) return;
      if (wellMs > wellAfterMs) delay = firstDelayMs;
      this.#say(`${this.name} ended (${reason}); starting it again in ${delay / 1000} s`);
      await sleep(delay, undefined, { signal: wanted }).catch(() => undefined);
      delay = Math.min(delay * 2, longestDelayMs);
    }
  }

  /** One run of the process, from its start to its end. */
  async #once(wanted: AbortSignal): Promise<{ reason: string; wellMs: number }> {
    const ended = new AbortController();
    const isWanted = (): boolean => !wanted.aborted;
    let readyAt = Infinity;
    try {
      const program = await this.#spec.program();
      if (!isWanted()) return { reason: 'stopped', wellMs: 0 };
      const process = await run(program, this.#spec.output);
      this.#process = process;
      // Asked to stop while it was being started: `stop` has not seen this process.
      if (!isWanted()) void process.stop();
      void this.#spec.ready(ended.signal).then(
        () => {
          readyAt = Date.now();
          this.#isReady = !ended.signal.aborted;
        },
        (error: unknown) => this.#giveUp(error),
      );
      const how = await process.exited;
      const words = this.#spec.lastWords?.() ?? '';
      return { reason: words === '' ? how : `${how}: ${words.slice(0, 200)}`, wellMs: Date.now() - readyAt };
    } catch (error) {
      this.#giveUp(error);
      return { reason: error instanceof Error ? error.message : String(error), wellMs: 0 };
    } finally {
      ended.abort();
      this.#failedStarts = readyAt === Infinity ? this.#failedStarts + 1 : 0;
      this.#isReady = false;
      this.#process = undefined;
    }
  }

  #giveUp(error: unknown): void {
    if (!(error instanceof StartProblem)) return;
    this.#failure = error;
    this.#process?.kill('SIGTERM');
  }
}
