import { z } from "zod";
import { Instant } from "./common.ts";

/** How the demo's live feed can be broken, to see the quality watch find it. */
export const breakages = ["stop", "null", "prices", "gbk"] as const;
export const Breakage = z.enum(breakages);
export type Breakage = z.infer<typeof Breakage>;

/** A shop of the demo that sends live while somebody tries the watch. */
export const DemoFeed = z.object({
  /** The source it sends as; null: this workspace is not the demo, and has no such feed. */
  source: z.object({ id: z.string(), name: z.string() }).nullable(),
  state: z.enum(["off", "well", "broken"]),
  /** When it ends by itself unless somebody asks for more; null: it is off. */
  until: Instant.nullable(),
  /** What breaks, or will from a moment on; null: all is well. */
  breaking: z
    .object({
      kind: Breakage,
      from: Instant,
      /** The indicator that is to find it. */
      indicator: z.string(),
    })
    .nullable(),
});
export type DemoFeed = z.infer<typeof DemoFeed>;

/** null: let it be well. */
export const ChangeDemoFeed = z.object({ break: Breakage.nullable() });
