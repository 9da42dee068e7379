import type { PersonSide } from "@stork/contract/identity.ts";
import { purposeFacts } from "@stork/contract/privacy.ts";
import { Link } from "react-router";
import { namespaceName } from "../families/namespace-name.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { StageTag } from "../ui/stage-tag.tsx";

/** A person as short as one compares her with another; what only this one has is marked. */
export function SideCard({ side, differs }: { side: PersonSide; differs?: ReadonlySet<string> }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const name = side.name ?? say("identity.unnamed");
  const mark = (what: string) => (differs?.has(what) ? "fact differs" : "fact");
  return (
    <article className="side-card">
      <h3>{side.id === null ? name : <Link to={here.to(`/families/${side.id}`)}>{name}</Link>}</h3>
      <dl className="facts">
        <div className="fact">
          <dt>{say("identity.side.identifiers")}</dt>
          <dd>
            <ul className="side-list">
              {side.identifiers.map((one) => (
                <li key={one.node}>
                  <small>{namespaceName(one.namespace, say)}</small>{" "}
                  <span className="identifier">{one.value}</span>
                </li>
              ))}
            </ul>
          </dd>
        </div>
        <div className={mark("children")}>
          <dt>{say("identity.side.children")}</dt>
          <dd>
            {side.children.length === 0
              ? say("identity.side.noChildren")
              : side.children.map((child) => (
                  <div key={child.id}>
                    <StageTag stage={child.stage} inferred={child.source === "inferred"} />{" "}
                    {formats.date(child.bornOn ?? child.dueOn ?? "")}
                  </div>
                ))}
          </dd>
        </div>
        <div className={mark("orders")}>
          <dt>{say("identity.side.orders")}</dt>
          <dd>
            {say("identity.side.ordersText", {
              n: formats.number(side.orders),
              amount: formats.money(side.amountFen),
              count: side.orders,
            })}
          </dd>
        </div>
        {side.city !== null && (
          <div className={mark("city")}>
            <dt>{say("identity.side.city")}</dt>
            <dd>{side.city}</dd>
          </div>
        )}
        <div className={mark("consents")}>
          <dt>{say("identity.side.consents")}</dt>
          <dd>
            {side.consents.length === 0
              ? say("identity.side.noConsents")
              : side.consents.map(({ purpose, state }) => (
                  <div key={`${purpose} ${state}`}>
                    {say(`identity.side.${state}`, { purpose: formats.say(purposeFacts[purpose].name) })}
                  </div>
                ))}
            {side.suppressed && <div>{say("identity.side.suppressed")}</div>}
          </dd>
        </div>
        <div className="fact">
          <dt>{say("identity.side.since")}</dt>
          <dd>{formats.date(formats.dayOf(side.firstSeenAt))}</dd>
        </div>
      </dl>
    </article>
  );
}

/** Which facts two persons do not share. */
export function differences(a: PersonSide, b: PersonSide): ReadonlySet<string> {
  const told = (side: PersonSide): Record<string, string> => ({
    children: side.children.map(({ bornOn, dueOn }) => bornOn ?? dueOn ?? "").join(),
    city: side.city ?? "",
    consents: side.consents.map(({ purpose, state }) => `${purpose} ${state}`).join() + side.suppressed,
  });
  const [one, other] = [told(a), told(b)];
  return new Set(
    Object.keys(one).filter((key) => one[key] !== other[key] && one[key] !== "" && other[key] !== ""),
  );
}
