/** Shows how far an import is: a bar that redraws itself on a terminal, plain lines anywhere else. */
import type { WriteStream } from 'node:tty';

export interface Position {
  readonly rows: number;
  /** How much is done, and of how much: bytes of a file, rows that differ. */
  readonly done: number;
  readonly total: number;
}

type Output = Pick<WriteStream, 'write'> & { readonly isTTY?: boolean };

const width = 24;

export class Progress {
  readonly #began = Date.now();
  readonly #name: string;
  readonly #output: Output;
  #shownAt = Date.now();

  constructor(name: string, output: Output) {
    this.#name = name;
    this.#output = output;
  }

  show(position: Position): void {
    const now = Date.now();
    const everyMs = this.#output.isTTY === true ? 200 : 10_000;
    if (now - this.#shownAt < everyMs) return;
    this.#shownAt = now;
    const seconds = (now - this.#began) / 1000;
    if (this.#output.isTTY === true)
      this.#output.write(`\r\x1b[K${progressLine(this.#name, position, seconds)}`);
    else this.#output.write(`${progressLine(this.#name, position, seconds)}\n`);
  }

  /** Leaves the line to what is written next. */
  end(): void {
    if (this.#output.isTTY === true) this.#output.write('\r\x1b[K');
  }
}

/** @param seconds since the beginning */
export function progressLine(name: string, { rows, done, total }: Position, seconds: number): string {
  const part = total === 0 ? 1 : Math.min(1, done / total);
  const bar = '█'.repeat(Math.round(part * width)).padEnd(width, '░');
  const rate = seconds > 0 ? Math.round(rows / seconds) : 0;
  const left = part > 0 && part < 1 ? `, ${duration((seconds * (1 - part)) / part)} left` : '';
  return `${name}  ${bar} ${Math.floor(part * 100)} %  ${count(rows)} rows, ${count(rate)} a second${left}`;
}

export function count(number: number): string {
  return number.toLocaleString('en-IN');
}

export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
