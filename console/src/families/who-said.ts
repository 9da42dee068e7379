import { Source } from "@stork/contract/sources.ts";
import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { listOf } from "../api/list.ts";
import { useSay } from "../i18n/i18n.ts";
import { useMembers } from "../settings/queries.ts";
import { useHere, useSession } from "../shell/session.tsx";

/** Turns the record of who said something (`source:4`, `user:…`, `key:…`) into words. */
export function useWhoSaid(): (by: string) => string {
  const say = useSay();
  const here = useHere();
  const session = useSession();
  const sources = useQuery({
    queryKey: [...here.key, "sources"],
    queryFn: ({ signal }) => api.get(here.at("/sources"), listOf(Source), { signal }),
    enabled: here.can("collect:read"),
    staleTime: 60_000,
  });
  const members = useMembers();
  return (by) => {
    const [kind, id] = by.split(/:(.*)/s);
    if (kind === "source")
      return sources.data?.items.find((one) => one.id === id)?.name ?? say("families.by.source");
    if (kind === "user") {
      if (id === session.data?.user?.id) return say("families.by.you");
      // Whoever has left the workspace since has no name here.
      return members.data?.items.find((one) => one.id === id)?.name ?? say("families.by.colleague");
    }
    if (kind === "key") return say("families.by.program");
    if (kind === "law") return say(id === "text" ? "privacy.byNewText" : "privacy.byLaw");
    if (kind === "signs") return say("privacy.why.signs");
    return kind === "link" || kind === "person" ? say("families.by.herself") : by;
  };
}
