import type { ProofVerified } from "@stork/contract/rights.ts";
import { Trouble } from "../platform/trouble.ts";
import type { Command } from "./command.ts";

/** Reckons the proof log of a workspace's rights desk anew; fails when an entry does not follow from the one before. */
export const proof: Command = {
  usage: "--workspace W",
  summary: {
    zh: "校验一个工作区的权利凭证链",
    en: "Verifies the chain of proof of a workspace's rights desk",
  },
  options: { workspace: { type: "string", short: "w" } },
  arguments: { least: 0, most: 0 },
  async run({ options, api }) {
    const { call } = await api();
    const workspace = encodeURIComponent(String(options.workspace ?? "demo"));
    const found = await call<ProofVerified>("GET", `/api/v1/workspaces/${workspace}/rights/proof/verified`);
    if (!found.ok)
      throw new Trouble(
        `第 ${found.brokenAt} 条与前一条对不上：凭证被改动过。`,
        `Entry ${found.brokenAt} does not follow from the one before: the log was changed.`,
      );
    return {
      json: found,
      lines: [
        `${found.entries} 条凭证完整，末尾散列 ${found.head}`,
        `${found.entries} entries follow from one another; the last hash is ${found.head}`,
      ],
    };
  },
};
