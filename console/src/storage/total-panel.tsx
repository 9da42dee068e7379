import type { Sizes, StorageOverview, TierPrices } from "@stork/contract/storage.ts";
import { App, Button, InputNumber, Popover } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { ProblemNote } from "../ui/states.tsx";
import { useSetPrices } from "./queries.ts";

const tiers = ["hot", "warm", "cold"] as const;

/** Bytes and yearly cost by tier, today and once the policies are carried out. */
export function TotalPanel({ data }: { data: StorageOverview }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const saved = data.now.yearlyFen - data.after.yearlyFen;
  const most = Math.max(data.now.bytes, data.after.bytes, 1);
  return (
    <Panel title={say("storage.cost")} extra={here.can("settings:write") && <Prices prices={data.prices} />}>
      <div className="totals">
        <Total name={say("storage.now")} sizes={data.now} most={most} />
        <Total name={say("storage.after")} sizes={data.after} most={most} />
      </div>
      <p className="soft totals-note">
        {saved > 0 && data.now.yearlyFen > 0 && (
          <b className="good-text">
            {say("storage.saves", {
              money: formats.money(saved),
              share: formats.percent(saved / data.now.yearlyFen, 0),
            })}{" "}
          </b>
        )}
        {data.freeBytes !== null && say("storage.free", { bytes: formats.bytes(data.freeBytes) })}
      </p>
    </Panel>
  );
}

function Total({ name, sizes, most }: { name: string; sizes: Sizes; most: number }) {
  const say = useSay();
  const formats = useFormats();
  const of = (tier: (typeof tiers)[number]) => sizes.tiers.find((one) => one.tier === tier);
  return (
    <div className="total">
      <p className="card-line">
        <span className="soft">{name}</span>
        <span>
          <b>{formats.bytes(sizes.bytes)}</b> <span className="soft">·</span>{" "}
          <b>{say("storage.aYear", { money: formats.money(sizes.yearlyFen) })}</b>
        </span>
      </p>
      <div className="tier-bar" aria-hidden="true">
        {tiers.map((tier) => {
          const bytes = of(tier)?.bytes ?? 0;
          return bytes > 0 ? (
            <span key={tier} className={`tier-${tier}`} style={{ width: `${(bytes / most) * 100}%` }} />
          ) : null;
        })}
      </div>
      <ul className="tiers">
        {tiers.map((tier) => (
          <li key={tier}>
            <span className={`tier-dot tier-${tier}`} aria-hidden="true" />
            {say(`storage.tier.${tier}`)} <b>{formats.bytes(of(tier)?.bytes ?? 0)}</b>{" "}
            <span className="faint">{formats.money(of(tier)?.yearlyFen ?? 0)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What a gigabyte costs a month: a company's own figures make the sums its own. */
function Prices({ prices }: { prices: TierPrices }) {
  const say = useSay();
  const { message } = App.useApp();
  const set = useSetPrices();
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState(prices);
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={(next) => {
        setDraft(prices);
        setOpen(next);
      }}
      content={
        <form
          className="prices"
          onSubmit={(event) => {
            event.preventDefault();
            set.mutate(draft, {
              onSuccess: () => {
                void message.success(say("ui.saved"));
                setOpen(false);
              },
            });
          }}
        >
          <p className="soft">{say("storage.pricesText")}</p>
          {tiers.map((tier) => (
            <div key={tier} className="card-line">
              <label htmlFor={`price-${tier}`}>{say(`storage.tier.${tier}`)}</label>
              <InputNumber
                id={`price-${tier}`}
                min={0}
                precision={2}
                prefix="¥"
                value={draft[tier] / 100}
                onChange={(yuan) => setDraft({ ...draft, [tier]: Math.round((yuan ?? 0) * 100) })}
              />
            </div>
          ))}
          {set.isError && <ProblemNote error={set.error} />}
          <Button type="primary" htmlType="submit" loading={set.isPending}>
            {say("ui.save")}
          </Button>
        </form>
      }
    >
      <Button size="small" type="text">
        {say("storage.prices")}
      </Button>
    </Popover>
  );
}
