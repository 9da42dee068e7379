import type { ComponentType } from "react";
import { NavLink, useParams } from "react-router";
import { StageCalendarPart } from "../children/stage-calendar.tsx";
import { useSay } from "../i18n/i18n.ts";
import { useHere } from "../shell/session.tsx";
import { Page } from "../ui/page.tsx";
import { Teach } from "../ui/states.tsx";
import { Webhooks } from "../webhooks/webhooks.tsx";
import { Channels } from "./channels.tsx";
import { DataKeysPart } from "./data-keys.tsx";
import { Keys } from "./keys.tsx";
import { Me } from "./me.tsx";
import { Members } from "./members.tsx";
import { WorkspacePart } from "./workspace.tsx";
import "./settings.css";

const parts = {
  workspace: WorkspacePart,
  members: Members,
  channels: Channels,
  webhooks: Webhooks,
  "stage-calendar": StageCalendarPart,
  keys: Keys,
  "data-keys": DataKeysPart,
  me: Me,
} as const satisfies Record<string, ComponentType>;
type Part = keyof typeof parts;
const order = Object.keys(parts) as Part[];

export function SettingsPage() {
  const say = useSay();
  const here = useHere();
  const { part = "workspace" } = useParams();
  const chosen = order.find((one) => one === part);
  const Chosen = chosen === undefined ? null : parts[chosen];
  return (
    <Page title={say("settings.title")} sub={say("settings.sub")}>
      <div className="settings">
        <nav aria-label={say("settings.parts")}>
          {order.map((one) => (
            <NavLink key={one} to={here.to(`/settings/${one}`)} className={one === chosen ? "on" : ""}>
              {say(`settings.${one}`)}
            </NavLink>
          ))}
        </nav>
        <div className="column">
          {Chosen === null ? (
            <Teach title={say("shell.notFound.title")} text={say("shell.notFound.text")} />
          ) : (
            <Chosen />
          )}
        </div>
      </div>
    </Page>
  );
}
