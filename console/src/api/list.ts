import { z } from "zod";

/** A list that comes whole. */
export const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });
