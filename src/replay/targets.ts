/** How many hosts and sites a replay holds. Every number is a count of distinct addresses or sites. */
export interface Targets {
  /** Computers in China that are controlled or affected from abroad. */
  victims: number;
  /** Foreign addresses that control or affect them. */
  origins: number;
  /** Origins in the United States. */
  usOrigins: number;
  /** Victims of at least one origin in the United States. */
  usVictims: number;
  /** Web sites entered through back doors. */
  sites: number;
  /** Sites entered from at least one address in the United States. */
  usSites: number;
}

/**
 * The figures of the article (CNCERT/CC, January to May 2013). "5.63 million" and "nearly 2.91 million" are its
 * rounding; the replay makes them exact.
 */
export const ARTICLE: Readonly<Targets> = {
  victims: 5_630_000,
  origins: 13_408,
  usOrigins: 4_062,
  usVictims: 2_910_000,
  sites: 249,
  usSites: 54,
};

/** One half of the replay: hosts seen with origins in the United States, or with origins elsewhere. */
export interface Side {
  /** Number of its first origin; its origins follow each other. */
  firstOrigin: number;
  origins: number;
  /** Number of its first victim; its victims follow each other. */
  firstVictim: number;
  victims: number;
}

/** Share of the victims of the United States that another country reaches too. An assumption: the article is silent. */
const OVERLAP = 0.12;

/** `count` at 1:`scale`, rounded half up and never 0. */
export function scaleDown(count: number, scale: number): number {
  return Math.max(1, Math.round(count / scale));
}

/**
 * The article at 1:`scale`. Host figures shrink, the 249 sites stay. Beyond about 1:8,900 every origin rounds into the
 * United States; the victims of other countries then keep one origin, so `origins` is one more than the rounding says.
 */
export function targetsAt(scale: number): Targets {
  const targets = {
    victims: scaleDown(ARTICLE.victims, scale),
    origins: scaleDown(ARTICLE.origins, scale),
    usOrigins: scaleDown(ARTICLE.usOrigins, scale),
    usVictims: scaleDown(ARTICLE.usVictims, scale),
    sites: ARTICLE.sites,
    usSites: ARTICLE.usSites,
  };
  if (targets.origins === targets.usOrigins && otherVictims(targets) > 0) targets.origins++;
  return targets;
}

/**
 * The two sides. Origins of the United States and their victims come first; the victims of other countries are the
 * last ones, and the two runs of victims overlap in the middle.
 */
export function sidesOf(targets: Targets): { us: Side; other: Side } {
  const others = otherVictims(targets);
  return {
    us: { firstOrigin: 0, origins: targets.usOrigins, firstVictim: 0, victims: targets.usVictims },
    other: {
      firstOrigin: targets.usOrigins,
      origins: targets.origins - targets.usOrigins,
      firstVictim: targets.victims - others,
      victims: others,
    },
  };
}

function otherVictims({ victims, usVictims }: Targets): number {
  return victims - usVictims + Math.round(usVictims * OVERLAP);
}
