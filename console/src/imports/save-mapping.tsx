import type { ColumnMapping, PreviewedFile } from "@stork/contract/imports.ts";
import { App, Button, Input, Popover } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { ProblemNote } from "../ui/states.tsx";
import { useReports, useSaveMapping } from "./queries.ts";

/** Keeps what the columns are, so that the next file with this header needs no work. */
export function SaveMapping({ file, mapping }: { file: PreviewedFile; mapping: readonly ColumnMapping[] }) {
  const say = useSay();
  const { message } = App.useApp();
  const save = useSaveMapping();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const reports = useReports();
  const record = reports.data?.items
    .find((one) => one.id === file.readAs)
    ?.reports.find((one) => one.id === file.record)?.record;
  if (record === undefined || record === null) return null;
  const send = () =>
    save.mutate(
      { name: name.trim(), record, columns: [...mapping] },
      {
        onSuccess: () => {
          void message.success(say("imports.mappingSaved"));
          setOpen(false);
        },
      },
    );
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      content={
        <form
          className="save-mapping"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== "") send();
          }}
        >
          <Input
            autoFocus
            maxLength={80}
            value={name}
            aria-label={say("imports.mappingName")}
            placeholder={say("imports.mappingPlaceholder")}
            onChange={(event) => setName(event.target.value)}
          />
          <p className="faint">{say("imports.mappingHelp")}</p>
          {save.isError && <ProblemNote error={save.error} />}
          <Button type="primary" htmlType="submit" loading={save.isPending} disabled={name.trim() === ""}>
            {say("ui.save")}
          </Button>
        </form>
      }
    >
      <Button size="small">{say("imports.saveMapping")}</Button>
    </Popover>
  );
}
