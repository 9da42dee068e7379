import type { Role, Scope } from "@stork/contract/access.ts";
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

/** A key has no role of its own: the lowest whose name fits what it may do, for records only. */
export const roleOfKey = (granted: ReadonlySet<Scope>): Role =>
  granted.has("settings:write")
    ? "owner"
    : granted.has("people:reveal")
      ? "compliance"
      : granted.has("campaigns:write")
        ? "marketer"
        : "viewer";
