import type { FaultCode } from "../../core/fault.ts";
import { alertingDetails } from "./zh-faults-alerting.ts";

/** 每种故障一句话。 */
const kinds: Record<FaultCode, string> = {
  "alert-unknown": "没有此编号或工单号的通报。",
  "batch-unknown": "日志中没有此编号的批次。",
  "case-conflict": "对案件的更改所指之物不存在，或与现有内容矛盾。",
  "config-invalid": "配置有误，各处错误均列出其路径。",
  "contact-unknown": "没有此标识或地址的联系人，或有多个。",
  "data-dir-in-use": "另一个进程正在使用该数据目录。",
  "database-refused": "数据库服务器拒绝了请求：地址、口令或权限有误。",
  "database-unreachable": "无法连接数据库服务器，或连接被其中断。",
  "directory-unreadable": "联系人名录中没有可用内容；未作任何更改。",
  "feed-malformed": "数据源的对方给出了其协议不允许的回答。",
  "feed-refused": "数据源的对方拒绝了请求：地址、凭据或权限有误。",
  "feed-unknown": "配置中没有此名称的数据源。",
  "feed-unreachable": "数据源的对方没有回答、未及时回答，或自身出错。",
  "format-unknown": "输入的格式未知，也无法识别。",
  "incident-unknown": "没有此编号的事件。",
  "inhibition-unknown": "没有此标识的抑制。",
  "input-too-large": "输入超过了为其设定的上限。",
  "input-truncated": "输入不完整：被截断或已损坏。",
  "input-unreadable": "无法打开或读取输入。",
  "institution-unknown": "没有此标识的机构。",
  interrupted: "工作在完成之前被停止；已存储的内容保留。",
  "key-unusable": "本方的密钥无法读取、已过期或不能用于所需用途。",
  "location-table-unreadable": "无法打开定位表，或定位表已损坏。",
  "lookup-empty": "在网络上查询的对方没有相关信息。",
  "lookup-failed": "所查询的注册机构或网站没有回答、回答不当或要求等待。",
  "mailbox-refused": "答复邮箱的服务器拒绝了请求：口令、邮箱或权限有误。",
  "mailbox-unreachable": "答复邮箱的服务器没有回答。",
  "message-not-allowed":
    "不得向此联系人发送任何内容：因标记、信任等级或密钥，或因该渠道不传送消息。",
  "no-space-left": "磁盘已满；未完成的批次没有存储任何内容。",
  "not-initialised": "数据目录尚未建立；请运行 tocsin init。",
  "not-possible": "就目前情况而言，所请求的操作不合理。",
  "output-unwritable": "无法写入输出，或会覆盖其他内容。",
  "rules-invalid": "通报规则有误，各处错误均列出其路径。",
  "rules-not-tried": "这些通报规则未经试运行，不能生效。",
  "rules-unknown": "没有此名称的通报规则版本。",
  "store-corrupt": "存储已损坏，没有打开。",
  "store-newer": "该存储由更新版本的程序写入。",
  usage: "命令或其选项不合用法。",
};

/**
 * 故障详情：左边是程序各处的英文句子，`{}` 代表其中的内容；右边的 `{1}`、`{2}` 指第几个 `{}`。
 * 测试会核对程序中的每一句都在这里。
 */
