import type { FeedFormat } from "../app/ports.ts";
import { abusech } from "./abusech/index.ts";
import { alienvault } from "./alienvault/index.ts";
import { anubisnetworks } from "./anubisnetworks/index.ts";
import { bambenek } from "./bambenek/index.ts";
import { blocklistde } from "./blocklistde/index.ts";
import { blueliv } from "./blueliv/index.ts";
import { calidog } from "./calidog/index.ts";
import { certPl } from "./cert-pl/index.ts";
import { ciArmy } from "./ci-army/index.ts";
import { cymru } from "./cymru/index.ts";
import { dataplane } from "./dataplane/index.ts";
import { dshield } from "./dshield/index.ts";
import { dyn } from "./dyn/index.ts";
import { eset } from "./eset/index.ts";
import { fraunhofer } from "./fraunhofer/index.ts";
import { maltrail } from "./maltrail/index.ts";
import { microsoft } from "./microsoft/index.ts";
import { openphish } from "./openphish/index.ts";
import { phishtank } from "./phishtank/index.ts";
import { addressList, hostNameList, publicLists, urlList } from "./plain-list/index.ts";
import { shodan } from "./shodan/index.ts";
import { spamhaus } from "./spamhaus/index.ts";
import { tuDresden } from "./tu-dresden/index.ts";
import { turris } from "./turris/index.ts";
import { viriback } from "./viriback/index.ts";
import { zoneH } from "./zone-h/index.ts";

/** The lists of publishers: told by their columns, their members or what they say of themselves. */
export const listFormats: readonly FeedFormat[] = [
  abusech,
  spamhaus,
  cymru,
  dataplane,
  dshield,
  blocklistde,
  ciArmy,
  openphish,
  phishtank,
  zoneH,
  viriback,
  shodan,
  maltrail,
  bambenek,
  turris,
  tuDresden,
  certPl,
  dyn,
  anubisnetworks,
  microsoft,
  alienvault,
  eset,
  blueliv,
  fraunhofer,
  calidog,
  publicLists,
];

/** Lists of nobody in particular: what is no other format's may be theirs. */
export const plainLists: readonly FeedFormat[] = [addressList, urlList, hostNameList];
