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

/** A telephone or an e-mail as it is read out; anything else says what it is: member:tmall 1001. */
const wholeIdentifier = (typed: string): string => {
  const text = typed.trim();
  if (/^\+?[\d\s-]{7,}$/.test(text)) return `phone:${text.replaceAll(/[\s-]/g, "")}`;
  return /^[^\s:@]+@[^\s:@]+$/.test(text) ? `email:${text}` : text;
};

/** Somebody called or wrote: what does she want, and of whom do we speak. */
export function NewRequest({
  open,
  onClose,
  of,
}: {
  open: boolean;
  onClose: () => void;
  /** To delete one child of this person, as asked for on the family's page. */
  of?: { person: string; child: string };
}) {
  const say = useSay();
  const here = useHere();
  const navigate = useNavigate();
  const [form] = Form.useForm<Asked>();
  const ask = useOpenRequest();
  const submit = ({ identifier, kind, ...asked }: Asked) =>
    ask.mutate(
      of === undefined
        ? { ...asked, kind, identifier: wholeIdentifier(identifier) }
        : { ...asked, ...of, kind: "delete" },
      {
        onSuccess: ({ id }) => {
          onClose();
          void navigate(here.to(`/rights/${id}`));
        },
      },
    );
  return (
    <Modal
      open={open}
      title={say(of === undefined ? "rights.new" : "rights.newChildTitle")}
      okText={say("rights.new")}
      cancelText={say("rights.cancel")}
      confirmLoading={ask.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      {ask.isError && <ProblemNote error={ask.error} />}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        {of === undefined ? (
          <>
            <Form.Item
              name="identifier"
              label={say("rights.identifier")}
              extra={say("rights.identifierHelp")}
              rules={[
                {
                  ...{ required: true, pattern: /^[^:]+:.+/, transform: wholeIdentifier },
                  message: say("rights.identifierRule"),
                },
              ]}
            >
              <Input autoComplete="off" />
            </Form.Item>
            <Form.Item name="kind" label={say("rights.kindLabel")} initialValue="access">
              <Select options={rightKinds.map((value) => ({ value, label: say(`rights.kind.${value}`) }))} />
            </Form.Item>
          </>
        ) : (
          <p className="soft">{say("rights.newChildText")}</p>
        )}
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
