import type { Source } from "@stork/contract/sources.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";

type Health = "well" | "refusing" | "loaded" | "quiet" | "waiting" | "cut-off";

/** How a source is doing, in one word. A file's source is quiet by nature; a past that was brought in is nothing live. */
function healthOf(source: Source): Health {
  const connection = source.device?.connection.state;
  if (connection === "refused" || connection === "waiting") return "cut-off";
  const { events, refused } = source.lastHour;
  if (refused > 0 && refused >= 0.05 * (events + refused)) return "refusing";
  if (source.lastEventAt === null) return source.first.refused === null ? "waiting" : "refusing";
  return source.sending === "live" ? "well" : source.sending === "loaded" ? "loaded" : "quiet";
}

const tones: Record<Health, string> = {
  well: "good",
  refusing: "warn",
  loaded: "quiet",
  quiet: "quiet",
  waiting: "quiet",
  "cut-off": "bad",
};

export function SourceStateWord({ source, now }: { source: Source; now: number }) {
  const say = useSay();
  const formats = useFormats();
  const health = healthOf(source);
  return (
    <span
      className={`status ${tones[health]}`}
      title={source.lastEventAt === null ? undefined : formats.instant(source.lastEventAt)}
    >
      {health === "quiet" && source.lastEventAt !== null
        ? say("sources.quietSince", { ago: formats.ago(source.lastEventAt, now) })
        : say(`sources.health.${health}`)}
    </span>
  );
}
