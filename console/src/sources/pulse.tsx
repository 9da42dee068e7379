import type { Source } from "@stork/contract/sources.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { Sparkline } from "../ui/sparkline.tsx";
import { useFigures } from "./queries.ts";

/** What came as it happened in the last hour, minute by minute, small enough for a table's cell. */
export function Pulse({ source }: { source: Source }) {
  const say = useSay();
  const formats = useFormats();
  const figures = useFigures(source.id, 30_000);
  const minutes = figures.data?.minutes ?? [];
  return (
    <span className="pulse">
      <Sparkline
        values={minutes.map((one) => one.live)}
        refused={minutes.map((one) => one.refused)}
        label={say("sources.pulse", {
          events: formats.number(source.lastHour.live),
          refused: formats.number(source.lastHour.refused),
        })}
      />
      <span className="faint nowrap">
        {say("sources.perMinute", { n: formats.compact(Math.round(source.lastHour.live / 60)) })}
      </span>
    </span>
  );
}
