import {
  BulbOutlined,
  DownOutlined,
  GlobalOutlined,
  PlusOutlined,
  SearchOutlined,
  UserOutlined,
} from "@ant-design/icons";
import type { Session } from "@stork/contract/access.ts";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Dropdown, type MenuProps, Tooltip } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api } from "../api/client.ts";
import { useSay } from "../i18n/i18n.ts";
import { NewWorkspaceModal } from "./new-workspace.tsx";
import { usePreferences } from "./preferences.tsx";
import { sessionKey, useHere } from "./session.tsx";

export function TopBar({ session, onSearch }: { session: Session; onSearch(): void }) {
  const say = useSay();
  return (
    <header className="top-bar">
      <WorkspaceSwitch session={session} />
      <button
        type="button"
        className="search-button"
        onClick={onSearch}
        aria-label={say("shell.search")}
        aria-keyshortcuts="Control+K Meta+K"
      >
        <SearchOutlined aria-hidden="true" />
        <span>{say("shell.search")}</span>
        <span className="keys" aria-hidden="true" />
      </button>
      <div className="top-bar-end">
        <LanguageSwitch />
        <LookSwitch />
        <PersonMenu session={session} />
      </div>
    </header>
  );
}

function WorkspaceSwitch({ session }: { session: Session }) {
  const say = useSay();
  const here = useHere();
  const navigate = useNavigate();
  const [making, setMaking] = useState(false);
  const items: MenuProps["items"] = [
    ...session.workspaces.map((one) => ({ key: one.slug, label: `${one.name} · ${one.slug}` })),
    { type: "divider" as const },
    { key: "+", icon: <PlusOutlined />, label: say("shell.newWorkspace.title") },
  ];
  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{
          items,
          selectable: true,
          selectedKeys: [here.workspace.slug],
          onClick: ({ key }) => (key === "+" ? setMaking(true) : void navigate(`/w/${key}`)),
        }}
      >
        <button
          type="button"
          className="workspace-switch"
          aria-label={say("shell.switchWorkspace", { name: here.workspace.name })}
        >
          <span>{here.workspace.name}</span>
          <DownOutlined aria-hidden="true" />
        </button>
      </Dropdown>
      <NewWorkspaceModal open={making} onClose={() => setMaking(false)} />
    </>
  );
}

function LanguageSwitch() {
  const say = useSay();
  const { language, setLanguage } = usePreferences();
  const next = language === "zh-CN" ? "en" : "zh-CN";
  return (
    <Tooltip title={say("shell.language")}>
      <Button
        className="hide-narrow"
        type="text"
        icon={<GlobalOutlined />}
        onClick={() => setLanguage(next)}
        lang={next}
        aria-label={next === "en" ? "EN: switch to English" : "中文：切换到中文"}
      >
        {next === "en" ? "EN" : "中文"}
      </Button>
    </Tooltip>
  );
}

function LookSwitch() {
  const say = useSay();
  const { scheme, setLook } = usePreferences();
  return (
    <Tooltip title={say(scheme === "dark" ? "shell.toLight" : "shell.toDark")}>
      <Button
        className="hide-narrow"
        type="text"
        icon={<BulbOutlined />}
        aria-label={say(scheme === "dark" ? "shell.toLight" : "shell.toDark")}
        onClick={() => setLook(scheme === "dark" ? "light" : "dark")}
      />
    </Tooltip>
  );
}

function PersonMenu({ session }: { session: Session }) {
  const say = useSay();
  const here = useHere();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { language, setLanguage, scheme, setLook } = usePreferences();
  const signOut = async () => {
    await api.post("/api/auth/sign-out", null).catch(() => undefined);
    queries.clear();
    await queries.invalidateQueries({ queryKey: sessionKey });
    await navigate("/sign-in");
  };
  const actions: Record<string, () => void> = {
    me: () => void navigate(here.to("/settings/me")),
    language: () => setLanguage(language === "zh-CN" ? "en" : "zh-CN"),
    look: () => setLook(scheme === "dark" ? "light" : "dark"),
    out: () => void signOut(),
  };
  const items: MenuProps["items"] = [
    {
      key: "who",
      disabled: true,
      label: (
        <div className="person-card">
          <strong>{session.user?.name}</strong>
          <span>{session.user?.email}</span>
          <span>{say(`shell.role.${here.workspace.role}`)}</span>
        </div>
      ),
    },
    { type: "divider" },
    { key: "me", label: say("shell.me") },
    { key: "language", label: language === "zh-CN" ? "English" : "中文" },
    { key: "look", label: say(scheme === "dark" ? "shell.toLight" : "shell.toDark") },
    { type: "divider" },
    { key: "out", label: say("shell.signOut") },
  ];
  return (
    <Dropdown
      trigger={["click"]}
      placement="bottomRight"
      menu={{ items, onClick: ({ key }) => actions[key]?.() }}
    >
      <Button
        type="text"
        shape="circle"
        icon={<UserOutlined />}
        aria-label={say("shell.person", { name: session.user?.name ?? "" })}
      />
    </Dropdown>
  );
}
