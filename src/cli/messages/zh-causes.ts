import type { causes as english } from "./en-causes.ts";

/** 已观测到但不计入统计数字的原因。 */
export const causes: typeof english = {
  reservedVictim: "受害方为私有或保留地址",
  reservedOrigin: "威胁源为私有或保留地址",
  warningListVictim: "受害方在警示名单上",
  warningListOrigin: "威胁源在警示名单上（公共解析器、CDN、sinkhole）",
  originNotNamed: "数据来源未指明威胁源",
  unlocatedVictim: "受害方无法定位",
  unlocatedOrigin: "威胁源无法定位",
  foreignVictim: "受害方在境外",
  domesticOrigin: "威胁源在境内",
  otherKind: "既非主机受控也非网站后门",
};
