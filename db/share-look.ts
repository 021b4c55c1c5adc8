/** Short where little happens; where much does, each turn reads what has arrived and adds to those who share the next look. */
const TURNS_BETWEEN = 4;

interface Look<Result> {
  underWay: Promise<Result>;
  next: Promise<Result> | undefined;
}

/**
 * Lets those who ask the same thing at one time share an answer, and none of them one that is older than their question: while a look
 * is under way, whoever comes waits for the next, which begins after it. However many ask, at most one look a key is on its way. What a
 * look throws, all who share it are told.
 */
export function shareLook<Result>(): (key: string, look: () => Promise<Result>) => Promise<Result> {
  const looks = new Map<string, Look<Result>>();
  const begin = (key: string, look: () => Promise<Result>): Promise<Result> => {
    const underWay = look();
    looks.set(key, { underWay, next: undefined });
    const over = () => {
      if (looks.get(key)?.underWay === underWay && !looks.get(key)?.next) looks.delete(key);
    };
    underWay.then(over, over);
    return underWay;
  };
  return (key, look) => {
    const current = looks.get(key);
    if (!current) return begin(key, look);
    const start = () => turns(TURNS_BETWEEN).then(() => begin(key, look));
    current.next ??= current.underWay.then(start, start);
    return current.next;
  };
}

/** Resolves after that many turns of the event loop. */
function turns(count: number): Promise<void> {
  return new Promise((resolve) => {
    const next = (left: number) => (left === 0 ? resolve() : setImmediate(next, left - 1));
    next(count);
  });
}
