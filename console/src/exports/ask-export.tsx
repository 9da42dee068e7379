import type { ExportPurpose, NewExport } from "@stork/contract/exports.ts";
import type { Segment } from "@stork/contract/segments.ts";
import { App, Form, Input, Modal, Radio, Select } from "antd";
import { useNavigate } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useHere } from "../shell/session.tsx";
import { columnName } from "./column-name.ts";
import { useExportActions } from "./queries.ts";

const purposes: readonly ExportPurpose[] = ["marketing", "sharing", "research", "service", "abroad"];
const customary = ["person", "name", "identifier:phone", "stage"];
const offered = [...customary, "identifier:email", "identifier:unionid", "trait:city", "trait:level"];

/** Asks for a segment's people: which columns, for what, masked or whole. */
export function AskExport({
  segment,
  open,
  onClose,
}: {
  segment: Segment;
  open: boolean;
  onClose: () => void;
}) {
  const say = useSay();
  const here = useHere();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { ask } = useExportActions();
  const [form] = Form.useForm<Omit<NewExport, "segment">>();
  const values = Form.useWatch("values", form);
  const send = async () => {
    const asked = await form.validateFields();
    await ask.mutateAsync({ ...asked, segment: segment.id }).then(
      () => {
        onClose();
        return navigate(here.to("/exports"));
      },
      (error: Error) => void message.error(error.message),
    );
  };
  return (
    <Modal
      open={open}
      title={say("exports.ask", { name: segment.name })}
      okText={say(values === "whole" ? "exports.askForWhole" : "exports.askForMasked")}
      cancelText={say("ui.cancel")}
      confirmLoading={ask.isPending}
      onOk={() => void send().catch(() => undefined)}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ columns: customary, values: "masked", purpose: "marketing" }}
      >
        <Form.Item name="columns" label={say("exports.askColumns")} rules={[{ required: true }]}>
          <Select
            mode="tags"
            tokenSeparators={[","]}
            options={offered.map((value) => ({ value, label: columnName(value, say) }))}
          />
        </Form.Item>
        <Form.Item name="purpose" label={say("exports.askPurpose")} help={say("exports.askPurposeHelp")}>
          <Select options={purposes.map((value) => ({ value, label: say(`exports.purpose.${value}`) }))} />
        </Form.Item>
        <Form.Item name="values" label={say("exports.askValues")}>
          <Radio.Group
            options={(["masked", "whole"] as const).map((value) => ({
              value,
              label: say(`exports.askValue.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="why"
          label={say("exports.askWhy")}
          rules={[{ required: true, min: 4, message: say("exports.askWhyRule") }]}
        >
          <Input.TextArea rows={2} maxLength={400} placeholder={say("exports.askWhyExample")} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
