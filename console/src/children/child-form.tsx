import type { Person } from "@stork/contract/people.ts";
import { Checkbox, Form, Input, InputNumber, Modal, Radio } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { ProblemNote } from "../ui/states.tsx";
import { type ChildWords, useFamilyActions } from "./queries.ts";

type Child = Person["children"][number];

interface Fields {
  state: "born" | "due";
  on: string;
  gender: "female" | "male" | "unknown";
  name?: string;
  weeks?: number | null;
  days?: number | null;
  adoptedOn?: string;
  twin?: boolean;
}

/** One column: born or expected, on which day, and what else is known. */
export function ChildForm({
  person,
  child,
  onClose,
}: {
  person: string;
  child: Child | null;
  onClose: () => void;
}) {
  const say = useSay();
  const [form] = Form.useForm<Fields>();
  const state = Form.useWatch("state", form) ?? (child?.dueOn === undefined ? "born" : "due");
  const { add, correct } = useFamilyActions(person);
  const saving = child === null ? add : correct;
  const save = (fields: Fields) => {
    const said = wordsOf(fields, child);
    const done = { onSuccess: onClose };
    if (child === null) add.mutate(said, done);
    else correct.mutate({ child: child.id, said }, done);
  };
  const dateRule = { required: true, pattern: /^\d{4}-\d{2}-\d{2}$/, message: say("children.dateRule") };
  return (
    <Modal
      open
      title={say(child === null ? "children.addTitle" : "children.correctTitle")}
      okText={say("ui.save")}
      cancelText={say("ui.cancel")}
      confirmLoading={saving.isPending}
      onOk={form.submit}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form form={form} layout="vertical" initialValues={fieldsOf(child)} onFinish={save}>
        <Form.Item name="state" label={say("children.state")}>
          <Radio.Group
            options={[
              { value: "born", label: say("children.born") },
              { value: "due", label: say("children.due") },
            ]}
          />
        </Form.Item>
        <Form.Item
          name="on"
          label={say(state === "born" ? "children.bornOn" : "children.dueOn")}
          rules={[dateRule]}
        >
          <Input type="date" />
        </Form.Item>
        <Form.Item name="gender" label={say("children.gender")}>
          <Radio.Group
            options={(["female", "male", "unknown"] as const).map((value) => ({
              value,
              label: say(`children.gender.${value}`),
            }))}
          />
        </Form.Item>
        {child === null && (
          <Form.Item name="name" label={say("children.name")}>
            <Input maxLength={60} autoComplete="off" />
          </Form.Item>
        )}
        {state === "born" && (
          <>
            <Form.Item label={say("children.gestation")} extra={say("children.gestationHelp")}>
              <div className="row">
                <Form.Item name="weeks" noStyle>
                  <InputNumber
                    min={20}
                    max={44}
                    aria-label={say("children.weeks")}
                    suffix={say("children.weeks")}
                  />
                </Form.Item>
                <Form.Item name="days" noStyle>
                  <InputNumber
                    min={0}
                    max={6}
                    aria-label={say("children.days")}
                    suffix={say("children.days")}
                  />
                </Form.Item>
              </div>
            </Form.Item>
            <Form.Item name="adoptedOn" label={say("children.adoptedOn")} extra={say("children.adoptedHelp")}>
              <Input type="date" />
            </Form.Item>
          </>
        )}
        {child === null && (
          <Form.Item name="twin" valuePropName="checked">
            <Checkbox>{say("children.twin")}</Checkbox>
          </Form.Item>
        )}
      </Form>
      {saving.isError && <ProblemNote error={saving.error} />}
    </Modal>
  );
}

const fieldsOf = (child: Child | null): Partial<Fields> => ({
  state: child !== null && child.bornOn === undefined ? "due" : "born",
  ...(child === null ? {} : { on: child.bornOn ?? child.dueOn ?? "" }),
  gender: child?.gender ?? "unknown",
  ...(child?.gestation === undefined ? {} : { weeks: child.gestation.weeks, days: child.gestation.days }),
  ...(child?.adoptedOn === undefined ? {} : { adoptedOn: child.adoptedOn }),
});

function wordsOf(
  { state, on, gender, name, weeks, days, adoptedOn, twin }: Fields,
  child: Child | null,
): ChildWords {
  const gestation = weeks ? { weeks, days: days ?? 0 } : null;
  return {
    ...(state === "born"
      ? { bornOn: on }
      : { dueOn: on, ...(child?.bornOn === undefined ? {} : { bornOn: null }) }),
    gender,
    ...(name ? { name } : {}),
    ...(state === "born" && (gestation !== null || child?.gestation !== undefined) ? { gestation } : {}),
    ...(state === "born" && (adoptedOn || child?.adoptedOn !== undefined)
      ? { adoptedOn: adoptedOn || null }
      : {}),
    ...(twin ? { twin } : {}),
  };
}
