import { setTimeout as pause } from "node:timers/promises";
import { Breakage, breakages, type DemoFeed } from "@stork/contract/demo.ts";
import type { QualityAlert } from "@stork/contract/quality.ts";
import { Trouble } from "../platform/trouble.ts";
import type { Api } from "./api.ts";
import type { Command, Context } from "./command.ts";

const path = "/api/v1/workspaces/demo";
const lookEveryMs = 1_000;
const longestMs = 120_000;

/** Breaks the feed of one of the demo's shops and waits until the quality watch says so. */
export const demo: Command = {
  usage: `break ${breakages.join("|")}  |  mend`,
  summary: {
    zh: "弄坏演示店铺的实时数据，看质量监控多久发现；mend 恢复正常",
    en: "Breaks a demo shop's live feed and tells how soon the quality watch finds it; mend lets it be well",
  },
  options: {},
  arguments: { least: 1, most: 2 },
  async run(context) {
    const [verb = "", what = ""] = context.args;
    const kind = Breakage.safeParse(what);
    if (verb === "mend" && what === "") return mend(reach(context));
    if (verb === "break" && kind.success) return breakIt(context, reach(context), kind.data);
    throw new Trouble(`用法：stork demo ${demo.usage}`, `Usage: stork demo ${demo.usage}`);
  },
};

/** A server opened for the command alone would be gone before its watch has looked. */
function reach({ running }: Context): Api {
  const api = running();
  if (api === null)
    throw new Trouble("服务器没有在运行，请先 npm start。", "No server is running; npm start first.");
  return api;
}

const change = (api: Api, to: Breakage | null): Promise<DemoFeed> =>
  api.call<DemoFeed>("POST", `${path}/demo/feed`, { break: to });

async function mend(api: Api) {
  const feed = await change(api, null);
  const name = feed.source?.name;
  return { json: feed, lines: [`「${name}」正常发送，到 ${feed.until} 为止 sends well until then`] };
}

async function breakIt({ voice }: Context, api: Api, kind: Breakage) {
  const { breaking, source } = await change(api, kind);
  if (breaking === null || source === null) throw new Error("what was asked for was not answered");
  const from = Date.parse(breaking.from);
  const { indicator } = breaking;
  const begun = performance.now();
  // The server's clock and this one may differ: only its own times are compared, and here time is only let pass.
  const wellMs = Math.max(0, from - Date.now());
  if (wellMs > 0) voice.say(`先正常发送 ${Math.ceil(wellMs / 1000)} 秒 sends well first …`);
  for (let passed = 0; passed < wellMs + longestMs; passed = performance.now() - begun) {
    if (passed > wellMs) voice.progress("等待告警 waiting for the alert", passed - wellMs, longestMs);
    const { items } = await api.call<{ items: QualityAlert[] }>(
      "GET",
      `${path}/quality/alerts?source=${source.id}`,
    );
    const alert = items.find((one) => one.indicator === indicator && Date.parse(one.lastAt) >= from);
    if (alert !== undefined) return found(api, kind, breaking.from, alert);
    await pause(lookEveryMs);
  }
  const line = `两分钟内没有告警 no alert within two minutes: ${indicator}`;
  return { json: { break: kind, indicator, from: breaking.from, alert: null }, lines: [line], exitCode: 1 };
}

function found(api: Api, kind: Breakage, from: string, alert: QualityAlert) {
  // An alert that was still open from the time before has been breached again: that is when it was found.
  const seconds = Math.round((Date.parse(alert.lastAt) - Date.parse(from)) / 100) / 10;
  const url = `${api.url}/w/demo/data/quality/alerts/${alert.id}`;
  return {
    json: {
      break: kind,
      indicator: alert.indicator,
      from,
      seconds,
      alert: alert.id,
      title: alert.title,
      url,
    },
    lines: [
      `${seconds} 秒后发现 found after ${seconds} s`,
      `${alert.title.zh}  ${alert.title.en}`,
      url,
      "恢复正常 to mend it: npm run -s stork -- demo mend",
    ],
  };
}
