import type { Import } from "@stork/contract/imports.ts";
import type { Command } from "./command.ts";
import { workspaceOf } from "./import-asked.ts";
import { followImport } from "./import-follow.ts";
import { grouped } from "./import-words.ts";

export const undo: Command = {
  usage: "IMPORT --workspace W",
  summary: {
    zh: "整批撤回一次导入（编号见控制台「导入」或导入时的 --json）；再次运行则接着看进度",
    en: "Takes an import back as a whole (its number is in the console's address, or in the import's --json); run again it goes on watching",
  },
  options: { workspace: { type: "string", short: "w" } },
  arguments: { least: 1, most: 1 },
  async run({ args, options, voice, api, running }) {
    const [id = ""] = args;
    const workspace = workspaceOf(options["workspace"]);
    const server = await api();
    const path = `/api/v1/workspaces/${encodeURIComponent(workspace)}/imports/${encodeURIComponent(id)}`;
    const before = await server.call<Import>("GET", path);
    if (before.status !== "undoing") await server.call<Import>("POST", `${path}/undo`);
    const { status, added, changed } = await followImport({ server, running }, path, voice);
    return {
      json: { workspace, import: id, status, added, changed },
      lines: [
        `已撤回导入 ${id}：拿掉新增的 ${grouped(added)} 行，恢复更新的 ${grouped(changed)} 行。`,
        `Took import ${id} back. Rows it had added, now gone: ${grouped(added)}; rows it had updated, as before: ${grouped(changed)}.`,
      ],
    };
  },
};
