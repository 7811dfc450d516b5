/** How measurements speak. */

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Says whether a ratio is as promised. @returns whether it is */
export function verdict(promise: string, ratio: number, most: number): boolean {
  const kept = ratio <= most;
  say(`  ${kept ? 'kept  ' : 'BROKEN'}  ${promise}: ${ratio.toFixed(2)}`);
  return kept;
}

export function percentile(times: readonly number[], percent: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

export function milliseconds(time: number): string {
  return `${time.toFixed(2)} ms`;
}
