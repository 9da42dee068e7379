import { Suspense, useEffect, useRef } from "react";
import { NavLink, Outlet, useLocation } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { PageSkeleton } from "../ui/states.tsx";
import { useBadges } from "./badges.ts";
import { tabs } from "./tabs.ts";
import "./data.css";

/** One room for everything about data; its parts are tabs, and what waits for a person is counted on them. */
export function DataHub() {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const badges = useBadges();
  const { pathname } = useLocation();
  const current = pathname.split("/")[4] ?? "";
  const strip = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the strip scrolls: the tab one is on must be in sight.
    strip.current
      ?.querySelector(`[data-tab="${current}"]`)
      ?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [current]);
  return (
    <>
      <nav className="data-tabs" aria-label={say("data.tabs")} ref={strip}>
        <ul>
          {tabs
            .filter((tab) => here.can(tab.scope))
            .map((tab) => {
              const waiting = badges[tab.id] ?? 0;
              return (
                <li key={tab.id} data-tab={tab.id}>
                  <NavLink to={here.to(tab.path)}>
                    {say(tab.label)}
                    {waiting > 0 && (
                      <span
                        className="count-badge"
                        title={say("data.waiting", { n: formats.number(waiting), count: waiting })}
                      >
                        {waiting > 999 ? "999+" : waiting}
                      </span>
                    )}
                  </NavLink>
                </li>
              );
            })}
        </ul>
      </nav>
      <Suspense fallback={<PageSkeleton />}>
        <Outlet />
      </Suspense>
    </>
  );
}
