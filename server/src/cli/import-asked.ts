import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { presetOf, presets } from "../imports/presets.ts";
import { Trouble } from "../platform/trouble.ts";
import { type Api, ApiTrouble } from "./api.ts";

/** The workspace that is named, or what is wrong with its name. */
export function workspaceOf(said: unknown): string {
  const workspace = String(said ?? "");
  if (workspace === "")
    throw new Trouble("请用 --workspace 指明工作区。", "Name the workspace with --workspace.");
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(workspace))
    throw new Trouble(
      `工作区的短名只能用小写字母、数字和连字符（例如 sapling），现在是「${workspace}」。`,
      `A workspace's short name has lower-case letters, digits and hyphens (e.g. sapling), not "${workspace}".`,
    );
  return workspace;
}

/** Before a workspace is made for nothing. */
export function requirePreset(preset: string): void {
  if (preset === "auto" || presetOf(preset) !== undefined) return;
  const known = Object.values(presets).map(({ id, name }) => `  ${id.padEnd(14)} ${name.zh} ${name.en}`);
  throw new Trouble(
    `没有名为「${preset}」的预设。可用的有：\n  ${"auto".padEnd(14)} 自动识别 finds it by itself\n${known.join("\n")}`,
    `There is no preset "${preset}"; see above.`,
  );
}

/** Before anything is sent. */
export async function readable(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK);
    if ((await stat(path)).isFile()) return;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Trouble(`打不开文件 ${path}（${code}）。`, `The file ${path} cannot be opened (${code}).`);
  }
  throw new Trouble(`${path} 不是文件。`, `${path} is not a file.`);
}

/** Whether it had to be made. */
export async function ensureWorkspace({ call }: Api, slug: string): Promise<boolean> {
  try {
    await call("POST", "/api/v1/workspaces", { slug });
    return true;
  } catch (error) {
    if (!(error instanceof ApiTrouble && error.code === "access/slug-taken")) throw error;
    return false;
  }
}
