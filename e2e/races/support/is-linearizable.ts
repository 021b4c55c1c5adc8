/** A request that began and ended at these moments, and what it would do to the state it met. */
export interface Operation<State> {
  name: string;
  invokedAt: number;
  returnedAt: number;
  /** The state afterwards; undefined where this answer could not have been given. */
  apply: (state: State) => State | undefined;
}

/**
 * Whether an order exists in which each operation happens at one moment between its invocation and its return and every answer is
 * right (Wing and Gong's search, remembering where it has been as Lowe does). State must survive JSON.
 */
export function isLinearizable<State>(operations: Operation<State>[], initial: State): boolean {
  const byInvocation = operations.toSorted((a, b) => a.invokedAt - b.invokedAt);
  const seen = new Set<string>();
  const search = (left: Operation<State>[], state: State): boolean => {
    if (left.length === 0) return true;
    const key = `${JSON.stringify(state)} ${left.map((one) => byInvocation.indexOf(one)).join()}`;
    if (seen.has(key)) return false;
    seen.add(key);
    // Whatever began after another had ended cannot come before it.
    const firstReturn = Math.min(...left.map(({ returnedAt }) => returnedAt));
    return left
      .filter(({ invokedAt }) => invokedAt <= firstReturn)
      .some((next) => {
        const after = next.apply(state);
        return (
          after !== undefined &&
          search(
            left.filter((one) => one !== next),
            after,
          )
        );
      });
  };
  return search(byInvocation, initial);
}
