import { describe, expect, test } from "vitest";
import { familiesListed } from "../../test/profiles/families.ts";
import { aPerson } from "../../test/profiles/person.ts";
import { email, name, phone, profilesWorld, street } from "../../test/profiles/world.ts";
import { ch } from "../platform/clickhouse.ts";

const world = profilesWorld();
const { ask, aFamily } = world;

describe("a person", () => aPerson(world));
describe("families", () => familiesListed(world));

test("what identifies is in no table of ClickHouse and in no log", async () => {
  await aFamily();
  await ask(`/persons?identifier=phone:${phone}`);
  await ask(`/persons?identifier=nobody:${phone}`);
  await ask(`/families?query=${phone}`);
  const secrets = [phone, name, email, street, "豆豆", "oAbCdEf123"];
  const tables = await world.engines.clickhouse.query<{ name: string }>(
    ch`select name from system.tables where database = currentDatabase() and engine like '%MergeTree'`,
  );
  expect(tables.length).toBeGreaterThan(5);
  let cells = 0;
  for (const { name: table } of tables) {
    const rows = await world.engines.clickhouse.query<Record<string, unknown>>({
      text: `select * from ${table}`,
      params: {},
    });
    const text = JSON.stringify(rows);
    cells += rows.length;
    for (const secret of secrets) expect(text.includes(secret), `${secret} in ${table}`).toBe(false);
  }
  expect(cells).toBeGreaterThan(10);
  for (const secret of secrets) expect(world.logged.includes(secret), `${secret} in the log`).toBe(false);
});
