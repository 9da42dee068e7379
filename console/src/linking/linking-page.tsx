import type { LinkCard } from "@stork/contract/linking.ts";
import { App, Button } from "antd";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Page, Panel } from "../ui/page.tsx";
import { BoxSkeleton, Notice, Trouble } from "../ui/states.tsx";
import { useLinkCard, useLinkRun } from "./queries.ts";
import { Thresholds } from "./thresholds.tsx";
import "./linking.css";

/** How are records of one person found where nothing certain ties them, and how sure is that. */
export function LinkingPage() {
  const say = useSay();
  const here = useHere();
  const card = useLinkCard();
  return (
    <Page
      title={say("linking.title")}
      sub={say("linking.sub")}
      back={<Link to={here.to("/families/review")}>← {say("identity.review")}</Link>}
      actions={here.can("identity:write") && card.data !== undefined && <Run card={card.data} />}
    >
      {card.isPending ? (
        <BoxSkeleton height={320} />
      ) : card.isError ? (
        <Trouble error={card.error} retry={() => void card.refetch()} />
      ) : (
        <Told card={card.data} />
      )}
    </Page>
  );
}

function Run({ card }: { card: LinkCard }) {
  const say = useSay();
  const { message } = App.useApp();
  const run = useLinkRun();
  const running = card.run.state === "running";
  return (
    <Button
      type="primary"
      loading={running || run.isPending}
      onClick={() => run.mutate(undefined, { onError: (error) => void message.error(error.message) })}
    >
      {say(running ? "linking.running" : "linking.run")}
    </Button>
  );
}

function Told({ card }: { card: LinkCard }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const { run, counts } = card;
  return (
    <>
      {run.state === "failed" && <Notice tone="warn" title={say("linking.failed")} />}
      <Panel title={say("linking.lastRun")}>
        <p>
          {run.state === "never"
            ? say("linking.never")
            : say("linking.ran", {
                persons: formats.number(counts.persons),
                compared: formats.number(run.compared),
                suggested: formats.number(run.suggested),
                joined: formats.number(run.joined),
                withdrawn: formats.number(run.withdrawn),
              })}
        </p>
        {counts.waiting > 0 && (
          <p>
            <Link to={here.to("/families/review")}>
              {say("linking.waiting", { n: formats.number(counts.waiting), count: counts.waiting })}
            </Link>
          </p>
        )}
      </Panel>
      <Panel title={say("linking.thresholds")}>
        <Thresholds key={JSON.stringify(card.thresholds)} present={card.thresholds} />
      </Panel>
      {card.fields.length > 0 && <Model card={card} />}
    </>
  );
}

/** The tables of m and u: what each level is worth. */
function Model({ card }: { card: LinkCard }) {
  const say = useSay();
  const formats = useFormats();
  const share = (value: number) => (value < 0.001 ? value.toExponential(1) : `${(value * 100).toFixed(1)}%`);
  return (
    <Panel title={say("linking.model", { version: card.version ?? 0 })}>
      <p className="soft">
        {say(card.state === "learned" ? "linking.learned" : "linking.builtIn", {
          persons: formats.number(card.persons),
          pairs: formats.number(card.pairs),
          at: card.learnedAt === null ? "" : formats.instant(card.learnedAt),
          lambda: formats.number(Math.round(1 / (card.lambda ?? 1))),
        })}
      </p>
      {card.fields.map(({ field, label, levels }) => (
        <table className="link-levels" key={field}>
          <caption hidden>{formats.say(label)}</caption>
          <thead>
            <tr>
              <th scope="col">{formats.say(label)}</th>
              <th scope="col">{say("linking.m")}</th>
              <th scope="col">{say("linking.u")}</th>
              <th scope="col">{say("linking.bits")}</th>
            </tr>
          </thead>
          <tbody>
            {levels.toReversed().map((level) => (
              <tr key={level.name.en}>
                <td>{formats.say(level.name)}</td>
                <td>{share(level.m)}</td>
                <td>{share(level.u)}</td>
                <td>{`${level.bits > 0 ? "+" : ""}${level.bits.toFixed(1)}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </Panel>
  );
}
