/** Works on many things, some of them at the same time. */
export async function inTurns<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const left = items.map((item, index) => ({ item, index }));
  const one = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next.item, next.index);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}
