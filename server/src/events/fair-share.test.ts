import { expect, test } from "vitest";
import { FairShare } from "./fair-share.ts";
import { WaitingLine } from "./waiting-line.ts";

/** Takes one after the other until refused; answers how many. */
function flood(share: FairShare, who: number): number {
  let taken = 0;
  while (share.take(who, 1)) taken += 1;
  return taken;
}

test("one that floods gets half of the room, and each that comes after finds room", () => {
  const share = new FairShare(1200);
  expect(flood(share, 1)).toBe(600);
  expect(flood(share, 2)).toBe(300);
  expect(flood(share, 3)).toBe(150);
  // As the first lets go of what it has above its share now, the others come to the same.
  share.giveBack(1, 300);
  flood(share, 2);
  flood(share, 3);
  share.giveBack(2, 0);
  expect(share.total).toBeLessThanOrEqual(1200);
  expect(share.take(4, 50)).toBe(true);
});

test("what was given back is free again, to the last", () => {
  const share = new FairShare(10);
  expect(share.take(1, 5)).toBe(true);
  expect(share.take(1, 1)).toBe(false);
  share.giveBack(1, 5);
  expect(share.total).toBe(0);
  expect(share.take(1, 10)).toBe(true);
  expect(share.take(2, 0)).toBe(true);
});

test("lines are served in turn, each in its own order", () => {
  const line = new WaitingLine<string>(() => 1);
  for (let i = 0; i < 6; i += 1) line.add(1, `flood ${i}`);
  line.add(2, "shop 0");
  line.add(3, "app 0");
  line.add(2, "shop 1");
  expect(line.take(4)).toEqual(["flood 0", "shop 0", "app 0", "flood 1"]);
  expect(line.take(3)).toEqual(["shop 1", "flood 2", "flood 3"]);
  expect(line.size).toBe(2);
  expect(line.take(99)).toEqual(["flood 4", "flood 5"]);
  expect(line.take(99)).toEqual([]);
});

test("one larger than asked for goes alone, and a line without end keeps nothing of what was served", () => {
  const line = new WaitingLine<number>((size) => size);
  line.add(1, 50);
  line.add(1, 1);
  expect(line.take(10)).toEqual([50]);
  for (let i = 0; i < 10_000; i += 1) {
    line.add(1, 1);
    expect(line.take(1)).toEqual([1]);
  }
  expect(line.size).toBe(1);
});
