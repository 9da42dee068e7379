/**
 * A channel's settings for whoever may not change them: the query of a web address often holds a key (as the group
 * robots of DingTalk and WeCom have it), so its values stay hidden.
 */
export function withoutKeys(settings: Record<string, unknown>): Record<string, unknown> {
  const { url } = settings;
  if (typeof url !== "string" || !URL.canParse(url)) return settings;
  const shown = new URL(url);
  if (shown.search === "") return settings;
  shown.search = [...shown.searchParams.keys()].map((key) => `${encodeURIComponent(key)}=****`).join("&");
  return { ...settings, url: shown.href };
}
