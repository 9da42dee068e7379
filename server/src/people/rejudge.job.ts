import type { Tasks } from "../platform/jobs.ts";
import type { Changes } from "./change.store.ts";
import { rejudge } from "./rejudge.store.ts";

export const rejudgeTask = "identity.rejudge";

/** After a workspace's rules changed: what is there is held against the new ones. */
export const identityTasks = (changes: Changes): Tasks => ({
  async [rejudgeTask](payload) {
    const { workspace } = payload as { workspace: number };
    await changes.work(workspace, async (tx, rules, at) => {
      const { shaped, effect } = await rejudge(tx, workspace, rules, at);
      return { shaped, answer: effect };
    });
  },
});
