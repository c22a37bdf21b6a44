import type { Kind } from "../../core/taxonomy/index.ts";
import {
  isVictimKind,
  kindInWords,
  kindOfMispCategory,
  opensConnection,
} from "../shared/labels/index.ts";

/** What there is to tell the kind of a host by, the nearest first. */
export interface Evidence {
  /** What a tag of the attribute or its object says. */
  readonly tagged: Kind | undefined;
  /** What a tag of the event says. */
  readonly ofEvent: Kind | undefined;
  /** Comments, and the object's name. */
  readonly words: readonly string[];
  readonly info: string;
  readonly category: string;
  /** Whether it is marked as no indicator, in an event that has some. */
  readonly context: boolean;
  /** Whether the type says that the host was where something came from: `ip-src`. */
  readonly from: boolean;
}

/**
 * The kind of a host in an attribute. A tag on an event with infected hosts says so of the event; the hosts that are called in it are not the
 * infected ones. The category alone does not say what a host is that its publisher marks as no indicator (`to_ids`): that is context, and must not be counted.
 * Where an event marks nothing as an indicator, the mark is not used, and says nothing.
 */
export function kindOfAttribute(evidence: Evidence): Kind {
  const { tagged, ofEvent, words, info, category, context, from } = evidence;
  if (tagged) return tagged;
  const said = kindInWords(...words);
  if (said) return said;
  const affects = ofEvent !== undefined && isVictimKind(ofEvent);
  if (ofEvent && (!affects || from)) return ofEvent;
  const inInfo = kindInWords(info);
  // That an event is about attacks says who attacked, and nothing of the other hosts in it.
  const ofInfo = inInfo && (from || !opensConnection(inInfo)) ? inInfo : undefined;
  if (context) return "undetermined";
  return ofInfo ?? (from ? undefined : kindOfMispCategory(category)) ?? "undetermined";
}
