import type { key as en } from "./en-key.ts";

/** `tocsin key` 的用语。 */
export const key: typeof en = {
  make: "生成用于给消息签名的 OpenPGP 密钥",
  name: "密钥所有者；默认为 tocsin.yaml 的 alerting.team.name",
  mail: "发送消息的地址；默认为 alerting.team.from",
  out: "私钥文件；默认为数据目录中的 openpgp-key.asc",
  passphraseFile: "内有私钥口令的文件",
  whose: "请说明密钥属于谁：用 --name 和 --mail，或 tocsin.yaml 的 alerting.team",
  badName: (name) => `--name：须为一行且不含 < 和 >：${name}`,
  badMail: (mail) => `--mail：不是邮件地址：${mail}`,
  noDataDir: (dir) => `${dir} 中没有 tocsin.yaml：请用 --out 说明密钥存于何处`,
  fingerprint: (text) => `指纹：${text}`,
  publicKey: (path) => `公钥，供公布：${path}`,
  privateKey: (path) => `私钥，只存于本机：${path}`,
  revocation: (path) => `吊销证书，请另处保存，以备密钥丢失：${path}`,
  noPassphrase: "私钥没有口令：只靠文件权限保护。",
  lines: "tocsin.yaml 中写有以下内容后，消息即用它签名：",
};
