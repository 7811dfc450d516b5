/** Chance that can be repeated: the same seed gives the same city. */

export interface Random {
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** True in so many of a hundred cases. */
  percent(chance: number): boolean;
}

/** Mulberry32: small, fast, and good enough for a town. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    between,
    pick: (from) => from[between(0, from.length - 1)] ?? from[0],
    percent: (chance) => next() * 100 < chance,
  };
}

/** One of them by chance, each as often in a hundred as its share says. The shares make a hundred. */
export function drawn<K extends string>(random: Random, shares: Readonly<Record<K, number>>): K {
  const names = Object.keys(shares) as [K, ...K[]];
  let left = random.between(1, 100);
  return names.find((name) => (left -= shares[name]) <= 0) ?? names[0];
}
