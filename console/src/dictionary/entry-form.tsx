import {
  type DictionaryEntry,
  type SaidOfEntry,
  Sensitivity,
  ValueType,
} from "@stork/contract/dictionary.ts";
import { App, Button, Form, Input, Select } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { ProblemNote } from "../ui/states.tsx";
import { useChangeEntry } from "./queries.ts";

interface Fields {
  label: { zh: string; en: string };
  meaning: { zh: string; en: string };
  unit: string;
  type: ValueType | "";
  sensitivity: Sensitivity;
  owner: string;
}

/** What people say of a name. Saving it does not yet confirm it: that is a button of its own. */
export function EntryForm({ entry, onDone }: { entry: DictionaryEntry; onDone(): void }) {
  const say = useSay();
  const { message } = App.useApp();
  const change = useChangeEntry(entry.id);
  const words = { zh: "", en: "" };
  const send = ({ type, ...said }: Fields) => {
    const body: SaidOfEntry = { ...said, type: type === "" ? null : type };
    change.mutate(body, {
      onSuccess: () => {
        void message.success(say("dictionary.saved"));
        onDone();
      },
    });
  };
  return (
    <Form<Fields>
      layout="vertical"
      requiredMark={false}
      initialValues={{
        label: entry.label ?? words,
        meaning: entry.meaning ?? words,
        unit: entry.unit ?? "",
        type: entry.type ?? "",
        sensitivity: entry.sensitivity,
        owner: entry.owner ?? "",
      }}
      onFinish={send}
    >
      <div className="grid-2">
        <Form.Item name={["label", "zh"]} label={say("dictionary.labelZh")}>
          <Input maxLength={80} placeholder={entry.name} />
        </Form.Item>
        <Form.Item name={["label", "en"]} label={say("dictionary.labelEn")}>
          <Input maxLength={80} placeholder={entry.name} />
        </Form.Item>
        <Form.Item name={["meaning", "zh"]} label={say("dictionary.meaningZh")}>
          <Input.TextArea rows={3} placeholder={say("dictionary.meaningPlaceholder")} />
        </Form.Item>
        <Form.Item name={["meaning", "en"]} label={say("dictionary.meaningEn")}>
          <Input.TextArea rows={3} />
        </Form.Item>
        <Form.Item name="type" label={say("dictionary.type")}>
          <Select
            options={[
              { value: "", label: say("dictionary.typeUnknown") },
              ...ValueType.options.map((one) => ({ value: one, label: say(`dictionary.type.${one}`) })),
            ]}
          />
        </Form.Item>
        <Form.Item name="unit" label={say("dictionary.unit")}>
          <Input maxLength={40} placeholder={say("dictionary.unitPlaceholder")} />
        </Form.Item>
        <Form.Item
          name="sensitivity"
          label={say("dictionary.sensitivity")}
          extra={say("dictionary.sensitivityHelp")}
        >
          <Select
            options={Sensitivity.options.map((one) => ({
              value: one,
              label: say(`dictionary.sensitivity.${one}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="owner" label={say("dictionary.owner")}>
          <Input maxLength={80} placeholder={say("dictionary.ownerPlaceholder")} />
        </Form.Item>
      </div>
      {change.isError && <ProblemNote error={change.error} />}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {say("ui.save")}
        </Button>
        <Button onClick={onDone}>{say("ui.cancel")}</Button>
      </div>
    </Form>
  );
}
