import {
  AreaChartOutlined,
  DatabaseOutlined,
  HomeOutlined,
  SafetyCertificateOutlined,
  SendOutlined,
  SettingOutlined,
  TeamOutlined,
} from "@ant-design/icons";
import type { Scope } from "@stork/contract/access.ts";
import type { ReactNode } from "react";
import type { Key } from "../i18n/messages.ts";

export interface Room {
  id: string;
  path: string;
  label: Key;
  icon: ReactNode;
  scope: Scope;
  /** Has a place of its own in the bottom bar of a phone; the others are under "more". */
  pocket: boolean;
}

/** The rail, in the order of the loop: know how it goes, bring data, know the families, choose, reach. */
export const rooms: readonly Room[] = [
  {
    id: "overview",
    path: "",
    label: "shell.overview",
    icon: <AreaChartOutlined />,
    scope: "outcomes:read",
    pocket: true,
  },
  {
    id: "data",
    path: "/data",
    label: "shell.data",
    icon: <DatabaseOutlined />,
    scope: "collect:read",
    pocket: false,
  },
  {
    id: "families",
    path: "/families",
    label: "shell.families",
    icon: <HomeOutlined />,
    scope: "people:read",
    pocket: true,
  },
  {
    id: "segments",
    path: "/segments",
    label: "shell.segments",
    icon: <TeamOutlined />,
    scope: "segments:read",
    pocket: true,
  },
  {
    id: "campaigns",
    path: "/campaigns",
    label: "shell.campaigns",
    icon: <SendOutlined />,
    scope: "campaigns:read",
    pocket: true,
  },
  {
    id: "rights",
    path: "/rights",
    label: "shell.rights",
    icon: <SafetyCertificateOutlined />,
    scope: "rights:read",
    pocket: false,
  },
  {
    id: "settings",
    path: "/settings",
    label: "shell.settings",
    icon: <SettingOutlined />,
    scope: "settings:read",
    pocket: false,
  },
];

/** Which room an address belongs to. */
export function roomOf(pathname: string): string {
  const part = pathname.split("/")[3] ?? "";
  return part === "" ? "overview" : part;
}
