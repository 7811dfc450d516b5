/** Shows how far an import is: a bar that redraws itself on a terminal, plain lines anywhere else. */
import type { WriteStream } from 'node:tty';

export interface Position {
  readonly rows: number;
  /** Of the file. */
  readonly bytes: number;
  readonly totalBytes: number;
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
export function progressLine(name: string, { rows, bytes, totalBytes }: Position, seconds: number): string {
  const done = totalBytes === 0 ? 1 : Math.min(1, bytes / totalBytes);
  const bar = '█'.repeat(Math.round(done * width)).padEnd(width, '░');
  const rate = seconds > 0 ? Math.round(rows / seconds) : 0;
  const left = done > 0 && done < 1 ? `, ${duration((seconds * (1 - done)) / done)} left` : '';
  return `${name}  ${bar} ${Math.floor(done * 100)} %  ${count(rows)} rows, ${count(rate)} a second${left}`;
}

export function count(number: number): string {
  return number.toLocaleString('en-IN');
}

export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
