import type { SupplierSheet, SupplierStatement } from "@stork/contract/suppliers.ts";
import { Button, Drawer, Form, Input, InputNumber, Radio, Select } from "antd";
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
  source: string | null;
  supplier: string;
  lawfulness: Record<(typeof questions)[number], Answer>;
  paidYuan: number | null;
  fairPriceYuan: number;
  note: string;
}

const shown = (answer: boolean | null | undefined): Answer =>
  answer === true ? "yes" : answer === false ? "no" : "unknown";
const told = (answer: Answer): boolean | null => (answer === "unknown" ? null : answer === "yes");

function statementOf(fields: Fields): z.input<typeof SupplierStatement> {
  const lawfulness = Object.fromEntries(
    questions.map((one) => [one, told(fields.lawfulness[one])]),
  ) as SupplierStatement["lawfulness"];
  return {
    supplier: fields.supplier.trim(),
    lawfulness,
    paidFen: fields.paidYuan === null ? null : Math.round(fields.paidYuan * 100),
    fairPriceFen: Math.max(1, Math.round(fields.fairPriceYuan * 100)),
    note: fields.note.trim(),
  };
}

function fieldsOf(sheet: z.infer<typeof SupplierSheet> | null): Fields {
  const before = sheet?.statement ?? null;
  const answers = questions.map((one) => [one, shown(before?.lawfulness[one])]);
  return {
    source: sheet?.source ?? null,
    supplier: before?.supplier ?? "",
    lawfulness: Object.fromEntries(answers) as Fields["lawfulness"],
    paidYuan: before === null || before.paidFen === null ? null : before.paidFen / 100,
    fairPriceYuan: (before?.fairPriceFen ?? 100) / 100,
    note: before?.note ?? "",
  };
}

/** What people know of a supplier: where its data lawfully comes from, and what it cost. */
export function SupplierForm({
  sheet,
  sources,
  open,
  onClose,
}: {
  /** What was stated before; null where a supplier is stated for the first time. */
  sheet: z.infer<typeof SupplierSheet> | null;
  /** By which source its data may come. */
  sources: readonly { id: string; name: string }[];
  open: boolean;
  onClose(): void;
}) {
  const say = useSay();
  const state = useStateSupplier();
  const [form] = Form.useForm<Fields>();
  const send = (fields: Fields) => {
    const source = fields.source ?? sheet?.source;
    if (source != null) state.mutate({ source, statement: statementOf(fields) }, { onSuccess: onClose });
  };
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={520}
      title={
        sheet === null ? say("quality.addSupplier") : say("quality.stateTitle", { name: sheet.sourceName })
      }
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
        scrollToFirstError
        initialValues={fieldsOf(sheet)}
        onFinish={send}
      >
        {sheet === null && (
          <Form.Item
            name="source"
            label={say("quality.supplierSource")}
            extra={say("quality.supplierSourceHelp")}
            rules={[{ required: true, message: say("quality.supplierSourceRule") }]}
          >
            <Select
              showSearch
              optionFilterProp="label"
              options={sources.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Form.Item>
        )}
        <Form.Item
          name="supplier"
          label={say("quality.supplier")}
          rules={[{ required: true, whitespace: true, message: say("quality.supplierRule") }]}
        >
          <Input maxLength={120} />
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
        <Money />
        <Form.Item name="note" label={say("quality.noteName")}>
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
        {state.isError && <ProblemNote error={state.error} />}
      </Form>
    </Drawer>
  );
}

function Money() {
  const say = useSay();
  return (
    <div className="grid-2">
      <Form.Item name="paidYuan" label={say("quality.paid")} extra={say("quality.paidHelp")}>
        <InputNumber min={0} max={1_000_000_000} precision={2} prefix="¥" className="full" />
      </Form.Item>
      <Form.Item
        name="fairPriceYuan"
        label={say("quality.fairPrice")}
        extra={say("quality.fairPriceHelp")}
        rules={[{ required: true, message: say("quality.fairPriceRule") }]}
      >
        <InputNumber min={0.01} max={1_000_000} precision={2} prefix="¥" className="full" />
      </Form.Item>
    </div>
  );
}
