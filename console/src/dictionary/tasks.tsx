import { CheckCircleOutlined } from "@ant-design/icons";
import type { DictionaryTask } from "@stork/contract/dictionary.ts";
import { Button, Input, Modal } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { eventName } from "../ui/event-name.ts";
import { Panel } from "../ui/page.tsx";
import { ProblemNote, RowsSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { entryPath } from "./entry-path.ts";
import { useDismissTask, useTasks } from "./queries.ts";

/** What only a person can settle: which of two types, what a new name means, whether it is a slip. */
export function Tasks() {
  const say = useSay();
  const tasks = useTasks();
  const [leaving, setLeaving] = useState<DictionaryTask | null>(null);
  if (tasks.isPending) return <RowsSkeleton rows={6} />;
  if (tasks.isError) return <Trouble error={tasks.error} retry={() => void tasks.refetch()} />;
  const { items } = tasks.data;
  if (items.length === 0)
    return (
      <Teach
        icon={<CheckCircleOutlined />}
        title={say("dictionary.noTasks")}
        text={say("dictionary.noTasksText")}
      />
    );
  return (
    <Panel title={say("dictionary.tasksLead", { n: items.length, count: items.length })}>
      <ul className="tasks">
        {items.map((task) => (
          <TaskLine key={task.id} task={task} onLeave={() => setLeaving(task)} />
        ))}
      </ul>
      <Leave task={leaving} onClose={() => setLeaving(null)} />
    </Panel>
  );
}

export function TaskLine({ task, onLeave }: { task: DictionaryTask; onLeave?: () => void }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  // Many events have a property of this name.
  const ofEvent = /^property:(.*)\/[^/]*$/.exec(task.entry)?.[1] ?? null;
  return (
    <li>
      <span className="status warn task-kind">{say(`dictionary.task.${task.kind}`)}</span>
      <div>
        <strong>{formats.say(task.label)}</strong>{" "}
        <span className="faint">
          {ofEvent !== null && `${eventName(ofEvent, formats.language)} · `}
          {say("dictionary.taskRows", { n: formats.compact(task.rows), count: task.rows })}
        </span>
        <p className="soft">{formats.say(task.text)}</p>
        {task.suggestion !== null && (
          <Link to={here.to(entryPath(task.suggestion))}>
            {say("dictionary.probably", { name: task.suggestion.replace(/^\w+:/, "") })}
          </Link>
        )}
      </div>
      {onLeave !== undefined && here.can("collect:write") && (
        <span className="row">
          <Link to={here.to(entryPath(task.entry))}>
            <Button size="small">{say("dictionary.resolve")}</Button>
          </Link>
          <Button size="small" type="text" onClick={onLeave}>
            {say("dictionary.dismiss")}
          </Button>
        </span>
      )}
    </li>
  );
}

function Leave({ task, onClose }: { task: DictionaryTask | null; onClose(): void }) {
  const say = useSay();
  const formats = useFormats();
  const dismiss = useDismissTask();
  const [why, setWhy] = useState("");
  const close = () => {
    setWhy("");
    dismiss.reset();
    onClose();
  };
  return (
    <Modal
      open={task !== null}
      title={say("dictionary.dismissTitle")}
      onCancel={close}
      okText={say("dictionary.dismiss")}
      cancelText={say("ui.cancel")}
      okButtonProps={{ disabled: why.trim() === "", loading: dismiss.isPending }}
      onOk={() => task !== null && dismiss.mutate({ task: task.id, why: why.trim() }, { onSuccess: close })}
      destroyOnHidden
    >
      <p className="soft">{task === null ? "" : formats.say(task.label)}</p>
      <Input.TextArea
        rows={3}
        maxLength={300}
        value={why}
        aria-label={say("dictionary.dismissTitle")}
        placeholder={say("dictionary.dismissHelp")}
        onChange={(event) => setWhy(event.target.value)}
      />
      {dismiss.isError && <ProblemNote error={dismiss.error} />}
    </Modal>
  );
}
