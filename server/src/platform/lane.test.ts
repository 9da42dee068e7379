import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { createLane } from "./lane.ts";

test("as many tasks as workers run side by side, the others in the order they came", async () => {
  const lane = createLane(["a", "b"]);
  const began: number[] = [];
  let together = 0;
  let most = 0;
  await Promise.all(
    [0, 1, 2, 3, 4].map((n) =>
      lane.use(async () => {
        began.push(n);
        together += 1;
        most = Math.max(most, together);
        await sleep(5);
        together -= 1;
      }),
    ),
  );
  expect(began).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
  await lane.idle();
});

test("a failed task gives its worker back, and idle waits for those that run", async () => {
  const lane = createLane([1]);
  await expect(lane.use(async () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  let done = false;
  const task = lane.use(async () => {
    await sleep(10);
    done = true;
  });
  expect(lane.busy()).toBe(1);
  await lane.idle();
  expect(done).toBe(true);
  await task;
  expect(lane.busy()).toBe(0);
});
