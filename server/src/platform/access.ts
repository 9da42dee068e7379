import type { Role, Scope } from "@stork/contract/access.ts";
import type { FastifyRequest } from "fastify";
import type { Caller } from "./caller.ts";
import type { WorkspaceRef } from "./workspaces.store.ts";

/** Who a request comes from, before any workspace is named. */
export interface Visitor {
  who: string;
  userId: string | null;
  /** Scopes that hold in every workspace (an instance-wide key); a user's come from the membership. */
  everywhere: ReadonlySet<Scope> | null;
  /** A key of one workspace. */
  only: { workspaceId: number; scopes: ReadonlySet<Scope> } | null;
}

/** The questions a route asks about its caller; answered by access.store.ts, or by a test. */
export interface Access {
  /** Null when nobody is signed in; throws when a key is wrong or a write comes from another site. */
  visitor(request: FastifyRequest): Promise<Visitor | null>;
  /** The workspace and the caller in it; null when there is none or the visitor is not in it. */
  enter(
    visitor: Visitor,
    idOrSlug: string,
    request: FastifyRequest,
  ): Promise<{ workspace: WorkspaceRef; caller: Caller } | null>;
  /** The workspaces a visitor may enter, with the role in each. */
  workspacesOf(visitor: Visitor): Promise<{ workspace: WorkspaceRef; role: Role; createdAt: Date }[]>;
}

declare module "fastify" {
  interface FastifyInstance {
    access: Access;
  }
  interface FastifyRequest {
    visitor: Visitor | null;
    entered: { workspace: WorkspaceRef; caller: Caller } | null;
  }
}
