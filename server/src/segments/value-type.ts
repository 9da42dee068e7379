import { numberOf } from "./values.ts";

/** What a builder should offer for values such as these; text where they are mixed or unknown. */
export function typeOf(examples: readonly string[]): "text" | "number" | "boolean" {
  if (examples.length === 0) return "text";
  if (examples.every((text) => text === "true" || text === "false")) return "boolean";
  return examples.every((text) => numberOf(text) !== null) ? "number" : "text";
}
