import type { SupplierSheet } from "@stork/contract/suppliers.ts";
import { App, Button } from "antd";
import { useState } from "react";
import type { z } from "zod";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { scoreTone } from "./figure-text.ts";
import { useWithdrawSupplier } from "./queries.ts";
import { Score } from "./score.tsx";
import { SupplierForm } from "./supplier-form.tsx";

type Sheet = z.infer<typeof SupplierSheet>;

/** One supplier: its eight marks and what each rests on, who stated what, and changing or taking that back. */
export function SupplierSheetPanel({ sheet }: { sheet: Sheet }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const who = useWhoSaid();
  const facts = [
    say("quality.records", { n: formats.number(sheet.records), count: sheet.records }),
    say("quality.usable", { n: formats.number(sheet.usable) }),
    sheet.overlap === null ? null : say("quality.overlap", { share: formats.percent(sheet.overlap) }),
    sheet.pricePerUsableFen === null
      ? null
      : say("quality.price", { price: formats.money(Math.round(sheet.pricePerUsableFen)) }),
  ];
  return (
    <Panel
      title={
        <span className="row wrap">
          {sheet.statement?.supplier ?? sheet.sourceName} <Score value={sheet.total} />
        </span>
      }
      extra={here.can("collect:write") && <Actions sheet={sheet} />}
    >
      <p className="soft panel-lead">
        {[sheet.statement === null ? null : sheet.sourceName, ...facts]
          .filter((one) => one !== null)
          .join(" · ")}
      </p>
      <ul className="supplier-scores">
        {sheet.scores.map((one) => (
          <li key={one.dimension}>
            <span>
              {formats.say(one.name)} <span className="faint">{say(`quality.from.${one.from}`)}</span>
            </span>
            <span className="meter" aria-hidden="true">
              <span className={`tone-${scoreTone(one.score)}`} style={{ width: `${one.score ?? 0}%` }} />
            </span>
            <Score value={one.score} />
            <span className="faint basis">{formats.say(one.basis)}</span>
          </li>
        ))}
      </ul>
      {sheet.statement !== null && sheet.statement.note !== "" && <p>{sheet.statement.note}</p>}
      {sheet.statedAt !== null && (
        <p className="faint">
          {say("quality.statedBy", {
            by: sheet.statedBy === null ? "—" : who(sheet.statedBy),
            at: formats.instant(sheet.statedAt),
          })}
        </p>
      )}
    </Panel>
  );
}

function Actions({ sheet }: { sheet: Sheet }) {
  const say = useSay();
  const { modal, message } = App.useApp();
  const withdraw = useWithdrawSupplier();
  const [editing, setEditing] = useState(false);
  const name = sheet.statement?.supplier ?? sheet.sourceName;
  const ask = () =>
    void modal.confirm({
      title: say("quality.withdrawTitle", { name }),
      content: say("quality.withdrawText"),
      okText: say("ui.delete"),
      cancelText: say("ui.cancel"),
      okButtonProps: { danger: true },
      onOk: () =>
        withdraw.mutateAsync(sheet.source).catch((error: Error) => void message.error(error.message)),
    });
  return (
    <>
      <Button size="small" aria-label={`${say("quality.restate")} ${name}`} onClick={() => setEditing(true)}>
        {say("quality.restate")}
      </Button>
      <Button size="small" type="text" danger aria-label={`${say("ui.delete")} ${name}`} onClick={ask}>
        {say("ui.delete")}
      </Button>
      <SupplierForm
        key={String(editing)}
        sheet={sheet}
        sources={[]}
        open={editing}
        onClose={() => setEditing(false)}
      />
    </>
  );
}
