import { PlusOutlined, SolutionOutlined } from "@ant-design/icons";
import type { SupplierSheet } from "@stork/contract/suppliers.ts";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { z } from "zod";
import { useSay } from "../i18n/i18n.ts";
import { useHere } from "../shell/session.tsx";
import { BoxSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { useSourceNames, useSuppliers } from "./queries.ts";
import { SupplierForm } from "./supplier-form.tsx";
import { SupplierSheetPanel } from "./supplier-sheet.tsx";

/** Bought-in data, scored over eight dimensions: six measured from what came, two from what people state. */
export function Suppliers() {
  const say = useSay();
  const suppliers = useSuppliers();
  if (suppliers.isPending) return <BoxSkeleton height={320} />;
  if (suppliers.isError) return <Trouble error={suppliers.error} retry={() => void suppliers.refetch()} />;
  const { items } = suppliers.data;
  if (items.length === 0)
    return (
      <Teach
        icon={<SolutionOutlined />}
        title={say("quality.noSuppliers")}
        text={say("quality.noSuppliersText")}
        action={<AddSupplier stated={items} />}
      />
    );
  return (
    <>
      <div className="page-filters">
        <AddSupplier stated={items} />
      </div>
      {items.map((sheet) => (
        <SupplierSheetPanel key={sheet.source} sheet={sheet} />
      ))}
    </>
  );
}

/** States the supplier behind one of the sources of which none is stated; without any source, leads to making one. */
function AddSupplier({ stated }: { stated: readonly z.infer<typeof SupplierSheet>[] }) {
  const say = useSay();
  const here = useHere();
  const [adding, setAdding] = useState(false);
  const sources = useSourceNames();
  if (!here.can("collect:write") || sources.data === undefined) return null;
  const taken = new Set(stated.map(({ source }) => source));
  const free = sources.data.items.filter(({ id }) => !taken.has(id));
  if (free.length === 0)
    return (
      <Link to={here.to("/data/sources/new")}>
        <Button>{say("sources.make")}</Button>
      </Link>
    );
  return (
    <>
      <Button
        type={stated.length === 0 ? "primary" : "default"}
        icon={<PlusOutlined />}
        onClick={() => setAdding(true)}
      >
        {say("quality.addSupplier")}
      </Button>
      <SupplierForm
        key={String(adding)}
        sheet={null}
        sources={free}
        open={adding}
        onClose={() => setAdding(false)}
      />
    </>
  );
}
