import { ChangedRules, ChangeIdentityRules, IdentityRules, RulesEffect } from "@stork/contract/identity.ts";
import type { FastifyInstance } from "fastify";
import { defaultRules, otherCertain, otherWeak } from "../people/default-rules.ts";
import { rulesWith } from "../people/identity.ts";
import { refusals } from "../people/refusals.ts";
import { rejudgeTask } from "../people/rejudge.job.ts";
import { findRulesChange, keepRules, rejudge } from "../people/rejudge.store.ts";
import type { RuleSet } from "../people/rule-book.store.ts";
import type { Tx } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import type { IdentityRoutesParts } from "./identity-parts.ts";

type Rules = ChangeIdentityRules["rules"];

/** By what rules identifiers join, as data; what other rules would do, before they hold. */
export function identityRulesRoutes(app: FastifyInstance, { changes, jobs }: IdentityRoutesParts): void {
  workspaceRoute(
    app,
    {
      ...{ method: "GET", path: "/identity/rules", scope: "people:read" },
      summary: "How far each kind of identifier is trusted",
      reply: IdentityRules,
    },
    ({ workspace }) =>
      changes.rehearse(workspace.id, async (tx, rules) => ({
        shaped: [],
        answer: await shown(tx, workspace.id, rules),
      })),
  );
  workspaceRoute(
    app,
    {
      ...{ method: "POST", path: "/identity/rules/preview", scope: "identity:write" },
      summary: "What other rules would do to what is there, without doing it",
      body: ChangeIdentityRules,
      reply: RulesEffect,
    },
    ({ workspace, body }) =>
      changes.rehearse(workspace.id, async (tx, current, at) => {
        const rules = { ...current, of: rulesWith(checked(body.rules)), mostNodes: body.mostNodes };
        const { effect, shaped } = await rejudge(tx, workspace.id, rules, at);
        return { shaped, answer: effect };
      }),
  );
  workspaceRoute(
    app,
    {
      ...{ method: "PUT", path: "/identity/rules", scope: "identity:write" },
      summary: "Change the rules: what is there is judged again as a job, and nothing is merged by itself",
      body: ChangeIdentityRules,
      reply: ChangedRules,
    },
    async ({ workspace, caller, body }) => {
      const { rules, mostNodes, reason } = body;
      const own = checked(rules).filter((rule) => !isAsItComes(rule));
      const effect = await changes.rehearse(workspace.id, async (tx, current, at) => {
        const judged = await rejudge(tx, workspace.id, { ...current, of: rulesWith(own), mostNodes }, at);
        return { shaped: judged.shaped, answer: judged.effect };
      });
      return changes.work(workspace.id, async (tx, _before, at) => {
        const kept = await keepRules(tx, workspace.id, {
          rules: own,
          mostNodes,
          who: caller.who,
          reason,
          at,
        });
        await jobs.add(tx, rejudgeTask, { workspace: workspace.id }, { key: `rejudge ${workspace.id}` });
        return { shaped: [], answer: { rules: await shown(tx, workspace.id, kept), effect } };
      });
    },
  );
}

function checked(rules: Rules): Rules {
  const kinds = new Set<string>();
  for (const { kind } of rules) {
    if (kinds.has(kind)) throw new Refusal(refusals.twoRules, { kind });
    kinds.add(kind);
  }
  return rules;
}

const standard = new Map([...defaultRules, otherCertain, otherWeak].map((rule) => [rule.kind, rule]));
const isAsItComes = (rule: Rules[number]): boolean => {
  const known = standard.get(rule.kind);
  return (
    known !== undefined &&
    (Object.keys(known) as (keyof typeof known)[]).every((key) => known[key] === rule[key])
  );
};

async function shown(
  tx: Tx,
  workspace: number,
  { own, mostNodes, version }: RuleSet,
): Promise<IdentityRules> {
  const change = await findRulesChange(tx, workspace);
  const byKind = new Map([...defaultRules, ...own].map((rule) => [rule.kind, rule]));
  const others = {
    certain: byKind.get(otherCertain.kind) ?? otherCertain,
    weak: byKind.get(otherWeak.kind) ?? otherWeak,
  };
  const rules = [...byKind.values()].filter(
    ({ kind }) => kind !== otherCertain.kind && kind !== otherWeak.kind,
  );
  return {
    rules: rules.sort((x, y) => x.rank - y.rank),
    ...{ others, mostNodes, version, changed: own.map(({ kind }) => kind) },
    changedAt: change?.changedAt?.toISOString() ?? null,
    changedBy: change?.changedBy ?? null,
  };
}
