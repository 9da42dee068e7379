import type { SupplierSheet, SupplierStatement } from "@stork/contract/quality.ts";
import { Button, Drawer, Form, Input, InputNumber, Radio } from "antd";
import type { z } from "zod";
import { useSay } from "../i18n/i18n.ts";
import { ProblemNote } from "../ui/states.tsx";
import { useStateSupplier } from "./queries.ts";

const questions = [
  "contract",
  "originStated",
  "consentProven",
  "purposeFits",
  "minorsGuarded",
  "audited",
] as const;
type Answer = "yes" | "no" | "unknown";
interface Fields {
  supplier: string;
  lawfulness: Record<(typeof questions)[number], Answer>;
  paidYuan: number | null;
  fairPriceYuan: number;
  note: string;
}

const shown = (answer: boolean | null | undefined): Answer =>
  answer === true ? "yes" : answer === false ? "no" : "unknown";
const told = (answer: Answer): boolean | null => (answer === "unknown" ? null : answer === "yes");

/** What people know of a supplier: where its data lawfully comes from, and what it cost. */
export function SupplierForm({
  sheet,
  open,
  onClose,
}: {
  sheet: z.infer<typeof SupplierSheet>;
  open: boolean;
  onClose(): void;
}) {
  const say = useSay();
  const state = useStateSupplier(sheet.source);
  const [form] = Form.useForm<Fields>();
  const before = sheet.statement;
  const send = (fields: Fields) => {
    const lawfulness = Object.fromEntries(
      questions.map((one) => [one, told(fields.lawfulness[one])]),
    ) as SupplierStatement["lawfulness"];
    state.mutate(
      {
        supplier: fields.supplier.trim(),
        lawfulness,
        paidFen: fields.paidYuan === null ? null : Math.round(fields.paidYuan * 100),
        fairPriceFen: Math.max(1, Math.round(fields.fairPriceYuan * 100)),
        note: fields.note,
      },
      { onSuccess: onClose },
    );
  };
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={520}
      title={say("quality.stateTitle", { name: sheet.sourceName })}
      footer={
        <div className="row">
          <Button type="primary" loading={state.isPending} onClick={() => form.submit()}>
            {say("ui.save")}
          </Button>
          <Button onClick={onClose}>{say("ui.cancel")}</Button>
        </div>
      }
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          supplier: before?.supplier ?? "",
          lawfulness: Object.fromEntries(questions.map((one) => [one, shown(before?.lawfulness[one])])),
          paidYuan: before === null || before.paidFen === null ? null : before.paidFen / 100,
          fairPriceYuan: (before?.fairPriceFen ?? 100) / 100,
          note: before?.note ?? "",
        }}
        onFinish={send}
      >
        <Form.Item
          name="supplier"
          label={say("quality.supplier")}
          rules={[{ required: true, whitespace: true, max: 120, message: say("quality.supplierRule") }]}
        >
          <Input />
        </Form.Item>
        {questions.map((one) => (
          <Form.Item key={one} name={["lawfulness", one]} label={say(`quality.question.${one}`)}>
            <Radio.Group
              optionType="button"
              options={(["yes", "no", "unknown"] as const).map((answer) => ({
                value: answer,
                label: say(`quality.answer.${answer}`),
              }))}
            />
          </Form.Item>
        ))}
        <div className="grid-2">
          <Form.Item name="paidYuan" label={say("quality.paid")}>
            <InputNumber min={0} precision={2} prefix="¥" className="full" />
          </Form.Item>
          <Form.Item
            name="fairPriceYuan"
            label={say("quality.fairPrice")}
            extra={say("quality.fairPriceHelp")}
          >
            <InputNumber min={0.01} precision={2} prefix="¥" className="full" />
          </Form.Item>
        </div>
        <Form.Item name="note" label={say("quality.noteName")}>
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
        {state.isError && <ProblemNote error={state.error} />}
      </Form>
    </Drawer>
  );
}
