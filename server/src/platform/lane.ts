/** A few workers, given out one task at a time in the order of asking. */
export interface Lane<Worker> {
  use<Answer>(task: (worker: Worker) => Promise<Answer>): Promise<Answer>;
  /** How many tasks are running. */
  busy(): number;
  /** Resolves when nothing is running or waiting. */
  idle(): Promise<void>;
}

export function createLane<Worker>(workers: readonly Worker[]): Lane<Worker> {
  const free = [...workers];
  const waiting: ((worker: Worker) => void)[] = [];
  let idlers: (() => void)[] = [];

  const take = (): Promise<Worker> => {
    const worker = free.pop();
    return worker === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(worker);
  };
  const give = (worker: Worker): void => {
    const next = waiting.shift();
    if (next) {
      next(worker);
      return;
    }
    free.push(worker);
    if (free.length < workers.length) return;
    for (const done of idlers) done();
    idlers = [];
  };
  return {
    async use(task) {
      const worker = await take();
      try {
        return await task(worker);
      } finally {
        give(worker);
      }
    },
    busy: () => workers.length - free.length,
    idle: () =>
      free.length === workers.length ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve)),
  };
}
