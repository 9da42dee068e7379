import type { RuleCount, RuleOutlook } from "@stork/contract/imports.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { useNarrow } from "../ui/narrow.ts";
import { ShareBar } from "./share-bar.tsx";

type Line = RuleCount & Partial<Pick<RuleOutlook, "column" | "examples">>;
const results = ["kept", "changed", "marked", "unreadable"] as const;
const tones = { kept: "faint", changed: "good", marked: "warn", unreadable: "bad" } as const;

/** What each cleaning rule does, or did: how many values it left, rewrote, marked, could not read; and examples. */
export function RulesTable({ rules, label }: { rules: readonly Line[]; label: string }) {
  const say = useSay();
  const narrow = useNarrow();
  if (narrow)
    return (
      <ul className="rule-cards">
        {rules.map((rule) => (
          <li key={keyOf(rule)}>
            <RuleName rule={rule} />
            <Bar rule={rule} />
            <Figures rule={rule} />
            <Examples rule={rule} />
          </li>
        ))}
      </ul>
    );
  const examples = rules.some((rule) => (rule.examples?.length ?? 0) > 0);
  return (
    <table className="table rules-table">
      <caption className="hidden">{label}</caption>
      <thead>
        <tr>
          <th scope="col">{say("imports.rule")}</th>
          <th scope="col">
            <span className="hidden">{say("imports.shares")}</span>
          </th>
          {results.map((one) => (
            <th key={one} scope="col" className="num">
              {say(`imports.rule.${one}`)}
            </th>
          ))}
          {examples && <th scope="col">{say("imports.examples")}</th>}
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <tr key={keyOf(rule)}>
            <td>
              <RuleName rule={rule} />
            </td>
            <td className="rule-bar">
              <Bar rule={rule} />
            </td>
            {results.map((one) => (
              <Cell key={one} rule={rule} result={one} />
            ))}
            {examples && (
              <td>
                <Examples rule={rule} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const keyOf = (rule: Line) => `${rule.column ?? ""} ${rule.rule}`;

function RuleName({ rule }: { rule: Line }) {
  const formats = useFormats();
  return (
    <span className="rule-name">
      {rule.column !== undefined && <code>{rule.column}</code>}
      <span>
        <b>{formats.say(rule.label)}</b>
        <span className="row-sub">{formats.say(rule.what)}</span>
      </span>
    </span>
  );
}

function Bar({ rule }: { rule: Line }) {
  return <ShareBar parts={results.map((one) => ({ id: one, tone: tones[one], n: rule[one], label: one }))} />;
}

function Cell({ rule, result }: { rule: Line; result: (typeof results)[number] }) {
  const formats = useFormats();
  const n = rule[result];
  return (
    <td className="num">
      {n === 0 ? (
        <span className="soft">0</span>
      ) : result === "unreadable" ? (
        <b className="bad-text">{formats.number(n)}</b>
      ) : (
        formats.number(n)
      )}
    </td>
  );
}

function Figures({ rule }: { rule: Line }) {
  const say = useSay();
  const formats = useFormats();
  return (
    <span className="soft">
      {results
        .filter((one) => rule[one] > 0)
        .map((one) => `${say(`imports.rule.${one}`)} ${formats.number(rule[one])}`)
        .join(" · ")}
    </span>
  );
}

function Examples({ rule }: { rule: Line }) {
  const say = useSay();
  return (
    <ul className="examples">
      {rule.examples?.map((one) => (
        <li key={`${one.before} ${one.after}`}>
          {one.before === one.after ? (
            <span className="same">{one.before}</span>
          ) : (
            <>
              <del>{one.before === "" ? say("imports.blank") : one.before}</del>
              <span aria-hidden="true"> → </span>
              {one.after === "" ? (
                <span className="bad-text">{say("imports.rule.unreadable")}</span>
              ) : (
                <ins>{one.after}</ins>
              )}
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
