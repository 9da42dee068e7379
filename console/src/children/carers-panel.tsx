import { type Carer, carerRoles, type Family } from "@stork/contract/families.ts";
import type { FamilyRow, Person } from "@stork/contract/people.ts";
import { App, Button, Form, Modal, Select } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { FindPerson } from "../families/find-person.tsx";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { ProblemNote } from "../ui/states.tsx";
import { useFamily, useFamilyActions } from "./queries.ts";

/** Who cares for the children: persons of their own, tied into one family by somebody's word. */
export function CarersPanel({ person }: { person: Person }) {
  const say = useSay();
  const here = useHere();
  const family = useFamily(person.id);
  const [joining, setJoining] = useState(false);
  if (family.data === undefined) return null;
  return (
    <Panel
      title={say("children.carers")}
      extra={
        here.can("people:write") && (
          <Button size="small" onClick={() => setJoining(true)}>
            {say("children.join")}
          </Button>
        )
      }
    >
      <ul className="carers">
        {family.data.carers.map((carer) => (
          <CarerLine
            key={carer.person}
            carer={carer}
            self={person.id}
            alone={family.data.carers.length === 1}
          />
        ))}
      </ul>
      <Changes family={family.data} self={person.id} />
      {joining && (
        <Join
          person={person.id}
          carers={family.data.carers.map((one) => one.person)}
          onClose={() => setJoining(false)}
        />
      )}
    </Panel>
  );
}

function CarerLine({ carer, self, alone }: { carer: Carer; self: string; alone: boolean }) {
  const say = useSay();
  const here = useHere();
  const { modal, message } = App.useApp();
  const { join, leave } = useFamilyActions(self);
  const failed = (error: Error) => void message.error(error.message);
  const name = carer.name ?? carer.phone ?? say("families.unnamed");
  const ask = () =>
    void modal.confirm({
      title: say("children.leaveTitle", { name }),
      content: say("children.leaveText"),
      okText: say("children.leave"),
      cancelText: say("ui.cancel"),
      onOk: () => leave.mutateAsync({ other: carer.person, reason: "" }).catch(failed),
    });
  return (
    <li>
      {carer.person === self ? (
        <strong>{name}</strong>
      ) : (
        <Link to={here.to(`/families/${carer.person}`)}>{name}</Link>
      )}
      {here.can("people:write") ? (
        <Select
          size="small"
          variant="borderless"
          aria-label={say("children.role", { name })}
          value={carer.role}
          popupMatchSelectWidth={false}
          options={carerRoles.map((role) => ({ value: role, label: say(`children.role.${role}`) }))}
          onChange={(role) => join.mutate({ other: carer.person, role }, { onError: failed })}
        />
      ) : (
        <span className="soft">{say(`children.role.${carer.role}`)}</span>
      )}
      {!alone && here.can("people:write") && (
        <Button size="small" type="text" className="push" onClick={ask}>
          {say("children.leave")}
        </Button>
      )}
    </li>
  );
}

/** The last joinings and leavings, each to be undone. */
function Changes({ family, self }: { family: Family; self: string }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const whoSaid = useWhoSaid();
  const { message } = App.useApp();
  const { undo } = useFamilyActions(self);
  const shown = family.changes.slice(0, 3);
  if (shown.length === 0) return null;
  return (
    <ul className="evidence">
      {shown.map((change) => (
        <li key={change.id} className={change.undoneAt === null ? "" : "soft"}>
          <span>
            {say(`children.change.${change.kind}`, {
              role: say(change.role === "unknown" ? "children.someCarer" : `children.role.${change.role}`),
            })}
            {change.undoneAt !== null && ` · ${say("children.undone")}`}
            {change.undoneAt === null && here.can("people:write") && (
              <Button
                type="link"
                size="small"
                onClick={() =>
                  undo.mutate(change.id, { onError: (error) => void message.error(error.message) })
                }
              >
                {say("children.undo")}
              </Button>
            )}
          </span>
          <small>
            {whoSaid(change.by)} · {formats.instant(change.at)}
            {change.reason !== null && ` · ${change.reason}`}
          </small>
        </li>
      ))}
    </ul>
  );
}

function Join({
  person,
  carers,
  onClose,
}: {
  person: string;
  carers: readonly string[];
  onClose: () => void;
}) {
  const say = useSay();
  const [other, setOther] = useState<FamilyRow | null>(null);
  const [role, setRole] = useState<Carer["role"]>("unknown");
  const { join } = useFamilyActions(person);
  return (
    <Modal
      open
      title={say("children.joinTitle")}
      okText={say("children.join")}
      cancelText={say("ui.cancel")}
      okButtonProps={{ disabled: other === null }}
      confirmLoading={join.isPending}
      onOk={() => other !== null && join.mutate({ other: other.person, role }, { onSuccess: onClose })}
      onCancel={onClose}
      destroyOnHidden
    >
      <p className="soft">{say("children.joinText")}</p>
      <Form layout="vertical">
        <Form.Item label={say("children.shareWho")}>
          <FindPerson not={carers} chosen={other} onChoose={setOther} />
        </Form.Item>
        <Form.Item label={say("children.roleLabel")}>
          <Select
            aria-label={say("children.roleLabel")}
            value={role}
            onChange={setRole}
            options={carerRoles.map((value) => ({ value, label: say(`children.role.${value}`) }))}
          />
        </Form.Item>
      </Form>
      {join.isError && <ProblemNote error={join.error} />}
    </Modal>
  );
}
