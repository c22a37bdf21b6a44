/** ISO codes of the countries abroad, the commonest first. */
export const COUNTRIES: readonly string[] = (
  "US DE SG NL FR HK GB RU JP CA IN BR SC IE SE KR AU BE ZA FI BG IL TR VN IT ES PL AE CH ID RO MU SA MY LT MX TH MA " +
  "UA PA CO DZ CZ AT IR TW MD GR EE CL AR EG LV TN PT HU NO DK SK KZ PE PH PK BD KE NG EC RS GE LU IS"
).split(" ");
