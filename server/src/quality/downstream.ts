import type { Condition } from "@stork/contract/segments.ts";

/** Whether a segment's condition rests on one of these events; with a field, on that field of it. */
export function uses(condition: Condition, events: ReadonlySet<string>, field: string): boolean {
  switch (condition.kind) {
    case "all":
    case "any":
      return condition.of.some((one) => uses(one, events, field));
    case "not":
      return uses(condition.of, events, field);
    case "did": {
      if (!events.has(condition.event)) return false;
      if (field === "") return true;
      const named = [...(condition.where ?? []).map(({ property }) => property), condition.sum?.property];
      // A product's field is asked for by its own name.
      return named.some((property) => property === field || property === field.replace(/^.*\[\]\./, ""));
    }
    default:
      return false;
  }
}
