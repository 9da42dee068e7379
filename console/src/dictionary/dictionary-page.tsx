import { Segmented } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { useAddress } from "../ui/address.ts";
import { Page } from "../ui/page.tsx";
import { Entries } from "./entries.tsx";
import { Gaps } from "./gaps.tsx";
import { LineageView } from "./lineage-view.tsx";
import { useTasks } from "./queries.ts";
import { Tasks } from "./tasks.tsx";
import "./dictionary.css";

const views = ["names", "tasks", "lineage", "gaps"] as const;

/** What every name means, what about names waits for a person, and from where to where values go. */
export function DictionaryPage() {
  const say = useSay();
  const [get, set] = useAddress();
  const tasks = useTasks();
  const view = views.find((one) => one === get("view")) ?? "names";
  const open = tasks.data?.total ?? 0;
  return (
    <Page
      title={say("dictionary.title")}
      sub={say("dictionary.sub")}
      filters={
        <Segmented
          aria-label={say("dictionary.views")}
          value={view}
          onChange={(next) => set({ view: next === "names" ? null : next })}
          options={views.map((one) => ({
            value: one,
            label: `${say(`dictionary.view.${one}`)}${one === "tasks" && open > 0 ? ` ${open}` : ""}`,
          }))}
        />
      }
    >
      {view === "names" && <Entries />}
      {view === "tasks" && <Tasks />}
      {view === "lineage" && <LineageView entry={null} />}
      {view === "gaps" && <Gaps />}
    </Page>
  );
}
