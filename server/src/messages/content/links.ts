import { Refusal } from "../../platform/refusal.ts";
import { tooManyLinks, variableInLink } from "../refusals.ts";

/** A template whose links go through us, and where each of them leads. */
export interface Linked {
  readonly source: string;
  readonly links: readonly string[];
}

const mostLinks = 255;
const href = /(\bhref\s*=\s*)("([^"]*)"|'([^']*)')/gi;
/** {{ "https://…" | link }}: the way to a tracked address where there is no href, as in plain text. */
const linkFilter = /\{\{-?\s*(?:"([^"{}]*)"|'([^'{}]*)')\s*\|\s*link\s*-?\}\}/g;
const ownWay = /^\{\{-?\s*(?:unsubscribeUrl|preferencesUrl)\s*-?\}\}$/;
const bareUrl = /https?:\/\/[^\s<>"'{}，。；、！？（）]+/gi;

/**
 * Replaces every fixed web address in a link by a variable that is filled with the recipient's tracked address.
 * The list is fixed with the template, so a tracked link can lead nowhere that its author did not write.
 */
export function linkUp(body: string): Linked {
  const links: string[] = [];
  const place = (url: string): string => {
    const known = links.indexOf(url);
    const at = known === -1 ? links.push(url) - 1 : known;
    if (links.length > mostLinks) throw new Refusal(tooManyLinks, { most: mostLinks });
    return `{{ __links[${at}] }}`;
  };
  const whole = isHtml(body) ? body : body.replace(bareUrl, (url) => `<a href="${url}">${url}</a>`);
  const source = whole
    .replace(linkFilter, (_, double?: string, single?: string) => place(double ?? single ?? ""))
    .replace(href, (all: string, start: string, quoted: string, _double, _single, offset: number) => {
      const value = quoted.slice(1, -1).trim();
      if (/^\{\{ __links\[\d+\] \}\}$/.test(value) || ownWay.test(value)) return all;
      if (value.includes("{{") || value.includes("{%")) {
        throw new Refusal(variableInLink, { line: whole.slice(0, offset).split("\n").length });
      }
      const url = value.replaceAll("&amp;", "&");
      return isWeb(url) ? `${start}"${place(url)}"` : all;
    });
  return { source, links };
}

/** Whether the author wrote HTML; otherwise the body is plain text and its line breaks count. */
export const isHtml = (body: string): boolean => /<[a-z!/][^>]*>/i.test(body);

const isWeb = (url: string): boolean => /^https?:\/\//i.test(url) && URL.canParse(url);
