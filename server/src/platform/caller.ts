import { type Role, type Scope, scopes } from "@stork/contract/access.ts";
import type { Language } from "@stork/contract/common.ts";

/** Who asks: a signed-in user or a key, with what they may do. */
export interface Caller {
  /** 'user:ID' or 'key:ID', for records of who did what. */
  who: string;
  userId: string | null;
  role: Role;
  scopes: ReadonlySet<Scope>;
  language: Language;
}

const without = (...left: Scope[]): Scope[] => scopes.filter((scope) => !left.includes(scope));

/** What each role may do. Only owners and compliance see what the masks hide. */
export const scopesOf: Readonly<Record<Role, ReadonlySet<Scope>>> = {
  owner: new Set(scopes),
  marketer: new Set(without("people:reveal", "settings:write", "collect:write")),
  analyst: new Set(without("people:reveal", "people:write", "campaigns:write", "settings:write")),
  compliance: new Set<Scope>([
    "collect:read",
    "people:read",
    "people:write",
    "people:reveal",
    "segments:read",
    "campaigns:read",
    "outcomes:read",
    "settings:read",
  ]),
  viewer: new Set<Scope>([
    "collect:read",
    "people:read",
    "segments:read",
    "campaigns:read",
    "outcomes:read",
    "settings:read",
  ]),
};

/** A key has no role of its own: the lowest whose name fits what it may do, for records only. */
export const roleOfKey = (granted: ReadonlySet<Scope>): Role =>
  granted.has("settings:write")
    ? "owner"
    : granted.has("people:reveal")
      ? "compliance"
      : granted.has("campaigns:write")
        ? "marketer"
        : "viewer";
