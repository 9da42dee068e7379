import { indexOfUnit, part, partUnit, sameUnits } from "../column.ts";
import type { Comparator, Knowing } from "../comparator.ts";
import { damerau } from "../edit-distance.ts";

const star = 0x2a;
/** What is said after a surname, and says nothing about who it is. */
const titles = /(女士|先生|小姐|太太|阿姨|老师|宝妈|宝爸|妈妈|爸爸|同学)$/;
const doubleSurnames = new Set([
  "欧阳",
  "司马",
  "上官",
  "诸葛",
  "皇甫",
  "尉迟",
  "慕容",
  "令狐",
  "东方",
  "夏侯",
]);

/**
 * Names in Chinese: prepared as characters, sound, and sound with the given name first. A title or stars in place of
 * the given name become one star. Names in letters have a sound and no characters.
 */
export const chineseName: Comparator = {
  thresholds: [],
  prepare(text, knowing) {
    const plain = text.normalize("NFKC").trim();
    const characters = [...plain].filter((each) => /\p{Script=Han}/u.test(each)).join("");
    if (characters === "") return inLetters(plain);
    const called = characters.replace(titles, "");
    const partial = called !== characters || /[*＊xX某]/.test(plain);
    const kept = called.replaceAll("某", "");
    if (kept === "") return "";
    const said = sounds(kept, knowing);
    const cut = Math.min(surnameLength(kept), said.length);
    const turned = [...said.slice(cut), ...said.slice(0, cut)].join("");
    return `${kept}${partial ? "*" : ""}${part}${said.join("")}${part}${turned}`;
  },
  levels: () => [
    "different",
    "same surname",
    "one character differs",
    "masked or with characters missing",
    "sounds the same",
    "order swapped",
    "same",
  ],
  compare: () => compareNames,
};

const surnameLength = (name: string): number => (doubleSurnames.has(name.slice(0, 2)) ? 2 : 1);

function inLetters(text: string): string {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  if (words.join("").length < 3) return "";
  const said = words.map(blurred);
  return `${part}${said.join("")}${part}${[...said.slice(1), ...said.slice(0, 1)].join("")}`;
}

function sounds(characters: string, knowing: Knowing): string[] {
  return (knowing.syllables?.(characters) ?? []).map(blurred);
}

/** Sounds that many speakers do not tell apart: zh z, ch c, sh s, n l, -ng -n. */
function blurred(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, "$1")
    .replace(/^n/, "l")
    .replace(/ng$/, "n")
    .replace(/[üv]/g, "u");
}

function compareNames(units: Uint16Array, a: number, aEnd: number, b: number, bEnd: number): number {
  const aName = indexOfUnit(units, a, aEnd, partUnit);
  const bName = indexOfUnit(units, b, bEnd, partUnit);
  const aPartial = aName > a && units[aName - 1] === star;
  const bPartial = bName > b && units[bName - 1] === star;
  if (aPartial || bPartial) {
    const shown = Math.min(aName - a - (aPartial ? 1 : 0), bName - b - (bPartial ? 1 : 0));
    return shown > 0 && sameUnits(units, a, a + shown, b, b + shown) ? 3 : 0;
  }
  if (sameUnits(units, a, aEnd, b, bEnd)) return 6;
  const inCharacters = aName > a && bName > b;
  if (inCharacters && isTurned(units, a, aName, b, bName)) return 5;
  const sound = compareSounds(units, aName + 1, aEnd, bName + 1, bEnd);
  if (sound > 0) return sound;
  if (!inCharacters) return 0;
  if (isWithin(units, a, aName, b, bName) || isWithin(units, b, bName, a, aName)) return 3;
  if (Math.min(aName - a, bName - b) > 2 && damerau(units, a, aName, b, bName, 1) === 1) return 2;
  return units[a] === units[b] ? 1 : 0;
}

/** Four where they sound the same, five where they do with the given name first in one of them. */
function compareSounds(units: Uint16Array, a: number, aEnd: number, b: number, bEnd: number): number {
  const aTurned = indexOfUnit(units, a, aEnd, partUnit);
  const bTurned = indexOfUnit(units, b, bEnd, partUnit);
  if (aTurned === a || bTurned === b) return 0;
  if (sameUnits(units, a, aTurned, b, bTurned)) return 4;
  if (sameUnits(units, a, aTurned, bTurned + 1, bEnd) || sameUnits(units, aTurned + 1, aEnd, b, bTurned))
    return 5;
  return 0;
}

/** 张小明 and 小明张: the same characters, begun one or two places later. */
function isTurned(units: Uint16Array, a: number, aEnd: number, b: number, bEnd: number): boolean {
  const length = aEnd - a;
  if (length !== bEnd - b || length < 2) return false;
  for (const by of [1, length - 1, 2]) {
    let same = by < length;
    for (let i = 0; same && i < length; i++) same = units[a + i] === units[b + ((i + by) % length)];
    if (same) return true;
  }
  return false;
}

/** Are the characters of the first among those of the second, in order? 张明 in 张小明. */
function isWithin(units: Uint16Array, a: number, aEnd: number, b: number, bEnd: number): boolean {
  if (aEnd - a >= bEnd - b || aEnd - a < 2) return false;
  let i = a;
  for (let j = b; j < bEnd && i < aEnd; j++) if (units[i] === units[j]) i++;
  return i === aEnd;
}
