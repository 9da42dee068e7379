import { Segmented } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { Page } from "../ui/page.tsx";
import { Card } from "./card.tsx";
import { Indicators } from "./indicators.tsx";
import { NotificationsForm } from "./notifications.tsx";
import { Now } from "./now.tsx";
import { Suppliers } from "./suppliers.tsx";
import "./card.css";
import "./quality.css";

const views = ["now", "indicators", "card", "suppliers", "notifications"] as const;

/** Can the data be trusted now; what is watched; how the month was; what suppliers are worth; who is told. */
export function QualityPage() {
  const say = useSay();
  const here = useHere();
  const [get, set] = useAddress();
  const open = views.filter((one) => one !== "notifications" || here.can("settings:read"));
  const view = open.find((one) => one === get("view")) ?? "now";
  return (
    <Page
      title={say("quality.title")}
      sub={say("quality.sub")}
      filters={
        <Segmented
          className="quality-views"
          aria-label={say("quality.views")}
          value={view}
          onChange={(next) => set({ view: next === "now" ? null : next })}
          options={open.map((one) => ({ value: one, label: say(`quality.view.${one}`) }))}
        />
      }
    >
      {view === "now" && <Now />}
      {view === "indicators" && <Indicators />}
      {view === "card" && <Card />}
      {view === "suppliers" && <Suppliers />}
      {view === "notifications" && <NotificationsForm />}
    </Page>
  );
}
