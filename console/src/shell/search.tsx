import { PlusOutlined } from "@ant-design/icons";
import type { Workspace } from "@stork/contract/access.ts";
import { Campaign } from "@stork/contract/campaigns.ts";
import { FamilyPage } from "@stork/contract/people.ts";
import { Segment } from "@stork/contract/segments.ts";
import { Source } from "@stork/contract/sources.ts";
import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { type ReactNode, useDeferredValue, useState } from "react";
import { useNavigate } from "react-router";
import { api } from "../api/client.ts";
import { listOf } from "../api/list.ts";
import { tabs } from "../data/tabs.ts";
import { useSay } from "../i18n/i18n.ts";
import { rooms } from "./rooms.tsx";
import { useHere } from "./session.tsx";
import "./search.css";

/** ⌘K: rooms, actions, segments, campaigns, sources, workspaces, and families by a full identifier. */
export function Search({
  open,
  onClose,
  workspaces,
}: {
  open: boolean;
  onClose(): void;
  workspaces: Workspace[];
}) {
  const say = useSay();
  const here = useHere();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const typed = useDeferredValue(text.trim());
  const found = useFound(open, typed);
  const go = (to: string) => {
    onClose();
    setText("");
    void navigate(to);
  };
  const item = (id: string, label: string, to: string, hint?: string, icon?: ReactNode) => (
    <Command.Item key={id} value={`${id} ${label}`} onSelect={() => go(to)}>
      {icon}
      <span>{label}</span>
      {hint !== undefined && <small>{hint}</small>}
    </Command.Item>
  );
  return (
    <Command.Dialog
      open={open}
      onOpenChange={(now) => !now && onClose()}
      label={say("shell.search")}
      overlayClassName="search-veil"
      contentClassName="search-box"
    >
      <Command.Input value={text} onValueChange={setText} placeholder={say("shell.searchHint")} />
      <Command.List>
        <Command.Empty>{say("shell.searchNothing")}</Command.Empty>
        {found.families.length > 0 && (
          <Command.Group heading={say("shell.families")} forceMount>
            {found.families.map((one) => (
              <Command.Item
                key={one.id}
                value={`${typed} ${one.person}`}
                onSelect={() => go(here.to(`/families/${one.person}`))}
                forceMount
              >
                <span>{one.name ?? one.phone ?? one.person}</span>
                <small>{[one.phone, one.city].filter(Boolean).join(" · ")}</small>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        <Command.Group heading={say("shell.rooms")}>
          {rooms
            .filter((room) => here.can(room.scope))
            .map((room) => item(room.id, say(room.label), here.to(room.path), undefined, room.icon))}
          {tabs
            .filter((tab) => here.can(tab.scope))
            .map((tab) => item(tab.id, say(tab.label), here.to(tab.path), say("shell.data")))}
        </Command.Group>
        <Command.Group heading={say("shell.actions")}>
          {here.can("segments:write") &&
            item(
              "new-segment",
              say("shell.newSegment"),
              here.to("/segments/new"),
              undefined,
              <PlusOutlined />,
            )}
          {here.can("campaigns:write") &&
            item(
              "new-campaign",
              say("shell.newCampaign"),
              here.to("/campaigns/new"),
              undefined,
              <PlusOutlined />,
            )}
          {here.can("collect:write") &&
            item(
              "new-import",
              say("shell.newImport"),
              here.to("/data/imports/new"),
              undefined,
              <PlusOutlined />,
            )}
        </Command.Group>
        {found.segments.length > 0 && (
          <Command.Group heading={say("shell.segments")}>
            {found.segments.map((one) => item(`s-${one.id}`, one.name, here.to(`/segments/${one.id}`)))}
          </Command.Group>
        )}
        {found.campaigns.length > 0 && (
          <Command.Group heading={say("shell.campaigns")}>
            {found.campaigns.map((one) => item(`c-${one.id}`, one.name, here.to(`/campaigns/${one.id}`)))}
          </Command.Group>
        )}
        {found.sources.length > 0 && (
          <Command.Group heading={say("data.sources")}>
            {found.sources.map((one) => item(`d-${one.id}`, one.name, here.to(`/data/sources/${one.id}`)))}
          </Command.Group>
        )}
        {workspaces.length > 1 && (
          <Command.Group heading={say("shell.workspaces")}>
            {workspaces.map((one) => item(`w-${one.slug}`, one.name, `/w/${one.slug}`, one.slug))}
          </Command.Group>
        )}
      </Command.List>
    </Command.Dialog>
  );
}

function useFound(open: boolean, typed: string) {
  const here = useHere();
  const segments = useQuery({
    queryKey: [...here.key, "segments"],
    queryFn: ({ signal }) => api.get(here.at("/segments"), listOf(Segment), { signal }),
    enabled: open && here.can("segments:read"),
  });
  const campaigns = useQuery({
    queryKey: [...here.key, "campaigns"],
    queryFn: ({ signal }) => api.get(here.at("/campaigns"), listOf(Campaign), { signal }),
    enabled: open && here.can("campaigns:read"),
  });
  const sources = useQuery({
    queryKey: [...here.key, "sources"],
    queryFn: ({ signal }) => api.get(here.at("/sources"), listOf(Source), { signal }),
    enabled: open && here.can("collect:read"),
  });
  const families = useQuery({
    queryKey: [...here.key, "families", "search", typed],
    queryFn: ({ signal }) =>
      api.get(here.at("/families"), FamilyPage, { signal, query: { query: typed, limit: 5 } }),
    enabled: open && typed.length >= 2 && here.can("people:read"),
  });
  return {
    segments: segments.data?.items ?? [],
    campaigns: campaigns.data?.items ?? [],
    sources: sources.data?.items ?? [],
    families: typed.length >= 2 ? (families.data?.items.slice(0, 5) ?? []) : [],
  };
}
