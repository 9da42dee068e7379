import type { Words } from "@stork/contract/common.ts";
import type { Import } from "@stork/contract/imports.ts";

export const grouped = (count: number): string => count.toLocaleString("en");
export const inBoth = ({ zh, en }: Words): string => `${zh} ${en}`;

/** Which import has to end before. */
export const waitingFor = ({ id, name, status }: NonNullable<Import["waitsFor"]>): string =>
  status === "undoing"
    ? `等导入 ${id}（${name}）撤回完成 waits until import ${id} is taken back`
    : `等导入 ${id}（${name}）完成 waits for import ${id} to end`;
