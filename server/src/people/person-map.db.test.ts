import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestEngines, testEngines } from "../../test/engines.ts";
import { until } from "../../test/until.ts";
import { type ClickHouse, ch, u64 } from "../platform/clickhouse.ts";
import { createPersonMap, type PersonMap } from "./person-map.store.ts";
import { personOf } from "./person-map.ts";

let engines: TestEngines;
let slow = 0;
let reloads = 0;
let broken = 0;
let map: PersonMap;

beforeAll(async () => {
  engines = await testEngines();
  const clickhouse: ClickHouse = {
    ...engines.clickhouse,
    async command(statement) {
      if (statement.text.startsWith("system reload")) {
        reloads += 1;
        if (broken-- > 0) throw new Error("away");
        await new Promise((resolve) => setTimeout(resolve, slow));
      }
      await engines.clickhouse.command(statement);
    },
  };
  map = createPersonMap(clickhouse, engines.log, {}, 20);
  await map.prepare();
});
afterAll(async () => {
  map.stop();
  await engines.close();
});

let version = 0;
async function move(node: number, person: number): Promise<void> {
  version += 1;
  await engines.clickhouse.insert("person_of", [{ node, person, version }]);
  map.changed();
}
async function personNow(node: number): Promise<number> {
  const [row] = await engines.clickhouse.query<{ person: number }>(
    ch`select ${personOf(ch`${u64(node)}`)} as person`,
  );
  return Number(row?.person);
}

test("a node that never moved is its own person; the newest move counts", async () => {
  expect(await personNow(9)).toBe(9);
  await move(9, 4);
  await move(9, 2);
  await map.settled();
  expect(await personNow(9)).toBe(2);
});

test("settled waits for a reload under way and for the one after it", async () => {
  slow = 150;
  const begun = async (move: Promise<void>) => {
    const before = reloads;
    await move;
    await until(() => reloads > before);
  };
  await begun(move(11, 1));
  await map.settled();
  expect(await personNow(11)).toBe(1);
  await begun(move(12, 1));
  await move(13, 1);
  await map.settled();
  expect(await personNow(13)).toBe(1);
  slow = 0;
});

test("many changes share a reload, and one that fails is tried again", async () => {
  reloads = 0;
  for (let node = 100; node < 130; node += 1) map.changed();
  await map.settled();
  expect(reloads).toBe(1);
  broken = 2;
  await move(14, 1);
  await expect.poll(() => personNow(14)).toBe(1);
});

test("nodes of a file under way wait longest, until something moves or somebody asks", async () => {
  slow = 20;
  await map.hurry();
  reloads = 0;
  map.changed("imported");
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(reloads).toBe(0);
  map.changed("moved");
  await until(() => reloads === 1);
  await map.settled();
  const asked = performance.now();
  map.changed("imported");
  await map.settled();
  expect(performance.now() - asked).toBeLessThan(1_000);
  expect(reloads).toBe(2);
  slow = 0;
});

test("two servers that begin at once leave each other a map that can be read", async () => {
  const made = async () => {
    const [row] = await engines.clickhouse.query<{ uuid: string }>(
      ch`select toString(uuid) as uuid from system.tables where database = currentDatabase() and name = 'person_map'`,
    );
    return row?.uuid;
  };
  const before = await made();
  await Promise.all(
    [1, 2, 3].map(async () => {
      const another = createPersonMap(engines.clickhouse, engines.log);
      for (let start = 0; start < 5; start += 1) {
        await another.prepare();
        expect(await personNow(9)).toBe(2);
      }
    }),
  );
  expect(await made()).toBe(before);
});

test("several that find none, or one written in other words, make it and go on", async () => {
  for (const before of [
    ch`drop dictionary person_map`,
    ch`alter table person_map modify comment 'other words'`,
  ]) {
    await engines.clickhouse.command(before);
    await Promise.all([1, 2, 3, 4].map(() => createPersonMap(engines.clickhouse, engines.log).prepare()));
    expect(await personNow(9)).toBe(2);
  }
});
