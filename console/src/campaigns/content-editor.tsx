import { type Content, contentVariables } from "@stork/contract/campaigns.ts";
import { Input, Tooltip } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useRef } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";

/** Subject and body as Liquid; variables are put in by a click, at the cursor. */
export function ContentEditor({
  id = "campaign",
  content,
  errors,
  onChange,
}: {
  /** What its fields' ids begin with: several may stand on one page. */
  id?: string;
  content: Content;
  errors: readonly { path: string; message: string }[];
  onChange(next: Content): void;
}) {
  const say = useSay();
  const formats = useFormats();
  const body = useRef<TextAreaRef>(null);
  const insert = (text: string) => {
    const area = body.current?.resizableTextArea?.textArea;
    const [from, to] = [
      area?.selectionStart ?? content.body.length,
      area?.selectionEnd ?? content.body.length,
    ];
    onChange({ ...content, body: content.body.slice(0, from) + text + content.body.slice(to) });
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(from + text.length, from + text.length);
    });
  };
  const problem = (part: "subject" | "body") =>
    errors.filter((one) => one.path.endsWith(part)).map((one) => one.message);
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-subject`} className="field-label">
          {say("campaigns.subject")}
        </label>
        <Input
          id={`${id}-subject`}
          value={content.subject}
          maxLength={200}
          onChange={(event) => onChange({ ...content, subject: event.target.value })}
        />
        {problem("subject").map((text) => (
          <p className="wrong" key={text}>
            {text}
          </p>
        ))}
      </div>
      <div className="field">
        <label htmlFor={`${id}-body`} className="field-label">
          {say("campaigns.body")}
        </label>
        <div className="variables">
          {contentVariables.map((variable) => (
            <Tooltip key={variable.name} title={say("campaigns.example", { text: variable.example })}>
              <button type="button" className="variable" onClick={() => insert(written(variable.name))}>
                {formats.say(variable.label)}
              </button>
            </Tooltip>
          ))}
        </div>
        <Input.TextArea
          id={`${id}-body`}
          ref={body}
          className="liquid"
          autoSize={{ minRows: 9, maxRows: 22 }}
          value={content.body}
          spellCheck={false}
          onChange={(event) => onChange({ ...content, body: event.target.value })}
        />
        {problem("body").map((text) => (
          <p className="wrong" key={text}>
            {text}
          </p>
        ))}
        <p className="faint">{say("campaigns.liquidHelp")}</p>
      </div>
    </>
  );
}

/** Names that some families lack come with a default, so that nobody is left out by chance. */
function written(name: string): string {
  if (name === "unsubscribeUrl" || name === "preferencesUrl") return `{{ ${name} }}`;
  return name === "person.name"
    ? '{{ person.name | default: "您" }}'
    : name === "child.name"
      ? '{{ child.name | default: "宝宝" }}'
      : `{{ ${name} }}`;
}
