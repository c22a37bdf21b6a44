import { sectorName } from "../../shared/names.ts";
import type { OpeningFacts, SubjectFacts, Vocabulary } from "./vocabulary.ts";
import { zhAdvice } from "./zh-advice.ts";
import { zhThemes } from "./zh-themes.ts";

const answering: Vocabulary["answering"] = {
  findings: {
    how: "请直接回复本邮件，并在主题中保留编号。请以下列词语之一开头：",
    words: [
      ["已处理", "问题已经清除；我们将复核，并把结果告知贵方"],
      ["处理中", "正在处理，需要更多时间"],
      ["非我方", "不由贵方负责；如知道由谁负责，请告知"],
    ],
  },
  closure: {
    how: "无需回复。如认为我们有误，请直接回复本邮件，并在主题中保留编号，我们会有专人阅读。",
    words: [],
  },
  verification: {
    how: "请从本邮件的收件地址直接回复；如有OpenPGP或S/MIME密钥，请签名。请以下列词语之一开头：",
    words: [
      ["是", "这是接收网络安全事件通报的正确地址"],
      ["否", "不是；如知道正确地址，请告知"],
    ],
  },
};

/** 简体中文。 */
export const zh: Vocabulary = {
  language: "zh",
  name: "中文",
  headings: {
    what: "我们发现的情况",
    since: "时间",
    advice: "处置建议",
    answer: "如何回复",
    list: "清单（时间为UTC）",
    attached: "附件",
  },
  labels: {
    ticket: "编号",
    to: "收件单位",
    from: "发件单位",
    answerBy: "请于此前回复",
    first: "首次发现",
    last: "最近发现",
    evidence: "证据",
    sectors: "受影响系统（按行业）",
    own: "贵方受影响系统",
    pseudonyms: "受影响系统（代号）",
    offenders: "与之连接",
    feeds: "来源",
    phone: "电话",
    website: "网址",
  },
  colon: "：",
  heading: (text) => `【${text}】`,
  tlp: {
    clear: "可不受限制地分享。",
    green: "可在所在社群内分享，不得在公开渠道发布。",
    amber: "仅限本单位及其客户中确有需要的人员知悉。",
    "amber+strict": "仅限本单位内部确有需要的人员知悉。",
    red: "仅限收件人本人知悉，不得分享。",
  },
  themes: zhThemes,
  advice: zhAdvice,
  closing: {
    "verified-clean": "经我们复核，问题已经清除。",
    "presumed-clean": "一段时间以来我们未再发现该问题的迹象，推定其已清除，但未经复核。",
    "lost-sight": "我们已无法观察到该问题是否仍然存在。",
    "false-positive": "系我们误报，该问题并不存在。由此带来的不便，谨致歉意。",
    "holder-changed": "所涉资源的使用者现已变更。",
    duplicate: "同一事件已在另一编号下处理。",
    "no-response": "我们未收到回复，问题可能仍然存在。",
    "not-actionable": "依据现有信息，无法进一步处理。",
  },
  subject,
  opening,
  answering,
  more: (count, attached) => (attached ? `……另有${count}条，见附件。` : `……另有${count}条。`),
  affects: (_, digits) => `影响${digits}个系统`,
  seen: (_, digits) => `发现${digits}次`,
  sector: (name) => sectorName(name, "zh"),
  between: (first, last) => `${first} 至 ${last}`,
};

function subject({ message, title, family, asset, count, digits }: SubjectFacts): string {
  const threat = family === "" ? title : `${title}（${family}）`;
  const where = asset === "" ? (count > 0 ? `：${digits}条` : "") : `：${asset}`;
  switch (message) {
    case "alert":
      return `${threat}${where}`;
    case "update":
      return `更新：${threat}${where}`;
    case "reminder":
      return `催办：${threat}${where}`;
    case "closure":
      return "结案通知";
    case "verification":
      return "请确认贵方是否为网络安全事件联系人";
  }
}

function opening(facts: OpeningFacts): readonly string[] {
  const family = facts.family === "" ? "" : `，涉及恶意程序“${facts.family}”`;
  const them = `${facts.noun}${family}`;
  switch (facts.message) {
    case "alert":
      return [`据我们所知由贵方负责的范围内发现${them}。`, facts.means];
    case "update":
      return [
        `自我们于${facts.since}致函以来，又在据我们所知由贵方负责的范围内发现${them}。本编号下现共有${facts.totalDigits}条。`,
        facts.means,
      ];
    case "reminder":
      return [
        `我们曾于${facts.since}致函贵方，至今未收到回复。所涉为据我们所知由贵方负责的${them}。`,
        facts.means,
      ];
    case "closure":
      return [
        `本编号所涉事件（我们曾于${facts.since}致函贵方）现已结案。${facts.closing}`,
        "感谢贵方的协助。",
      ];
    case "verification":
      return [
        `我们是${facts.team}，负责向有关单位通报其网络中的安全事件。在发送任何详细信息之前，我们希望确认收件地址无误。`,
        `请问这是否为${facts.to}接收网络安全事件通报的正确地址？`,
      ];
  }
}