const details: Readonly<Record<string, string>> = {
  ...alertingDetails,
  "no refused row has the id {}": "没有标识为 {1} 的被拒绝行",
  "the quarantine keeps no bytes of {}": "隔离区没有保存 {1} 的字节",
  "{}: there is a zip archive within; unpack it first, and ingest the archive":
    "{1}：其中有一个 zip 归档；请先解开，再读入该归档",
  "{} is packed more than {} times over": "{1} 的压缩超过 {2} 层",
  "{} unpacks to more than 16 GiB from within": "{1} 从内部解出的内容超过 16 GiB",
  "{}: the member's name is not allowed ({})": "{1}：成员的名称不被允许（{2}）",
  "{}: archives lie in each other more than {} deep": "{1}：归档相互嵌套超过 {2} 层",
  "{}: an archive within an archive may have 256 MB; unpack it first":
    "{1}：归档中的归档不得超过 256 MB；请先解开",
  '{} deliveries of {} wait that no format can read ({} bytes): name its format or map it, then run "tocsin collect {} --once --retry-unread"':
    "数据源 {2} 有 {1} 份文件无法识别格式，仍在等待（{3} 字节）：请指定其格式或列映射，然后运行 tocsin collect {4} --once --retry-unread",
  '{}: this is UTF-16 text, and only UTF-8 is read; convert it with "iconv -f UTF-16 -t UTF-8" first':
    "{1}：这是 UTF-16 文本，而只读取 UTF-8；请先用 iconv -f UTF-16 -t UTF-8 转换",
  '{}: no format takes this file; see "tocsin feeds formats", name one with --format, or map its columns under csvMappings in tocsin.yaml':
    "{1}：没有格式能读取此文件；见 tocsin feeds formats，可用 --format 指定，或在 tocsin.yaml 的 csvMappings 中映射各列",
  "the journal has no batch {} of a file": "日志中没有文件批次 {1}",
  "{}: no format takes it today": "{1}：现在没有格式能读取它",
  "{} was not stored to its end; ingest it again first": "{1} 没有存储到末尾；请先再次读入",
  "{} is not there any more; name a folder that has it with --from":
    "{1} 已不在原处；请用 --from 指定存有它的目录",
  "{} is another file now; name a folder that has the one that was stored with --from":
    "{1} 已是另一个文件；请用 --from 指定存有原文件的目录",
  "{} stays as it was": "{1} 保持原样",
  'there is no {}; run "tocsin init" first': "没有 {1}；请先运行 tocsin init",
  "{} cannot be written": "无法写入 {1}",
  "nothing is stored yet: ingest a feed, or name the period with --from and --to":
    "还没有存储任何内容：请读入一个数据源，或用 --from 和 --to 指定时期",
  "the period ends before it begins: {} to {}": "时期的结束早于开始：{1} 至 {2}",
  "--home: no ISO 3166-1 code of two letters: {}": "--home：不是 ISO 3166-1 两字母代码：{1}",
  "--kind: no such kind: {}. Kinds are {}": "--kind：没有此类：{1}。可用的类有 {2}",
  "{}: no day of the calendar: {} (YYYY-MM-DD)": "{1}：不是日历中的日期：{2}（YYYY-MM-DD）",
  "{} is there already; --force writes it anew": "{1} 已存在；用 --force 重新写入",
  "there is no file {}": "没有文件 {1}",
  "{} is larger than {} bytes": "{1} 大于 {2} 字节",
  "{} cannot be read ({})": "无法读取 {1}（{2}）",
  "{} cannot be read": "无法读取 {1}",
  "{} is damaged at byte {}": "{1} 在第 {2} 字节处损坏",
  "the directory {} cannot be read": "无法读取目录 {1}",
  '{} is packed with zstd, which needs Node 22.15 or newer; unpack it with "zstd -d" first':
    "{1} 以 zstd 压缩，需要 Node 22.15 或更新版本；请先用 zstd -d 解压",
  "{}: the {} data is cut short or damaged ({}); the rows before that are kept. Fetch the file again and ingest it: nothing counts twice":
    "{1}：{2} 数据被截断或已损坏（{3}）；之前的行已保留。请重新获取文件并读入：不会重复计数",
  "{}: there is no such file or directory": "{1}：没有此文件或目录",
  "{}: there is no file in this directory": "{1}：此目录中没有文件",
  "{} was not read to its end": "{1} 没有读到末尾",
  "{}: a document of this format is read as a whole, and this one has more than {} MB; split it (a STIX bundle or a MISP event into several) and ingest the parts":
    "{1}：此格式的文档须整体读取，而它大于 {2} MB；请拆分（把一个 STIX bundle 或 MISP 事件拆成几个）后分别读入",
  "{}: the file is cut short or damaged, and as it is one document nothing of it is taken. Fetch it again and ingest it":
    "{1}：文件被截断或已损坏，因其为一个整体文档，没有采用任何内容。请重新获取并读入",
  "{}: the zip archive cannot be read ({})": "{1}：无法读取 zip 归档（{2}）",
  "{} has {} bytes": "{1} 有 {2} 字节",
  "{} cannot be read: {}": "无法读取 {1}：{2}",
  "{} is left alone: DKIM {} {}": "{1} 未采用：DKIM {2} {3}",
  "{}: a mail cannot be moved to {}": "{1}：无法将邮件移至 {2}",
  "Kafka at {}: {}": "位于 {1} 的 Kafka：{2}",
  "NATS at {}: {}": "位于 {1} 的 NATS：{2}",
  "manifest.json has no events by their UUID": "manifest.json 中没有按 UUID 列出的事件",
  "cannot listen at {}:{}: {}": "无法在 {1}:{2} 监听：{3}",
  "{} did not answer with a list of objects": "{1} 没有以对象列表回答",
  'the schedule "{}" never comes': "时间表“{1}”永远不会到来",
  'the schedule "{}" ({}): {}': "时间表“{1}”（{2}）：{3}",
  "the reports API answered: {}": "报告接口回答：{1}",
  "the reports API did not answer with a list": "报告接口没有以列表回答",
  "the reports API: {}": "报告接口：{1}",
  "{} has more than {} bytes": "{1} 超过 {2} 字节",
  "{}: the answer is no JSON": "{1}：回答不是 JSON",
  "{} redirects to where we do not follow": "{1} 重定向到我们不会跟随的地方",
  "{} answered {}": "{1} 回答 {2}",
  "{}: it took too long": "{1}：耗时过长",
  "{}: no answer": "{1}：没有回答",
  "truth.json of the replay is of another version: use --fresh":
    "重演数据的 truth.json 属于另一版本：请用 --fresh",
  "{} leads to an address inside": "{1} 指向内部地址",
  "{} leads to {}, which redirectHosts does not name": "{1} 指向 {2}，而 redirectHosts 中没有它",
  "{} is an address inside, which nobody outside may name": "{1} 是内部地址，外部不得指定",
  "the collection {} never ends": "集合 {1} 没有尽头",
  "{}: the answer is no JSON object": "{1}：回答不是 JSON 对象",
  '{} has no collection "{}" for us to read': "{1} 没有可供我们读取的集合“{2}”",
  "feeds holds no feeds by name": "feeds 中没有按名称列出的数据源",
  'there is a feed "{}" already': "已有数据源“{1}”",
  "{} holds no address range with {}": "{1} 中没有带有所需内容的地址段：{2}",
  "the search tree of the file runs in circles": "文件的查找树成环",
  "{} cannot be opened": "无法打开 {1}",
  '"{}" is no address range in CIDR form': "“{1}”不是 CIDR 形式的地址段",
  "the host list {} cannot be read": "无法读取主机名单 {1}",
  "the replay was interrupted before it was whole": "重演数据在完成之前被中断",
  "{} is not empty and is not a replay; choose another folder":
    "{1} 不是空目录，也不是重演数据；请另选目录",
  "the replay cannot be written to {}: {}": "无法将重演数据写入 {1}：{2}",
  "the scale must be a whole number from 1, not {}": "比例须为从 1 起的整数，而不是 {1}",
  "{} is open in this process already": "{1} 已在本进程中打开",
  "process {} ({})": "进程 {1}（{2}）",
  "another process": "另一个进程",
  "{} cannot be written: the user of this process needs write permission for it and its directory":
    "无法写入 {1}：本进程的用户须有该文件及其目录的写权限",
  "no space left for {}": "没有空间存放 {1}",
  "{} cannot be opened: {}": "无法打开 {1}：{2}",
  "a part is committed while a batch is open": "在批次未结束时提交了分段",
  "the disk is full; the rows stored before are safe": "磁盘已满；此前存储的行完好",
  "{} has tables of version {}; this program reads version {}":
    "{1} 中的表为版本 {2}；本程序读取版本 {3}",
  "one part is written at a time": "同时只能写入一个分段",
  "the store in memory writes no parquet": "内存中的存储不写 parquet",
  'tocsin.yaml has no feed "{}" that says where it is from':
    "tocsin.yaml 中没有说明来源的数据源“{1}”",
  "no feed in tocsin.yaml says where it is to be collected from":
    "tocsin.yaml 中没有数据源说明从何处采集",
  "the secret in {} is empty": "{1} 中的密钥为空",
  "warningLists: {} cannot be read": "warningLists：无法读取 {1}",
  "there is no configuration file {}": "没有配置文件 {1}",
  '{} has no tocsin.yaml; run "tocsin init --data {}" first':
    "{1} 中没有 tocsin.yaml；请先运行 tocsin init --data {2}",
  'nothing is written as "{}"': "没有名为“{1}”的输出形式",
  'there is no format "{}"; known: {}': "没有格式“{1}”；已知格式：{2}",
  "{} is in use by {}; wait for it to end, or name another directory with --data":
    "{1} 正被 {2} 使用；请等其结束，或用 --data 指定另一目录",
  "{} has {}:\n{}": "{1} 有误：\n{3}",
};

/** The longest first: what is said most exactly wins. */
const patterns = Object.entries(details)
  .sort(([a], [b]) => b.length - a.length)
  .map(([template, says]) => ({ matches: patternOf(template), says }));

function patternOf(template: string): RegExp {
  const parts = template
    .split("{}")
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(String.raw`([\s\S]*?)`)}$`);
}

/** The detail of a fault in Chinese; `undefined` if its sentence is not known. */
export function detailInChinese(message: string): string | undefined {
  for (const { matches, says } of patterns) {
    const found = matches.exec(message);
    if (found) return says.replace(/\{(\d)\}/g, (_, at: string) => found[Number(at)] ?? "");
  }
  return undefined;
}

/** 一个故障：能译出详情时只说详情，否则先说是哪种故障。 */
export function faultInChinese(code: FaultCode, message: string): string {
  return detailInChinese(message) ?? `${kinds[code]}（${message}）`;
}
