import { type Breakage, breakages, DemoFeed } from "@stork/contract/demo.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { api } from "../api/client.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useNow } from "../ui/now.ts";
import { Panel } from "../ui/page.tsx";
import { Picks } from "../ui/picks.tsx";
import { ProblemNote } from "../ui/states.tsx";

/** In the demo: lets one of its shops send live, and breaks it, to see the watch find it. Nothing in any other workspace. */
export function DemoBreaks() {
  const say = useSay();
  const here = useHere();
  const queries = useQueryClient();
  const key = [...here.key, "quality", "demo-feed"];
  const mayTry = here.workspace.slug === "demo" && here.can("collect:write");
  const feed = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get(here.at("/demo/feed"), DemoFeed, { signal }),
    refetchInterval: 15_000,
    enabled: mayTry,
  });
  const change = useMutation({
    mutationFn: (to: Breakage | null) => api.post(here.at("/demo/feed"), DemoFeed, { break: to }),
    onSuccess: (now) => queries.setQueryData(key, now),
  });
  if (!mayTry || feed.data === undefined || feed.data.source === null) return null;
  const { source, state, breaking } = feed.data;
  return (
    <Panel title={say("quality.demo")} className="demo-breaks">
      <p className="soft">{say("quality.demoText", { source: source.name })}</p>
      <Picks
        label={say("quality.demo")}
        value={breaking?.kind ?? null}
        onChange={(kind) => change.mutate(kind)}
        options={breakages.map((kind) => ({ value: kind, label: say(`quality.demo.${kind}`) }))}
      />
      <p className="demo-breaks-state">
        <State feed={feed.data} />
        {state !== "off" && breaking !== null && (
          <Button size="small" loading={change.isPending} onClick={() => change.mutate(null)}>
            {say("quality.demoMend")}
          </Button>
        )}
      </p>
      {change.isError && <ProblemNote error={change.error} />}
    </Panel>
  );
}

function State({ feed: { state, until, breaking } }: { feed: DemoFeed }) {
  const say = useSay();
  const formats = useFormats();
  const now = useNow();
  if (state === "off" || until === null) return <span>{say("quality.demoOff")}</span>;
  if (breaking === null) return <span>{say("quality.demoWell", { until: formats.time(until) })}</span>;
  const what = say(`quality.demo.${breaking.kind}`);
  const from = formats.time(breaking.from);
  return (
    <span>
      {Date.parse(breaking.from) > now
        ? say("quality.demoComing", { what, from })
        : say("quality.demoBroken", { what, from })}
    </span>
  );
}
