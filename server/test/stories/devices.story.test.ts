import type { ConnectionReport, DeviceReading, DeviceSettings } from "@stork/contract/devices.ts";
import type { QuarantinePage } from "@stork/contract/quarantine.ts";
import type { Source, TailEntry } from "@stork/contract/sources.ts";
import { sql } from "kysely";
import { connectAsync } from "mqtt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ch, u32 } from "../../src/platform/clickhouse.ts";
import { type Broker, mosquitto, openBroker } from "../mosquitto.ts";
import { type WholeApp, wholeApp } from "../whole-app.ts";

/** A bottle, a diaper and a scale at home, through a real broker. Without Mosquitto nothing of this is run. */
describe.skipIf(mosquitto === undefined)("devices, through Mosquitto", () => {
  const user = "stork";
  const password = "s3cret-of-the-broker";
  let app: WholeApp;
  let broker: Broker;
  let path: string;
  let workspace: number;
  let source: Source;

  const topics: DeviceSettings["topics"] = [
    {
      pattern: "devices/{device}/bottle/+",
      format: "json",
      fields: [],
      event: "= Bottle Fed",
      identifiers: [
        { namespace: "device", from: "topic.device" },
        { namespace: "member:club", from: "$.member" },
      ],
      time: "$.at",
      properties: [
        { name: "amount", from: "$.amount", as: "number", unit: "ml", required: true },
        { name: "temperature", from: "$.temp", as: "number", unit: "°C", sentIn: "°F", required: false },
      ],
    },
    {
      pattern: "scales/{device}",
      format: "bytes",
      fields: [{ name: "grams", at: 2, type: "uint16", endian: "big", scale: 10 }],
      event: "= Baby Weighed",
      identifiers: [{ namespace: "device", from: "topic.device" }],
      properties: [
        { name: "weight", from: "field.grams", as: "number", unit: "kg", sentIn: "g", required: true },
      ],
    },
    {
      pattern: "diapers/{device}/wet",
      format: "number",
      fields: [],
      event: "= Diaper Wet",
      identifiers: [{ namespace: "device", from: "topic.device" }],
      properties: [{ name: "level", from: "payload", as: "number", unit: "%", required: true }],
    },
  ];
  const settings = (): DeviceSettings => ({
    url: broker.url,
    username: user,
    password,
    protocol: "5",
    qos: 1,
    topics,
  });
  const bottle = (device: string, body: object) =>
    broker.publish(`devices/${device}/bottle/a`, JSON.stringify(body));
  const rows = () =>
    app.engines.clickhouse.query<{ name: string; properties: string }>(
      ch`select name, properties from event_once where workspace = ${u32(workspace)} order by event_once.received, name`,
    );
  const count = async () => (await rows()).length;
  const subscribed = async () => {
    const { rows } = await sql<{ subscribed: string[] }>`
      select subscribed from device_lease where source_id = ${source.id}`.execute(app.engines.db);
    return rows[0]?.subscribed ?? [];
  };
  const shown = async () => (await app.call<Source>("GET", `${path}/sources/${source.id}`)).body;

  beforeAll(async () => {
    broker = await openBroker({ user, password });
    app = await wholeApp({ now: new Date().toISOString() });
    ({ path } = await app.brand("devices"));
    const found = await app.engines.db
      .selectFrom("workspace")
      .select("id")
      .where("slug", "=", "devices")
      .executeTakeFirstOrThrow();
    workspace = found.id;
  });
  afterAll(async () => {
    await app?.close();
    await broker?.close();
  });

  test("the settings are tried before anything is stored: the connection, and what a message becomes", async () => {
    const report = await app.call<ConnectionReport>("POST", `${path}/sources/devices/test-connection`, {
      device: { ...settings(), password: "wrong" },
    });
    expect(report.body).toMatchObject({
      connected: false,
      trouble: { zh: expect.stringContaining("拒绝登录") },
    });
    await broker.publish("diapers/d-9/wet", "40 %", { retain: true });
    const good = await app.call<ConnectionReport>("POST", `${path}/sources/devices/test-connection`, {
      device: settings(),
    });
    expect(good.body).toMatchObject({
      ...{ connected: true, trouble: null },
      samples: [
        {
          topic: "diapers/d-9/wet",
          reading: { outcome: "event", name: "Diaper Wet", properties: { level: 40 } },
        },
      ],
    });
    const gone = await app.call<ConnectionReport>("POST", `${path}/sources/devices/test-connection`, {
      device: { ...settings(), url: "mqtt://127.0.0.1:1" },
    });
    expect(gone.body).toMatchObject({
      connected: false,
      trouble: { en: expect.stringContaining("Not reachable") },
    });
    const reading = await app.call<DeviceReading>("POST", `${path}/sources/devices/test-mapping`, {
      ...{
        topics,
        topic: "scales/s-1",
        payload: Buffer.from([0, 1, 0x02, 0xbc]).toString("base64"),
        encoding: "base64",
      },
    });
    expect(reading.body).toMatchObject({ outcome: "event", properties: { weight: 7 } });
    const wrong = await app.call("POST", `${path}/sources`, {
      ...{
        kind: "mqtt",
        name: "坏",
        device: { ...settings(), topics: [{ ...topics[0], time: "topic.when" }] },
      },
    });
    expect(wrong).toMatchObject({
      status: 400,
      body: { code: "sources/device-settings", errors: [{ path: "device.topics[0].time" }] },
    });
  });

  test("messages become events; the password is never shown", async () => {
    source = (
      await app.call<Source>("POST", `${path}/sources`, {
        kind: "mqtt",
        name: "智能奶瓶",
        device: settings(),
      })
    ).body;
    await expect.poll(async () => (await shown()).device?.connection.state).toBe("connected");
    expect(JSON.stringify(await shown())).not.toContain(password);
    expect((await shown()).device?.settings).toMatchObject({ hasPassword: true, username: user });
    // The retained message of before is the first.
    await expect.poll(count).toBe(1);
    await bottle("b-1", { at: app.clock.now().toISOString(), amount: "0.12 L", temp: 98.6, member: "M-1" });
    await broker.publish("scales/s-1", Buffer.from([0, 1, 0x02, 0xbc]));
    await expect.poll(count).toBe(3);
    expect((await rows()).map(({ name, properties }) => [name, JSON.parse(properties)])).toEqual(
      expect.arrayContaining([
        ["Bottle Fed", { amount: 120, temperature: 37 }],
        ["Baby Weighed", { weight: 7 }],
        ["Diaper Wet", { level: 40 }],
      ]),
    );
    expect((await shown()).first.state).toBe("received");
  });

  test("a bad payload lies in the quarantine with its reason, is put right there, and is taken", async () => {
    await bottle("b-1", { at: app.clock.now().toISOString(), amount: "viel" });
    const open = async () =>
      (await app.call<QuarantinePage>("GET", `${path}/quarantine?kind=device&state=open`)).body.items;
    await expect.poll(async () => (await open()).length).toBe(1);
    const [item] = await open();
    expect(item).toMatchObject({ code: "device/unreadable-property", source: { id: source.id } });
    const tail = (await app.call<{ items: TailEntry[] }>("GET", `${path}/sources/${source.id}/tail`)).body
      .items;
    expect(tail.filter((one) => one.outcome === "refused")).toHaveLength(1);
    expect((await shown()).lastHour.refused).toBe(1);
    const before = await count();
    const fixed = await app.call("POST", `${path}/quarantine/${item?.id}/replay`, {
      changes: { payload: JSON.stringify({ at: app.clock.now().toISOString(), amount: "90ml" }) },
    });
    expect(fixed.status).toBe(200);
    expect(await count()).toBe(before + 1);
    expect(await open()).toEqual([]);
  });

  test("a message is answered only when it is committed, and many are in hand at once", async () => {
    const before = await count();
    const client = await connectAsync(broker.url, { username: user, password, protocolVersion: 5 });
    const at = app.clock.now().getTime();
    await Promise.all(
      Array.from({ length: 1_000 }, (_, i) =>
        client.publishAsync("devices/b-2/bottle/a", JSON.stringify({ at: at - i, amount: i }), { qos: 1 }),
      ),
    );
    await client.endAsync();
    await expect.poll(count).toBe(before + 1_000);
  });

  test("the line breaks, the broker restarts: the source comes back by itself and gets what it missed", async () => {
    const before = await count();
    await broker.stop();
    await expect.poll(async () => (await shown()).device?.connection.state).not.toBe("connected");
    await broker.start();
    await bottle("b-3", { at: app.clock.now().getTime(), amount: 1 });
    await expect.poll(count).toBe(before + 1);
  });

  test("other settings count at once, without a new password; a removed source is left alone", async () => {
    const device = { ...settings(), password: undefined, topics: topics.slice(1) };
    await app.call("PATCH", `${path}/sources/${source.id}`, { name: "体重秤", device });
    // The state may still be the former connection's: what it listens to is not.
    await expect.poll(subscribed).toHaveLength(topics.length - 1);
    const before = await count();
    await bottle("b-4", { at: app.clock.now().getTime(), amount: 1 });
    await broker.publish("scales/s-2", Buffer.from([0, 1, 0x02, 0xbc]));
    await expect.poll(count).toBe(before + 1);
    expect((await rows()).filter(({ name }) => name === "Baby Weighed")).toHaveLength(2);
    expect((await app.call("DELETE", `${path}/sources/${source.id}`)).status).toBe(204);
  });
});
