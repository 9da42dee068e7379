import { resolve } from "node:path";
import { writeTown } from "@stork/town/files.client.ts";
import { writeShops } from "@stork/town/shops.client.ts";
import { Trouble } from "../platform/trouble.ts";
import type { Command, Options } from "./command.ts";

/** Fixed, so that a seed gives the same bytes on any day. */
const standardUntil = "2026-07-01";

export const town: Command = {
  usage: "--families N --seed N --out DIR [--until YYYY-MM-DD] [--threads N] [--dirt] [--shops [--months N]]",
  summary: { zh: "生成模拟小镇的文件与真值", en: "Writes the files of a simulated town, and its truth" },
  options: {
    families: { type: "string" },
    seed: { type: "string" },
    out: { type: "string" },
    until: { type: "string" },
    threads: { type: "string" },
    shops: { type: "boolean" },
    dirt: { type: "boolean" },
    months: { type: "string" },
  },
  arguments: { least: 0, most: 0 },
  async run({ options, voice }) {
    if (!options["out"])
      throw new Trouble("请用 --out 指定输出文件夹。", "Name the folder to write to with --out.");
    const families = wholeNumber(options, "families", 2000);
    const settings = {
      families,
      seed: wholeNumber(options, "seed", 1),
      out: resolve(String(options["out"])),
      until: String(options["until"] ?? standardUntil),
      ...(options["threads"] ? { threads: wholeNumber(options, "threads", 1) } : {}),
    };
    const began = performance.now();
    const progress = (done: { families: number }): void =>
      voice.progress("模拟小镇 town", done.families, families);
    const written = options["shops"]
      ? await writeShops({ ...settings, ...shopOptions(options) }, progress)
      : await writeTown({ ...settings, dirt: options["dirt"] === true }, progress);
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    return { json: { ...written, out: settings.out, seconds }, lines: [`${settings.out}  ${seconds} s`] };
  },
};

const shopOptions = (options: Options): { dirt: boolean; months: number } => ({
  dirt: options["dirt"] === true,
  months: wholeNumber(options, "months", 12),
});

function wholeNumber(options: Options, name: string, otherwise: number): number {
  const text = options[name];
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0 && text !== "") return value;
  throw new Trouble(
    `--${name} 应是整数，现在是「${text}」。`,
    `--${name} must be a whole number, not "${text}".`,
  );
}
