import type { Figures, Overview } from "@stork/contract/outcomes.ts";
import type { Condition } from "@stork/contract/segments.ts";
import { Tooltip } from "antd";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import type { Key } from "../i18n/messages.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import type { Formats } from "../ui/format.ts";
import { useMetrics } from "./queries.ts";

interface Tile {
  id: keyof Figures;
  show(value: number, formats: Formats): string;
  /** For which a rise is bad news. */
  reversed?: boolean;
  /** Neither good nor bad: more messages are not better. */
  neutral?: boolean;
  /** A share: its change is in points, not in per cent of itself. */
  share?: boolean;
  /** Who is behind the number, as a condition of a segment; null where a condition cannot say it. */
  who: ((days: number) => Condition) | "families" | "campaigns";
}

const ordered = (days: number, times = 1): Condition => ({
  kind: "all",
  of: [{ kind: "did", event: "Order Completed", count: { op: ">=", value: times }, withinDays: days }],
});

const tiles: readonly Tile[] = [
  { id: "gmvFen", show: (value, formats) => formats.moneyCompact(value), who: (days) => ordered(days) },
  { id: "orders", show: (value, formats) => formats.compact(value), who: (days) => ordered(days) },
  { id: "buyers", show: (value, formats) => formats.compact(value), who: (days) => ordered(days) },
  {
    id: "repeatRate",
    show: (value, formats) => formats.percent(value),
    share: true,
    who: (days) => ordered(days, 2),
  },
  { id: "newFamilies", show: (value, formats) => formats.compact(value), who: "families" },
  { id: "messages", show: (value, formats) => formats.compact(value), neutral: true, who: "campaigns" },
  { id: "optOuts", show: (value, formats) => formats.compact(value), reversed: true, who: "campaigns" },
];

/** The figures of the range; each says how it changed and leads to the families behind it. */
export function Tiles({ overview, days, stale }: { overview: Overview; days: number; stale: boolean }) {
  return (
    <ul className={stale ? "tiles stale" : "tiles"}>
      {tiles.map((tile) => (
        <OneTile
          key={tile.id}
          tile={tile}
          now={overview.now[tile.id]}
          before={overview.before?.[tile.id] ?? null}
          days={days}
        />
      ))}
    </ul>
  );
}

function OneTile({
  tile,
  now,
  before,
  days,
}: {
  tile: Tile;
  now: number | null;
  before: number | null;
  days: number;
}) {
  const say = useSay();
  const formats = useFormats();
  const here = useHere();
  const meaning = useMetrics().get(tile.id === "gmvFen" ? "gmv" : tile.id);
  const to =
    typeof tile.who === "string"
      ? here.to(`/${tile.who}`)
      : here.to(`/segments/new?where=${encodeURIComponent(JSON.stringify(tile.who(days)))}`);
  const open = say(typeof tile.who === "string" ? `overview.open.${tile.who}` : "overview.open.who");
  return (
    <li>
      <Tooltip
        title={[meaning === undefined ? "" : formats.say(meaning.definition), open].join(" ")}
        trigger={["hover", "focus"]}
      >
        <Link to={to} className="tile">
          <span className="tile-name">{say(`overview.figure.${tile.id}` as Key)}</span>
          <span className="tile-value">{now === null ? "—" : tile.show(now, formats)}</span>
          <Change tile={tile} now={now} before={before} />
        </Link>
      </Tooltip>
    </li>
  );
}

function Change({ tile, now, before }: { tile: Tile; now: number | null; before: number | null }) {
  const say = useSay();
  const formats = useFormats();
  if (now === null || before === null || (before === 0 && !tile.share))
    return <span className="tile-change">{say("overview.noComparison")}</span>;
  const change = tile.share ? now - before : (now - before) / before;
  const good = tile.reversed ? change < 0 : change > 0;
  const tone = tile.neutral || Math.abs(change) < 0.0005 ? "" : good ? " up" : " down";
  const text = tile.share
    ? say("overview.points", {
        n: `${change > 0 ? "+" : change < 0 ? "−" : ""}${Math.abs(change * 100).toFixed(1)}`,
      })
    : formats.change(change);
  return (
    <span className={`tile-change${tone}`}>
      {text}
      <small>{say("overview.was", { value: tile.show(before, formats) })}</small>
    </span>
  );
}
