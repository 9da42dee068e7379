import type { Person } from "@stork/contract/people.ts";
import { ConsentChannel, type Purpose, purposeFacts, purposes } from "@stork/contract/privacy.ts";
import { App, Form, Modal, Radio, Select } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { useStateConsent } from "./queries.ts";

interface Typed {
  purpose: Purpose;
  state: "granted" | "withdrawn";
  /** A channel or a child; "": everything. */
  about: string;
}

const usual: Typed = { purpose: "marketing", state: "withdrawn", about: "" };

/** Takes down what she said, on her behalf; what cannot be granted or refused is not offered. */
export function SayConsent({
  person,
  open,
  close,
  first = usual,
}: {
  person: Person;
  open: boolean;
  close(): void;
  /** What the form proposes. */
  first?: Typed;
}) {
  const say = useSay();
  const { language } = useFormats();
  const { message } = App.useApp();
  const [form] = Form.useForm<Typed>();
  const purpose = Form.useWatch("purpose", form) ?? first.purpose;
  const state = useStateConsent(person.id);
  const save = ({ about, ...said }: Typed) => {
    const channel = ConsentChannel.safeParse(about).data;
    const child = about !== "" && channel === undefined ? about : undefined;
    state.mutate(
      { ...said, ...(channel ? { channel } : {}), ...(child ? { child } : {}) },
      {
        onSuccess: () => {
          void message.success(say("privacy.saved"));
          close();
        },
        onError: (error) => void message.error(error.message),
      },
    );
  };
  const parts =
    purpose === "marketing"
      ? ConsentChannel.options.map((value) => ({ value, label: say(`privacy.channel.${value}`) }))
      : purposeFacts[purpose].perChild
        ? person.children.map(({ id }, i) => ({ value: id, label: say("privacy.child", { n: i + 1 }) }))
        : [];
  return (
    <Modal
      open={open}
      title={say("privacy.change")}
      okText={say("privacy.save")}
      cancelText={say("ui.cancel")}
      confirmLoading={state.isPending}
      onOk={() => form.submit()}
      onCancel={close}
      destroyOnHidden
    >
      <p className="soft">{say("privacy.changeText")}</p>
      <Form<Typed>
        form={form}
        layout="vertical"
        preserve={false}
        initialValues={first}
        onValuesChange={(changed) => "purpose" in changed && form.setFieldValue("about", "")}
        onFinish={save}
      >
        <Form.Item name="purpose" label={say("privacy.purpose")}>
          <Select
            options={purposes
              .filter((one) => purposeFacts[one].basis !== "contract")
              .map((value) => {
                const { zh, en } = purposeFacts[value].name;
                return { value, label: language === "en" ? en : zh };
              })}
          />
        </Form.Item>
        <Form.Item name="about" label={say("privacy.about")} hidden={parts.length === 0}>
          <Select options={[{ value: "", label: say("privacy.everything") }, ...parts]} />
        </Form.Item>
        <Form.Item name="state" label={say("privacy.word")}>
          <Radio.Group
            options={[
              { value: "withdrawn", label: say("privacy.withdrawn") },
              { value: "granted", label: say("privacy.granted") },
            ]}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
