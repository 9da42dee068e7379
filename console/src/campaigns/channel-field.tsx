import { Select } from "antd";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useHere } from "../shell/session.tsx";
import { type Choice, Field } from "../ui/field.tsx";
import { useChannels } from "./queries.ts";

/** Through which channel. */
export function ChannelField({ id, value, problem, onChange }: Choice) {
  const say = useSay();
  const here = useHere();
  const channels = useChannels();
  const none = channels.data?.items.length === 0;
  return (
    <Field
      label={say("campaigns.channel")}
      id={id}
      problem={problem}
      {...(none
        ? { help: <Link to={here.to("/settings/channels")}>{say("campaigns.noChannel")}</Link> }
        : {})}
    >
      <Select
        id={id}
        className="full"
        placeholder={say("campaigns.chooseChannel")}
        loading={channels.isPending}
        value={value === "" ? null : value}
        onChange={onChange}
        options={(channels.data?.items ?? []).map((one) => ({
          value: one.id,
          label: `${one.name} · ${say(`campaigns.kind.${one.kind}`)}`,
        }))}
      />
    </Field>
  );
}
