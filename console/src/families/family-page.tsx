import type { Person } from "@stork/contract/people.ts";
import { Link, useParams } from "react-router";
import { CarersPanel } from "../children/carers-panel.tsx";
import { ChildrenPanel } from "../children/children-panel.tsx";
import { ComingPanel } from "../children/coming-panel.tsx";
import { type Say, useSay } from "../i18n/i18n.ts";
import { Consents } from "../privacy/consents.tsx";
import { QuietButton, QuietMark } from "../privacy/quiet.tsx";
import { useFormats, useHere } from "../shell/session.tsx";
import { Page, Panel } from "../ui/page.tsx";
import { BoxSkeleton, Trouble } from "../ui/states.tsx";
import { Evidence } from "./evidence.tsx";
import { usePerson } from "./queries.ts";
import { TimelinePanel } from "./timeline.tsx";
import { Who } from "./who.tsx";
import "../children/children.css";
import "./families.css";

/** One family: who she is, her children and their stages, what is known and why, and what happened. */
export function FamilyPage() {
  const say = useSay();
  const here = useHere();
  const { person: id = "" } = useParams();
  const person = usePerson(id);
  return (
    <Page
      name={say("families.family")}
      title={
        person.data === undefined
          ? say("families.familyComing")
          : say("families.familyTitle", { name: person.data.name ?? say("families.unnamed") })
      }
      sub={person.data === undefined ? "\u00a0" : <Summary person={person.data} />}
      back={<Link to={here.to("/families")}>← {say("shell.families")}</Link>}
      actions={person.data !== undefined && <QuietButton person={person.data} />}
    >
      {person.data !== undefined && <QuietMark person={person.data} />}
      {person.isPending ? (
        <div className="grid-side">
          <div className="column">
            <BoxSkeleton height={190} />
            <BoxSkeleton height={420} />
          </div>
          <BoxSkeleton height={360} />
        </div>
      ) : person.isError ? (
        <Trouble error={person.error} retry={() => void person.refetch()} />
      ) : (
        <Known person={person.data} />
      )}
    </Page>
  );
}

function Summary({ person }: { person: Person }) {
  const say = useSay();
  const formats = useFormats();
  const orders = person.orders;
  const first = say("families.since", { date: formats.date(formats.dayOf(person.firstSeenAt)) });
  if (orders === undefined || orders.count === 0) return <>{first}</>;
  return (
    <>
      {first} ·{" "}
      {say("families.bought", {
        n: formats.number(orders.count),
        count: orders.count,
        amount: formats.money(orders.amountFen),
      })}
      {orders.lastAt !== null &&
        ` · ${say("families.lastOrder", { date: formats.date(formats.dayOf(orders.lastAt)) })}`}
    </>
  );
}

function Known({ person }: { person: Person }) {
  const say = useSay();
  const here = useHere();
  return (
    <div className="grid-side">
      <div className="column">
        <ChildrenPanel person={person} />
        <ComingPanel person={person} />
        <TimelinePanel person={person.id} />
      </div>
      <div className="column">
        <Who person={person} />
        <CarersPanel person={person} />
        <Consents person={person} />
        {(person.segments?.length ?? 0) > 0 && (
          <Panel title={say("families.segments")}>
            <ul className="links">
              {person.segments?.map((one) => (
                <li key={one.id}>
                  <Link to={here.to(`/segments/${one.id}`)}>{one.name}</Link>
                </li>
              ))}
            </ul>
          </Panel>
        )}
        <Traits person={person} />
        <Evidence evidence={person.evidence ?? []} />
      </div>
    </div>
  );
}

function Traits({ person }: { person: Person }) {
  const say = useSay();
  const traits = Object.entries({ ...person.traits, ...person.tags }).filter(
    ([, value]) => value !== null && value !== "",
  );
  if (traits.length === 0) return null;
  return (
    <Panel title={say("families.traits")}>
      <dl className="facts">
        {traits.map(([key, value]) => (
          <div key={key} className="fact">
            <dt>{traitName(key, say)}</dt>
            <dd>{typeof value === "object" ? JSON.stringify(value) : String(value)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

const named = [
  ...(["province", "city", "district", "address", "name", "nickname", "gender", "level"] as const),
  ...(["birthday", "memberSince"] as const),
];

/** The usual traits in words; any other by the name it came with. */
function traitName(key: string, say: Say): string {
  const known = named.find((one) => one === key);
  return known === undefined ? key : say(`families.trait.${known}`);
}
