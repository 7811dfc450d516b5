/**
 * One local activity at a time. Of two that run at once the SDK (1.24) does not keep the order in which their results
 * came, and a replay then takes the commands that follow in another order than the history has.
 */
export type InTurn = <T>(call: () => Promise<T>) => Promise<T>;

export function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (call) => {
    const mine = last.then(call);
    last = mine.catch(() => undefined);
    return mine;
  };
}
