import { type ApiKey, scopes } from "@stork/contract/access.ts";
import type { Command } from "./command.ts";

/** A new API key: the owner's for every workspace, or one workspace's with the scopes asked for. */
export const key: Command = {
  usage: "[--name NAME] [--workspace W] [--scopes a,b]",
  summary: { zh: "新建 API 密钥（只显示这一次）", en: "Makes an API key, shown this once" },
  options: {
    name: { type: "string" },
    workspace: { type: "string", short: "w" },
    scopes: { type: "string" },
  },
  arguments: { least: 0, most: 0 },
  async run({ options, api }) {
    const { call } = await api();
    const { workspace, name = "cli", scopes: wanted } = options;
    const body = { name, scopes: typeof wanted === "string" ? wanted.split(",") : [...scopes] };
    const path = workspace
      ? `/api/v1/workspaces/${encodeURIComponent(String(workspace))}/keys`
      : "/api/v1/keys";
    const made = await call<ApiKey & { key: string }>("POST", path, body);
    return { json: made, lines: [made.key] };
  },
};
