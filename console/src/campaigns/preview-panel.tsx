import { FamilyPage } from "@stork/contract/people.ts";
import { useQuery } from "@tanstack/react-query";
import { Segmented, Select } from "antd";
import { useState } from "react";
import { api } from "../api/client.ts";
import { useSay } from "../i18n/i18n.ts";
import { useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { useSettled } from "../ui/settled.ts";
import { ProblemNote } from "../ui/states.tsx";
import { mailPage } from "./mail-page.ts";
import { type Draft, usePreview } from "./queries.ts";

/** The message as one family would get it. What it holds can run nothing: the frame is sandboxed. */
export function PreviewPanel({ draft }: { draft: Pick<Draft, "content" | "segment" | "channel"> }) {
  const say = useSay();
  const [person, setPerson] = useState<string | null>(null);
  const [as, setAs] = useState<"html" | "text">("html");
  const settled = useSettled(draft, 500);
  const preview = usePreview(
    settled.content.body.trim() === ""
      ? null
      : {
          content: settled.content,
          ...(person === null ? {} : { person }),
          ...(settled.segment === "" ? {} : { segment: settled.segment }),
          ...(settled.channel === "" ? {} : { channel: settled.channel }),
        },
  );
  const shown = preview.isError ? undefined : preview.data;
  return (
    <Panel
      className="preview"
      title={say("campaigns.preview")}
      extra={
        <Segmented
          size="small"
          value={as}
          onChange={setAs}
          options={[
            { value: "html" as const, label: say("campaigns.asMail") },
            { value: "text" as const, label: say("campaigns.asText") },
          ]}
        />
      }
    >
      <FamilyChoice value={person} onChange={setPerson} />
      {preview.isError && <ProblemNote error={preview.error} />}
      {shown !== undefined && (
        <div className={preview.isFetching ? "mail loading" : "mail"}>
          <dl className="mail-head">
            <dt>{say("campaigns.to")}</dt>
            <dd>{shown.to}</dd>
            <dt>{say("campaigns.subject")}</dt>
            <dd>
              <b>{shown.subject}</b>
            </dd>
          </dl>
          {as === "html" ? (
            <iframe title={say("campaigns.preview")} sandbox="" srcDoc={mailPage(shown.html)} />
          ) : (
            <pre>{shown.text}</pre>
          )}
        </div>
      )}
      {shown === undefined && !preview.isError && <p className="soft">{say("campaigns.previewHint")}</p>}
    </Panel>
  );
}

function FamilyChoice({ value, onChange }: { value: string | null; onChange(person: string | null): void }) {
  const say = useSay();
  const here = useHere();
  const [typed, setTyped] = useState("");
  const query = useSettled(typed.trim(), 300);
  const families = useQuery({
    queryKey: [...here.key, "families", "choice", query],
    queryFn: ({ signal }) =>
      api.get(here.at("/families"), FamilyPage, { signal, query: { query, limit: 10 } }),
    enabled: here.can("people:read"),
  });
  return (
    <Select
      className="full"
      allowClear
      aria-label={say("campaigns.previewFor")}
      placeholder={say("campaigns.previewFor")}
      value={value}
      onChange={(next) => onChange(next ?? null)}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={families.isFetching}
      options={(families.data?.items ?? []).map((one) => ({
        value: one.person,
        label: [one.name, one.phone, one.city].filter(Boolean).join(" · ") || one.person,
      }))}
    />
  );
}
