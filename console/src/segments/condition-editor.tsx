import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import type { Condition } from "@stork/contract/segments.ts";
import { Button, Dropdown, Segmented } from "antd";
import type { ComponentType } from "react";
import { useSay } from "../i18n/i18n.ts";
import { beginnings, type Group, isGroup } from "./draft.ts";
import type { EditorProps } from "./editors/editor.ts";
import { editors, type LeafCondition, leafKinds } from "./editors/kinds.tsx";

/** A condition tree: groups of all or any, each line to be excluded, groups within groups. */
export function GroupEditor({
  value,
  onChange,
  depth = 0,
}: {
  value: Group;
  onChange(next: Group): void;
  depth?: number;
}) {
  const say = useSay();
  const replace = (index: number, next: Condition | null) =>
    onChange({
      ...value,
      of:
        next === null
          ? value.of.filter((_, at) => at !== index)
          : value.of.map((one, at) => (at === index ? next : one)),
    });
  const add = (kind: keyof typeof beginnings) =>
    onChange({
      ...value,
      of: [
        ...value.of,
        kind === "all" || kind === "any"
          ? { kind: value.kind === "all" ? "any" : "all", of: [beginnings.stage] }
          : beginnings[kind],
      ],
    });
  return (
    <fieldset className={depth === 0 ? "group" : "group nested"}>
      <legend className="hidden">{say(`segments.group.${value.kind}`)}</legend>
      <div className="group-head">
        <Segmented
          size="small"
          value={value.kind}
          onChange={(kind) => onChange({ ...value, kind })}
          options={[
            { value: "all" as const, label: say("segments.group.all") },
            { value: "any" as const, label: say("segments.group.any") },
          ]}
        />
      </div>
      <ul className="group-lines">
        {value.of.map((one, index) => (
          <Line
            // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity; what they show is all in their value
            key={index}
            value={one}
            depth={depth}
            joint={index === 0 ? "" : say(`segments.joint.${value.kind}`)}
            onChange={(next) => replace(index, next)}
          />
        ))}
      </ul>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            ...leafKinds.map((kind) => ({ key: kind, label: say(`segments.kind.${kind}`) })),
            ...(depth < 3
              ? [{ type: "divider" as const }, { key: "any", label: say("segments.kind.group") }]
              : []),
          ],
          onClick: ({ key }) => add(key as keyof typeof beginnings),
        }}
      >
        <Button type="dashed" size="small" icon={<PlusOutlined />}>
          {say("segments.addCondition")}
        </Button>
      </Dropdown>
    </fieldset>
  );
}

function Line({
  value,
  joint,
  depth,
  onChange,
}: {
  value: Condition;
  joint: string;
  depth: number;
  onChange(next: Condition | null): void;
}) {
  const say = useSay();
  const negated = value.kind === "not";
  const inner = negated ? value.of : value;
  const change = (next: Condition) => onChange(negated ? { kind: "not", of: next } : next);
  return (
    <li className={negated ? "line negated" : "line"}>
      {joint !== "" && <span className="joint">{joint}</span>}
      <div className="line-body">
        <Button
          size="small"
          className="negate"
          aria-pressed={negated}
          onClick={() => onChange(negated ? inner : { kind: "not", of: inner })}
          title={say("segments.notHelp")}
        >
          {say(negated ? "segments.not" : "segments.is")}
        </Button>
        <div className="line-editor">
          {isGroup(inner) ? (
            <GroupEditor value={inner} onChange={change} depth={depth + 1} />
          ) : inner.kind === "not" ? (
            <Line
              value={inner}
              joint=""
              depth={depth}
              onChange={(next) => (next === null ? onChange(null) : change(next))}
            />
          ) : (
            <Leaf value={inner} onChange={change} />
          )}
        </div>
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={say("segments.removeCondition")}
          onClick={() => onChange(null)}
        />
      </div>
    </li>
  );
}

function Leaf({ value, onChange }: { value: LeafCondition; onChange(next: Condition): void }) {
  const Editor = editors[value.kind] as ComponentType<EditorProps<LeafCondition>>;
  return <Editor value={value} onChange={onChange} />;
}
