import { SendOutlined } from "@ant-design/icons";
import type { Webhook } from "@stork/contract/webhooks.ts";
import { Button } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Listing } from "../ui/listing.tsx";
import { useNow } from "../ui/now.ts";
import { RowsSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { HealthWord } from "./health-word.tsx";
import { MakeWebhook } from "./make-webhook.tsx";
import { useWebhooks } from "./queries.ts";
import { Example } from "./verify.tsx";
import { Wants } from "./wants.tsx";
import "./webhooks.css";

/** Who outside is told of what, and how that went in the last day. */
export function Webhooks() {
  const say = useSay();
  const here = useHere();
  const webhooks = useWebhooks();
  const [making, setMaking] = useState(false);
  const make = here.can("settings:write") && (
    <Button type="primary" onClick={() => setMaking(true)}>
      {say("webhooks.make")}
    </Button>
  );
  if (webhooks.isPending) return <RowsSkeleton rows={3} />;
  if (webhooks.isError) return <Trouble error={webhooks.error} retry={() => void webhooks.refetch()} />;
  return (
    <>
      {webhooks.data.items.length === 0 ? (
        <>
          <Teach
            icon={<SendOutlined />}
            title={say("webhooks.empty")}
            text={say("webhooks.emptyText")}
            action={make}
          />
          <Example />
        </>
      ) : (
        <>
          <div className="row webhook-lead">
            <p className="soft">{say("webhooks.help")}</p>
            {make}
          </div>
          <Rows items={webhooks.data.items} />
          <details className="webhook-how">
            <summary>{say("webhooks.verify")}</summary>
            <Example />
          </details>
        </>
      )}
      <MakeWebhook open={making} onClose={() => setMaking(false)} />
    </>
  );
}

function Rows({ items }: { items: Webhook[] }) {
  const say = useSay();
  const here = useHere();
  return (
    <Listing
      label={say("settings.webhooks")}
      rows={items}
      keyOf={(row) => row.id}
      to={(row) => here.to(`/settings/webhooks/${row.id}`)}
      columns={[
        {
          id: "name",
          title: say("webhooks.name"),
          render: (row) => (
            <>
              {row.name}
              <span className="row-sub webhook-url">{row.url}</span>
            </>
          ),
        },
        {
          id: "wants",
          title: say("webhooks.about"),
          render: (row) => <Wants wants={row.wants} most={3} />,
        },
        { id: "health", title: say("webhooks.health"), render: (row) => <Day webhook={row} /> },
        {
          id: "last",
          title: say("webhooks.lastDelivered"),
          numeric: true,
          render: (row) => <LastDelivered webhook={row} />,
        },
      ]}
      card={(row) => (
        <div>
          <span className="card-line">
            <strong>{row.name}</strong>
            <HealthWord webhook={row} />
          </span>
          <span className="card-line soft">
            <Counts webhook={row} />
            <LastDelivered webhook={row} />
          </span>
        </div>
      )}
    />
  );
}

function Day({ webhook }: { webhook: Webhook }) {
  const formats = useFormats();
  return (
    <>
      <HealthWord webhook={webhook} />
      <span className="row-sub">
        {webhook.pausedBecause === null ? <Counts webhook={webhook} /> : formats.say(webhook.pausedBecause)}
      </span>
    </>
  );
}

/** Delivered, failed, waiting; what there is none of is left out. */
function Counts({ webhook }: { webhook: Webhook }) {
  const say = useSay();
  const formats = useFormats();
  const told = (["delivered", "failed", "waiting"] as const).filter(
    (one) => one === "delivered" || webhook[one] > 0,
  );
  return (
    <span className="webhook-counts">
      {told.map((one) => (
        <span key={one} className={one === "failed" ? "bad-text" : undefined}>
          {say(`webhooks.${one}`)} {formats.compact(webhook[one])}
        </span>
      ))}
    </span>
  );
}

function LastDelivered({ webhook }: { webhook: Webhook }) {
  const say = useSay();
  const formats = useFormats();
  const now = useNow();
  const { lastDeliveredAt: at } = webhook;
  return <span className="nowrap">{at === null ? say("webhooks.never") : formats.ago(at, now)}</span>;
}
