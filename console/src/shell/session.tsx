import { type Scope, Session, type Workspace } from "@stork/contract/access.ts";
import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { api } from "../api/client.ts";
import { type Formats, formats } from "../ui/format.ts";
import { usePreferences } from "./preferences.tsx";
import { mayDo } from "./roles.ts";

export const sessionKey = ["session"] as const;
export const useSession = () =>
  useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => api.get("/api/v1/session", Session, { signal }),
    staleTime: 60_000,
  });

/** The workspace that the address names, with everything a page needs of it. */
export interface Here {
  workspace: Workspace;
  /** An address of the API within this workspace. */
  at(path: string): string;
  /** An address of the console within this workspace. */
  to(path: string): string;
  /** First part of every query key, so that two workspaces never share a cache. */
  key: readonly [string];
  can(scope: Scope): boolean;
}

const Context = createContext<Here | null>(null);

export function HereProvider({ workspace, children }: { workspace: Workspace; children: ReactNode }) {
  const value = useMemo<Here>(
    () => ({
      workspace,
      at: (path) => `/api/v1/workspaces/${workspace.slug}${path}`,
      to: (path) => `/w/${workspace.slug}${path}`,
      key: [workspace.slug],
      can: (scope) => mayDo(workspace.role, scope),
    }),
    [workspace],
  );
  return <Context value={value}>{children}</Context>;
}

export function useHere(): Here {
  const found = useContext(Context);
  if (found === null) throw new Error("useHere outside of a workspace");
  return found;
}

/** Formats in the reader's language and the workspace's time zone. */
export function useFormats(): Formats {
  const { language } = usePreferences();
  const here = useContext(Context);
  const timeZone = here?.workspace.timeZone ?? "Asia/Shanghai";
  return useMemo(() => formats(language, timeZone), [language, timeZone]);
}
