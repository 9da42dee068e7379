import { type ConsentText, NewConsentText, purposeFacts } from "@stork/contract/privacy.ts";
import { App, Checkbox, Form, Input, Modal } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { Notice, ProblemNote } from "../ui/states.tsx";
import { useWriteText } from "./queries.ts";

type Typed = Pick<ConsentText, "zh" | "en"> & { again?: boolean; until?: string };

/** Writing a text anew makes a version; what was agreed to before keeps its words. */
export function WriteText({ text, close }: { text: ConsentText & { granted: number }; close(): void }) {
  const say = useSay();
  const formats = useFormats();
  const { message } = App.useApp();
  const [form] = Form.useForm<Typed>();
  const zh = Form.useWatch("zh", form) ?? text.zh;
  const en = Form.useWatch("en", form) ?? text.en;
  const write = useWriteText(text.purpose);
  const same = zh.trim() === text.zh && en.trim() === text.en;
  const again = Form.useWatch("again", form) ?? false;
  const isAsked = purposeFacts[text.purpose].basis !== "contract";
  const half = !same && (zh.trim() === text.zh || en.trim() === text.en);
  const save = (typed: Typed) =>
    write.mutate(
      {
        ...{ zh: typed.zh.trim(), en: typed.en.trim() },
        ...(typed.again && typed.until ? { againUntil: typed.until } : {}),
      },
      {
        onSuccess: () => {
          void message.success(say("privacy.textSaved"));
          close();
        },
      },
    );
  const rules = (shape: typeof NewConsentText.shape.zh) => [
    {
      validator: (_: unknown, value: string) =>
        shape.safeParse(value.trim()).success
          ? Promise.resolve()
          : Promise.reject(new Error(say("privacy.textRule"))),
    },
  ];
  return (
    <Modal
      open
      title={say("privacy.rewriteTitle", { purpose: formats.say(purposeFacts[text.purpose].name) })}
      okText={say("privacy.publish")}
      cancelText={say("ui.cancel")}
      okButtonProps={{ disabled: same && !again }}
      confirmLoading={write.isPending}
      onOk={form.submit}
      onCancel={close}
      destroyOnHidden
    >
      <p className="soft">
        {text.granted === 0
          ? say("privacy.rewriteText")
          : say("privacy.rewriteTextMany", { n: formats.number(text.granted), count: text.granted })}
      </p>
      <Form<Typed> form={form} layout="vertical" initialValues={{ zh: text.zh, en: text.en }} onFinish={save}>
        <Form.Item name="zh" label={say("privacy.textZh")} rules={rules(NewConsentText.shape.zh)}>
          <Input.TextArea lang="zh-CN" autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} showCount />
        </Form.Item>
        <Form.Item name="en" label={say("privacy.textEn")} rules={rules(NewConsentText.shape.en)}>
          <Input.TextArea lang="en" autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} showCount />
        </Form.Item>
        {isAsked && (
          <Form.Item name="again" valuePropName="checked" extra={say("privacy.againWhy")}>
            <Checkbox>{say("privacy.again")}</Checkbox>
          </Form.Item>
        )}
        {again && (
          <Form.Item
            name="until"
            label={say("privacy.againUntil")}
            rules={[{ required: true, message: say("privacy.againRule") }]}
          >
            <Input type="date" />
          </Form.Item>
        )}
      </Form>
      {half && <Notice tone="warn" title={say("privacy.textHalf")} />}
      {write.isError && <ProblemNote error={write.error} />}
    </Modal>
  );
}
