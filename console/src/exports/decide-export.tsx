import type { Export } from "@stork/contract/exports.ts";
import { App, Input, Modal } from "antd";
import { useState } from "react";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { columnName } from "./column-name.ts";
import { useExportActions } from "./queries.ts";

/** What the second person is to answer for, all of it in sight: whose list, of what, for whom. A no says why. */
export function DecideExport({
  row,
  word,
  onClose,
}: {
  row: Export;
  word: "approve" | "refuse";
  onClose: () => void;
}) {
  const say = useSay();
  const formats = useFormats();
  const who = useWhoSaid();
  const { message } = App.useApp();
  const { decide } = useExportActions();
  const [note, setNote] = useState("");
  const facts = [
    [say("exports.what"), row.segmentName],
    [
      say("exports.askColumns"),
      row.columns.map((column) => columnName(column, say)).join(say("exports.comma")),
    ],
    [say("exports.askPurpose"), say(`exports.purpose.${row.purpose}`)],
    [say("exports.why"), row.why],
    [say("exports.asked"), `${who(row.askedBy)} · ${formats.instant(row.askedAt)}`],
  ] as const;
  return (
    <Modal
      open
      title={say(word === "approve" ? "exports.approveTitle" : "exports.refuseTitle")}
      okText={say(`exports.${word}`)}
      cancelText={say("ui.cancel")}
      okButtonProps={{ disabled: word === "refuse" && note.trim() === "", danger: word === "refuse" }}
      confirmLoading={decide.isPending}
      onCancel={onClose}
      onOk={() =>
        decide.mutate(
          { id: row.id, word, note: note.trim() },
          { onSuccess: onClose, onError: (error) => void message.error(error.message) },
        )
      }
    >
      <div className="export-decision">
        <dl className="facts">
          {facts.map(([name, fact]) => (
            <div key={name} className="fact">
              <dt>{name}</dt>
              <dd>{fact}</dd>
            </div>
          ))}
        </dl>
        {word === "approve" && <p className="soft">{say("exports.approveText")}</p>}
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 4 }}
          maxLength={400}
          aria-label={say(`exports.note.${word}`)}
          placeholder={say(`exports.note.${word}`)}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
    </Modal>
  );
}
