import { WebhookPurpose } from "@stork/contract/webhooks.ts";
import { Form, type FormInstance, Input, Select } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { useSegments, useVocabulary } from "../segments/queries.ts";
import { useFormats } from "../shell/session.tsx";
import { eventName } from "../ui/event-name.ts";
import type { Fields } from "./queries.ts";

export interface Typed {
  name: string;
  url: string;
  events: string[];
  segments: string[];
  purpose: WebhookPurpose;
}

export const fieldsOf = ({ name, url, events, segments, purpose }: Typed): Fields => ({
  ...{ name: name.trim(), url: url.trim(), purpose },
  wants: { events, segments },
});

/** Name, address, and what is told: events by the names that have arrived, segments by theirs. */
export function WebhookForm({
  form,
  initial,
  onFinish,
}: {
  form: FormInstance<Typed>;
  initial: Typed;
  onFinish(typed: Typed): void;
}) {
  const say = useSay();
  return (
    <Form<Typed>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initial}
      onFinish={onFinish}
      scrollToFirstError
    >
      <Form.Item
        name="name"
        label={say("webhooks.name")}
        rules={[{ required: true, whitespace: true, max: 80, message: say("webhooks.nameRule") }]}
      >
        <Input autoFocus placeholder={say("webhooks.namePlaceholder")} />
      </Form.Item>
      <Form.Item
        name="url"
        label={say("webhooks.url")}
        extra={say("webhooks.urlHelp")}
        validateTrigger={["onBlur", "onSubmit"]}
        rules={[
          {
            required: true,
            message: say("webhooks.urlRule"),
            validator: (_, typed: string) =>
              isWebAddress(typed) ? Promise.resolve() : Promise.reject(new Error(say("webhooks.urlRule"))),
          },
        ]}
      >
        <Input inputMode="url" placeholder="https://erp.brand.cn/stork" maxLength={2000} />
      </Form.Item>
      <WantsFields form={form} />
      <Form.Item name="purpose" label={say("webhooks.purpose")}>
        <Select
          options={WebhookPurpose.options.map((value) => ({
            value,
            label: say(`webhooks.purpose.${value}`),
          }))}
        />
      </Form.Item>
    </Form>
  );
}

function isWebAddress(typed: string | undefined): boolean {
  const address = URL.parse(typed?.trim() ?? "");
  return address !== null && ["https:", "http:"].includes(address.protocol);
}

function WantsFields({ form }: { form: FormInstance<Typed> }) {
  const say = useSay();
  const formats = useFormats();
  const vocabulary = useVocabulary();
  const segments = useSegments();
  const few = (_: unknown, chosen: unknown[] = []) =>
    chosen.length <= 50 ? Promise.resolve() : Promise.reject(new Error(say("webhooks.tooMany")));
  const some = () => {
    const { events = [], segments: ids = [] } = form.getFieldsValue();
    return events.length + ids.length > 0
      ? Promise.resolve()
      : Promise.reject(new Error(say("webhooks.wantsRule")));
  };
  return (
    <>
      <Form.Item
        name="events"
        label={say("webhooks.events")}
        extra={say("webhooks.eventsHelp")}
        dependencies={["segments"]}
        rules={[{ validator: few }, { validator: some }]}
      >
        <Select
          mode="tags"
          loading={vocabulary.isPending}
          placeholder={say("webhooks.eventsPlaceholder")}
          optionFilterProp="search"
          options={(vocabulary.data?.events ?? []).map(({ name, label, count }) => {
            const shown = label === null ? eventName(name, formats.language) : formats.say(label);
            return { value: name, label: shown, search: `${shown} ${name}`, count };
          })}
          optionRender={({ label, data }) => (
            <span className="row">
              {label}
              {data.count !== undefined && (
                <small className="push faint">{formats.compact(data.count)}</small>
              )}
            </span>
          )}
        />
      </Form.Item>
      <Form.Item name="segments" label={say("webhooks.segments")} rules={[{ validator: few }]}>
        <Select
          mode="multiple"
          loading={segments.isPending}
          placeholder={say("webhooks.segmentsPlaceholder")}
          notFoundContent={say("webhooks.noSegments")}
          optionFilterProp="label"
          options={(segments.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
    </>
  );
}
