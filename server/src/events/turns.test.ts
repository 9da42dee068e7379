import { setImmediate as nextLook } from "node:timers/promises";
import { expect, test } from "vitest";
import { Turns } from "./turns.ts";

const settled = async () => {
  for (let i = 0; i < 5; i += 1) await Promise.resolve();
};

test("what a turn has room for goes at once, the rest in its order, one turn a look", async () => {
  const turns = new Turns(10);
  const gone: string[] = [];
  const take = (name: string, cost: number) => void turns.take(cost).then(() => gone.push(name));
  take("a", 6);
  take("b", 6);
  take("large", 40);
  take("c", 1);
  take("d", 1);
  await settled();
  expect(gone).toEqual(["a", "b"]);
  await nextLook();
  await settled();
  expect(gone).toEqual(["a", "b", "large"]);
  await nextLook();
  await settled();
  expect(gone).toEqual(["a", "b", "large", "c", "d"]);
});

test("nobody overtakes those who wait, and after a pause a turn is whole again", async () => {
  const turns = new Turns(10);
  const gone: string[] = [];
  const take = (name: string, cost: number) => void turns.take(cost).then(() => gone.push(name));
  for (const name of ["a", "b", "c"]) take(name, 10);
  await nextLook();
  take("late", 1);
  await settled();
  expect(gone).toEqual(["a", "b"]);
  for (let look = 0; look < 4; look += 1) await nextLook();
  await settled();
  expect(gone).toEqual(["a", "b", "c", "late"]);
  take("x", 5);
  take("y", 5);
  await settled();
  expect(gone.slice(4)).toEqual(["x", "y"]);
});
