import { Suspense } from "react";
import { Outlet, useLocation } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useConsentRequests } from "../privacy/queries.ts";
import { useHere } from "../shell/session.tsx";
import { PageSkeleton } from "../ui/states.tsx";
import { TabStrip } from "../ui/tab-strip.tsx";
import { useRequests } from "./queries.ts";

/** The compliance room: what persons ask of us, what they agreed to, who came of age, where silence is kept. */
export function TrustHub() {
  const say = useSay();
  const here = useHere();
  const { pathname } = useLocation();
  const part = pathname.split("/")[4] ?? "";
  const counts = useRequests("open").data?.pages[0]?.counts;
  const grown = useConsentRequests("open").data?.items.length;
  const tabs = [
    { id: "", scope: "rights:read", label: say("rights.name"), waiting: counts?.red ?? 0, exact: true },
    { id: "texts", scope: "settings:read", label: say("privacy.textsName") },
    { id: "turned-14", scope: "people:read", label: say("privacy.turned14Name"), waiting: grown ?? 0 },
    { id: "silences", scope: "people:read", label: say("privacy.silencesName") },
  ] as const;
  return (
    <>
      <TabStrip
        label={say("rights.tabs")}
        current={part}
        tabs={tabs
          .filter(({ scope }) => here.can(scope))
          .map((tab) => ({ ...tab, to: here.to(tab.id === "" ? "/rights" : `/rights/${tab.id}`) }))}
      />
      <Suspense fallback={<PageSkeleton />}>
        <Outlet />
      </Suspense>
    </>
  );
}
