/** A table of allowed moves between states, and the diagram that is drawn from it. */

export interface Move<State extends string> {
  readonly from: State;
  readonly to: State;
  readonly because: string;
}

/** A Mermaid state diagram of some moves; those between the same two states with different reasons stand side by side. */
export function diagramOf<State extends string>(
  moves: readonly Move<State>[],
  { first, last }: { readonly first: State; readonly last: readonly State[] },
): string {
  return [
    'stateDiagram-v2',
    `  [*] --> ${first}`,
    ...moves.map(({ from, to, because }) => `  ${from} --> ${to}: ${because}`),
    ...last.map((state) => `  ${state} --> [*]`),
  ].join('\n');
}
