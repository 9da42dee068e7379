/**
 * One call for many: what is asked while a call is under way waits and goes together in the next one. Keeps a commit
 * per message from becoming a commit for every message.
 */
export function grouped<In, Out>(run: (items: In[]) => Promise<Out[]>): (item: In) => Promise<Out> {
  let waiting: { item: In; resolve: (out: Out) => void; reject: (error: unknown) => void }[] = [];
  let running = false;
  async function drain(): Promise<void> {
    running = true;
    // Whoever asks in the same breath comes along.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const taken = waiting;
      waiting = [];
      try {
        const outs = await run(taken.map(({ item }) => item));
        taken.forEach(({ resolve }, i) => {
          resolve(outs[i] as Out);
        });
      } catch (error) {
        for (const { reject } of taken) reject(error);
      }
    }
    running = false;
  }
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!running) void drain();
    });
}
