import type { EventType } from "../event.ts";
import { ownValue } from "../own-value.ts";

/** What the SDKs' own events are called here, and what kind they are. Every other name stays as it came. */
export const presetEvents: Readonly<Record<string, readonly [name: string, type: EventType]>> = {
  $pageview: ["Page Viewed", "page"],
  $MPViewScreen: ["Screen Viewed", "screen"],
  $AppViewScreen: ["Screen Viewed", "screen"],
  $WebStay: ["Page Read", "track"],
  $WebPageLeave: ["Page Left", "track"],
  $MPPageLeave: ["Page Left", "track"],
  $AppPageLeave: ["Page Left", "track"],
  $WebPageLoad: ["Page Loaded", "track"],
  $WebClick: ["Element Clicked", "track"],
  $MPClick: ["Element Clicked", "track"],
  $AppClick: ["Element Clicked", "track"],
  $WebElementExposure: ["Element Shown", "track"],
  $MPElementExposure: ["Element Shown", "track"],
  $MPLaunch: ["Application Opened", "track"],
  $AppStart: ["Application Opened", "track"],
  $AppStartPassively: ["Application Started in Background", "track"],
  $MPShow: ["Application Foregrounded", "track"],
  $MPHide: ["Application Backgrounded", "track"],
  $AppEnd: ["Application Backgrounded", "track"],
  $AppInstall: ["Application Installed", "track"],
  $AppCrashed: ["Application Crashed", "track"],
  $AppPushClick: ["Push Notification Tapped", "track"],
  $AppDeeplinkLaunch: ["Deep Link Opened", "track"],
  $MPShare: ["Content Shared", "track"],
  $MPAddFavorites: ["Application Favorited", "track"],
  $SignUp: ["Signed In", "track"],
  $BindID: ["Identity Bound", "track"],
  $UnbindID: ["Identity Unbound", "track"],
};

/** Preset properties with a word of their own here; every other `$name` becomes `name`. */
const presetProperties: Readonly<Record<string, string>> = {
  $url: "url",
  $url_path: "path",
  $url_host: "host",
  $url_query: "query",
  $title: "title",
  $referrer: "referrer",
  $lib: "sdk",
  $lib_version: "sdk_version",
  $event_duration: "seconds",
  event_duration: "seconds",
};

/** What the vault alone may hold, or what says nothing about what was done. */
const leftOut = new Set([
  "$ip",
  "$latitude",
  "$longitude",
  "$geo_coordinate_system",
  "$device_id",
  "$user_agent",
]);
const campaignParts: Readonly<Record<string, string>> = {
  $utm_source: "source",
  $utm_medium: "medium",
  $utm_campaign: "name",
  $utm_term: "term",
  $utm_content: "content",
};

/** An event's properties in our words, the campaign that brought the visitor together as Segment's is. */
export function readProperties(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  const campaign: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === "" || leftOut.has(key)) continue;
    const part = ownValue(campaignParts, key);
    if (part !== undefined) campaign[part] = value;
    else {
      const name = ownValue(presetProperties, key) ?? plainName(key);
      // What the sender named so itself has the name.
      if (name === key || !Object.hasOwn(properties, name)) read[name] = value;
    }
  }
  if (Object.keys(campaign).length > 0) read["campaign"] ??= campaign;
  return read;
}

/** $city is city; a lone dollar sign stays. Without what the engines refuse in a text. */
export const plainName = (key: string): string =>
  (key.length > 1 && key.startsWith("$") ? key.slice(1) : key).replaceAll("\0", "").toWellFormed();
