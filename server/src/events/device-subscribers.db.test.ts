import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { type Broker, mosquitto, openBroker } from "../../test/mosquitto.ts";
import { createVault } from "../people/vault.store.ts";
import { saveDeviceSettings } from "./device-sources.store.ts";
import { createDeviceSubscribers, type DeviceSubscribers } from "./device-subscribers.client.ts";
import type { Event } from "./event.ts";
import type { Intake } from "./intake.ts";
import { createSource } from "./sources.store.ts";

/** Processes that come and go at one broker. Without Mosquitto nothing of this is run. */
describe.skipIf(mosquitto === undefined)("who listens for devices, through Mosquitto", () => {
  let engines: TestEngines;
  let broker: Broker;
  const opened: DeviceSubscribers[] = [];

  beforeAll(async () => {
    engines = await testEngines();
    broker = await openBroker({ user: "stork", password: "p" });
    const workspace = await testWorkspace(engines);
    const vault = createVault((id) => engines.workspaceKeys(engines.db, id));
    const source = await createSource(
      engines.db,
      workspace.id,
      { kind: "mqtt", name: "秤" },
      engines.clock.now(),
    );
    const topic = {
      ...{ pattern: "scales/{device}", format: "text" as const, fields: [], event: "= Weighed" },
      identifiers: [{ namespace: "device", from: "topic.device" }],
      properties: [{ name: "text", from: "payload", as: "text" as const, required: true }],
    };
    const settings = { url: broker.url, username: "stork", protocol: "3.1.1" as const, qos: 1 as const };
    await saveDeviceSettings(
      { db: engines.db, vault },
      workspace.id,
      source.id,
      { ...settings, topics: [topic] },
      "p",
    );
  });
  afterAll(async () => {
    await Promise.all(opened.map((one) => one.stop()));
    await broker?.close();
    await engines?.close();
  });

  /** A process of its own, which notes the texts it committed. */
  function open(commit: Intake["commit"]): DeviceSubscribers {
    const one = createDeviceSubscribers({
      ...{ db: engines.db, clock: engines.clock, log: engines.log, instance: "test" },
      vault: createVault((id) => engines.workspaceKeys(engines.db, id)),
      intake: { commit, refuse: async () => {}, heard: () => {} },
    });
    opened.push(one);
    one.start();
    return one;
  }
  const noting =
    (texts: string[]): Intake["commit"] =>
    async (_holder, _received, events) => {
      texts.push(...events.map(textOf));
      return events.map(() => "committed" as const);
    };
  const textOf = ({ properties }: Event) => (JSON.parse(properties) as { text: string }).text;
  const publish = (text: string) => broker.publish("scales/s", text);
  const state = async () => {
    const lease = await engines.postgres.pool.query("select state, trouble from device_lease");
    return lease.rows[0] as { state: string; trouble: string | null } | undefined;
  };

  test("what could not be committed is not answered, and comes again when it can be", async () => {
    const texts: string[] = [];
    let failures = 2;
    const process = open(async (holder, received, events) => {
      if (failures > 0) {
        failures -= 1;
        throw new Error("the disk is full");
      }
      return noting(texts)(holder, received, events);
    });
    await expect.poll(async () => (await state())?.state).toBe("connected");
    await publish("1");
    await expect.poll(() => texts).toEqual(["1"]);
    await process.stop();
  });

  test("of two processes one listens; what comes while none does waits; the other takes over", async () => {
    await publish("while nobody listens");
    const [first, second]: [string[], string[]] = [[], []];
    const one = open(noting(first));
    await expect.poll(() => first).toEqual(["while nobody listens"]);
    open(noting(second));
    for (const text of ["2", "3"]) await publish(text);
    await expect.poll(() => first).toEqual(["while nobody listens", "2", "3"]);
    await one.stop();
    await publish("4");
    await expect.poll(() => second).toEqual(["4"]);
    expect(first).toHaveLength(3);
  });
});
