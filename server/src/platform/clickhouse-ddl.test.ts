import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { placed, statementsOf } from "./clickhouse-ddl.ts";

const one = { cluster: null };
const many = { cluster: "shop" };

describe("statementsOf", () => {
  test("splits at semicolons that end a line, drops comments, keeps semicolons inside", () => {
    const file =
      "-- a; b;\ncreate table a (x String default ';') engine = Log; -- why;\n\n  -- more\nselect 1;\n";
    expect(statementsOf(file)).toEqual(["create table a (x String default ';') engine = Log", "select 1"]);
  });
});

describe("on one engine", () => {
  test("what is made may be made again", () => {
    expect(placed("create table a (x UInt8) engine = Log", one)).toEqual([
      "create table if not exists a (x UInt8) engine = Log",
    ]);
    expect(placed("create view v as select 1", one)).toEqual(["create view if not exists v as select 1"]);
    expect(placed("alter table a add column y UInt8", one)).toEqual(["alter table a add column y UInt8"]);
  });
});

describe("on a cluster", () => {
  const table =
    "create table trait\n(\n    workspace UInt32,\n    node UInt64\n)\nengine = ReplacingMergeTree(at)\norder by node";

  test("a table is replicated under another name, with a distributed front under its own", () => {
    const [local = "", front = ""] = placed(table, many);
    expect(local).toContain("create table if not exists trait_local on cluster `shop`");
    expect(local).toContain(
      "engine = ReplicatedReplacingMergeTree('/clickhouse/tables/{uuid}/{shard}', '{replica}', at)",
    );
    expect(local).toContain("order by node");
    expect(front).toBe(
      "create table if not exists trait on cluster `shop` as trait_local\n" +
        "engine = Distributed(`shop`, currentDatabase(), trait_local, intHash64(node))",
    );
  });

  test("an engine without arguments, and a table sharded by person", () => {
    const [local = "", front = ""] = placed(
      "create table m\n(\n    person UInt64\n)\nengine = MergeTree\norder by person",
      many,
    );
    expect(local).toContain(
      "engine = ReplicatedMergeTree('/clickhouse/tables/{uuid}/{shard}', '{replica}')\norder by person",
    );
    expect(front).toContain("intHash64(person)");
  });

  test("views and dictionaries are made everywhere; changes go to the stored table and its front", () => {
    expect(placed("create view v as select 1", many)).toEqual([
      "create view if not exists v on cluster `shop` as select 1",
    ]);
    expect(placed("drop view v", many)).toEqual(["drop view v on cluster `shop`"]);
    expect(placed("alter table trait add column x UInt8", many)).toEqual([
      "alter table trait_local on cluster `shop` add column x UInt8",
      "alter table trait on cluster `shop` add column x UInt8",
    ]);
    expect(placed("alter table trait add column x UInt8, modify order by (node, x)", many)).toEqual([
      "alter table trait_local on cluster `shop` add column x UInt8, modify order by (node, x)",
      "alter table trait on cluster `shop` add column x UInt8",
    ]);
  });

  test("every migration there is turns into whole tables", () => {
    const folder = join(import.meta.dirname, "../../migrations/clickhouse");
    for (const name of readdirSync(folder)) {
      for (const statement of statementsOf(readFileSync(join(folder, name), "utf8"))) {
        const made = placed(statement, many);
        for (const each of made) expect(each).toContain("on cluster `shop`");
        if (/^create table/.test(statement)) expect(made[0]).toMatch(/engine = Replicated\w*MergeTree/);
        // Facts lie by whom they are about; what is about nobody may lie anywhere.
        if (/^create table/.test(statement) && /\b(node|person) UInt64/.test(statement))
          expect(made[1]).toMatch(/intHash64\((node|person)\)/);
      }
    }
  });
});
