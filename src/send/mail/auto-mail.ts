/** Fields that only programs set. */
const STRONG = [
  "x-autoreply",
  "x-auto-reply",
  "x-autorespond",
  "x-autoresponse",
  "x-autoreply-from",
  "x-mail-autoreply",
];
/** A subject that begins like this was written by a program, whatever follows. */
const SUBJECT =
  /^\s*(\[?auto(matic|mated|matische|mática)?[- _]?(reply|response|generated|answer|antwort|svar)\b|out of (the )?office|ooo\b|away from (my|the) (desk|office)|on (vacation|leave)|vacation (reply|notice)|automatische antwort|abwesenheit|abwesend|nicht im büro|réponse automatique|absence|absent du bureau|en congés?|respuesta automática|fuera de (la )?oficina|ausencia|ausente|自动(回复|答复|应答)|自動(回覆|回复)|(不在|离开)办公室|外出|休假)/i;

/**
 * Whether a program wrote a mail. `surely`: it says so (RFC 3834, its older relatives, its subject). `perhaps`: it was sent in bulk, or asks
 * not to be answered by programs, as ticket systems do with what a person wrote as well.
 */
export function isAutomatic(
  headers: ReadonlyMap<string, string>,
  subject: string,
): "surely" | "perhaps" | "no" {
  const submitted =
    headers
      .get("auto-submitted")
      ?.toLowerCase()
      .split(/[\s;(]/)[0] ?? "no";
  if (submitted !== "no" && submitted !== "") return "surely";
  if (STRONG.some((name) => !["", "no"].includes(headers.get(name)?.toLowerCase() ?? "")))
    return "surely";
  const precedence = headers.get("precedence")?.toLowerCase().trim() ?? "";
  if (/^(auto[_-]?reply|junk)$/.test(precedence)) return "surely";
  if (SUBJECT.test(subject)) return "surely";
  const suppress = headers.has("x-auto-response-suppress");
  return suppress || /^(bulk|list)$/.test(precedence) ? "perhaps" : "no";
}
