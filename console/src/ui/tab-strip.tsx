import { useEffect, useRef } from "react";
import { NavLink } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import "./tab-strip.css";

export interface StripTab {
  id: string;
  to: string;
  label: string;
  /** What waits for a person there. */
  waiting?: number;
  /** Lit only by its very address, not by those below it. */
  exact?: boolean;
}

/** The parts of a room; on a phone they scroll sideways. */
export function TabStrip({
  label,
  tabs,
  current,
}: {
  label: string;
  tabs: readonly StripTab[];
  current: string;
}) {
  const say = useSay();
  const formats = useFormats();
  const strip = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the strip scrolls: the tab one is on must be in sight.
    strip.current
      ?.querySelector(`[data-tab="${current}"]`)
      ?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [current]);
  return (
    <nav className="tab-strip" aria-label={label} ref={strip}>
      <ul>
        {tabs.map(({ id, to, label: text, waiting = 0, exact = false }) => (
          <li key={id} data-tab={id}>
            <NavLink to={to} end={exact}>
              {text}
              {waiting > 0 && (
                <span
                  className="count-badge"
                  title={say("ui.waiting", { n: formats.number(waiting), count: waiting })}
                >
                  {waiting > 999 ? "999+" : waiting}
                </span>
              )}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
