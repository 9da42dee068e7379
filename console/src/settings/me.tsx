import type { Language } from "@stork/contract/common.ts";
import { App, Button, Form, Input, Segmented } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { usePreferences } from "../shell/preferences.tsx";
import { useSession } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { ProblemNote } from "../ui/states.tsx";
import { useSetPassword } from "./queries.ts";

/** One's own account: language, light or dark, password. */
export function Me() {
  const say = useSay();
  const session = useSession();
  const { language, setLanguage, look, setLook } = usePreferences();
  return (
    <>
      <Panel title={say("settings.look")}>
        <dl className="facts">
          <dt>{say("settings.language")}</dt>
          <dd>
            <Segmented<Language>
              value={language}
              onChange={setLanguage}
              options={[
                { value: "zh-CN", label: "中文" },
                { value: "en", label: "English" },
              ]}
            />
          </dd>
          <dt>{say("settings.scheme")}</dt>
          <dd>
            <Segmented<"system" | "light" | "dark">
              value={look}
              onChange={setLook}
              options={(["system", "light", "dark"] as const).map((value) => ({
                value,
                label: say(`settings.scheme.${value}`),
              }))}
            />
          </dd>
        </dl>
      </Panel>
      <Panel title={say("settings.password")}>
        <p className="soft settings-lead">
          {say("settings.passwordHelp", { email: session.data?.user?.email ?? "" })}
        </p>
        <PasswordForm email={session.data?.user?.email ?? ""} />
      </Panel>
    </>
  );
}

function PasswordForm({ email }: { email: string }) {
  const say = useSay();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ password: string }>();
  const set = useSetPassword();
  const save = ({ password }: { password: string }) =>
    set.mutate(password, {
      onSuccess: () => {
        form.resetFields();
        void message.success(say("settings.passwordSet"));
      },
    });
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={save} className="narrow-form">
      <input hidden readOnly autoComplete="username" value={email} />
      <Form.Item
        name="password"
        label={say("settings.newPassword")}
        rules={[{ required: true, min: 10, max: 200, message: say("settings.passwordRule") }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      {set.isError && <ProblemNote error={set.error} />}
      <Button type="primary" htmlType="submit" loading={set.isPending}>
        {say("settings.setPassword")}
      </Button>
    </Form>
  );
}
