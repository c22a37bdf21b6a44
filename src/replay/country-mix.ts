/**
 * Where the origins outside the United States stand: the 70 largest countries and each one's share of foreign
 * command-and-control servers. Mean of two real sets, C2-Tracker and ThreatFox, servers in China left out; the shares
 * are of all countries including the United States (0.304), so these 70 do not add up to 1. Shares of 2020s servers
 * stand in for 2013: an assumption.
 */
export const COUNTRY_SHARES: readonly (readonly [country: string, share: number])[] = [
  ["DE", 0.07568],
  ["SG", 0.047472],
  ["NL", 0.046703],
  ["FR", 0.040781],
  ["HK", 0.036054],
  ["GB", 0.03444],
  ["RU", 0.032925],
  ["JP", 0.031239],
  ["CA", 0.029593],
  ["IN", 0.027033],
  ["BR", 0.023947],
  ["SC", 0.02023],
  ["IE", 0.019952],
  ["SE", 0.018082],
  ["KR", 0.016807],
  ["AU", 0.015156],
  ["BE", 0.011722],
  ["ZA", 0.01167],
  ["FI", 0.011121],
  ["BG", 0.007996],
  ["IL", 0.00657],
  ["TR", 0.006533],
  ["VN", 0.006346],
  ["IT", 0.006088],
  ["ES", 0.005741],
  ["PL", 0.005699],
  ["AE", 0.005335],
  ["CH", 0.0052],
  ["ID", 0.004486],
  ["RO", 0.0043],
  ["MU", 0.003568],
  ["SA", 0.003468],
  ["MY", 0.003144],
  ["LT", 0.002988],
  ["MX", 0.002964],
  ["TH", 0.002816],
  ["MA", 0.002792],
  ["UA", 0.002716],
  ["PA", 0.002666],
  ["CO", 0.002643],
  ["DZ", 0.002639],
  ["CZ", 0.0025],
  ["AT", 0.002371],
  ["IR", 0.002209],
  ["TW", 0.002157],
  ["MD", 0.002036],
  ["GR", 0.001938],
  ["EE", 0.001808],
  ["CL", 0.001647],
  ["AR", 0.001626],
  ["EG", 0.001598],
  ["LV", 0.001571],
  ["TN", 0.00157],
  ["KZ", 0.001546],
  ["VG", 0.001354],
  ["BH", 0.001268],
  ["PK", 0.001226],
  ["PT", 0.001142],
  ["VE", 0.001106],
  ["HU", 0.001015],
  ["PH", 0.00089],
  ["IS", 0.000813],
  ["PE", 0.000745],
  ["NO", 0.000726],
  ["BZ", 0.00071],
  ["KN", 0.000706],
  ["SI", 0.000592],
  ["SK", 0.000544],
  ["AL", 0.000516],
  ["UZ", 0.000515],
];

/** The country of the article's comparison; it is not in the mix, because the article gives its numbers. */
export const UNITED_STATES = "US";

/** Every country that has origins, the United States first. An origin's country is an index into this list. */
export const COUNTRIES: readonly string[] = [
  UNITED_STATES,
  ...COUNTRY_SHARES.map(([country]) => country),
];

/** The shares alone, in the order of `COUNTRIES` without the United States. */
export const SHARES: readonly number[] = COUNTRY_SHARES.map(([, share]) => share);
