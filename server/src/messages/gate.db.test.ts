import { afterAll, beforeAll, expect, test } from "vitest";
import {
  channelTo,
  draftCampaign,
  type MessagesWorld,
  messagesWorld,
  settleFamilies,
} from "../../test/messages-world.ts";
import { gatherFacts } from "./gate.store.ts";
import type { Facts } from "./gate.ts";
import { suppress } from "./suppression.store.ts";

let world: MessagesWorld;
beforeAll(async () => {
  world = await messagesWorld();
});
afterAll(() => world.close());

const facts = (ids: readonly number[], addressedBy: string | null = "email"): Promise<Facts[]> =>
  gatherFacts(
    world.parts.db,
    { workspace: world.workspace.id, campaign: null, addressedBy, byChildrenAt: null, day: "2026-06-01" },
    ids,
  );

/** More identifiers of somebody known by user id, as one message would tell them. */
const resolve = (...identifiers: [namespace: string, value: string][]) =>
  world.people.identity.resolve(world.workspace.id, [
    {
      identifiers: identifiers.map(([namespace, value]) => ({ namespace, value })),
      source: 0,
      message: identifiers.join(),
      at: world.engines.clock.now(),
      rule: "same-message",
    },
  ]);
const nodeOf = async (namespace: string, value: string): Promise<number> =>
  (await resolve([namespace, value]))[0]?.[0] as number;

test("answers come in the order asked, whoever is unknown among them", async () => {
  const [anna, bella] = await settleFamilies(world, [{ email: "anna@x.test" }, { consent: null }]);
  const found = await facts([bella as number, 999_999, anna as number]);
  expect(found.map(({ person, barred }) => [person, barred])).toEqual([
    [bella, "no-consent"],
    [null, null],
    [anna, null],
  ]);
  expect(found[0]?.address).toBe("none");
  expect(found[2]?.address).toBe(await nodeOf("email", "anna@x.test"));
});

test("a bounced address is passed over for another one; an unsubscribed one closes all of them", async () => {
  const [carol] = await settleFamilies(world, [{ email: "carol@x.test" }]);
  const old = await nodeOf("email", "carol@x.test");
  await suppress(world.parts.db, [old], "bounced", world.engines.clock.now());
  expect((await facts([carol as number]))[0]).toMatchObject({ suppressed: "bounced", address: "none" });
  await resolve(["user", "u-carol@x.test-0"], ["email", "carol.new@x.test"]);
  const fresh = await nodeOf("email", "carol.new@x.test");
  expect((await facts([carol as number]))[0]).toMatchObject({ suppressed: null, address: fresh });
  await suppress(world.parts.db, [old], "unsubscribed", world.engines.clock.now());
  expect((await facts([carol as number]))[0]).toMatchObject({ suppressed: "unsubscribed" });
});

test("two who became one: the stricter word holds, and a message to either counts for both", async () => {
  const [dora, emma] = [await nodeOf("email", "dora@x.test"), await nodeOf("email", "emma@x.test")];
  const at = world.engines.clock.now();
  const says = (node: number, state: "granted" | "withdrawn") =>
    ({ kind: "consent", node, purpose: "marketing", state, saidBy: "test", at }) as const;
  await world.people.recordStatements(world.workspace.id, [says(dora, "granted"), says(emma, "withdrawn")]);
  await world.parts.db
    .insertInto("message")
    .values({
      workspace_id: world.workspace.id,
      campaign_id: await draftCampaign(world, await channelTo(world, { kind: "email", port: 1 })),
      person: emma,
      arm: "treated",
      state: "sent",
      due_at: world.engines.clock.now(),
      day: "2026-06-01",
    })
    .execute();
  expect((await facts([dora]))[0]).toMatchObject({ barred: null, messagesToday: 0 });
  await resolve(["email", "dora@x.test"], ["phone", "+8613800000001"]);
  await resolve(["email", "emma@x.test"], ["phone", "+8613800000001"]);
  const [first, second] = await facts([dora, emma]);
  expect(first).toEqual(second);
  expect(first).toMatchObject({ barred: "withdrawn", messagesToday: 1 });
});

test("for a channel that needs no address there is none to lack", async () => {
  const [fay] = await settleFamilies(world, [{}]);
  expect((await facts([fay as number], null))[0]).toMatchObject({ address: null, barred: null });
});
