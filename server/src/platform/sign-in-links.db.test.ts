import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestEngines, testEngines } from "../../test/engines.ts";
import { createSignInLink, useSignInLink } from "./sign-in-links.store.ts";

let engines: TestEngines;
beforeAll(async () => {
  engines = await testEngines({ now: "2020-06-01T04:00:00Z" });
  const { db, clock } = engines;
  const user = { id: "u1", name: "小雨", email: "a@x.test", emailVerified: true };
  await db
    .insertInto("user")
    .values({ ...user, createdAt: clock.now(), updatedAt: clock.now() })
    .execute();
});
afterAll(() => engines.close());

const dayMs = 24 * 3600 * 1000;
const make = () => createSignInLink(engines.db, "u1", engines.clock);
const use = (token: string) => useSignInLink(engines.postgres.pool, token, engines.clock);

test("a link opens once, within seven days by the clock it was made with", async () => {
  const [soon, late] = [await make(), await make()];
  engines.clock.advance(6 * dayMs);
  expect(await use(soon)).toBe("u1");
  expect(await use(soon)).toBeNull();
  engines.clock.advance(dayMs);
  expect(await use(late)).toBeNull();
  expect(await use("unknown")).toBeNull();
});
