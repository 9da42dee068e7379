import { sql } from "kysely";
import { pino } from "pino";
import { expect } from "vitest";
import { mailServer } from "./messages-world.ts";
import { signInAs } from "./staff.ts";
import { daysBefore, leaksIn, mother, other, theirEvents, tomorrowAtTen } from "./two-mothers.ts";
import { type CallOptions, type WholeApp, wholeApp } from "./whole-app.ts";

export interface QuietHouse {
  app: WholeApp;
  path: string;
  writeKey: string;
  /** Everything the app has logged, at its most talkative. */
  logged: readonly string[];
  /** What is there of each kind, by the name that addresses give it. */
  ids: Readonly<Record<string, string>>;
  /** Who may look without seeing whole: by a session of each such role, and by a key of a viewer's scopes. */
  lookers: Readonly<Record<"viewer" | "analyst" | "marketer" | "key", CallOptions>>;
  close(): Promise<void>;
}

/** A house in which two mothers have left everything about themselves, wherever it can be left. */
export async function quietHouse(): Promise<QuietHouse> {
  const logged: string[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => void logged.push(line) });
  const app = await wholeApp({ now: tomorrowAtTen, log });
  const post = await mailServer();
  const { path, writeKey } = await app.brand("quiet");
  const ids: Record<string, string> = { key: writeKey };
  const house = { app, path, ids };
  await app.collect(writeKey, theirEvents(app.clock.now().toISOString()));
  await fillTheHouse(house, post.port);
  return {
    ...{ app, path, writeKey, logged, ids, lookers: await lookersAt(house) },
    async close() {
      await post.close();
      await app.close();
    },
  };
}

type House = { app: WholeApp; path: string; ids: Record<string, string> };

async function fillTheHouse(house: House, smtpPort: number): Promise<void> {
  const { app, ids } = house;
  const ask = asker(house);
  ids["person"] = (await ask<{ id: string }>("GET", `/persons?identifier=user:${mother.user}`)).id;
  ids["family"] = ids["person"];
  ids["purpose"] = "marketing";
  const { children } = await ask<{ children: { id: string }[] }>("GET", `/families/${ids["person"]}`);
  ids["child"] = children[0]?.id ?? "";
  ids["source"] = (await ask<{ items: { id: string }[] }>("GET", "/sources")).items[0]?.id ?? "";
  const where = { kind: "stage", in: ["3-6"] };
  ids["segment"] = (await ask<{ id: string }>("POST", "/segments", { name: "三到六个月", where })).id;
  const channel = await ask<{ id: string }>("POST", "/channels", {
    kind: "email",
    name: "邮件",
    settings: {
      host: "127.0.0.1",
      port: smtpPort,
      from: "静 <hello@quiet.test>",
      user: "sender",
      password: "smtp-secret-9",
    },
  }).catch(() => null);
  ids["channel"] = channel?.id ?? "";
  const open = await ask<{ id: string }>("POST", "/channels", {
    kind: "email",
    name: "内部邮件",
    settings: { host: "127.0.0.1", port: smtpPort, from: "静 <hello@quiet.test>" },
  });
  const campaign = await ask<{ id: string }>("POST", "/campaigns", {
    name: "问候",
    segment: ids["segment"],
    channel: open.id,
    content: {
      subject: "{{ person.name }}，您好",
      body: '<p>{{ child.name | default: "宝宝" }}：<a href="https://quiet.test/x">看看</a></p>',
    },
    holdoutShare: 0,
  });
  ids["campaign"] = campaign.id;
  await ask("POST", `/campaigns/${campaign.id}/start`);
  await app.runJobs();
  ids["import"] = await importOrders(house);
  ids["item"] = (await ask<{ items: { id: string }[] }>("GET", "/quarantine")).items[0]?.id ?? "";
  const wants = { events: ["Order Completed"] };
  const hook = { name: "ERP", url: "http://127.0.0.1:9/", wants };
  ids["webhook"] = (await ask<{ id: string }>("POST", "/webhooks", hook)).id;
  const taken = { segment: ids["segment"], columns: ["name", "identifier:phone"], values: "masked" };
  const asked = { ...taken, purpose: "marketing", why: "a list for a looker" };
  ids["export"] = (await ask<{ id: string }>("POST", "/exports", asked)).id;
  ids["kind"] = "order";
  ids["journey"] = await takeOnAJourney(house);
  ids["alert"] = await raiseAlert(house);
  ids["review"] = await askWhoIsWho(house);
  ids["silence"] = (await ask<{ id: string }>("POST", "/silences", { identifier: "user:silent" })).id;
}

