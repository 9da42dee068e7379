import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, type FormInstance, Input, Segmented, Select } from "antd";
import { useSay } from "../i18n/i18n.ts";
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

const required = [{ required: true, whitespace: true, message: "" }];

function Identifiers({ topic }: { topic: number }) {
  const say = useSay();
  return (
    <Lines
      topic={topic}
      list="identifiers"
      title={say("sources.device.who")}
      help={say("sources.device.whoHelp")}
      addLabel={say("sources.device.addWho")}
      fresh={{ namespace: "device", from: "topic.device" }}
      least={1}
    >
      {(at) => (
        <>
          <Form.Item name={[at, "namespace"]} rules={required} className="line-name">
            <Input aria-label={say("sources.device.namespace")} placeholder="device" className="mono" />
          </Form.Item>
          <Form.Item name={[at, "from"]} rules={required} className="line-from">
            <Input aria-label={say("sources.device.from")} placeholder="topic.device" className="mono" />
          </Form.Item>
        </>
      )}
    </Lines>
  );
}

const units = ["ml", "g", "kg", "°C", "cm", "%", "s", "min"];

function Properties({ topic }: { topic: number }) {
  const say = useSay();
  return (
    <Lines
      topic={topic}
      list="properties"
      title={say("sources.device.properties")}
      help={say("sources.device.propertiesHelp")}
      addLabel={say("sources.device.addProperty")}
      fresh={{ name: "", from: "$.", as: "number" }}
      least={0}
    >
      {(at) => (
        <>
          <Form.Item name={[at, "name"]} rules={required} className="line-name">
            <Input aria-label={say("sources.device.propertyName")} placeholder="volume" className="mono" />
          </Form.Item>
          <Form.Item name={[at, "from"]} rules={required} className="line-from">
            <Input aria-label={say("sources.device.from")} placeholder="$.ml" className="mono" />
          </Form.Item>
          <Form.Item name={[at, "as"]} initialValue="number" className="line-as">
            <Select
              aria-label={say("sources.device.as")}
              options={(["number", "text", "boolean"] as const).map((one) => ({
                value: one,
                label: say(`sources.device.as.${one}`),
              }))}
            />
          </Form.Item>
          <Form.Item name={[at, "unit"]} className="line-unit">
            <Select
              allowClear
              aria-label={say("sources.device.unit")}
              placeholder={say("sources.device.unit")}
              options={units.map((one) => ({ value: one, label: one }))}
            />
          </Form.Item>
        </>
      )}
    </Lines>
  );
}

function ByteFields({ topic }: { topic: number }) {
  const say = useSay();
  const types = ["uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64"];
  return (
    <Lines
      topic={topic}
      list="fields"
      title={say("sources.device.bytes")}
      help={say("sources.device.bytesHelp")}
      addLabel={say("sources.device.addByte")}
      fresh={{ name: "", at: 0, type: "uint16", endian: "big", scale: 1 }}
      least={1}
    >
      {(at) => (
        <>
          <Form.Item name={[at, "name"]} rules={required} className="line-name">
            <Input aria-label={say("sources.device.propertyName")} placeholder="ml" className="mono" />
          </Form.Item>
          <Form.Item
            name={[at, "at"]}
            className="line-as"
            getValueFromEvent={(event: { target: { value: string } }) => Number(event.target.value)}
          >
            <Input type="number" min={0} aria-label={say("sources.device.byteAt")} />
          </Form.Item>
          <Form.Item name={[at, "type"]} className="line-as">
            <Select
              aria-label={say("sources.device.byteType")}
              options={types.map((one) => ({ value: one, label: one }))}
            />
          </Form.Item>
          <Form.Item name={[at, "endian"]} className="line-unit">
            <Select
              aria-label={say("sources.device.endian")}
              options={["big", "little"].map((one) => ({ value: one, label: one }))}
            />
          </Form.Item>
        </>
      )}
    </Lines>
  );
}

/** A list of short lines within a topic, each removable, one more at the end. */
function Lines({
  topic,
  list,
  title,
  help,
  addLabel,
  fresh,
  least,
  children,
}: {
  topic: number;
  list: "identifiers" | "properties" | "fields";
  title: string;
  help: string;
  addLabel: string;
  fresh: object;
  least: number;
  children(at: number): React.ReactNode;
}) {
  const say = useSay();
  return (
    <div className="lines">
      <span className="field-label">{title}</span>
      <Form.List name={[topic, list]}>
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="line">
                {children(name)}
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={`${say("ui.delete")} ${title} ${name + 1}`}
                  disabled={fields.length <= least}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button size="small" type="text" icon={<PlusOutlined />} onClick={() => add(fresh)}>
              {addLabel}
            </Button>
          </>
        )}
      </Form.List>
      <p className="faint">{help}</p>
    </div>
  );
}
