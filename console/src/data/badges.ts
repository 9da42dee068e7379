import { QuarantineSummary } from "@stork/contract/quarantine.ts";
import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { useHere } from "../shell/session.tsx";

/** How many things wait for a person, by tab; a tab without a number has none. */
export type Badges = Partial<Record<string, number>>;

export function useBadges(): Badges {
  const here = useHere();
  // Asked for quietly: a badge that cannot be had is not shown, and the tab's own page tells the trouble.
  const asked = { refetchInterval: 60_000, retry: false, enabled: here.can("collect:read") } as const;
  const quarantine = useQuery({
    ...asked,
    queryKey: [...here.key, "quarantine", "summary", {}],
    queryFn: ({ signal }) => api.get(here.at("/quarantine/summary"), QuarantineSummary, { signal }),
  });
  return { quarantine: quarantine.data?.open ?? 0 };
}
