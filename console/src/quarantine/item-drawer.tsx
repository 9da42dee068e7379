import type { QuarantineDetail } from "@stork/contract/quarantine.ts";
import { App, Button, Drawer, Input } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { BoxSkeleton, Notice, ProblemNote, Trouble } from "../ui/states.tsx";
import { blamedFirst } from "./blamed-first.ts";
import { Place } from "./items-table.tsx";
import { useDrop, useItem, useReplay } from "./queries.ts";

/** One item: why it was refused, what it holds, and the two ways out: mend it, or let it go with a reason. */
export function ItemDrawer({ id, onClose }: { id: string | null; onClose(): void }) {
  const say = useSay();
  const item = useItem(id);
  return (
    <Drawer
      open={id !== null}
      onClose={onClose}
      size={560}
      title={say("quarantine.item")}
      destroyOnHidden
      className="quarantine-drawer"
    >
      {id === null ? null : item.isPending ? (
        <BoxSkeleton height={320} />
      ) : item.isError ? (
        <Trouble error={item.error} retry={() => void item.refetch()} />
      ) : (
        <Item key={item.data.id} item={item.data} onClose={onClose} />
      )}
    </Drawer>
  );
}

function Item({ item, onClose }: { item: QuarantineDetail; onClose(): void }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const { message } = App.useApp();
  const replay = useReplay(item.id);
  const [changes, setChanges] = useState<Record<string, string>>({});
  const [added, setAdded] = useState<string[]>([]);
  const [dropping, setDropping] = useState(false);
  const editable = item.state === "open" && here.can("collect:write");
  const changed = Object.keys(changes).length;
  const still = replay.data !== undefined && !replay.data.taken ? replay.data.item : null;
  const send = () =>
    replay.mutate(changes, {
      onSuccess: ({ taken }) => {
        if (!taken) return;
        void message.success(say("quarantine.taken"));
        onClose();
      },
    });
  return (
    <>
      <Notice
        tone={item.state === "open" ? "warn" : "info"}
        title={formats.say(still?.reason ?? item.reason)}
        text={
          <>
            {still !== null && <>{say("quarantine.stillRefused")} </>}
            {item.source.name} · <Place item={item} /> · {formats.instant(item.at)}
          </>
        }
      />
      <History item={item} />
      <div className="quarantine-fields">
        {[...blamedFirst(item.fields), ...added.map(blank)].map((field) => (
          <Field
            key={field.name}
            field={field}
            editable={editable}
            value={changes[field.name]}
            onChange={(value) => {
              const { [field.name]: _, ...rest } = changes;
              setChanges(value === null ? rest : { ...rest, [field.name]: value });
            }}
          />
        ))}
      </div>
      {/* A row has its file's columns and no others. */}
      {editable && item.kind !== "row" && (
        <AddField
          taken={[...item.fields.map(({ name }) => name), ...added]}
          onAdd={(name) => setAdded([...added, name])}
        />
      )}
      {item.together > 0 && (
        <p className="faint">{say("quarantine.together", { n: item.together, count: item.together })}</p>
      )}
      {replay.isError && <ProblemNote error={replay.error} />}
      {editable && !dropping && (
        <div className="row wrap quarantine-actions">
          <Button type="primary" onClick={send} loading={replay.isPending}>
            {say(changed > 0 ? "quarantine.mendAndReplay" : "quarantine.replay")}
          </Button>
          <Button danger type="text" onClick={() => setDropping(true)}>
            {say("quarantine.drop")}
          </Button>
          {item.import !== null && (
            <Link className="push" to={here.to(`/data/imports/${item.import}`)}>
              {say("quarantine.toImport")}
            </Link>
          )}
        </div>
      )}
      {editable && dropping && <Drop id={item.id} onCancel={() => setDropping(false)} onDone={onClose} />}
    </>
  );
}

const blank = (name: string): QuarantineDetail["fields"][number] => ({
  ...{ name, value: "", masked: false, target: null },
});

