import type { ShownEvent } from "./indicator.ts";

/** The value of a field of a stored event (`products[].price`: of the first product). */
export function valueAt({ properties }: Pick<ShownEvent, "properties">, field: string): unknown {
  let value: unknown = properties;
  for (const step of field.split(".")) {
    const list = step.endsWith("[]");
    value = (value as Record<string, unknown> | null | undefined)?.[list ? step.slice(0, -2) : step];
    if (list) value = Array.isArray(value) ? value[0] : undefined;
  }
  return value;
}

/** The number it is, however it is written; null where it is none, or none above zero. */
export function numberAt(event: Pick<ShownEvent, "properties">, field: string): number | null {
  const value = valueAt(event, field);
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && number > 0 ? number : null;
}
