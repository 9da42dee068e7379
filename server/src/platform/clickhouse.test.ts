import { describe, expect, test } from "vitest";
import { ch, instant, joined, list, str, u32, u64 } from "./clickhouse.ts";
import { withSettings } from "./clickhouse-text.ts";

describe("the ch tag", () => {
  test("binds every value, and pastes none", () => {
    const statement = ch`select ${str("'; drop table event")} from event where workspace = ${u32(1)}`;
    expect(statement.text).toBe("select {p0:String} from event where workspace = {p1:UInt32}");
    expect(statement.params).toEqual({ p0: "'; drop table event", p1: 1 });
  });

  test("puts statements inside statements without mixing up their values", () => {
    const inner = ch`a = ${u32(1)} and b = ${str("x")}`;
    const outer = ch`${u64(7)} ${inner} ${inner} ${str("y")}`;
    expect(outer.text).toBe(
      "{p0:UInt64} a = {p1:UInt32} and b = {p2:String} a = {p3:UInt32} and b = {p4:String} {p5:String}",
    );
    expect(outer.params).toEqual({ p0: "7", p1: 1, p2: "x", p3: 1, p4: "x", p5: "y" });
  });

  test("joins any number of statements", () => {
    expect(joined([], " and ").text).toBe("");
    const three = joined([ch`a = ${u32(1)}`, ch`b = ${u32(2)}`, ch`c = ${u32(3)}`], " or ");
    expect(three.text).toBe("a = {p0:UInt32} or b = {p1:UInt32} or c = {p2:UInt32}");
    expect(three.params).toEqual({ p0: 1, p1: 2, p2: 3 });
  });

  test("binds 64-bit numbers in lists as numbers, and instants as milliseconds", () => {
    expect(list("UInt64", [1, "2", 3n]).value).toEqual([1n, 2n, 3n]);
    expect(list("String", ["a"]).value).toEqual(["a"]);
    expect(instant(new Date(5)).params).toEqual({ p0: "5" });
  });
});

describe("settings of one query", () => {
  test("come at the end, and are never a way in", () => {
    expect(withSettings("select 1", undefined)).toBe("select 1");
    expect(withSettings("select 1", { max_threads: 1, join_algorithm: "hash" })).toBe(
      "select 1\nsettings max_threads = 1, join_algorithm = 'hash'",
    );
    expect(() => withSettings("select 1", { "a b": 1 })).toThrow();
    expect(() => withSettings("select 1", { a: "x' or 1" })).toThrow();
  });
});
