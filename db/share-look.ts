interface Look<Result> {
  underWay: Promise<Result>;
  next: Promise<Result> | undefined;
}

/**
 * Lets those who ask the same thing at one time share an answer, and none of them one that is older than their question: while a look
 * is under way, whoever comes waits for the next, which begins after it. However many ask, at most one look a key is on its way. What a
 * look throws, all who share it are told. The next look leaves time to read what has arrived: under load few looks answer many.
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
    const start = () => new Promise<void>(setImmediate).then(() => begin(key, look));
    current.next ??= current.underWay.then(start, start);
    return current.next;
  };
}
