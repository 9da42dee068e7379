import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ByteRooms } from "./byte-rooms.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a room that was given back is the next one of its size; one that was not is nobody else's", () => {
  const rooms = new ByteRooms();
  const [one, two] = [rooms.take(50_000), rooms.take(50_000)];
  expect(one.length).toBe(65_536);
  expect(two.buffer).not.toBe(one.buffer);
  rooms.giveBack(one.subarray(3, 70));
  expect(rooms.take(20_000).buffer).not.toBe(one.buffer);
  expect(rooms.take(40_000).buffer).toBe(one.buffer);
  expect(rooms.take(40_000).buffer).not.toBe(one.buffer);
});

test("nothing is taken back twice, nor what was never a room: the runtime lends parts of one buffer to many", () => {
  const rooms = new ByteRooms();
  const room = rooms.take(10_000);
  for (let i = 0; i < 2; i += 1) rooms.giveBack(room);
  expect(rooms.take(10_000).buffer).toBe(room.buffer);
  expect(rooms.take(10_000).buffer).not.toBe(room.buffer);
  const others = [rooms.take(100), rooms.take(2_000_000), Buffer.allocUnsafeSlow(16_384)];
  for (const other of others) rooms.giveBack(other);
  for (const { buffer } of others) expect(rooms.take(buffer.byteLength).buffer).not.toBe(buffer);
});

test("no more than so many bytes lie about unused, and after a while none", () => {
  const rooms = new ByteRooms(64 * 1024);
  const [one, two] = [rooms.take(60_000), rooms.take(60_000)];
  for (const room of [one, two]) rooms.giveBack(room);
  expect(rooms.take(60_000).buffer).toBe(one.buffer);
  expect(rooms.take(60_000).buffer).not.toBe(two.buffer);
  rooms.giveBack(one);
  vi.advanceTimersByTime(5_000);
  expect(rooms.take(60_000).buffer).not.toBe(one.buffer);
});
