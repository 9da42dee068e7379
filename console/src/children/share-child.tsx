import { type Carer, carerRoles, type FamilyChild } from "@stork/contract/families.ts";
import type { FamilyRow } from "@stork/contract/people.ts";
import { App, Button, Form, Modal, Select } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { FindPerson } from "../families/find-person.tsx";
import { useSay } from "../i18n/i18n.ts";
import { useHere } from "../shell/session.tsx";
import { ProblemNote } from "../ui/states.tsx";
import { useFamilyActions } from "./queries.ts";

/** Who else cares for this child, in another home. Whoever it was shared with can be taken off again. */
export function OtherCarers({ person, child }: { person: string; child: FamilyChild }) {
  const say = useSay();
  const here = useHere();
  const { modal, message } = App.useApp();
  const { unshare } = useFamilyActions(person);
  if (child.others.length === 0) return null;
  const take = (carer: Carer, name: string) =>
    void modal.confirm({
      title: say("children.unshareTitle", { name }),
      content: say("children.unshareText"),
      okText: say("children.unshare"),
      cancelText: say("ui.cancel"),
      onOk: () =>
        unshare
          .mutateAsync({ child: child.id, other: carer.person })
          .catch((error: Error) => void message.error(error.message)),
    });
  return (
    <ul className="other-carers" aria-label={say("children.others")}>
      {child.others.map((carer) => {
        const name = carer.name ?? carer.phone ?? say("families.unnamed");
        const isHolder = carer.person === child.holder;
        return (
          <li key={carer.person}>
            <span>
              {say(isHolder ? "children.livesWith" : "children.alsoWith")}{" "}
              <Link to={here.to(`/families/${carer.person}`)}>{name}</Link>
              {carer.role !== "unknown" && (
                <span className="soft"> · {say(`children.role.${carer.role}`)}</span>
              )}
            </span>
            {!isHolder && here.can("people:write") && (
              <Button
                size="small"
                type="text"
                aria-label={`${say("children.unshare")} ${name}`}
                onClick={() => take(carer, name)}
              >
                {say("children.unshare")}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** A carer of another home gets this child as well: one child, seen by both; nobody is merged. */
export function ShareChild({
  person,
  child,
  carers,
  onClose,
}: {
  person: string;
  child: FamilyChild;
  /** Who sees the child already. */
  carers: readonly string[];
  onClose(): void;
}) {
  const say = useSay();
  const { message } = App.useApp();
  const [other, setOther] = useState<FamilyRow | null>(null);
  const [role, setRole] = useState<Carer["role"]>("unknown");
  const { share } = useFamilyActions(person);
  const save = () =>
    other !== null &&
    share.mutate(
      { child: child.id, other: other.person, role },
      {
        onSuccess: () => {
          void message.success(say("children.shared"));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={say("children.shareTitle")}
      okText={say("children.share")}
      cancelText={say("ui.cancel")}
      okButtonProps={{ disabled: other === null }}
      confirmLoading={share.isPending}
      onOk={save}
      onCancel={onClose}
      destroyOnHidden
    >
      <p className="soft">{say("children.shareText")}</p>
      <Form layout="vertical">
        <Form.Item label={say("children.shareWho")}>
          <FindPerson
            not={[...carers, ...child.others.map((one) => one.person)]}
            chosen={other}
            onChoose={setOther}
          />
        </Form.Item>
        <Form.Item label={say("children.shareRole")}>
          <Select
            aria-label={say("children.shareRole")}
            value={role}
            onChange={setRole}
            options={carerRoles.map((value) => ({ value, label: say(`children.role.${value}`) }))}
          />
        </Form.Item>
      </Form>
      {share.isError && <ProblemNote error={share.error} />}
    </Modal>
  );
}
