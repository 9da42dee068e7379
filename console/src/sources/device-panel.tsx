import type { Source } from "@stork/contract/sources.ts";
import { App, Button, Drawer, Form } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { Notice, ProblemNote } from "../ui/states.tsx";
import { BrokerFields, type DeviceFields, TopicFields } from "./device-form.tsx";
import type { DeviceDraft } from "./device-templates.ts";
import { ConnectionTest, MappingTest } from "./device-test.tsx";
import { useChangeSource } from "./queries.ts";
import "./devices.css";

type Device = NonNullable<Source["device"]>;
const tones = { connected: "good", connecting: "busy", waiting: "warn", refused: "bad" } as const;

/** The broker of a source of devices: whether it is connected, what it listens to, and the settings. */
export function DevicePanel({ source, device }: { source: Source; device: Device }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const [editing, setEditing] = useState(false);
  const { connection, settings } = device;
  return (
    <Panel
      title={
        <span className="row">
          {say("sources.device.broker")}
          <span className={`status ${tones[connection.state]}`}>
            {say(`sources.device.state.${connection.state}`)}
          </span>
        </span>
      }
      extra={
        here.can("collect:write") && (
          <Button size="small" onClick={() => setEditing(true)}>
            {say("sources.device.change")}
          </Button>
        )
      }
    >
      {connection.trouble !== null && (
        <Notice
          tone={connection.state === "refused" ? "bad" : "warn"}
          title={say(`sources.device.state.${connection.state}`)}
          text={formats.say(connection.trouble)}
        />
      )}
      <dl className="facts">
        <div className="fact">
          <dt>{say("sources.device.url")}</dt>
          <dd>
            <code>{settings.url}</code>
          </dd>
        </div>
        {connection.since !== null && (
          <div className="fact">
            <dt>{say("sources.device.since")}</dt>
            <dd>{formats.instant(connection.since)}</dd>
          </div>
        )}
        {settings.topics.map((topic) => (
          <div className="fact" key={topic.pattern}>
            <dt>
              <code>{topic.pattern}</code>
            </dt>
            <dd>
              {topic.event.replace(/^=\s*/, "")}{" "}
              <span className="soft">{topic.properties.map((one) => one.name).join(", ")}</span>
            </dd>
          </div>
        ))}
      </dl>
      <Edit
        source={source}
        settings={settings as DeviceDraft}
        hasPassword={settings.hasPassword}
        open={editing}
        onClose={() => setEditing(false)}
      />
    </Panel>
  );
}

function Edit({
  source,
  settings,
  hasPassword,
  open,
  onClose,
}: {
  source: Source;
  settings: DeviceDraft;
  hasPassword: boolean;
  open: boolean;
  onClose(): void;
}) {
  const say = useSay();
  const { message } = App.useApp();
  const change = useChangeSource(source.id);
  const [form] = Form.useForm<DeviceFields>();
  const [probe, setProbe] = useState({ topic: "", payload: "" });
  const topics = Form.useWatch(["device", "topics"], form) ?? [];
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={720}
      title={say("sources.device.change")}
      destroyOnHidden
      footer={
        <div className="row">
          <Button type="primary" onClick={() => form.submit()} loading={change.isPending}>
            {say("ui.save")}
          </Button>
          <Button onClick={onClose}>{say("ui.cancel")}</Button>
        </div>
      }
    >
      <Form<DeviceFields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: source.name, device: withoutFlag(settings) }}
        onFinish={({ device }) =>
          change.mutate(
            { device },
            {
              onSuccess: () => {
                void message.success(say("ui.saved"));
                onClose();
              },
            },
          )
        }
      >
        <BrokerFields hasPassword={hasPassword} />
        <ConnectionTest
          source={source.id}
          device={() =>
            form
              .validateFields({ recursive: true })
              .then(({ device }) => device)
              .catch(() => null)
          }
          onSample={setProbe}
        />
        <h3 className="drawer-title">{say("sources.device.mapping")}</h3>
        <TopicFields form={form} />
        <MappingTest topics={topics} message={probe} onMessage={setProbe} />
        {change.isError && <ProblemNote error={change.error} />}
      </Form>
    </Drawer>
  );
}

/** The settings as they are written; `hasPassword` is only ever read. */
function withoutFlag(settings: DeviceDraft): DeviceDraft {
  const { hasPassword: _, ...rest } = settings as DeviceDraft & { hasPassword?: boolean };
  return rest;
}
