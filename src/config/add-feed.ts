import { isMap, parseDocument, type YAMLMap } from "yaml";
import { Fault } from "../core/fault.ts";

/**
 * The text of a configuration with one more feed, comments and order as they were. `remarks` stand above the feed. Throws Fault
 * `config-invalid` if the text is no configuration, or has a feed of this name.
 */
export function addFeed(
  text: string,
  name: string,
  definition: Readonly<Record<string, unknown>>,
  remarks: readonly string[],
): string {
  const document = parseDocument(text);
  const [mistake] = document.errors;
  if (mistake) throw new Fault("config-invalid", mistake.message, { cause: mistake });
  if (document.getIn(["feeds"]) === undefined || document.getIn(["feeds"]) === null)
    document.setIn(["feeds"], document.createNode({}));
  const feeds: unknown = document.getIn(["feeds"], true);
  if (!isMap(feeds)) throw new Fault("config-invalid", "feeds holds no feeds by name");
  if (feeds.has(name)) throw new Fault("config-invalid", `there is a feed "${name}" already`);
  addPair(feeds, document.createNode(name), document.createNode(definition), remarks);
  // Braces and brackets as they mostly are: the text around is the operator's.
  return document.toString({ lineWidth: 0, flowCollectionPadding: !/[[{][^\s\]}]/.test(text) });
}

function addPair(
  feeds: YAMLMap,
  key: { commentBefore?: string | null },
  value: unknown,
  remarks: readonly string[],
): void {
  key.commentBefore = remarks.map((remark) => ` ${remark}`).join("\n");
  // Braces would hold all in one line, and have no place for remarks.
  feeds.flow = false;
  feeds.set(key, value);
}
