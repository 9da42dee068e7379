import { Suspense } from "react";
import { Outlet, useLocation } from "react-router";
import { useExports } from "../exports/queries.ts";
import { useSay } from "../i18n/i18n.ts";
import { useConsentRequests } from "../privacy/queries.ts";
import { useHere } from "../shell/session.tsx";
import { PageSkeleton } from "../ui/states.tsx";
import { TabStrip } from "../ui/tab-strip.tsx";
import { useRequests } from "./queries.ts";

/** What leaves the house is decided on where it is asked for, beside the segments. */
const addressOf = (id: string): string =>
  id === "exports" ? "/exports" : id === "" ? "/rights" : `/rights/${id}`;

/** The compliance room: what persons ask of us, what they agreed to, who came of age, where silence is kept. */
export function TrustHub() {
  const say = useSay();
  const here = useHere();
  const { pathname } = useLocation();
  const part = pathname.split("/")[4] ?? "";
  const counts = useRequests("open").data?.pages[0]?.counts;
  const grown = useConsentRequests("open").data?.items.length;
  const mayAgree = here.can("exports:approve");
  const leaving = useExports(mayAgree).data?.pages[0]?.waiting;
  const tabs = [
    { id: "", scope: "rights:read", label: say("rights.name"), waiting: counts?.red ?? 0, exact: true },
    { id: "texts", scope: "settings:read", label: say("privacy.textsName") },
    { id: "turned-14", scope: "people:read", label: say("privacy.turned14Name"), waiting: grown ?? 0 },
    { id: "silences", scope: "people:read", label: say("privacy.silencesName") },
    { id: "looks", scope: "people:reveal", label: say("privacy.looksName") },
    { id: "exports", scope: "exports:approve", label: say("exports.name"), waiting: leaving ?? 0 },
  ] as const;
  return (
    <>
      <TabStrip
        label={say("rights.tabs")}
        current={part}
        tabs={tabs
          .filter(({ scope }) => here.can(scope))
          .map((tab) => ({ ...tab, to: here.to(addressOf(tab.id)) }))}
      />
      <Suspense fallback={<PageSkeleton />}>
        <Outlet />
      </Suspense>
    </>
  );
}