/** Whoever is in the segment is on the way. */
async function takeOnAJourney(house: House): Promise<string> {
  const ask = asker(house);
  const { id } = await ask<{ id: string }>("POST", "/journeys", {
    name: "care",
    entry: { kind: "segment", segment: house.ids["segment"], present: true },
    steps: [{ kind: "wait", minutes: 1440 }],
  });
  await ask("POST", `/journeys/${id}/start`);
  await house.app.runTask("journeys.move");
  const runs = await ask<{ items: unknown[] }>("GET", `/journeys/${id}/runs`);
  expect(runs.items.length).toBeGreaterThan(0);
  return id;
}

/** A question of who is who, and two of her identifiers to be explained. */
async function askWhoIsWho(house: House): Promise<string> {
  const { app, ids } = house;
  const ask = asker(house);
  const graph = await ask<{ nodes: { id: string }[] }>("GET", `/persons/${ids["person"]}/graph`);
  [ids["a"], ids["b"]] = [graph.nodes[0]?.id ?? "", graph.nodes[1]?.id ?? ""];
  const { id: silent } = await ask<{ id: string }>("GET", "/persons?identifier=user:silent");
  const { rows } = await sql<{ id: number }>`
    insert into review_item (workspace_id, kind, a, b, found_at)
    select workspace_id, 'same-person', ${ids["person"] ?? ""}::bigint, ${silent}::bigint, now()
    from node where id = ${silent}::bigint returning id`.execute(app.engines.db);
  return String(rows[0]?.id ?? "");
}

/** A file with a good row, and one that is refused with everything in it. */
async function importOrders(house: House): Promise<string> {
  const ask = asker(house);
  const { upload } = await previewOrders(house);
  const started = await ask<{ id: string }>("POST", "/imports", { upload, preset: "orders" });
  await house.app.runJobs();
  const done = await ask<{ added: number; refused: number }>("GET", `/imports/${started.id}`);
  expect(done).toMatchObject({ added: 1, refused: 1 });
  return started.id;
}

async function previewOrders({ app, path }: House): Promise<{ upload: string }> {
  const paidAt = `${daysBefore(30)} 10:00:00`;
  const content = [
    "订单编号,店铺,买家会员名,收货人,手机号,收货地址,商家编码,商品标题,数量,单价,订单实付金额,付款时间,订单状态",
    `T9,天猫,${mother.member},${mother.receiver},${mother.phone},${mother.address},A,奶粉,1,258,258,${paidAt},交易成功`,
    `T10,天猫,${mother.member},${other.name},${other.refused},${mother.address},A,奶粉,好多,258,258,${paidAt},交易成功`,
  ].join("\n");
  const form = new FormData();
  form.append("files", new Blob([content]), "orders.csv");
  form.append("preset", "orders");
  const response = await fetch(`${app.url}${path}/imports/preview`, {
    method: "POST",
    headers: { authorization: `Bearer ${app.ownerKey}` },
    body: form,
  });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  expect(leaksIn(text)).toEqual([]);
  return JSON.parse(text);
}

/** An alert about the mothers' own orders, as the watch would raise it. */
async function raiseAlert({ app, ids }: House): Promise<string> {
  const figure = { value: 1, worst: 1, usual: 0, low: 0, high: 0.1, threshold: 0.1, of: 10, certainty: 0.99 };
  const { rows } = await sql<{ id: number }>`
    with alert as (
      insert into quality_alert (workspace_id, source_id, severity, since, opened_at)
      select workspace_id, id, 'critical', now(), now()
      from source where id = ${Number(ids["source"])} returning id, workspace_id, source_id)
    insert into quality_alert_part (alert_id, workspace_id, source_id, indicator, name, field, severity, since,
      opened_at, last_at, figure)
    select id, workspace_id, source_id, 'field-missing', 'Order Completed', 'total', 'critical', now(), now(), now(),
      ${JSON.stringify(figure)}::jsonb from alert returning alert_id as id`.execute(app.engines.db);
  return String(rows[0]?.id);
}

const asker =
  ({ app, path }: House) =>
  async <Body>(method: string, way: string, body?: unknown): Promise<Body> => {
    const reply = await app.call<Body>(method, path + way, body);
    expect(reply.status, `${method} ${way} ${JSON.stringify(reply.body)}`).toBeLessThan(300);
    return reply.body;
  };

async function lookersAt(house: House): Promise<QuietHouse["lookers"]> {
  const { app } = house;
  const ask = asker(house);
  const scopes = [
    "collect:read",
    "people:read",
    "segments:read",
    "campaigns:read",
    "outcomes:read",
    "settings:read",
  ];
  const { key } = await ask<{ key: string }>("POST", "/keys", { name: "reader", scopes });
  return {
    viewer: await signInAs(app, house.path, "viewer"),
    analyst: await signInAs(app, house.path, "analyst"),
    marketer: await signInAs(app, house.path, "marketer"),
    key: { key },
  };
}
