import { PlusOutlined } from "@ant-design/icons";
import type { Person } from "@stork/contract/people.ts";
import { App, Button, Input } from "antd";
import { useState } from "react";
import { ChildCard } from "../families/child-card.tsx";
import { useSay } from "../i18n/i18n.ts";
import { NewRequest } from "../rights/new-request.tsx";
import { useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { ChildForm } from "./child-form.tsx";
import { ChildHistory } from "./child-history.tsx";
import { ChildNotes } from "./child-notes.tsx";
import { useFamily, useFamilyActions } from "./queries.ts";
import { OtherCarers, ShareChild } from "./share-child.tsx";

type Child = Person["children"][number];
type Part = "history" | "notes" | "share" | "forget";

/** The children of a family; staff add one, put one right, take one away, and see who said what. */
export function ChildrenPanel({ person }: { person: Person }) {
  const say = useSay();
  const here = useHere();
  const [form, setForm] = useState<Child | "new" | null>(null);
  const [opened, setOpened] = useState<{ what: Part; child: string } | null>(null);
  const family = useFamily(person.id).data;
  const known = (id: string | undefined) => family?.children.find((one) => one.id === id);
  const chosen = known(opened?.child);
  const close = () => setOpened(null);
  const takeAway = useTakeAway(person.id);
  const mayWrite = here.can("people:write");
  const actions = (child: Child) => {
    if (child.source !== "stated") return null;
    const more = known(child.id);
    const open = (what: Part) => () => setOpened({ what, child: child.id });
    return (
      <>
        {more !== undefined && <OtherCarers person={person.id} child={more} />}
        <div className="row wrap child-actions">
          <Button size="small" type="text" onClick={open("history")}>
            {say("children.history")}
          </Button>
          {more !== undefined && (
            <Button size="small" type="text" onClick={open("notes")}>
              {say("children.notes")}
              {more.notes.kept > 0 && ` ${more.notes.kept}`}
            </Button>
          )}
          {mayWrite && (
            <>
              {more !== undefined && (
                <Button size="small" type="text" onClick={open("share")}>
                  {say("children.share")}
                </Button>
              )}
              <Button size="small" type="text" onClick={() => setForm(child)}>
                {say("children.correct")}
              </Button>
              <Button size="small" type="text" danger onClick={() => takeAway(child.id)}>
                {say("children.remove")}
              </Button>
            </>
          )}
          {here.can("rights:write") && (
            <Button size="small" type="text" danger onClick={open("forget")}>
              {say("children.forget")}
            </Button>
          )}
        </div>
      </>
    );
  };
  return (
    <Panel
      title={say("families.children")}
      extra={
        mayWrite && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setForm("new")}>
            {say("children.add")}
          </Button>
        )
      }
    >
      {person.children.length === 0 ? (
        <p className="soft">{say("families.noChildren")}</p>
      ) : (
        <div className="children">
          {person.children.map((child) => (
            <ChildCard key={child.id} child={child} actions={actions(child)} />
          ))}
        </div>
      )}
      {form !== null && (
        <ChildForm person={person.id} child={form === "new" ? null : form} onClose={() => setForm(null)} />
      )}
      {opened?.what === "history" && <ChildHistory person={person.id} child={opened.child} onClose={close} />}
      {opened?.what === "forget" && (
        <NewRequest open onClose={close} of={{ person: person.id, child: opened.child }} />
      )}
      {opened?.what === "notes" && chosen !== undefined && (
        <ChildNotes person={person} child={chosen} onClose={close} />
      )}
      {opened?.what === "share" && chosen !== undefined && (
        <ShareChild
          person={person.id}
          child={chosen}
          carers={family?.carers.map((one) => one.person) ?? []}
          onClose={close}
        />
      )}
    </Panel>
  );
}

function useTakeAway(person: string): (child: string) => void {
  const say = useSay();
  const { modal, message } = App.useApp();
  const { takeAway, giveBack } = useFamilyActions(person);
  const failed = (error: Error) => void message.error(error.message);
  return (child) => {
    let reason = "";
    void modal.confirm({
      title: say("children.removeTitle"),
      content: (
        <>
          <p>{say("children.removeText")}</p>
          <Input
            aria-label={say("children.reason")}
            placeholder={say("children.reason")}
            maxLength={300}
            onChange={(event) => {
              reason = event.target.value.trim();
            }}
          />
        </>
      ),
      okText: say("children.remove"),
      cancelText: say("ui.cancel"),
      okButtonProps: { danger: true },
      onOk: async () => {
        if (reason === "") {
          void message.warning(say("children.reasonNeeded"));
          throw new Error("no reason");
        }
        await takeAway.mutateAsync({ child, reason }).catch(failed);
        const undo = () => giveBack.mutate(child, { onError: failed });
        void message.success({
          content: (
            <>
              {say("children.removed")}{" "}
              <Button type="link" size="small" onClick={undo}>
                {say("children.undo")}
              </Button>
            </>
          ),
          duration: 8,
        });
      },
    });
  };
}
