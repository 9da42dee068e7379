import { z } from "zod";
import { Instant, Language, Slug } from "./common.ts";

/** Who may do what. A viewer, and every role without `people:reveal`, sees identifiers masked. */
export const Role = z.enum(["owner", "marketer", "analyst", "compliance", "viewer"]);
export type Role = z.infer<typeof Role>;

export const scopes = [
  "collect:read",
  "collect:write",
  "people:read",
  "people:write",
  "people:reveal",
  "identity:write",
  "privacy:write",
  "rights:read",
  "rights:write",
  "segments:read",
  "segments:write",
  "campaigns:read",
  "campaigns:write",
  "exports:write",
  "exports:approve",
  "outcomes:read",
  "settings:read",
  "settings:write",
] as const;
export const Scope = z.enum(scopes);
export type Scope = z.infer<typeof Scope>;

const viewing: readonly Scope[] = [
  "collect:read",
  "people:read",
  "segments:read",
  "campaigns:read",
  "outcomes:read",
  "settings:read",
];
const without = (...left: Scope[]): readonly Scope[] => scopes.filter((scope) => !left.includes(scope));

/**
 * What each role may do: the server enforces it, the console offers buttons by it. Only owners and compliance see what
 * the masks hide, answer requests of data subjects, and let personal data leave the house.
 */
export const scopesOf: Readonly<Record<Role, readonly Scope[]>> = {
  owner: scopes,
  marketer: without("people:reveal", "settings:write", "collect:write", "rights:write", "exports:approve"),
  analyst: without(
    ...(["people:reveal", "people:write", "identity:write", "privacy:write", "rights:write"] as const),
    ...(["campaigns:write", "exports:approve", "settings:write"] as const),
  ),
  compliance: [
    ...viewing,
    ...(["people:write", "people:reveal", "identity:write", "privacy:write"] as const),
    ...(["rights:read", "rights:write", "exports:approve"] as const),
  ],
  viewer: viewing,
};

export const Workspace = z.object({
  id: z.string(),
  slug: Slug,
  name: z.string(),
  timeZone: z.string(),
  role: Role,
  createdAt: Instant,
});
export type Workspace = z.infer<typeof Workspace>;
export const NewWorkspace = z.object({
  slug: Slug,
  name: z.string().min(1).max(80).optional(),
  /** "sm": personal data is sealed with SM4-GCM and looked up by HMAC-SM3. */
  cryptography: z.enum(["international", "sm"]).optional(),
});

export const Session = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  workspaces: z.array(Workspace),
  version: z.string(),
});
export type Session = z.infer<typeof Session>;

export const Member = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: Role,
  joinedAt: Instant,
});
export type Member = z.infer<typeof Member>;
/** Adding a member answers a one-time link that the owner passes on; the new member sets a password there. */
export const NewMember = z.object({ name: z.string().min(1).max(80), email: z.email(), role: Role });
export const InvitedMember = Member.extend({ signInLink: z.string() });

export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(Scope),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;
export const NewApiKey = z.object({ name: z.string().min(1).max(80), scopes: z.array(Scope).min(1) });
/** The key itself is shown once, here. */
export const CreatedApiKey = ApiKey.extend({ key: z.string() });

export const ChangePassword = z.object({ password: z.string().min(10).max(200) });
export const Preferences = z.object({ language: Language });
