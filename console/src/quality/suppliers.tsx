import { SolutionOutlined } from "@ant-design/icons";
import type { SupplierSheet } from "@stork/contract/quality.ts";
import { Button } from "antd";
import { useState } from "react";
import type { z } from "zod";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { BoxSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { scoreTone } from "./figure-text.ts";
import { useSuppliers } from "./queries.ts";
import { Score } from "./score.tsx";
import { SupplierForm } from "./supplier-form.tsx";

/** Bought-in data, scored over eight dimensions: five measured from what came, the rest from what people state. */
export function Suppliers() {
  const say = useSay();
  const suppliers = useSuppliers();
  if (suppliers.isPending) return <BoxSkeleton height={320} />;
  if (suppliers.isError) return <Trouble error={suppliers.error} retry={() => void suppliers.refetch()} />;
  if (suppliers.data.items.length === 0)
    return (
      <Teach
        icon={<SolutionOutlined />}
        title={say("quality.noSuppliers")}
        text={say("quality.noSuppliersText")}
      />
    );
  return (
    <>
      {suppliers.data.items.map((sheet) => (
        <Sheet key={sheet.source} sheet={sheet} />
      ))}
    </>
  );
}

function Sheet({ sheet }: { sheet: z.infer<typeof SupplierSheet> }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const [editing, setEditing] = useState(false);
  const facts = [
    say("quality.records", { n: formats.number(sheet.records) }),
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
      extra={
        here.can("collect:write") && (
          <Button size="small" onClick={() => setEditing(true)}>
            {say(sheet.statement === null ? "quality.state" : "quality.restate")}
          </Button>
        )
      }
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
          {say("quality.statedBy", { by: sheet.statedBy ?? "—", at: formats.instant(sheet.statedAt) })}
        </p>
      )}
      <SupplierForm key={String(editing)} sheet={sheet} open={editing} onClose={() => setEditing(false)} />
    </Panel>
  );
}
