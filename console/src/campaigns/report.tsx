import type { Campaign } from "@stork/contract/campaigns.ts";
import type { Arm, CampaignReport } from "@stork/contract/outcomes.ts";
import type { z } from "zod";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { ChartPanel } from "../ui/chart-panel.tsx";
import { useChartStyle } from "../ui/chart-style.ts";
import { Panel } from "../ui/page.tsx";
import { BoxSkeleton, Notice, Trouble } from "../ui/states.tsx";
import { DifferenceLine } from "./difference.tsx";
import { useReport } from "./queries.ts";
import { reportOption } from "./report-option.ts";
import "./report.css";

/** What the campaign changed: those who got it against those who were kept apart, with how sure we are. */
export function Report({ campaign }: { campaign: Campaign }) {
  const report = useReport(campaign.id);
  if (report.isPending) return <BoxSkeleton height={420} />;
  if (report.isError) return <Trouble error={report.error} retry={() => void report.refetch()} />;
  return (
    <div className="column">
      <Verdict campaign={campaign} report={report.data} />
      <Funnel report={report.data} />
      <Arms campaign={campaign} report={report.data} />
      <Daily report={report.data} />
    </div>
  );
}

function Verdict({ campaign, report }: { campaign: Campaign; report: CampaignReport }) {
  const say = useSay();
  const formats = useFormats();
  const lift = report.conversionLift;
  const extra = report.extraRevenueFen;
  const points = (share: number) =>
    `${share > 0 ? "+" : share < 0 ? "−" : ""}${Math.abs(share * 100).toFixed(2)}`;
  const title =
    campaign.holdoutShare === 0 || report.holdout.persons === 0
      ? say("campaigns.verdict.noHoldout")
      : lift === null
        ? say("campaigns.verdict.tooFew")
        : lift.significant
          ? say(lift.estimate > 0 ? "campaigns.verdict.better" : "campaigns.verdict.worse", {
              points: Math.abs(lift.estimate * 100).toFixed(2),
            })
          : say("campaigns.verdict.noise");
  const tone = lift?.significant ? (lift.estimate > 0 ? "good" : "bad") : "quiet";
  return (
    <section className={`verdict ${tone}`}>
      <h2>{title}</h2>
      {lift !== null && (
        <p>
          {say("campaigns.verdict.conversion", {
            estimate: points(lift.estimate),
            low: points(lift.low),
            high: points(lift.high),
            p: lift.pValue < 0.001 ? "< 0.001" : `= ${lift.pValue.toFixed(3)}`,
          })}
        </p>
      )}
      {extra !== null && (
        <p>
          {say(report.revenueLift?.significant ? "campaigns.verdict.extra" : "campaigns.verdict.extraNoise", {
            estimate: formats.money(extra.estimate),
            low: formats.money(extra.low),
            high: formats.money(extra.high),
          })}
        </p>
      )}
      {!report.complete && (
        <Notice
          tone="info"
          title={say("campaigns.incomplete")}
          text={say("campaigns.incompleteText", {
            n: campaign.conversion.withinDays,
            count: campaign.conversion.withinDays,
          })}
        />
      )}
      <p className="faint">{say("campaigns.asOf", { at: formats.instant(report.asOf) })}</p>
    </section>
  );
}

function Funnel({ report }: { report: CampaignReport }) {
  const say = useSay();
  const formats = useFormats();
  const share = (n: number) => (report.sent === 0 ? "" : formats.percent(n / report.sent));
  const steps = [
    { id: "sent", n: report.sent },
    { id: "delivered", n: report.delivered },
    { id: "clicked", n: report.clicked },
    { id: "unsubscribed", n: report.unsubscribed },
  ] as const;
  return (
    <ul className="steps">
      {steps.map(({ id, n }) => (
        <li key={id}>
          <span className="soft">{say(`campaigns.step.${id}`)}</span>
          <strong>{formats.number(n)}</strong>
          <span className="faint">{id === "sent" ? "\u00a0" : share(n)}</span>
        </li>
      ))}
    </ul>
  );
}

function Arms({ campaign, report }: { campaign: Campaign; report: CampaignReport }) {
  const say = useSay();
  const formats = useFormats();
  const { treated, holdout } = report;
  const row = (name: string, show: (arm: z.infer<typeof Arm>) => string) => (
    <tr>
      <th scope="row">{name}</th>
      <td className="num">{show(treated)}</td>
      <td className="num">{show(holdout)}</td>
    </tr>
  );
  return (
    <Panel title={say("campaigns.arms")}>
      <table className="table arms">
        <caption className="hidden">{say("campaigns.arms")}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col" className="num">
              {say("campaigns.treated")}
            </th>
            <th scope="col" className="num">
              {say("campaigns.part.holdout")}
            </th>
          </tr>
        </thead>
        <tbody>
          {row(say("campaigns.persons"), (arm) => formats.number(arm.persons))}
          {row(
            say("campaigns.converted", {
              n: campaign.conversion.withinDays,
              count: campaign.conversion.withinDays,
            }),
            (arm) => formats.number(arm.converted),
          )}
          {row(say("campaigns.rate"), (arm) => formats.percent(arm.conversionRate, 2))}
          {row(say("campaigns.revenue"), (arm) => formats.money(arm.revenueFen))}
          {row(say("campaigns.perPerson"), (arm) => formats.money(Math.round(arm.revenuePerPersonFen)))}
        </tbody>
      </table>
      <div className="differences">
        <DifferenceLine
          name={say("campaigns.rate")}
          difference={report.conversionLift}
          show={(value) => say("campaigns.points", { n: (value * 100).toFixed(2).replace("-", "−") })}
        />
        <DifferenceLine
          name={say("campaigns.perPerson")}
          difference={report.revenueLift}
          show={(value) => formats.money(Math.round(value))}
        />
      </div>
    </Panel>
  );
}

function Daily({ report }: { report: CampaignReport }) {
  const say = useSay();
  const style = useChartStyle();
  if (report.daily.length === 0) return null;
  const names = {
    sent: say("campaigns.step.sent"),
    clicked: say("campaigns.step.clicked"),
    converted: say("campaigns.step.converted"),
  };
  return (
    <ChartPanel
      title={say("campaigns.daily")}
      option={reportOption(report.daily, style, names)}
      height={220}
      fileName={`campaign-${report.campaign}`}
      figures={{
        columns: [say("overview.day"), names.sent, names.clicked, names.converted],
        rows: report.daily.map((day) => ({
          key: day.on,
          cells: [
            style.formats.date(day.on),
            style.formats.number(day.sent),
            style.formats.number(day.clicked),
            style.formats.number(day.converted),
          ],
        })),
        plain: report.daily.map((day) => [day.on, day.sent, day.clicked, day.converted]),
      }}
    >
      <p className="legend">
        <span style={{ background: style.palette.compare }} /> {names.sent}{" "}
        <span style={{ background: style.palette.series[4] }} /> {names.clicked}{" "}
        <span style={{ background: style.palette.accent }} /> {names.converted}
      </p>
    </ChartPanel>
  );
}
