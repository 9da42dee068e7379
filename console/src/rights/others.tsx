import { RefusalGround, type RightsRequestPage } from "@stork/contract/rights.ts";
import { Button, Form, Input, InputNumber, Modal, Select } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";

interface Props {
  request: RightsRequestPage;
  take: (name: string, body?: unknown) => void;
}

/** More time, a refusal on a legal ground, or she does not want it any more. */
export function Others({ request, take }: Props) {
  const say = useSay();
  const [asking, setAsking] = useState<"extend" | "refuse" | null>(null);
  const waits = request.state === "open" || request.state === "verified";
  return (
    <div className="rights-others">
      {!request.extended && (
        <Button type="text" size="small" onClick={() => setAsking("extend")}>
          {say("rights.extend")}
        </Button>
      )}
      {waits && (
        <>
          <Button type="text" size="small" onClick={() => setAsking("refuse")}>
            {say("rights.refuse")}
          </Button>
          <Button type="text" size="small" onClick={() => take("take-back")}>
            {say("rights.takeBack")}
          </Button>
        </>
      )}
      {asking !== null && (
        <WithReason
          what={asking}
          onClose={() => setAsking(null)}
          onDone={(body) => {
            take(asking, body);
            setAsking(null);
          }}
        />
      )}
    </div>
  );
}

function WithReason({
  what,
  onClose,
  onDone,
}: {
  what: "extend" | "refuse";
  onClose: () => void;
  onDone: (body: unknown) => void;
}) {
  const say = useSay();
  const [form] = Form.useForm();
  return (
    <Modal
      open
      title={say(`rights.${what}`)}
      okText={say(`rights.${what}`)}
      cancelText={say("rights.cancel")}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="soft">{say(`rights.${what}Text`)}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={onDone}>
        {what === "extend" ? (
          <Form.Item name="workingDays" label={say("rights.days")} initialValue={15}>
            <InputNumber min={1} max={30} />
          </Form.Item>
        ) : (
          <Form.Item name="ground" label={say("rights.groundLabel")} initialValue="identity-unproven">
            <Select
              options={RefusalGround.options.map((value) => ({
                value,
                label: say(`rights.ground.${value}`),
              }))}
            />
          </Form.Item>
        )}
        <Form.Item
          name="reason"
          label={say("rights.reason")}
          rules={[{ required: true, min: 2, whitespace: true, message: say("rights.reasonRule") }]}
        >
          <Input.TextArea rows={3} maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
