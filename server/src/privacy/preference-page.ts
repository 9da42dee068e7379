import type { Language, Words } from "@stork/contract/common.ts";
import { purposeFacts } from "@stork/contract/privacy.ts";
import { style } from "./preference-style.ts";
import type { Choice, Notice, PreferenceView, ShownChild, ShownRequest } from "./preference-view.ts";
import { channelWords, noticeWords, rightWords, strangerWords, words } from "./preference-words.ts";

/** The mother's page. Every tap is a small form of its own: it works without a script, and looking changes nothing. */
export function preferencePage(view: PreferenceView, language: Language, notice: Notice | null): string {
  const say = sayIn(language);
  const hello = view.name === null ? say(words.hello) : `${say(words.hello)}，${escaped(view.name)}`;
  const other = language === "en" ? "zh-CN" : "en";
  return documentOf(
    language,
    say(words.title),
    `<header><span class="brand">${escaped(view.brand)}</span><a href="?lang=${other}" lang="${other}">${say(words.other)}</a></header>
${notice === null ? "" : `<p class="notice" role="status">${say(noticeWords[notice])}</p>`}
<h1>${say(words.title)}</h1><p>${hello}</p><p>${say(words.intro)}</p>
${view.quiet ? quietNow(say) : ""}
${messages(view, say)}
${view.quiet && view.children.length === 0 ? "" : quiet(view, language)}
${uses(view, say)}
${children(view, language)}
${mine(view, say)}
<footer><p>${say(words.expires)}</p></footer>`,
  );
}

/** For whoever has no page here. */
export function strangersPage(which: keyof typeof strangerWords, language: Language): string {
  const say = sayIn(language);
  const { title, text } = strangerWords[which];
  return documentOf(
    language,
    say(title),
    `<div class="stranger"><h1>${say(title)}</h1><p>${say(text)}</p></div>`,
  );
}

type Say = (words: Words) => string;
const sayIn =
  (language: Language): Say =>
  ({ zh, en }) =>
    escaped(language === "en" ? en : zh);

function messages({ marketing, channels }: PreferenceView, say: Say): string {
  const { version } = marketing.text;
  const label = `<b>${say(purposeFacts.marketing.name)}</b><br>${say(marketing.text)}`;
  const rows = channels.map(({ channel, on }) => {
    const fields = { purpose: "marketing", channel, version };
    return toggle(fields, say(channelWords[channel]), marketing.on && on, "inner", say);
  });
  return `<section><h2>${say(words.messages)}</h2>
${choose({ purpose: "marketing", version }, label, marketing, say)}${marketing.on ? rows.join("") : ""}
<p>${say(words.always)}</p>
${form("none", {}, `<button class="wide">${say(words.none)}</button>`)}<p>${say(words.noneText)}</p></section>`;
}

function uses({ uses: all }: PreferenceView, say: Say): string {
  const rows = all.map((use) => {
    const { purpose, text } = use;
    const label = `<b>${say(purposeFacts[purpose].name)}</b><br>${say(text)}`;
    return choose({ purpose, version: text.version }, label, use, say);
  });
  return `<section><h2>${say(words.uses)}</h2>${rows.join("")}</section>`;
}

/** A switch; where the text has become another one since she agreed, a question with two answers. */
function choose(fields: Fields, label: string, { on, owed }: Omit<Choice, "text">, say: Say): string {
  if (owed === null) return toggle(fields, label, on, "", say);
  // Both alike: neither answer is the one to be pressed.
  const answer = (state: string, name: string) =>
    form("consent", { ...fields, state }, `<button>${name}</button>`);
  return `<div class="owed"><p class="changed">${say(words.changed)}</p><p class="asked">${label}</p>
<div class="answers">${answer("granted", say(words.agree))}${answer("withdrawn", say(words.disagree))}</div>
<p>${say(words.changedUntil).replace("{day}", owed)}</p></div>`;
}

type Fields = Record<string, string | number>;

/** A switch that is the submit button of its own form. */
function toggle(fields: Fields, label: string, on: boolean, kind: string, say: Say): string {
  const state = on ? "withdrawn" : "granted";
  const id = `t-${Object.values(fields).join("-")}`;
  const button = `<button class="switch" role="switch" aria-checked="${on}" aria-labelledby="${escaped(id)}"><span class="sr">${say(on ? words.on : words.off)}</span></button>`;
  return `<div class="row ${kind}"><span id="${escaped(id)}">${label}</span>${form("consent", { ...fields, state }, button)}</div>`;
}

