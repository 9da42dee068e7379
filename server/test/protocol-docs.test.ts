import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { refusedDevices } from "../src/events/refused-devices.ts";
import { namespaceOf } from "../src/events/sensors/identities.ts";
import { presetEvents, readProperties } from "../src/events/sensors/preset-names.ts";

const read = (name: string): string => readFileSync(join(import.meta.dirname, "../../docs", name), "utf8");

test("docs/devices.md lists every reason for refusing a message, word for word", () => {
  const text = read("devices.md");
  const rows = Object.entries(refusedDevices).map(([code, { zh, en }]) => `| \`${code}\` | ${zh} | ${en} |`);
  expect(rows.filter((row) => !text.includes(row))).toEqual([]);
});

test("docs/sensors.md names every preset event and what it becomes", () => {
  const rows = read("sensors.md").split("\n");
  const missing = Object.entries(presetEvents).filter(
    ([preset, [name]]) => !rows.some((row) => row.includes(`\`${preset}\``) && row.includes(name)),
  );
  expect(missing).toEqual([]);
});

test("docs/sensors.md says the namespaces of identities as they are", () => {
  expect(
    ["$identity_mobile", "$identity_mp_wx0123_openid", "$identity_idfv", "club_card", "user"].map(
      namespaceOf,
    ),
  ).toEqual([...["phone", "openid:wx0123", "device:ios", "club_card"], undefined]);
});

test("preset properties come under plain names; what the sender named so itself stays", () => {
  const sent = {
    $url: "https://a",
    $utm_source: "weibo",
    $city: "上海",
    city: "杭州",
    $ip: "1.2.3.4",
    constructor: 1,
  };
  expect(readProperties(sent)).toEqual({
    url: "https://a",
    city: "杭州",
    constructor: 1,
    campaign: { source: "weibo" },
  });
});
