import { useSay } from "../i18n/i18n.ts";
import { useHere } from "../shell/session.tsx";
import { TabStrip } from "../ui/tab-strip.tsx";

/** Once, to everybody of a segment; or always, to whoever comes. */
export function ReachTabs({ current }: { current: "campaigns" | "journeys" }) {
  const say = useSay();
  const here = useHere();
  return (
    <TabStrip
      label={say("journeys.tabs")}
      current={current}
      tabs={[
        { id: "campaigns", to: here.to("/campaigns"), label: say("journeys.campaigns"), exact: true },
        { id: "journeys", to: here.to("/campaigns/journeys"), label: say("journeys.journeys") },
      ]}
    />
  );
}
