import type { Webhook } from "@stork/contract/webhooks.ts";
import { Tag } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { useSegments } from "../segments/queries.ts";
import { useFormats } from "../shell/session.tsx";
import { eventName } from "../ui/event-name.ts";

/** What a webhook is told of, in the user's words; a few in a list, all on its own page. */
export function Wants({ wants, most = 50 }: { wants: Webhook["wants"]; most?: number }) {
  const say = useSay();
  const formats = useFormats();
  const segments = useSegments();
  const nameOf = (id: string) =>
    segments.data?.items.find((one) => one.id === id)?.name ??
    (segments.data === undefined ? id : say("webhooks.goneSegment", { id }));
  const all = [
    ...wants.events.map((name) => ({
      key: `e ${name}`,
      text: eventName(name, formats.language),
      of: "of-event",
    })),
    ...wants.segments.map((id) => ({ key: `s ${id}`, text: nameOf(id), of: "of-segment" })),
  ];
  return (
    <span className="webhook-wants">
      {all.slice(0, most).map((one) => (
        <Tag key={one.key} className={one.of} variant="filled">
          {one.text}
        </Tag>
      ))}
      {all.length > most && <span className="faint">{say("webhooks.more", { n: all.length - most })}</span>}
    </span>
  );
}
