import { type RightKind, rightKinds, type VerifiedHow } from "@stork/contract/rights.ts";
import { Form, Input, Modal, Select } from "antd";
import { useNavigate } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useHere } from "../shell/session.tsx";
import { ProblemNote } from "../ui/states.tsx";
import { useOpenRequest } from "./queries.ts";

interface Asked {
  identifier: string;
  kind: RightKind;
  verified?: VerifiedHow;
  note?: string;
}

export const waysToVerify: readonly VerifiedHow[] = ["code", "account", "order", "document", "guardian"];

/** Somebody called or wrote: what does she want, and of whom do we speak. */
export function NewRequest({ open, onClose }: { open: boolean; onClose: () => void }) {
  const say = useSay();
  const here = useHere();
  const navigate = useNavigate();
  const [form] = Form.useForm<Asked>();
  const ask = useOpenRequest();
  const submit = (asked: Asked) =>
    ask.mutate(asked, {
      onSuccess: ({ id }) => {
        onClose();
        void navigate(here.to(`/rights/${id}`));
      },
    });
  return (
    <Modal
      open={open}
      title={say("rights.new")}
      okText={say("rights.new")}
      cancelText={say("rights.cancel")}
      confirmLoading={ask.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      {ask.isError && <ProblemNote error={ask.error} />}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item
          name="identifier"
          label={say("rights.identifier")}
          extra={say("rights.identifierHelp")}
          rules={[{ required: true, pattern: /^[^:]+:.+/, message: say("rights.identifierRule") }]}
        >
          <Input autoComplete="off" placeholder="phone:" />
        </Form.Item>
        <Form.Item name="kind" label={say("rights.kindLabel")} initialValue="access">
          <Select options={rightKinds.map((value) => ({ value, label: say(`rights.kind.${value}`) }))} />
        </Form.Item>
        <Form.Item name="verified" label={say("rights.verifiedLabel")}>
          <Select
            allowClear
            options={waysToVerify.map((value) => ({ value, label: say(`rights.verified.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="note" label={say("rights.noteLabel")}>
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
