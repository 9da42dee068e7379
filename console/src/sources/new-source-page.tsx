import {
  AppstoreOutlined,
  CloudServerOutlined,
  CloudUploadOutlined,
  GlobalOutlined,
  WifiOutlined,
} from "@ant-design/icons";
import { Button, Form, Input } from "antd";
import type { ReactNode } from "react";
import { Link, useNavigate } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { Page, Panel } from "../ui/page.tsx";
import { NoPermission, ProblemNote } from "../ui/states.tsx";
import { NewDevices } from "./new-devices.tsx";
import { useMakeSource } from "./queries.ts";
import "./sources.css";

const kinds = ["http", "sensors", "mqtt", "api"] as const;
type Kind = (typeof kinds)[number];
const icons: Record<Kind, ReactNode> = {
  http: <GlobalOutlined />,
  sensors: <AppstoreOutlined />,
  mqtt: <WifiOutlined />,
  api: <CloudServerOutlined />,
};

/** What sends? Then a name; for devices also where the broker is and what its messages mean. */
export function NewSourcePage() {
  const say = useSay();
  const here = useHere();
  const [get, set] = useAddress();
  const kind = kinds.find((one) => one === get("kind")) ?? null;
  return (
    <Page
      title={say("sources.newTitle")}
      sub={say("sources.newSub")}
      back={<Link to={here.to("/data/sources")}>← {say("data.sources")}</Link>}
    >
      {!here.can("collect:write") ? (
        <NoPermission />
      ) : (
        <>
          <div className="kinds" role="radiogroup" aria-label={say("sources.newTitle")}>
            {kinds.map((one) => (
              <label key={one} className={one === kind ? "kind on" : "kind"}>
                <input type="radio" name="kind" checked={one === kind} onChange={() => set({ kind: one })} />
                <span className="kind-icon" aria-hidden="true">
                  {icons[one]}
                </span>
                <strong>{say(`sources.choose.${one}`)}</strong>
                <span className="soft">{say(`sources.chooseText.${one}`)}</span>
              </label>
            ))}
            <Link className="kind" to={here.to("/data/imports/new")}>
              <span className="kind-icon" aria-hidden="true">
                <CloudUploadOutlined />
              </span>
              <strong>{say("sources.choose.file")}</strong>
              <span className="soft">{say("sources.chooseText.file")}</span>
            </Link>
          </div>
          {kind === "mqtt" && <NewDevices />}
          {kind !== null && kind !== "mqtt" && <NameStep key={kind} kind={kind} />}
        </>
      )}
    </Page>
  );
}

function NameStep({ kind }: { kind: Exclude<Kind, "mqtt"> }) {
  const say = useSay();
  const here = useHere();
  const navigate = useNavigate();
  const make = useMakeSource();
  return (
    <Panel className="narrow-form">
      <Form<{ name: string }>
        layout="vertical"
        requiredMark={false}
        onFinish={({ name }) =>
          make.mutate(
            { kind, name: name.trim() },
            { onSuccess: (made) => void navigate(here.to(`/data/sources/${made.id}`)) },
          )
        }
      >
        <Form.Item
          name="name"
          label={say("sources.name")}
          extra={say("sources.nameHelp")}
          rules={[{ required: true, whitespace: true, max: 80, message: say("sources.nameRule") }]}
        >
          <Input autoFocus placeholder={say(`sources.namePlaceholder.${kind}`)} />
        </Form.Item>
        {make.isError && <ProblemNote error={make.error} />}
        <Button type="primary" htmlType="submit" loading={make.isPending}>
          {say("sources.make")}
        </Button>
      </Form>
    </Panel>
  );
}
