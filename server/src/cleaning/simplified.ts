import { createRequire } from "node:module";

const load = createRequire(import.meta.url);
let convert: ((text: string) => string) | undefined;

/**
 * Traditional characters (Taiwan, Hong Kong) as simplified ones, by OpenCC's tables. They are loaded when the first text
 * with a traditional character comes: most workspaces never see one.
 */
export function simplified(text: string): string {
  if (!/[\u3400-\u9fff\uf900-\ufaff]/.test(text)) return text;
  convert ??= converter();
  return convert(text);
}

function converter(): (text: string) => string {
  const { Converter } = load("opencc-js/t2cn") as {
    Converter: (way: { from: string; to: string }) => (text: string) => string;
  };
  return Converter({ from: "t", to: "cn" });
}
