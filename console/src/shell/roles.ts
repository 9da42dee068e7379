import { type Role, type Scope, scopes } from "@stork/contract/access.ts";

const read: Scope[] = [
  "collect:read",
  "people:read",
  "segments:read",
  "campaigns:read",
  "outcomes:read",
  "settings:read",
];
const without = (...left: Scope[]): Scope[] => scopes.filter((scope) => !left.includes(scope));

/** What each role may do: the same table the server enforces; here it only decides which buttons to offer. */
const allowed: Record<Role, readonly Scope[]> = {
  owner: scopes,
  marketer: without("people:reveal", "settings:write", "collect:write"),
  analyst: without("people:reveal", "people:write", "campaigns:write", "settings:write"),
  compliance: [...read, "people:write", "people:reveal"],
  viewer: read,
};

export function mayDo(role: Role, scope: Scope): boolean {
  return allowed[role].includes(scope);
}
