/** A topic pattern as it is written, e.g. `devices/{device}/bottle/+`: `{name}` is one level that the mapping can use. */
export interface TopicPattern {
  /** What the broker is asked for: names become `+`. */
  filter: string;
  names: readonly string[];
  match(topic: string): Readonly<Record<string, string>> | null;
}

const named = /^\{([A-Za-z_]\w{0,39})\}$/;

/** null: it is no pattern that MQTT knows. */
export function readPattern(pattern: string): TopicPattern | null {
  const levels = pattern.split("/");
  const names = levels.flatMap((level) => named.exec(level)?.[1] ?? []);
  const isRight = levels.every((level, i) => {
    if (level === "#") return i === levels.length - 1;
    if (level === "+" || named.test(level)) return true;
    return !/[+#{}\0]/.test(level);
  });
  if (!isRight || pattern === "" || new Set(names).size !== names.length) return null;
  return {
    filter: levels.map((level) => (named.test(level) ? "+" : level)).join("/"),
    names,
    match: (topic) => matchLevels(levels, topic.split("/")),
  };
}

function matchLevels(levels: readonly string[], parts: readonly string[]): Record<string, string> | null {
  const found: Record<string, string> = {};
  // Wildcards do not reach the broker's own topics ($SYS).
  if (parts[0]?.startsWith("$") && levels[0] !== parts[0]) return null;
  for (const [i, level] of levels.entries()) {
    if (level === "#") return found;
    const part = parts[i];
    if (part === undefined) return null;
    const name = named.exec(level)?.[1];
    if (name !== undefined) found[name] = part;
    else if (level !== "+" && level !== part) return null;
  }
  return parts.length === levels.length ? found : null;
}
