import { expect, test } from "vitest";
import { Refusal } from "../platform/refusal.ts";
import type { Values } from "./content/variables.ts";
import { compile } from "./content.ts";

const addresses = {
  link: (index: number) => `https://stork.test/t/${index}`,
  unsubscribe: "https://stork.test/u/x",
  preferences: "https://stork.test/p/x",
};
const family: Values = {
  person: { name: "王小雨", city: "杭州市" },
  child: { stage: "3–6 月龄", ageMonths: 5 },
};

const render = (body: string, values: Values = family, subject = "你好") => {
  const rendering = compile({ subject, body }).render(values, addresses);
  if (rendering.outcome !== "rendered") throw new Error(`${rendering.outcome}`);
  return rendering;
};
const refusal = (body: string, subject = "你好"): Refusal => {
  try {
    compile({ subject, body });
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error("was not refused");
};

test("who is to decide anew is told so, also where the author linked her page; others are not", () => {
  const compiled = compile({ subject: "x", body: '<p>x <a href="{{ preferencesUrl }}">yours</a></p>' });
  const [told, not] = ["2026-08-01", undefined].map((decideUntil) => {
    const rendering = compiled.render(family, { ...addresses, decideUntil });
    return rendering.outcome === "rendered" ? rendering : { html: "", text: "" };
  });
  expect(told?.html).toContain('<a href="https://stork.test/p/x">再决定一次</a>');
  expect(told?.text).toContain("2026-08-01");
  expect(not?.html).not.toContain("再决定");
});

test("a template says what is known of its reader", () => {
  const { subject, html, text } = render(
    "<p>{{ person.name }}，宝宝 {{ child.ageMonths }} 个月了</p>",
    family,
    "{{ person.city }}的{{ child.stage }}",
  );
  expect(subject).toBe("杭州市的3–6 月龄");
  expect(html).toContain("<p>王小雨，宝宝 5 个月了</p>");
  expect(text).toContain("王小雨，宝宝 5 个月了");
});

test("an unknown variable is refused with its name and place, in a branch that nobody reaches as well", () => {
  const { kind, params, errors } = refusal("<p>\n{% if child.name %}{{ person.phone }}{% endif %}</p>");
  expect(kind.code).toBe("messages/unknown-variable");
  expect(params).toMatchObject({ name: "person.phone", line: 2 });
  expect(errors?.[0]?.path).toBe("content.body");
  expect(refusal("{{ persn.name }}").params).toMatchObject({ name: "persn.name" });
  expect(refusal("{{ person.name.first }}").kind.code).toBe("messages/unknown-variable");
  expect(refusal("{{ person[child.stage] }}").kind.code).toBe("messages/unknown-variable");
  expect(refusal("x", "{{ who }}").errors?.[0]?.path).toBe("content.subject");
  expect(refusal("{{ __links[0] }}").kind.code).toBe("messages/unknown-variable");
});

test.each([
  "{{ person.name | nofilter }}",
  "{{ person.name | raw }}",
  "{% include 'secrets' %}",
  "{% render 'secrets' %}",
  "{% layout 'x' %}",
  "{% if %}",
  "{{ person.name",
])("%s cannot be read", (body) => {
  expect(refusal(body).kind.code).toBe("messages/template-syntax");
});

test.each([
  ["a\n{{ person.name | nofilter }}", 2, 1],
  ["a\n\n  {% if person.name %}b", 3, 3],
  ["{{ person.name }}\n {{ person.city", 2, 2],
])("the place of what cannot be read is told: %j", (body, line, column) => {
  expect(refusal(body).params).toMatchObject({ line, column });
});

test.each([
  ["<p>\n<script>x()</script>", "<script>", 2],
  ["<SCRIPT src='https://x.test/a.js'>", "<script>", 1],
  ["<p>\n<scr{% if child.name %}{% endif %}ipt>x()</script>", "<script>", 2],
  ["{% raw %}<script>{% endraw %}", "<script>", 1],
  ["<p>a</p>\n\n<img src=x onerror=alert(1)>", "on…=", 3],
  ['<p title="a"onclick="x()">b</p>', "on…=", 1],
  ["<svg/onload=x()>", "on…=", 1],
  ['<a href="javascript:x()">b</a>', "javascript:", 1],
  ["<a href = ' java\nscript:x()'>b</a>", "javascript:", 1],
  ['<a href="&#106;avascript&colon;x()">b</a>', "javascript:", 1],
  ["{{ 'javascript:x()' | link }}", "javascript:", 1],
])("%j carries a script and is refused", (body, found, line) => {
  const { kind, params, errors } = refusal(body);
  expect(kind.code).toBe("messages/script-in-content");
  expect(params).toEqual({ found, line });
  expect(errors?.[0]?.path).toBe("content.body");
});

test.each([
  '<p title="on sale = now">JavaScript: the book, on = off</p>',
  "ongoing = yes, javascript:是一种写法",
  "<p>{% raw %}{{ person.name }}{% endraw %}</p>",
  '<p style="font-size:1px" data-on="x">1 < 2 onclick=3</p>',
])("%j carries none", (body) => {
  expect(() => compile({ subject: "x", body })).not.toThrow();
});

test("values are escaped in HTML, and a line break cannot leave the subject", () => {
  const odd: Values = { person: { name: "<script>a\r\nBcc: x@y.z" }, child: {} };
  const { subject, html, text } = render("<b>{{ person.name }}</b>", odd, "{{ person.name }}");
  expect(html).toContain("&lt;script&gt;");
  expect(html).not.toContain("<script>");
  expect(subject).not.toMatch(/[\r\n]/);
  expect(text).toContain("<script>");
});

test("who lacks what the template needs is named, unless there is a default or a condition", () => {
  const nobody: Values = { person: {}, child: {} };
  const missing = compile({ subject: "x", body: "{{ child.name }}" }).render(nobody, addresses);
  expect(missing).toEqual({ outcome: "missing", variable: "child.name" });
  expect(render("{{ person.name | default: '妈妈' }}", nobody).html).toContain("妈妈");
  expect(render("{% if child.stage %}{{ child.stage }}{% else %}您好{% endif %}", nobody).html).toContain(
    "您好",
  );
});

test("fixed addresses in links are tracked, once each, and kept in the order they are written", () => {
  const body = `<a href="https://shop.test/a?x=1&amp;y=2">A</a> <a href='https://shop.test/b'>B</a>
    <a href="https://shop.test/a?x=1&amp;y=2">again</a> <a href="mailto:a@b.c">mail</a>
    {{ "https://shop.test/c" | link }} <a href="{{ 'https://shop.test/b' | link }}">B</a>`;
  const compiled = compile({ subject: "x", body });
  expect(compiled.links).toEqual([
    "https://shop.test/c",
    "https://shop.test/b",
    "https://shop.test/a?x=1&y=2",
  ]);
  const { html, text } = render(body);
  expect(html).not.toContain("shop.test");
  expect(html).toContain('href="mailto:a@b.c"');
  expect(html.match(/https:\/\/stork\.test\/t\/2/g)).toHaveLength(2);
  expect(text).toContain("A ( https://stork.test/t/2 )");
});

test("a link may hold no variable, so that nothing personal gets into an address", () => {
  const { kind, params } = refusal('<p>\n<a href="https://shop.test/?u={{ person.name }}">x</a></p>');
  expect(kind.code).toBe("messages/variable-in-link");
  expect(params).toMatchObject({ line: 2 });
});

test("plain text keeps its lines, and its addresses become links", () => {
  const { html, text } = render("您好：\n看看 https://shop.test/a 吧\n\n育见");
  expect(html).toContain("您好：<br>");
  expect(html).toContain('href="https://stork.test/t/0"');
  expect(text).toContain("看看 https://stork.test/t/0 吧");
});

test("a way out is always there: the author's own, or ours below", () => {
  expect(render("<p>x</p>").html).toContain('href="https://stork.test/u/x"');
  expect(render("<p>x</p>").text).toContain("https://stork.test/u/x");
  const own = render('<p>x <a href="{{ unsubscribeUrl }}">bye</a></p>').html;
  expect(own.match(/stork\.test\/u\/x/g)).toHaveLength(1);
  expect(own).toContain('href="https://stork.test/p/x"');
  const page = render('<p>x <a href="{{ preferencesUrl }}">yours</a></p>').html;
  expect(page.match(/stork\.test\/p\/x/g)).toHaveLength(1);
  expect(page).toContain('href="https://stork.test/u/x"');
  expect(render("<html><body><p>x</p></body></html>").html).toMatch(/Unsubscribe<\/a><\/p><\/body>/);
});

test("a template that would run away is stopped", () => {
  const body = "{% for i in (1..100000000) %}x{% endfor %}";
  expect(compile({ subject: "x", body }).render(family, addresses)).toEqual({ outcome: "broken" });
});