function children({ children: all }: PreferenceView, language: Language): string {
  const say = sayIn(language);
  const cards = all.map((child) => card(child, language));
  return `<section><h2>${say(words.children)}</h2>${all.length === 0 ? `<p>${say(words.noChildren)}</p>` : cards.join("")}
<details><summary>${say(words.add)}</summary>${form("child-add", {}, dateFields(say, true))}</details></section>`;
}

function card(child: ShownChild, language: Language): string {
  const say = sayIn(language);
  const { id, uses: all, born, ofAge } = child;
  const name = escaped(childName(child, language));
  const asked = all.map((use) => {
    const { purpose, text } = use;
    const label = `<b><span class="sr">${name} </span>${say(purposeFacts[purpose].name)}</b><br>${say(text)}`;
    return choose({ purpose, child: id, version: text.version }, label, use, say);
  });
  const own = `<div class="row"><span>${say(words.ofAge)}</span></div>`;
  return `<h3>${name}</h3>${ofAge ? own : asked.join("")}
<details><summary>${say(words.correct)}</summary>
${form("child-save", { child: id }, dateFields(say, born))}
${form("child-remove", { child: id }, `<button class="plain">${say(words.remove)}</button>`)}</details>`;
}

const dateFields = (say: Say, born: boolean): string => `<fieldset>
<label><input type="radio" name="kind" value="born"${born ? " checked" : ""}>${say(words.bornOn)}</label>
<label><input type="radio" name="kind" value="due"${born ? "" : " checked"}>${say(words.dueOn)}</label></fieldset>
<input type="date" name="date" required aria-label="${say(words.date)}"><button class="wide">${say(words.save)}</button>`;

function childName({ month, born }: ShownChild, language: Language): string {
  const [year, number] = month.split("-");
  const shown =
    language === "en"
      ? new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" }).format(
          Date.UTC(Number(year), Number(number) - 1, 1),
        )
      : `${year}年${Number(number)}月`;
  const text = born ? words.born : words.due;
  return (language === "en" ? text.en : text.zh).replace("{month}", shown);
}

/** One button as long as there is a child to be silent about; with several each has its own, too. */
function quiet({ children: all }: PreferenceView, language: Language): string {
  const say = sayIn(language);
  const several = all.length > 1;
  const each = several
    ? all.map((child) => {
        const label = say(words.quietChild).replace("{child}", escaped(childName(child, language)));
        return form("quiet", { child: child.id }, `<button class="wide">${label}</button>`);
      })
    : [];
  const whole = `<button class="wide calm">${say(several ? words.quietAll : words.quietOne)}</button>`;
  return `<section class="quiet"><h2>${say(words.quietTitle)}</h2><p>${say(words.quietText)}</p>
${each.join("")}${form("quiet", {}, whole)}</section>`;
}

const quietNow = (say: Say): string => `<section class="quiet"><h2>${say(words.isQuiet)}</h2>
<p>${say(words.isQuietText)}</p>${form("unquiet", {}, `<button class="plain">${say(words.unquiet)}</button>`)}</section>`;

const mine = ({ requests }: PreferenceView, say: Say): string => `<section><h2>${say(words.mine)}</h2>
${requests.length === 0 ? "" : `<ul class="asked-for">${requests.map((one) => asked(one, say)).join("")}</ul>`}
${form("copy", {}, `<button class="wide">${say(words.copy)}</button>`)}
${form("explain", {}, `<button class="wide">${say(words.explain)}</button>`)}
${form("delete", {}, `<button class="wide">${say(words.erase)}</button>`)}<p>${say(words.mineText)}</p></section>`;

function asked({ kind, askedOn, dueOn, refused }: ShownRequest, say: Say): string {
  const state = refused ? words.refused : dueOn === null ? words.answered : words.answerBy;
  const until = say(state).replace("{day}", dueOn ?? "");
  return `<li><b>${say(rightWords[kind])}</b><br>${say(words.askedOn).replace("{day}", askedOn)} · ${until}</li>`;
}

function form(action: string, fields: Record<string, string | number>, inner: string): string {
  const hidden = Object.entries({ do: action, ...fields }).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escaped(String(value))}">`,
  );
  return `<form method="post">${hidden.join("")}${inner}</form>`;
}

const documentOf = (language: Language, title: string, inner: string): string => `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow"><title>${title}</title><style>${style}</style></head>
<body><main>${inner}</main></body></html>
`;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
