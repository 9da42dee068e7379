import { type Purpose, purposeFacts, purposes } from "@stork/contract/privacy.ts";
import { sayConsent } from "../../privacy/word.store.ts";
import type { Answer } from "../answer.ts";

/** PIPL 24: she is not chosen for by what she did; messages of service go on. */
export const nonPersonalised: Answer = {
  words: { zh: "关闭个性化", en: "No personalisation" },
  handsOver: false,
  carryOut: async (parts, { workspace, person, who }) => {
    const said = { purpose: "personalisation", state: "withdrawn", by: who, at: parts.clock.now() } as const;
    await sayConsent(parts, workspace, person, said);
    return { state: "done", detail: { purpose: "personalisation", state: "withdrawn" } };
  },
};

/** All that needs her yes, or ends with her no, ends; what an order needs goes on. */
export const object: Answer = {
  words: { zh: "撤回同意或拒绝", en: "Object or withdraw" },
  handsOver: false,
  carryOut: async (parts, { workspace, person, who }) => {
    const at = parts.clock.now();
    const refusable = purposes.filter((purpose: Purpose) => purposeFacts[purpose].basis !== "contract");
    for (const purpose of refusable)
      await sayConsent(parts, workspace, person, { purpose, state: "withdrawn", by: who, at });
    return { state: "done", detail: { purposes: refusable, state: "withdrawn" } };
  },
};
