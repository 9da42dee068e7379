import { DownloadOutlined, PrinterOutlined } from "@ant-design/icons";
import { dimensions } from "@stork/contract/quality.ts";
import type { ScoreCard } from "@stork/contract/score-card.ts";
import { Button, Select } from "antd";
import { useMemo } from "react";
import { Link } from "react-router";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { useNow } from "../ui/now.ts";
import { Panel } from "../ui/page.tsx";
import { BoxSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { CardSources, CardTrend, WorstFields } from "./card-parts.tsx";
import { minutesText } from "./figure-text.ts";
import { useCard } from "./queries.ts";
import { Score } from "./score.tsx";

/** The month on one page, made to be printed and handed on. */
export function Card() {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const now = useNow();
  const [get, set] = useAddress();
  const months = useMemo(() => lastMonths(formats.dayOf(new Date(now).toISOString()), 12), [formats, now]);
  const month = months.find((one) => one === get("month")) ?? months[0] ?? "";
  const card = useCard(month);
  return (
    <>
      <div className="page-filters no-print">
        <Select
          className="month"
          aria-label={say("quality.month")}
          value={month}
          onChange={(next) => set({ month: next })}
          options={months.map((one) => ({ value: one, label: one }))}
        />
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
          {say("quality.print")}
        </Button>
        <Button
          icon={<DownloadOutlined />}
          href={here.at(
            `/quality/card.pdf?month=${month}&language=${formats.language === "en" ? "en" : "zh"}`,
          )}
        >
          PDF
        </Button>
      </div>
      {card.isPending ? (
        <BoxSkeleton height={480} />
      ) : card.isError ? (
        <Trouble error={card.error} retry={() => void card.refetch()} />
      ) : (
        <Told card={card.data} />
      )}
    </>
  );
}

/** The month of a day and those before it, as YYYY-MM. */
function lastMonths(day: string, count: number): string[] {
  const [year = 2026, month = 1] = day.split("-").map(Number);
  return Array.from({ length: count }, (_, back) => {
    const at = year * 12 + (month - 1) - back;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
  });
}

function Told({ card }: { card: ScoreCard }) {
  const say = useSay();
  const who = useWhoSaid();
  const here = useHere();
  const formats = useFormats();
  if (card.total === null && card.sources.length === 0)
    return <Teach title={say("quality.noCard", { month: card.month })} text={say("quality.noCardText")} />;
  return (
    <div className="card-page">
      <Panel>
        <div className="card-top">
          <div className="card-total">
            <span className="soft">{say("quality.cardTotal", { month: card.month })}</span>
            <Score value={card.total} large />
            <span className="faint">
              {card.change === null ? say("quality.noChange") : changeText(card.change, say)}
              {!card.complete && ` · ${say("quality.incomplete")}`}
            </span>
          </div>
          <ul className="card-dimensions">
            {dimensions.map((one) => (
              <li key={one}>
                <span className="soft">{say(`quality.dimension.${one}`)}</span>
                <Score value={card.dimensions[one] ?? null} large />
              </li>
            ))}
          </ul>
        </div>
      </Panel>
      <CardSources card={card} />
      <div className="grid-2">
        <CardTrend card={card} />
        <WorstFields card={card} />
      </div>
      <div className="grid-2">
        <Panel title={say("quality.cardAlerts", { n: card.alerts.length, count: card.alerts.length })}>
          {card.alerts.length === 0 ? (
            <p className="soft">{say("quality.noneOfState")}</p>
          ) : (
            <ul className="affected">
              {card.alerts.map((one) => (
                <li key={one.id}>
                  <Link to={here.to(`/data/quality/alerts/${one.id}`)}>{formats.say(one.title)}</Link>
                  <span className="faint nowrap">{minutesText(one.minutes, formats)}</span>
                </li>
              ))}
            </ul>
          )}
        </Panel>
        <Panel title={say("quality.cardDone")}>
          {card.done.length === 0 ? (
            <p className="soft">{say("quality.nothingDone")}</p>
          ) : (
            <ul className="notes">
              {card.done.map((one) => (
                <li key={`${one.at} ${one.what.zh}`}>
                  <span className="soft nowrap">{formats.shortDate(formats.dayOf(one.at))}</span>
                  <span>
                    {formats.say(one.what)}
                    {one.by !== null && ` · ${who(one.by)}`}
                    {one.note !== null && one.note !== "" && <span className="soft"> {one.note}</span>}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Panel>
      </div>
    </div>
  );
}

function changeText(change: number, say: ReturnType<typeof useSay>): string {
  const points = Math.abs(change).toFixed(1);
  return say(change >= 0 ? "quality.up" : "quality.down", { points });
}
