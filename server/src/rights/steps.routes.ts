import {
  Assign,
  CarryOut,
  Extend,
  Refuse,
  type RightState,
  RightsRequestPage,
  Verify,
} from "@stork/contract/rights.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { listMembers } from "../platform/members.store.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { answers } from "./answers.store.ts";
import { dueOn } from "./deadline.ts";
import { ById, type RightsParts, requestNumber } from "./parts.ts";
import { findProof } from "./proof.store.ts";
import {
  alreadyOver,
  extendedOnce,
  nothingHandedOver,
  notVerified,
  unknownAssignee,
  unknownRequest,
  unknownSubject,
} from "./refusals.ts";
import { type Change, findRequest, type RequestRow, takeStep } from "./requests.store.ts";

type ReadPage = (workspace: WorkspaceRef, id: string) => Promise<RightsRequestPage>;
const waiting: readonly RightState[] = ["open", "verified"];
const unfinished: readonly RightState[] = ["open", "verified", "working", "held"];
const handing = ["copy-made", "link-made", "copy-handed", "explained"];

interface Step<Body> {
  workspace: WorkspaceRef;
  row: RequestRow;
  body: Body;
  who: string;
}

/** What may be done with a request, one address for each step; every step is a line of the proof. */
export function stepsRoutes(http: FastifyInstance, parts: RightsParts, page: ReadPage): void {
  const { db, clock, vault } = parts;

  function step<Body extends z.ZodType>(
    name: string,
    summary: string,
    body: Body,
    take: (asked: Step<z.output<Body>>) => Promise<void>,
  ) {
    const path = `/rights/requests/:request/${name}`;
    workspaceRoute(
      http,
      { method: "POST", path, scope: "rights:write", summary, params: ById, body, reply: RightsRequestPage },
      async ({ workspace, caller, params, body: said }) => {
        const row = await findRequest(db, workspace.id, requestNumber(params.request));
        if (row === null) throw new Refusal(unknownRequest);
        if (row.endedAt !== null) throw new Refusal(alreadyOver);
        await take({ workspace, row, body: said as z.output<Body>, who: caller.who });
        return page(workspace, params.request);
      },
    );
  }
  const put = async (
    { row, who }: Step<unknown>,
    from: readonly RightState[],
    change: Change,
    named: string,
    detail = {},
  ) => {
    const at = clock.now();
    const done = await takeStep(db, { workspace: row.workspace, id: row.id, from }, change, {
      at,
      who,
      step: named,
      detail,
    });
    if (!done) throw new Refusal(alreadyOver);
  };

  step("verify", "Say how it was made sure that it is she, or a guardian, who asks", Verify, (asked) =>
    put(
      asked,
      waiting,
      { state: "verified", verified: asked.body.how, verified_at: clock.now() },
      "verified",
      { how: asked.body.how },
    ),
  );
  step("assign", "Say who answers it", Assign, async (asked) => {
    const { to } = asked.body;
    const members = to === null ? [] : await listMembers(db, asked.workspace.id);
    if (to !== null && !members.some(({ id }) => id === to)) throw new Refusal(unknownAssignee);
    await put(asked, unfinished, { assignee: to }, "assigned", { to: to === null ? null : `user:${to}` });
  });
  step("extend", "Extend the deadline, once, with the reason that she is told", Extend, async (asked) => {
    if (asked.row.extended) throw new Refusal(extendedOnce);
    const due = dueOn(asked.row.dueOn, asked.body.workingDays);
    await vault.ready(asked.workspace.id);
    const reason = vault.seal(asked.workspace.id, asked.body.reason);
    const change = { due_on: due, extended: true, sealed_reason: reason };
    await put(asked, unfinished, change, "extended", { dueOn: due, workingDays: asked.body.workingDays });
  });
  step("refuse", "Refuse it on a legal ground, with the reason that she is told", Refuse, async (asked) => {
    const { ground, reason } = asked.body;
    await vault.ready(asked.workspace.id);
    const sealed = vault.seal(asked.workspace.id, reason);
    const change = { state: "refused" as const, ground, sealed_reason: sealed, ended_at: clock.now() };
    await put(asked, waiting, change, "refused", { ground });
  });
  step("take-back", "She does not ask for it any more", z.object({}), (asked) =>
    put(asked, waiting, { state: "taken-back", ended_at: clock.now() }, "taken-back"),
  );
  step("carry-out", "Do what she asks for", CarryOut, (asked) => carryOut(parts, asked, put));
}

type Put = (
  asked: Step<unknown>,
  from: readonly RightState[],
  change: Change,
  named: string,
  detail?: Record<string, unknown>,
) => Promise<void>;

async function carryOut(parts: RightsParts, asked: Step<z.output<typeof CarryOut>>, put: Put): Promise<void> {
  const { db, clock } = parts;
  const { row, who, body } = asked;
  if (row.state === "open") throw new Refusal(notVerified);
  if (row.state !== "verified") throw new Refusal(alreadyOver);
  if (row.person === null) throw new Refusal(unknownSubject);
  const answer = answers[row.kind];
  if (answer.handsOver) {
    const steps = await findProof(db, row.workspace, row.id);
    if (!steps.some(({ step }) => handing.includes(step))) throw new Refusal(nothingHandedOver);
  }
  // A deletion is under way before its job can run: from here on nothing of her leaves the house.
  if (row.kind === "delete") {
    await put(asked, ["verified"], { state: "working" }, "carried-out", {
      kind: row.kind,
      oneChild: row.child !== null,
    });
    await answer.carryOut(parts, { ...askedOf(row, who), correction: null });
    return;
  }
  const { detail } = await answer.carryOut(parts, {
    ...askedOf(row, who),
    correction: body.correction ?? null,
  });
  await put(asked, ["verified"], { state: "done", ended_at: clock.now() }, "carried-out", {
    kind: row.kind,
    ...detail,
  });
}

const askedOf = ({ workspace, id, person, child }: RequestRow, who: string) => ({
  ...{ workspace, id, child, who },
  person: person as number,
});
