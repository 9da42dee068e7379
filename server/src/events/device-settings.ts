import type { Words } from "@stork/contract/common.ts";
import type { DeviceSettings, DeviceTopic } from "@stork/contract/devices.ts";
import type { z } from "zod";
import { readFrom } from "./devices/from.ts";
import { readPattern } from "./devices/topic.ts";
import { isUnit } from "./devices/units.ts";

/** Settings as they are stored and used, without the password. */
export type KeptSettings = Omit<z.output<typeof DeviceSettings>, "password">;

export interface SettingProblem {
  path: string;
  text: Words;
}

const protocols = new Set(["mqtt:", "mqtts:", "ws:", "wss:"]);
const namespaceForm = /^[a-z][a-z0-9_.-]{0,31}(:[\p{L}\p{N}_.@/-]{1,64})?$/u;

/** What is wrong with settings that have the right shape. */
export function settingProblems(settings: Pick<KeptSettings, "topics"> & { url?: string }): SettingProblem[] {
  return [
    ...(settings.url === undefined ? [] : urlProblems(settings.url)),
    ...settings.topics.flatMap((topic, i) => topicProblems(topic, `device.topics[${i}]`)),
  ];
}

function urlProblems(url: string): SettingProblem[] {
  const path = "device.url";
  if (!URL.canParse(url) || !protocols.has(new URL(url).protocol))
    return [
      {
        path,
        text: {
          zh: "地址应是 mqtt://、mqtts://、ws:// 或 wss:// 开头，如 mqtts://broker.example.com:8883",
          en: "The address starts with mqtt://, mqtts://, ws:// or wss://, e.g. mqtts://broker.example.com:8883",
        },
      },
    ];
  const { username, password } = new URL(url);
  if (username === "" && password === "") return [];
  return [
    {
      path,
      text: {
        zh: "用户名和密码请填在各自的栏里，不要写进地址",
        en: "User name and password have fields of their own; leave them out of the address",
      },
    },
  ];
}

function topicProblems(topic: z.output<typeof DeviceTopic>, path: string): SettingProblem[] {
  const problems: SettingProblem[] = [];
  const pattern = readPattern(topic.pattern);
  if (pattern === null)
    problems.push({
      path: `${path}.pattern`,
      text: {
        zh: "主题模式不对：+ 与 {名称} 各占一层，# 只能在最后，名称不能重复",
        en: "No topic pattern: + and {name} are a level each, # comes last, names do not repeat",
      },
    });
  const names = new Set(pattern?.names ?? []);
  const fields = new Set(topic.fields.map(({ name }) => name));
  const from = (written: string | undefined, at: string): void => {
    if (written !== undefined) problems.push(...fromProblems(written, `${path}.${at}`, names, fields));
  };
  from(topic.event, "event");
  from(topic.time, "time");
  from(topic.messageId, "messageId");
  for (const [i, one] of topic.identifiers.entries()) {
    from(one.from, `identifiers[${i}].from`);
    if (!namespaceForm.test(one.namespace))
      problems.push({
        path: `${path}.identifiers[${i}].namespace`,
        text: {
          zh: "标识的种类以小写字母开头，如 device、member:club",
          en: "A kind of identifier starts with a small letter, e.g. device, member:club",
        },
      });
  }
  for (const [i, one] of topic.properties.entries()) {
    from(one.from, `properties[${i}].from`);
    if (one.sentIn !== undefined && !isUnit(one.sentIn))
      problems.push({
        path: `${path}.properties[${i}].sentIn`,
        text: { zh: "不认识这个单位", en: "This unit is not known" },
      });
  }
  return problems;
}

function fromProblems(
  written: string,
  path: string,
  names: ReadonlySet<string>,
  fields: ReadonlySet<string>,
): SettingProblem[] {
  if (readFrom(written) === null)
    return [
      {
        path,
        text: {
          zh: "应是 $.路径、topic.名称、field.名称、payload 或 = 固定文字",
          en: "Write $.path, topic.name, field.name, payload, or = fixed text",
        },
      },
    ];
  const [, place, name = ""] = /^(topic|field)\.(.+)$/.exec(written.trim()) ?? [];
  const known = place === "topic" ? names : place === "field" ? fields : null;
  if (known === null || known.has(name)) return [];
  return [
    {
      path,
      text: {
        zh: place === "topic" ? "主题模式里没有这个名称" : "字节表里没有这个名称",
        en: place === "topic" ? "The pattern has no such name" : "The table of bytes has no such name",
      },
    },
  ];
}
