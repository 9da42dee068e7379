import { Button, Form, Input } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { Picks } from "../ui/picks.tsx";
import { ProblemNote } from "../ui/states.tsx";
import { BrokerFields, type DeviceFields, TopicFields } from "./device-form.tsx";
import { type TemplateId, templateIds, templates, topicFrom } from "./device-templates.ts";
import { ConnectionTest, MappingTest } from "./device-test.tsx";
import { useMakeSource } from "./queries.ts";
import "./devices.css";

/** A source of devices: the broker on the left, and beside the mapping what a message would become. */
export function NewDevices() {
  const say = useSay();
  const here = useHere();
  const navigate = useNavigate();
  const make = useMakeSource();
  const [form] = Form.useForm<DeviceFields>();
  const [template, setTemplate] = useState<TemplateId>("bottle");
  const [message, setMessage] = useState<{ topic: string; payload: string }>(templates.bottle.message);
  const topics = Form.useWatch(["device", "topics"], form) ?? [];
  const choose = (id: TemplateId | null) => {
    if (id === null) return;
    setTemplate(id);
    setMessage(templates[id].message);
    form.setFieldValue(["device", "topics"], [topicFrom(id)]);
  };
  return (
    <Form<DeviceFields>
      form={form}
      layout="vertical"
      requiredMark={false}
      scrollToFirstError
      initialValues={{ device: { topics: [topicFrom("bottle")] } }}
      onFinish={({ name, device }) =>
        make.mutate(
          { kind: "mqtt", name: name.trim(), device },
          { onSuccess: (made) => void navigate(here.to(`/data/sources/${made.id}`)) },
        )
      }
    >
      <div className="grid-side">
        <div className="column">
          <Panel title={say("sources.device.broker")}>
            <Form.Item
              name="name"
              label={say("sources.name")}
              rules={[{ required: true, whitespace: true, max: 80, message: say("sources.nameRule") }]}
            >
              <Input placeholder={say("sources.namePlaceholder.mqtt")} />
            </Form.Item>
            <BrokerFields />
            <ConnectionTest
              device={() =>
                form
                  .validateFields({ recursive: true })
                  .then(({ device }) => device)
                  .catch(() => null)
              }
              onSample={setMessage}
            />
          </Panel>
          <Panel title={say("sources.device.mapping")}>
            <p className="soft mapping-lead">{say("sources.device.mappingText")}</p>
            <Picks
              label={say("sources.device.template")}
              value={template}
              onChange={choose}
              options={templateIds.map((id) => ({ value: id, label: say(`sources.device.template.${id}`) }))}
            />
            <TopicFields form={form} />
          </Panel>
          {make.isError && <ProblemNote error={make.error} />}
          <div>
            <Button type="primary" htmlType="submit" loading={make.isPending}>
              {say("sources.make")}
            </Button>
          </div>
        </div>
        <MappingTest topics={topics} message={message} onMessage={setMessage} />
      </div>
    </Form>
  );
}
