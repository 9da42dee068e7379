import { EllipsisOutlined } from "@ant-design/icons";
import { Drawer } from "antd";
import { useState } from "react";
import { NavLink, useLocation } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { roomOf, rooms } from "./rooms.tsx";
import { useHere } from "./session.tsx";

/** On a phone the rail becomes a bar of five: four rooms and "more". */
export function BottomBar() {
  const say = useSay();
  const here = useHere();
  const current = roomOf(useLocation().pathname);
  const [more, setMore] = useState(false);
  const open = rooms.filter((room) => here.can(room.scope));
  const pocket = open.filter((room) => room.pocket);
  const rest = open.filter((room) => !room.pocket);
  return (
    <nav className="bottom-bar" aria-label={say("shell.rooms")}>
      {pocket.map((room) => (
        <NavLink
          key={room.id}
          to={here.to(room.path)}
          className={room.id === current ? "on" : ""}
          aria-current={room.id === current ? "page" : undefined}
        >
          <span aria-hidden="true">{room.icon}</span>
          {say(room.label)}
        </NavLink>
      ))}
      {rest.length > 0 && (
        <button
          type="button"
          className={rest.some((room) => room.id === current) ? "on" : ""}
          onClick={() => setMore(true)}
        >
          <EllipsisOutlined aria-hidden="true" />
          {say("shell.more")}
        </button>
      )}
      <Drawer
        open={more}
        onClose={() => setMore(false)}
        placement="bottom"
        title={say("shell.more")}
        size={260}
      >
        <ul className="more-list">
          {rest.map((room) => (
            <li key={room.id}>
              <NavLink to={here.to(room.path)} onClick={() => setMore(false)}>
                <span aria-hidden="true">{room.icon}</span>
                {say(room.label)}
              </NavLink>
            </li>
          ))}
        </ul>
      </Drawer>
    </nav>
  );
}
