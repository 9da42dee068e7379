import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, Select } from "antd";
import { useSay } from "../i18n/i18n.ts";

/** Empty is marked, without words: the line has no room for them. */
const required = [{ required: true, whitespace: true, message: "" }];

/** Whose a message is. */
export function Identifiers({ topic }: { topic: number }) {
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

/** What of it becomes a property, read as what, in which unit. */
export function Properties({ topic }: { topic: number }) {
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

/** Where in a binary message each figure stands. */
export function ByteFields({ topic }: { topic: number }) {
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
