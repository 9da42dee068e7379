import type { AgePoint, CalendarEntry } from "@stork/contract/stage-calendar.ts";
import { Form, Input, InputNumber, Modal, Select } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { useLanguage } from "./use-language.ts";

interface Fields {
  name: string;
  unit: AgePoint["unit"];
  at: number;
  untilAt?: number | null;
  source?: string;
}

/** When an entry comes, and for how long; of one's own also its name and where it is from. */
export function EntryForm({
  entry,
  saving,
  onSave,
  onClose,
}: {
  entry: CalendarEntry | null;
  saving: boolean;
  onSave: (entry: CalendarEntry) => void;
  onClose: () => void;
}) {
  const say = useSay();
  const language = useLanguage();
  const [form] = Form.useForm<Fields>();
  const units = (["week", "day", "month"] as const).map((value) => ({
    value,
    label: say(`children.unit.${value}`),
  }));
  return (
    <Modal
      open
      title={say(entry === null ? "children.addEntry" : "children.changeTitle")}
      okText={say("ui.save")}
      cancelText={say("ui.cancel")}
      confirmLoading={saving}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          unit: entry?.from.unit ?? "month",
          at: entry?.from.at ?? 6,
          name: entry?.name[language] ?? "",
          untilAt: entry?.until?.unit === entry?.from.unit ? entry?.until?.at : undefined,
          source: entry?.source[language] ?? "",
        }}
        onFinish={(fields) => onSave(entryOf(fields, entry, language))}
      >
        <Form.Item
          name="name"
          label={say("children.entryName")}
          rules={[{ required: true, max: 80, message: say("children.entryNameRule") }]}
        >
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item label={say("children.from")}>
          <div className="row">
            <Form.Item name="at" noStyle rules={[{ required: true, message: say("children.fromRule") }]}>
              <InputNumber min={0} max={2500} step={0.5} aria-label={say("children.from")} />
            </Form.Item>
            <Form.Item name="unit" noStyle>
              <Select options={units} aria-label={say("children.unitLabel")} />
            </Form.Item>
          </div>
        </Form.Item>
        <Form.Item name="untilAt" label={say("children.until")}>
          <InputNumber min={0} max={2500} step={0.5} />
        </Form.Item>
        <Form.Item name="source" label={say("children.source")}>
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function entryOf(
  { name, unit, at, untilAt, source }: Fields,
  entry: CalendarEntry | null,
  language: "zh" | "en",
): CalendarEntry {
  const said = (text: string, before: { zh: string; en: string } | undefined) =>
    before?.[language] === text && before !== undefined ? before : { zh: text, en: text };
  const until = untilAt === null || untilAt === undefined ? null : { unit, at: untilAt };
  return {
    id: entry?.id ?? `own-${crypto.randomUUID().slice(0, 8)}`,
    kind: entry?.kind ?? "own",
    name: said(name.trim(), entry?.name),
    from: { unit, at },
    until:
      entry?.until !== null && entry?.until?.unit !== entry?.from.unit && until === null
        ? (entry?.until ?? null)
        : until,
    age: entry?.age ?? "actual",
    note: entry?.note ?? null,
    source: said(
      source?.trim() || (language === "zh" ? "本工作区自定" : "This workspace's own"),
      entry?.source,
    ),
  };
}
