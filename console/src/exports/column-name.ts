import { namespaceName } from "../families/namespace-name.ts";
import type { Say } from "../i18n/i18n.ts";

/** A column of an export in words: `identifier:phone` is the phone. */
export function columnName(column: string, say: Say): string {
  const [kind = "", named] = column.split(/:(.*)/s);
  if (kind === "identifier") return namespaceName(named ?? "", say);
  if (kind === "trait") return say("exports.column.trait", { name: named ?? "" });
  return kind === "name" || kind === "stage" ? say(`exports.column.${kind}`) : say("exports.column.person");
}
