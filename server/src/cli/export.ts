import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Export, NewExport } from "@stork/contract/exports.ts";
import { Trouble } from "../platform/trouble.ts";
import type { Command, Result } from "./command.ts";

const customary = "person,name,identifier:phone,stage";

export const exportPeople: Command = {
  usage: "SEGMENT FILE --workspace W [--columns person,name,identifier:phone] [--purpose P] [--why TEXT]",
  summary: {
    zh: "把一个人群导出为 CSV（打码；要原文请在控制台申请，由另一个人批准）",
    en: "Takes a segment's people out as CSV, masked (whole values are asked for in the console and let out by a second person)",
  },
  options: {
    workspace: { type: "string", short: "w" },
    columns: { type: "string" },
    purpose: { type: "string" },
    why: { type: "string" },
  },
  arguments: { least: 2, most: 2 },
  async run({ args, options, api }) {
    const [segment = "", file = ""] = args;
    const workspace = String(options["workspace"] ?? "");
    if (workspace === "")
      throw new Trouble("请用 --workspace 指明工作区。", "Name the workspace with --workspace.");
    const server = await api();
    const home = `/api/v1/workspaces/${encodeURIComponent(workspace)}/exports`;
    const asked = {
      ...{ segment, values: "masked", columns: String(options["columns"] ?? customary).split(",") },
      purpose: String(options["purpose"] ?? "research") as NewExport["purpose"],
      why: String(options["why"] ?? "stork export"),
    } satisfies NewExport;
    const { id } = await server.call<Export>("POST", home, asked);
    const rows = await server.download(`${home}/${id}/people.csv`);
    await pipeline(Readable.from(rows), createWriteStream(file, { mode: 0o600 }));
    return resultOf(await server.call<Export>("GET", `${home}/${id}`), file);
  },
};

function resultOf({ id, taken }: Export, file: string): Result {
  const { rows = 0, left = {} } = taken[0] ?? {};
  const out = Object.values(left).reduce((sum, count) => sum + count, 0);
  return {
    json: { export: id, file, rows, left },
    lines: [
      `导出 ${rows} 人到 ${file}，${out} 人按本人意愿或法律未导出。`,
      `Took ${rows} ${rows === 1 ? "person" : "people"} out to ${file}; left out by their own word or by law: ${out}.`,
    ],
  };
}
