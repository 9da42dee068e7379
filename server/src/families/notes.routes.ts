import { ChildNotes, NoteKind, StateNote } from "@stork/contract/families.ts";
import type { FastifyInstance } from "fastify";
import { findHousehold } from "../people/household.store.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { look } from "../privacy/look.store.ts";
import { childInFamily } from "./child-history.store.ts";
import { ChildParams, knownPerson } from "./family-params.store.ts";
import { dropNote, findNotes, keepNote, mayKeepNotes } from "./notes.store.ts";
import type { FamiliesParts } from "./parts.ts";
import { refusals } from "./refusals.ts";

/** Notes on allergy and feeding: health data of a child, only while a guardian consents, and every look is logged. */
export function notesRoutes(app: FastifyInstance, { db, vault, clock }: FamiliesParts): void {
  const path = "/families/:family/children/:child/notes";
  const NoteParams = ChildParams.extend({ kind: NoteKind });

  async function allowed(workspace: number, params: { family: string; child: string }) {
    const person = await knownPerson(db, workspace, params.family);
    const { persons } = await findHousehold(db, workspace, person);
    const child = await childInFamily(db, workspace, person, params.child);
    return { person, child, may: await mayKeepNotes(db, workspace, persons, child) };
  }

  workspaceRoute(
    app,
    {
      method: "POST",
      path: `${path}/reveal`,
      scope: "people:reveal",
      summary:
        "A child's notes on allergy and feeding, while a guardian's consent stands; the look is logged",
      params: ChildParams,
      reply: ChildNotes,
    },
    async ({ workspace, caller, params }) => {
      const { person, child, may } = await allowed(workspace.id, params);
      if (!may) return { items: [], needs: refusals.noteNeedsConsent.text };
      await look(db, {
        ...{ workspace: workspace.id, caller, purpose: "reveal", persons: [person] },
        ...{ what: "child-notes", at: clock.now() },
      });
      const notes = await findNotes(db, vault, workspace.id, child);
      return { items: notes.map((note) => ({ ...note, at: note.at.toISOString() })), needs: null };
    },
  );
  workspaceRoute(
    app,
    {
      method: "PUT",
      path: `${path}/:kind`,
      scope: "people:write",
      summary: "Note an allergy or how a child is fed; needs a guardian's consent to health data",
      params: NoteParams,
      body: StateNote,
      reply: null,
    },
    async ({ workspace, caller, params, body }) => {
      const { child, may } = await allowed(workspace.id, params);
      if (!may) throw new Refusal(refusals.noteNeedsConsent);
      const note = { kind: params.kind, text: body.text, by: caller.who, at: clock.now() };
      await keepNote(db, vault, workspace.id, child, note);
    },
  );
  workspaceRoute(
    app,
    {
      method: "DELETE",
      path: `${path}/:kind`,
      scope: "people:write",
      summary: "Delete a note",
      params: NoteParams,
      reply: null,
    },
    async ({ workspace, params }) => {
      const { child } = await allowed(workspace.id, params);
      await dropNote(db, workspace.id, child, params.kind);
    },
  );
}
