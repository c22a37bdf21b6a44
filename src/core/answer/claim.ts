import { ownWords } from "./own-words.ts";

/** What an answer says: that it is dealt with, that it is not so or not theirs, or nothing that could be told without a person. */
export type Claim = "fixed" | "disputed" | "none";

/** A line of one word, as our messages ask for it. */
const SAYS_FIXED =
  /^(fixed|resolved|done|cleaned( up)?|已处理|已修复|已清除|已解决|已整改|已处置|處理完畢|已處理|behoben|erledigt|bereinigt|corrigé|résolu|solucionado|resuelto)$/i;
const SAYS_DISPUTED =
  /^(not ours?|not our (ip|ips|address|network|customer|host|server)|false positive|wrong contact|误报|非我方|不是我们的|不属于我们|不屬於我們|nicht unser(e|er)?|pas le nôtre|faux positif|no es nuestr[oa]|falso positivo)$/i;

const DEALT_WITH =
  "fixed|resolved|cleaned|disinfected|removed|deleted|remediated|mitigated|patched|disabled|deactivated|suspended|terminated|taken down|taken offline|blocked|shut down|disconnected|closed|secured";
const FIXED = [
  new RegExp(
    `\\b(has|have|had|was|were|is|are|been|we|i|we've|i've)\\s+((now|already|since|successfully|just|both|all|been|completely)\\s+)*(${DEALT_WITH})\\b`,
  ),
  /已(经|經)?(全部|完成|成功|及时|立即|于.{1,12})?(处理|处置|修复|清除|清理|解决|关停|关闭|下线|整改|删除|封禁|查杀|處理|修復|解決)/,
  /(处理|处置|修复|清除|清理|整改|查杀)(完毕|完成|完畢)/,
  /\b(wurden?|ist|sind|haben)\s.{0,60}\b(behoben|bereinigt|entfernt|abgeschaltet|gesperrt)\b/,
  /\b(a été|ont été|avons)\s.{0,30}(corrigée?s?|résolue?s?|nettoyée?s?|supprimée?s?|bloquée?s?)(?![\p{L}])/u,
  /\b(ha sido|han sido|fue|hemos)\s.{0,30}(solucionad|resuelt|corregid|eliminad|bloquead|limpiad)[oa]s?\b/,
];
const DISPUTED = [
  /\b(is|are|it's) (not|no longer) (ours|our (ip|address|network|customer|host|server|responsibility)|(one of|part of|in|within|under) our)\b/,
  /\b(isn't|aren't) (ours|our)\b/,
  /\b(does not|do not|doesn't|don't|no longer) belongs? to (us|our)\b/,
  /\bnot (responsible for|in charge of|managed by us|assigned to us|allocated to us)\b/,
  /\b(is|was|are|were|be) (a )?false (positives?|alarms?)\b/,
  /\bwrong (contact|recipient|party|department)\b/,
  /(不|并不|並不)(属于|屬於|归|是)我(们|們|方|单位|单|司|公司|局|校)/,
  /非我(方|单位|司|公司|校)|与我(方|单位|司|公司|校).{0,4}无关|(属于|为|是|系)误报/,
  /\b(gehört|gehören) nicht (zu )?(uns|unserem)\b|\bnicht zuständig\b/,
  /n'(est|appartient) pas (à nous|le nôtre|la nôtre|notre)\b|\bfaux positif\b/,
  /\bno (es|son|pertenecen?) (nuestr[oa]s?|a nuestr[oa])\b|\bfalso positivo\b/,
];
/** What makes a sentence a wish, a question or a denial. */
const UNREAL =
  /[?？]|\b(not|never|cannot|will|would|should|could|once|when|whenever|if|unless|until|before|whether|please|yet|nicht|noch|wenn|sobald|wird|werden|pas|si|quand|sera|no|cuando|será)\b|n't\b|尚未|还没|没有|未|如果|是否|待|将|請|请/;

/**
 * What the words above the quote say, if they say it outright. A wish, a question or a denial says nothing; who says both has a dispute,
 * which a person settles.
 */
export function claimOf(text: string): Claim {
  const own = ownWords(text).slice(0, 8_000);
  const words = own.toLowerCase();
  const lines = words.split("\n").map((line) => line.replace(/^[\s*#>-]+|[\s.!。！*]+$/g, ""));
  const sentences = words.split(/[.!;。！；]+(?:\s|$)|\n\s*\n|(?<=[?？])/).map(inOneLine);
  const said = (patterns: readonly RegExp[], unreal: RegExp) =>
    sentences.some(
      (sentence) => !unreal.test(sentence) && patterns.some((pattern) => pattern.test(sentence)),
    );
  if (lines.some((line) => SAYS_DISPUTED.test(line)) || said(DISPUTED, QUESTION)) return "disputed";
  // The words that our messages ask for, in their capitals.
  if (/^[^\n?？]*\bNOT OURS\b[^?？]*$/m.test(own)) return "disputed";
  return lines.some((line) => SAYS_FIXED.test(line)) || said(FIXED, UNREAL) ? "fixed" : "none";
}

/** A dispute is itself a denial: only a question or a condition takes it back. */
const QUESTION = /[?？]|\b(if|whether|wenn|ob|si)\b|如果|是否/;

function inOneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
