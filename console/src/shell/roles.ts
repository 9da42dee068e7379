import { type Role, type Scope, scopes } from "@stork/contract/access.ts";

const read: Scope[] = ["collect:read", "people:read", "segments:read", "campaigns:read", "outcomes:read", "settings:read"];

/** What each role may do: the same table the server enforces; here it only decides which buttons to offer. */
const allowed: Record<Role, readonly Scope[]> = {
  owner: scopes,
  marketer: [...read, "collect:write", "people:write", "people:reveal", "segments:write", "campaigns:write"],
  analyst: [...read, "collect:write", "segments:write"],
  compliance: [...read, "people:write", "people:reveal"],
  viewer: ["people:read", "segments:read", "campaigns:read", "outcomes:read"],
};

export function mayDo(role: Role, scope: Scope): boolean {
  return allowed[role].includes(scope);
}
