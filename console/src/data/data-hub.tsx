import { Suspense } from "react";
import { Outlet, useLocation } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useHere } from "../shell/session.tsx";
import { PageSkeleton } from "../ui/states.tsx";
import { TabStrip } from "../ui/tab-strip.tsx";
import { useBadges } from "./badges.ts";
import { tabs } from "./tabs.ts";

/** One room for everything about data; its parts are tabs, and what waits for a person is counted on them. */
export function DataHub() {
  const say = useSay();
  const here = useHere();
  const badges = useBadges();
  const { pathname } = useLocation();
  const open = tabs.filter((tab) => here.can(tab.scope));
  return (
    <>
      <TabStrip
        label={say("data.tabs")}
        current={pathname.split("/")[4] ?? ""}
        tabs={open.map(({ id, path, label }) => ({
          ...{ id, to: here.to(path), label: say(label), waiting: badges[id] ?? 0 },
        }))}
      />
      <Suspense fallback={<PageSkeleton />}>
        <Outlet />
      </Suspense>
    </>
  );
}
