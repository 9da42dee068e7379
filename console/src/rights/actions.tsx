import type { RightsRequestPage, VerifiedHow } from "@stork/contract/rights.ts";
import { App, Button, Form, Input, Radio } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useHere, useSession } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { ProblemNote } from "../ui/states.tsx";
import { HandOver } from "./hand-over.tsx";
import { waysToVerify } from "./new-request.tsx";
import { Others } from "./others.tsx";
import { useStep } from "./queries.ts";

/** What is to be done now: first that it is she, then what she asks for. */
export function Actions({ request }: { request: RightsRequestPage }) {
  const say = useSay();
  const here = useHere();
  const user = useSession().data?.user ?? null;
  const step = useStep(request.id);
  if (!here.can("rights:write")) return null;
  const take = (name: string, body?: unknown) => step.mutate({ step: name, body });
  return (
    <Panel
      title={say(request.state === "open" ? "rights.step1" : "rights.step2")}
      extra={
        user !== null &&
        request.assignee?.id !== user.id && (
          <Button size="small" onClick={() => take("assign", { to: user.id })}>
            {say("rights.assign")}
          </Button>
        )
      }
    >
      {step.isError && <ProblemNote error={step.error} />}
      {request.state === "open" && (
        <VerifyForm busy={step.isPending} onVerify={(how) => take("verify", { how })} />
      )}
      {request.state === "verified" && <CarryOut request={request} busy={step.isPending} take={take} />}
      <Others request={request} take={take} />
    </Panel>
  );
}

function VerifyForm({ busy, onVerify }: { busy: boolean; onVerify: (how: VerifiedHow) => void }) {
  const say = useSay();
  const [how, setHow] = useState<VerifiedHow>("code");
  return (
    <>
      <p className="soft">{say("rights.step1Text")}</p>
      <Radio.Group
        className="rights-ways"
        aria-label={say("rights.howVerified")}
        value={how}
        onChange={({ target }) => setHow(target.value as VerifiedHow)}
        options={waysToVerify.map((value) => ({ value, label: say(`rights.verified.${value}`) }))}
      />
      <Button type="primary" loading={busy} onClick={() => onVerify(how)}>
        {say("rights.verify")}
      </Button>
    </>
  );
}

interface Taking {
  request: RightsRequestPage;
  busy: boolean;
  take: (name: string, body?: unknown) => void;
}

function CarryOut({ request, busy, take }: Taking) {
  const say = useSay();
  const { modal } = App.useApp();
  const { kind, oneChild } = request;
  const doIt = () => {
    if (kind !== "delete") return take("carry-out");
    void modal.confirm({
      title: say(oneChild ? "rights.deleteChildTitle" : "rights.deleteTitle"),
      content: say("rights.text.delete"),
      okText: say("rights.do.delete"),
      okButtonProps: { danger: true },
      cancelText: say("rights.cancel"),
      onOk: () => take("carry-out"),
    });
  };
  return (
    <>
      <p className="soft">{say(`rights.text.${kind}`)}</p>
      <HandOver request={request} />
      {kind === "correct" ? (
        <CorrectForm busy={busy} take={take} />
      ) : (
        <Button type="primary" danger={kind === "delete"} loading={busy} onClick={doIt}>
          {say(`rights.do.${kind}`)}
        </Button>
      )}
    </>
  );
}

function CorrectForm({ busy, take }: Omit<Taking, "request">) {
  const say = useSay();
  const rules = [{ required: true, message: say("rights.traitRule") }];
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      className="rights-correct"
      onFinish={({ trait, value }: { trait: string; value: string }) =>
        take("carry-out", { correction: { traits: { [trait]: value } } })
      }
    >
      <Form.Item name="trait" label={say("rights.trait")} rules={rules}>
        <Input autoComplete="off" placeholder="city" />
      </Form.Item>
      <Form.Item name="value" label={say("rights.value")} rules={rules}>
        <Input autoComplete="off" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {say("rights.do.correct")}
      </Button>
    </Form>
  );
}
