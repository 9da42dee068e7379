import { dimensions, type Figure } from "@stork/contract/quality.ts";
import { Drawer } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import type { z } from "zod";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { eventName } from "../ui/event-name.ts";
import { Page, Panel } from "../ui/page.tsx";
import { Picks } from "../ui/picks.tsx";
import { RowsSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { figureText, usualText } from "./figure-text.ts";
import { History } from "./history.tsx";
import { useFigures, useIndicators, useQuality } from "./queries.ts";
import { Score } from "./score.tsx";
import "./quality.css";

type One = z.infer<typeof Figure>;
const tones = { well: "good", breached: "bad", learning: "quiet", off: "quiet" } as const;

/** One source, figure by figure: value, what is usual, whether it is well; each opens its history. */
export function SourceQualityPage() {
  const say = useSay();
  const here = useHere();
  const { source: id = "" } = useParams();
  const [get, set] = useAddress();
  const only = get("only") === "breached" ? "breached" : null;
  const overview = useQuality();
  const figures = useFigures(id);
  const [looked, setLooked] = useState<One | null>(null);
  const source = overview.data?.sources.find((one) => one.source === id);
  const name = useIndicatorName();
  const items = figures.data?.items.filter((one) => only === null || one.state === only) ?? [];
  const isUnknown = overview.data !== undefined && source === undefined;
  return (
    <Page
      name={source?.name ?? say("data.quality")}
      title={
        source === undefined ? (
          overview.isPending ? (
            "…"
          ) : (
            say("data.quality")
          )
        ) : (
          <span className="title-status">
            {source.name} <Score value={source.score} />
          </span>
        )
      }
      sub={say("quality.sourceSub")}
      back={<Link to={here.to("/data/quality")}>← {say("data.quality")}</Link>}
      filters={
        !isUnknown && (
          <Picks<"breached">
            label={say("quality.figures")}
            value={only}
            onChange={(next) => set({ only: next })}
            options={[
              { value: null, label: say("quality.allFigures") },
              {
                value: "breached",
                label: say("quality.figure.breached"),
                count: figures.data?.items.filter((one) => one.state === "breached").length ?? 0,
              },
            ]}
          />
        )
      }
    >
      {isUnknown ? (
        <Teach title={say("sources.unknown")} text={say("sources.unknownText")} />
      ) : figures.isPending ? (
        <RowsSkeleton rows={10} />
      ) : figures.isError ? (
        <Trouble error={figures.error} retry={() => void figures.refetch()} />
      ) : items.length === 0 ? (
        <Teach title={say("quality.noFigures")} text={say("quality.noFiguresText")} />
      ) : (
        dimensions.map((dimension) => (
          <Figures
            key={dimension}
            dimension={dimension}
            items={items.filter((one) => one.dimension === dimension)}
            name={name}
            onLook={setLooked}
          />
        ))
      )}
      <Drawer
        open={looked !== null}
        onClose={() => setLooked(null)}
        size={760}
        title={looked === null ? "" : name(looked.indicator)}
        destroyOnHidden
      >
        {looked !== null && <History subject={looked} />}
      </Drawer>
    </Page>
  );
}

function useIndicatorName(): (id: string) => string {
  const formats = useFormats();
  const indicators = useIndicators();
  return (id) => {
    const found = indicators.data?.items.find((one) => one.id === id);
    return found === undefined ? id : formats.say(found.name);
  };
}

function Figures({
  dimension,
  items,
  name,
  onLook,
}: {
  dimension: (typeof dimensions)[number];
  items: One[];
  name(id: string): string;
  onLook(figure: One): void;
}) {
  const say = useSay();
  const formats = useFormats();
  if (items.length === 0) return null;
  return (
    <Panel title={say(`quality.dimension.${dimension}`)}>
      <ul className="figure-rows">
        {items.map((one) => (
          <li key={`${one.indicator} ${one.event} ${one.field}`}>
            <button type="button" onClick={() => onLook(one)}>
              <span className="figure-name">
                <b>{name(one.indicator)}</b>
                <span className="soft one-line">
                  {[one.event === "" ? null : eventName(one.event, formats.language), one.field || null]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </span>
              <span className={`status ${tones[one.state]}`}>{say(`quality.figure.${one.state}`)}</span>
              <b className={one.state === "breached" ? "num bad-text" : "num"}>
                {figureText(one.value, one.unit, formats, [one.low, one.high])}
              </b>
              <span className="faint num hide-narrow">
                {say("quality.usual", { span: usualText(one, one.unit, formats, one.value) })}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
