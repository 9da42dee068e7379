import type { NewJourney } from "@stork/contract/journeys.ts";
import type { z } from "zod";

/** A first journey, ready to be sent to the interface. */
export const example = {
  name: "孕晚期待产包提醒",
  entry: { kind: "stage", in: ["pregnancy-3"] },
  steps: [
    { kind: "wait", minutes: 7 * 1440, until: "10:00" },
    {
      kind: "message",
      channel: "1",
      content: { subject: "待产包清单，慢慢备", body: "<p>一样一样来，不着急。</p>" },
    },
  ],
  reentry: { kind: "once" },
} as const satisfies Omit<z.input<typeof NewJourney>, "entry" | "steps"> & {
  entry: object;
  steps: readonly object[];
};
