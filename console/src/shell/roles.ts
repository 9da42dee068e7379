import { type Role, type Scope, scopesOf } from "@stork/contract/access.ts";

/** Whether a button is worth offering; the server has the last word. */
export function mayDo(role: Role, scope: Scope): boolean {
  return scopesOf[role].includes(scope);
}
