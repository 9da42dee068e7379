import { type ChildNote, type FamilyChild, type NoteKind, noteKinds } from "@stork/contract/families.ts";
import type { Person } from "@stork/contract/people.ts";
import { App, Button, Drawer, Input } from "antd";
import { useState } from "react";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { SayConsent } from "../privacy/consent-form.tsx";
import { useFormats, useHere } from "../shell/session.tsx";
import { Notice, ProblemNote } from "../ui/states.tsx";
import { useNoteActions, useNotes } from "./queries.ts";

type Kind = NoteKind;

/**
 * Notes on allergy and feeding: a child's health, kept only while its guardian agrees to that. They are shown when
 * somebody asks for them, and each look is written down.
 */
export function ChildNotes({
  person,
  child,
  onClose,
}: {
  person: Person;
  child: FamilyChild;
  onClose(): void;
}) {
  const say = useSay();
  const formats = useFormats();
  return (
    <Drawer
      open
      title={say("children.notesTitle", { child: formats.age(child.ageDays) })}
      onClose={onClose}
      destroyOnHidden
    >
      {child.notes.allowed ? (
        <Allowed person={person.id} child={child} />
      ) : (
        <NotAllowed person={person} child={child} />
      )}
    </Drawer>
  );
}

function NotAllowed({ person, child }: { person: Person; child: FamilyChild }) {
  const say = useSay();
  const here = useHere();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Notice tone="info" title={say("children.notesNeed")} text={say("children.notesNeedText")} />
      {here.can("people:write") && (
        <Button className="notes-ask" onClick={() => setAsking(true)}>
          {say("children.notesConsent")}
        </Button>
      )}
      <SayConsent
        person={person}
        open={asking}
        close={() => setAsking(false)}
        first={{ purpose: "health", state: "granted", about: child.id }}
      />
    </>
  );
}

function Allowed({ person, child }: { person: string; child: FamilyChild }) {
  const say = useSay();
  const here = useHere();
  const notes = useNotes(person, child.id);
  const { kept } = child.notes;
  const looked = notes.data?.items;
  return (
    <>
      <p className="soft">{say("children.notesText")}</p>
      {looked === undefined && (
        <div className="notes-look">
          <p>
            {kept === 0 ? say("children.notesNone") : say("children.notesKept", { count: kept, n: kept })}
          </p>
          {kept > 0 &&
            (here.can("people:reveal") ? (
              <Button loading={notes.isPending} onClick={() => notes.mutate()}>
                {say("children.notesLook")}
              </Button>
            ) : (
              <p className="soft">{say("children.notesMayNotLook")}</p>
            ))}
        </div>
      )}
      {notes.isError && <ProblemNote error={notes.error} />}
      {noteKinds.map((kind) => (
        <Note
          key={kind}
          kind={kind}
          place={{ person, child: child.id }}
          note={looked?.find((one) => one.kind === kind)}
          again={() => looked !== undefined && notes.mutate()}
        />
      ))}
    </>
  );
}

function Note({
  kind,
  place,
  note,
  again,
}: {
  kind: Kind;
  place: { person: string; child: string };
  note: ChildNote | undefined;
  again(): void;
}) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const whoSaid = useWhoSaid();
  const { message } = App.useApp();
  const [typed, setTyped] = useState<string | null>(null);
  const { keep, drop } = useNoteActions(place.person, place.child);
  const failed = (error: Error) => void message.error(error.message);
  const text = typed?.trim() ?? "";
  const save = () =>
    keep.mutate(
      { kind, text },
      {
        onSuccess: () => {
          setTyped(null);
          void message.success(say("children.noteSaved"));
          again();
        },
        onError: failed,
      },
    );
  return (
    <section className="note">
      <h3>{say(`children.note.${kind}`)}</h3>
      {note !== undefined && typed === null && (
        <>
          <p className="note-text">{note.text}</p>
          <small className="soft">
            {whoSaid(note.by)} · {formats.instant(note.at)}
          </small>
        </>
      )}
      {typed !== null && (
        <Input.TextArea
          autoFocus
          aria-label={say(`children.note.${kind}`)}
          placeholder={say(`children.noteHint.${kind}`)}
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={500}
          showCount
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      )}
      {here.can("people:write") && (
        <div className="row">
          {typed === null ? (
            <Button size="small" onClick={() => setTyped(note?.text ?? "")}>
              {say(note === undefined ? "children.noteWrite" : "children.change")}
            </Button>
          ) : (
            <>
              <Button
                size="small"
                type="primary"
                disabled={text === ""}
                loading={keep.isPending}
                onClick={save}
              >
                {say("ui.save")}
              </Button>
              <Button size="small" type="text" onClick={() => setTyped(null)}>
                {say("ui.cancel")}
              </Button>
            </>
          )}
          {note !== undefined && typed === null && (
            <Button
              size="small"
              type="text"
              danger
              loading={drop.isPending}
              onClick={() => drop.mutate(kind, { onSuccess: again, onError: failed })}
            >
              {say("children.noteDelete")}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
