import { writePreferenceToken } from "./preference-token.ts";

/** The address of somebody's page: it says nothing of her, and ends. */
export function preferenceUrl(
  publicUrl: string,
  key: Buffer,
  { workspace, node, days, now }: { workspace: number; node: number; days: number; now: Date },
): { url: string; expiresAt: Date } {
  const expiresAt = new Date(now.getTime() + days * 86_400_000);
  return {
    url: `${publicUrl}/p/${writePreferenceToken(key, { workspace, node, until: expiresAt })}`,
    expiresAt,
  };
}
