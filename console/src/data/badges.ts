import { QualityOverview } from "@stork/contract/quality.ts";
import { QuarantineSummary } from "@stork/contract/quarantine.ts";
import { useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useHere } from "../shell/session.tsx";

const Total = z.object({ total: z.number() });

/** How many things wait for a person, by tab; a tab without a number has none. */
export type Badges = Partial<Record<string, number>>;

export function useBadges(): Badges {
  const here = useHere();
  // Asked for quietly: a badge that cannot be had is not shown, and the tab's own page tells the trouble.
  const asked = { refetchInterval: 15_000, retry: false, enabled: here.can("collect:read") } as const;
  const quarantine = useQuery({
    ...asked,
    queryKey: [...here.key, "quarantine", "summary", { state: "open" }],
    queryFn: ({ signal }) =>
      api.get(here.at("/quarantine/summary"), QuarantineSummary, { signal, query: { state: "open" } }),
  });
  const tasks = useQuery({
    ...asked,
    queryKey: [...here.key, "dictionary", "waiting"],
    queryFn: ({ signal }) => api.get(here.at("/dictionary/tasks"), Total, { signal, query: { limit: 1 } }),
  });
  const quality = useQuery({
    ...asked,
    queryKey: [...here.key, "quality", "overview"],
    queryFn: ({ signal }) => api.get(here.at("/quality"), QualityOverview, { signal }),
  });
  return {
    quarantine: quarantine.data?.open ?? 0,
    quality: quality.data?.alerts.open ?? 0,
    dictionary: tasks.data?.total ?? 0,
  };
}
