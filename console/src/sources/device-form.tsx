import { PlusOutlined } from "@ant-design/icons";
import { Button, Form, type FormInstance, Input, Segmented, Select } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { ByteFields, Identifiers, Properties } from "./device-lines.tsx";
import { type DeviceDraft, templateIds, topicFrom } from "./device-templates.ts";

export interface DeviceFields {
  name: string;
  device: DeviceDraft;
}

/** Where the broker is, and how to sign in there. */
export function BrokerFields({ hasPassword = false }: { hasPassword?: boolean }) {
  const say = useSay();
  return (
    <>
      <Form.Item
        name={["device", "url"]}
        label={say("sources.device.url")}
        extra={say("sources.device.urlHelp")}
        rules={[
          {
            required: true,
            pattern: /^(mqtts?|wss?):\/\/[^\s@]+$/,
            message: say("sources.device.urlRule"),
          },
        ]}
      >
        <Input placeholder="mqtts://broker.example.cn:8883" inputMode="url" autoComplete="off" />
      </Form.Item>
      <div className="grid-2">
        <Form.Item name={["device", "username"]} label={say("sources.device.username")}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name={["device", "password"]} label={say("sources.device.password")}>
          <Input.Password
            autoComplete="new-password"
            placeholder={hasPassword ? say("sources.device.passwordKept") : ""}
          />
        </Form.Item>
      </div>
      <details className="more-fields">
        <summary>{say("sources.device.more")}</summary>
        <div className="grid-2">
          <Form.Item name={["device", "protocol"]} label={say("sources.device.protocol")} initialValue="5">
            <Segmented
              options={[
                { value: "5", label: "MQTT 5" },
                { value: "3.1.1", label: "MQTT 3.1.1" },
              ]}
            />
          </Form.Item>
          <Form.Item
            name={["device", "qos"]}
            label={say("sources.device.qos")}
            extra={say("sources.device.qosHelp")}
            initialValue={1}
          >
            <Segmented
              options={[
                { value: 1, label: "QoS 1" },
                { value: 0, label: "QoS 0" },
              ]}
            />
          </Form.Item>
        </div>
        <Form.Item
          name={["device", "ca"]}
          label={say("sources.device.ca")}
          extra={say("sources.device.caHelp")}
        >
          <Input.TextArea rows={3} placeholder="-----BEGIN CERTIFICATE-----" className="mono" />
        </Form.Item>
      </details>
    </>
  );
}

/** What messages of each topic become. */
export function TopicFields({ form }: { form: FormInstance<DeviceFields> }) {
  const say = useSay();
  return (
    <Form.List name={["device", "topics"]}>
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <fieldset key={key} className="topic">
              <legend className="hidden">{say("sources.device.topicN", { n: name + 1 })}</legend>
              <Form.Item
                name={[name, "pattern"]}
                label={say("sources.device.pattern")}
                extra={say("sources.device.patternHelp")}
                rules={[{ required: true, whitespace: true, message: say("sources.device.patternRule") }]}
              >
                <Input className="mono" placeholder="devices/{device}/feed" />
              </Form.Item>
              <div className="grid-2">
                <Form.Item name={[name, "format"]} label={say("sources.device.format")} initialValue="json">
                  <Select
                    options={(["json", "number", "text", "bytes"] as const).map((one) => ({
                      value: one,
                      label: say(`sources.device.format.${one}`),
                    }))}
                  />
                </Form.Item>
                <Form.Item
                  name={[name, "event"]}
                  label={say("sources.device.event")}
                  extra={say("sources.device.eventHelp")}
                  rules={[{ required: true, whitespace: true, message: say("sources.device.eventRule") }]}
                >
                  <Input className="mono" placeholder="= Bottle Fed" />
                </Form.Item>
              </div>
              <Identifiers topic={name} />
              <div className="grid-2">
                <Form.Item name={[name, "time"]} label={say("sources.device.time")}>
                  <Input className="mono" placeholder="$.at" />
                </Form.Item>
                <Form.Item
                  name={[name, "messageId"]}
                  label={say("sources.device.messageId")}
                  extra={say("sources.device.messageIdHelp")}
                >
                  <Input className="mono" placeholder="$.id" />
                </Form.Item>
              </div>
              <Form.Item noStyle dependencies={[["device", "topics", name, "format"]]}>
                {() =>
                  form.getFieldValue(["device", "topics", name, "format"]) === "bytes" && (
                    <ByteFields topic={name} />
                  )
                }
              </Form.Item>
              <Properties topic={name} />
              {fields.length > 1 && (
                <Button size="small" type="text" danger onClick={() => remove(name)}>
                  {say("sources.device.removeTopic")}
                </Button>
              )}
            </fieldset>
          ))}
          <Button
            type="dashed"
            icon={<PlusOutlined />}
            onClick={() => add(topicFrom(templateIds[0] ?? "bottle"))}
          >
            {say("sources.device.addTopic")}
          </Button>
        </>
      )}
    </Form.List>
  );
}
