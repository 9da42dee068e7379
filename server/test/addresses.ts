import type { QuietHouse } from "./quiet-house.ts";
import { daysBefore, mother } from "./two-mothers.ts";

export interface Documented {
  paths: Record<string, Record<string, { parameters?: { name: string; in: string; required?: boolean }[] }>>;
}

/** What an address has to be asked with. */
const given: Readonly<Record<string, string>> = {
  from: daysBefore(30),
  to: daysBefore(0),
  identifier: `user:${mother.user}`,
  id: "metric:gmv",
  key: "天猫 T9",
  indicator: "field-missing",
  token: "none",
};

/** The required part of an address's query, with its question mark; empty when there is none. */
export function queryOf(
  way: string,
  get: { parameters?: { name: string; in: string; required?: boolean }[] },
  ids: Readonly<Record<string, string>>,
): string {
  const query = (get.parameters ?? [])
    .filter((one) => one.in === "query" && one.required)
    .map(({ name }) => {
      const value = given[name] ?? ids[name];
      if (value === undefined) throw new Error(`${way}: give this story an example of ?${name}`);
      return `${name}=${encodeURIComponent(value)}`;
    });
  return query.length === 0 ? "" : `?${query.join("&")}`;
}

/** Addresses that are not for every looker: the whole system's copy, and original files as they came. */
const notForLookers = [
  /^\/api\/v1\/backup$/,
  /\/imports\/\{import\}\/files\//,
  /\/exports\/\{export\}\/people/,
  /\/rights\//,
  /\/looks$/,
];

/** Every documented address that can be read, filled in with what is really there. */
export async function readableAddresses({ app, ids }: QuietHouse): Promise<string[]> {
  const { body } = await app.call<Documented>("GET", "/api/v1/openapi.json");
  return Object.entries(body.paths).flatMap(([way, methods]) => {
    const { get } = methods;
    if (get === undefined || notForLookers.some((form) => form.test(way))) return [];
    const filled = way.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const value = name === "workspace" ? "quiet" : ids[name];
      if (value === undefined) throw new Error(`${way}: give this story an example of {${name}}`);
      return value;
    });
    return [filled + queryOf(way, get, ids)];
  });
}
