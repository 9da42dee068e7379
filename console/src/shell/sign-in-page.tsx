import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { api } from "../api/client.ts";
import { asProblem } from "../api/problem.ts";
import { useSay } from "../i18n/i18n.ts";
import { Notice } from "../ui/states.tsx";
import { Mark } from "./mark.tsx";
import { usePreferences } from "./preferences.tsx";
import { sessionKey, useSession } from "./session.tsx";
import "./sign-in.css";

interface Fields {
  email: string;
  password: string;
}

/** Signs in and returns to where one was (`?to=`). One-time links are opened by the server, which lands here only when one is spent. */
export function SignInPage() {
  const say = useSay();
  const [search] = useSearchParams();
  const back = safeReturn(search.get("to"));
  const session = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { language, setLanguage } = usePreferences();
  const signIn = useMutation({
    mutationFn: (fields: Fields) => api.post("/api/auth/sign-in/email", null, fields),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: sessionKey });
      await navigate(back, { replace: true });
    },
  });
  if (session.data?.user) return <Navigate to={back} replace />;
  const spent = search.get("link") === "spent";
  return (
    <main className="sign-in">
      <title>{`${say("shell.signIn.title")} · ${say("shell.brand")}`}</title>
      <div className="sign-in-card">
        <div className="row">
          <Mark size={36} />
          <strong className="sign-in-brand">{say("shell.brand")}</strong>
          <Button
            className="push"
            type="text"
            size="small"
            lang={language === "en" ? "zh-CN" : "en"}
            onClick={() => setLanguage(language === "zh-CN" ? "en" : "zh-CN")}
          >
            {language === "zh-CN" ? "English" : "中文"}
          </Button>
        </div>
        <h1>{say("shell.signIn.title")}</h1>
        <p className="soft">{say("shell.signIn.sub")}</p>
        {search.has("to") && !spent && (
          <Notice tone="info" title={say("shell.signIn.expired")} text={say("shell.signIn.expiredText")} />
        )}
        {spent && (
          <Notice tone="warn" title={say("shell.signIn.spent")} text={say("shell.signIn.spentText")} />
        )}
        {signIn.isError && <SignInTrouble error={signIn.error} />}
        <Form<Fields> layout="vertical" requiredMark={false} onFinish={(fields) => signIn.mutate(fields)}>
          <Form.Item
            name="email"
            label={say("shell.signIn.email")}
            rules={[{ required: true, type: "email", message: say("shell.signIn.emailRule") }]}
          >
            <Input size="large" autoComplete="username" autoFocus inputMode="email" />
          </Form.Item>
          <Form.Item
            name="password"
            label={say("shell.signIn.password")}
            rules={[{ required: true, message: say("shell.signIn.passwordRule") }]}
          >
            <Input.Password size="large" autoComplete="current-password" />
          </Form.Item>
          <Button type="primary" size="large" htmlType="submit" loading={signIn.isPending} block>
            {say("shell.signIn.go")}
          </Button>
        </Form>
        <p className="faint">{say("shell.signIn.help")}</p>
      </div>
    </main>
  );
}

function SignInTrouble({ error }: { error: unknown }) {
  const say = useSay();
  const problem = asProblem(error);
  if (problem.status === 401 || problem.status === 403)
    return <Notice tone="bad" title={say("shell.signIn.wrong")} text={say("shell.signIn.wrongText")} />;
  return <Notice tone="bad" title={problem.message} text={problem.detail ?? say("ui.tryAgainLater")} />;
}

/** Only an address within this console; anything else would let a link lead a signed-in person elsewhere. */
function safeReturn(to: string | null): string {
  return to?.startsWith("/") && !to.startsWith("//") && !to.startsWith("/\\") ? to : "/";
}
