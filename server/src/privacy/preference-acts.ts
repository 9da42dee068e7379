import { CalendarDate } from "@stork/contract/common.ts";
import { ConsentChannel, ConsentState, Purpose } from "@stork/contract/privacy.ts";
import { z } from "zod";

const Id = z.string().regex(/^\d{1,15}$/);
const Dated = z.object({ kind: z.enum(["born", "due"]), date: CalendarDate });

/** What the page's forms may ask for; anything else is not understood and changes nothing. */
export const Act = z.discriminatedUnion("do", [
  z.object({
    do: z.literal("consent"),
    purpose: Purpose,
    state: ConsentState,
    channel: ConsentChannel.optional(),
    child: Id.optional(),
    version: z.coerce.number().int().min(0).optional(),
  }),
  z.object({ do: z.literal("none") }),
  z.object({ do: z.literal("quiet"), child: Id.optional() }),
  z.object({ do: z.literal("unquiet") }),
  Dated.extend({ do: z.literal("child-save"), child: Id }),
  z.object({ do: z.literal("child-remove"), child: Id }),
  Dated.extend({ do: z.literal("child-add") }),
  z.object({ do: z.literal("copy") }),
  z.object({ do: z.literal("explain") }),
  z.object({ do: z.literal("delete") }),
]);
export type Act = z.infer<typeof Act>;

/** A form's body as fields; the first of a name counts. */
export function readForm(body: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(body)) fields[name] ??= value;
  return fields;
}
