import { indexOfUnit, part, partUnit, sameUnits } from "../column.ts";
import type { Comparator } from "../comparator.ts";
import { damerau } from "../edit-distance.ts";
import { jaroWinkler } from "../jaro-winkler.ts";

/** E-mails: name and host apart, for people keep the name when they change the host. */
export const email: Comparator = {
  thresholds: [0.88],
  prepare: (text) => {
    const [name = "", host = "", ...more] = text.normalize("NFKC").trim().toLowerCase().split("@");
    return name === "" || more.length > 0 ? "" : `${name}${part}${host}`;
  },
  levels: ([least]) => ["different", `names alike (${least})`, "a slip", "same name, other host", "same"],
  compare:
    ([least = 1]) =>
    (units, a, aEnd, b, bEnd) => {
      if (sameUnits(units, a, aEnd, b, bEnd)) return 4;
      const aName = indexOfUnit(units, a, aEnd, partUnit);
      const bName = indexOfUnit(units, b, bEnd, partUnit);
      if (sameUnits(units, a, aName, b, bName)) return 3;
      if (damerau(units, a, aName, b, bName, 2) <= 2 && Math.min(aName - a, bName - b) > 4) return 2;
      return jaroWinkler(units, a, aName, b, bName) >= least ? 1 : 0;
    },
};
