import { NavLink, useLocation } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { Mark } from "./mark.tsx";
import { roomOf, rooms } from "./rooms.tsx";
import { useHere } from "./session.tsx";

/** The rooms one may enter; a room appears when it works. */
export function Rail() {
  const say = useSay();
  const here = useHere();
  const current = roomOf(useLocation().pathname);
  const open = rooms.filter((room) => here.can(room.scope));
  return (
    <nav className="rail" aria-label={say("shell.rooms")}>
      <a className="skip" href="#page">
        {say("shell.skip")}
      </a>
      <NavLink className="rail-brand" to={here.to("")} aria-label={say("shell.brand")}>
        <Mark />
        <span>{say("shell.brand")}</span>
      </NavLink>
      <ul>
        {open.map((room) => (
          <li key={room.id} className={room.id === "settings" ? "rail-last" : undefined}>
            <NavLink
              to={here.to(room.path)}
              className={room.id === current ? "rail-item on" : "rail-item"}
              aria-current={room.id === current ? "page" : undefined}
            >
              <span aria-hidden="true">{room.icon}</span>
              {say(room.label)}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