/** What was refused because something is missing is mended by saying it. */
function AddField({ taken, onAdd }: { taken: readonly string[]; onAdd(name: string): void }) {
  const say = useSay();
  const [name, setName] = useState("");
  const fits = name.trim() !== "" && !taken.includes(name.trim());
  const add = () => {
    if (!fits) return;
    onAdd(name.trim());
    setName("");
  };
  return (
    <div className="row quarantine-add">
      <Input
        size="small"
        aria-label={say("quarantine.field")}
        placeholder={say("quarantine.addPlaceholder")}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onPressEnter={add}
      />
      <Button size="small" disabled={!fits} onClick={add}>
        {say("quarantine.add")}
      </Button>
    </div>
  );
}

/** One value: as it came, and a new one when somebody writes it. A masked value left alone stays what it is. */
function Field({
  field,
  editable,
  value,
  onChange,
}: {
  field: QuarantineDetail["fields"][number];
  editable: boolean;
  value: string | undefined;
  onChange(value: string | null): void;
}) {
  const say = useSay();
  const id = `field-${field.name}`;
  const blamed = editable && field.blamed === true;
  return (
    <div
      className={["quarantine-field", value !== undefined && "changed", blamed && "blamed"]
        .filter(Boolean)
        .join(" ")}
    >
      <label htmlFor={editable ? id : undefined} title={field.target ?? undefined}>
        {field.name}
      </label>
      {!editable ? (
        <span className="field-value">{field.value === "" ? say("ui.none") : field.value}</span>
      ) : (
        <Input
          id={id}
          value={value ?? (field.masked ? "" : field.value)}
          placeholder={field.masked ? field.value : say("quarantine.blank")}
          title={field.masked ? say("quarantine.maskedHelp") : undefined}
          onChange={(event) => {
            const next = event.target.value;
            onChange(next === (field.masked ? "" : field.value) ? null : next);
          }}
          aria-describedby={blamed ? `${id}-why` : undefined}
        />
      )}
      {blamed && (
        <span id={`${id}-why`} className="bad-text">
          {say("quarantine.here")}
        </span>
      )}
    </div>
  );
}

function Drop({ id, onCancel, onDone }: { id: string; onCancel(): void; onDone(): void }) {
  const say = useSay();
  const { message } = App.useApp();
  const drop = useDrop(id);
  const [note, setNote] = useState("");
  return (
    <div className="quarantine-actions">
      <Input.TextArea
        autoFocus
        rows={2}
        maxLength={500}
        value={note}
        aria-label={say("quarantine.note")}
        placeholder={say("quarantine.notePlaceholder")}
        onChange={(event) => setNote(event.target.value)}
      />
      {drop.isError && <ProblemNote error={drop.error} />}
      <div className="row">
        <Button
          danger
          disabled={note.trim() === ""}
          loading={drop.isPending}
          onClick={() =>
            drop.mutate(note.trim(), {
              onSuccess: () => {
                void message.success(say("quarantine.droppedOne"));
                onDone();
              },
            })
          }
        >
          {say("quarantine.drop")}
        </Button>
        <Button type="text" onClick={onCancel}>
          {say("ui.cancel")}
        </Button>
      </div>
    </div>
  );
}

/** What happened to it: refused, and how it ended. */
function History({ item }: { item: QuarantineDetail }) {
  const say = useSay();
  const formats = useFormats();
  return (
    <ol className="quarantine-history">
      <li>
        <time>{formats.instant(item.at)}</time> {say("quarantine.wasRefused")}{" "}
        <code className="faint">{item.code}</code>
      </li>
      {item.state !== "open" && (
        <li>
          <time>{item.endedAt === null ? "" : formats.instant(item.endedAt)}</time>{" "}
          {say(item.state === "replayed" ? "quarantine.replayedBy" : "quarantine.droppedBy", {
            by: item.by ?? "—",
          })}
          {item.note !== null && item.note !== "" && <span className="soft"> {item.note}</span>}
        </li>
      )}
    </ol>
  );
}
