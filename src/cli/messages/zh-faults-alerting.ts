/** 通报方面的故障详情；写法同 `zh-faults.ts` 中的 `details`。 */
export const alertingDetails: Readonly<Record<string, string>> = {
  // 通报与事件
  "there is no alert {}": "没有通报 {1}",
  "there is no incident {}": "没有事件 {1}",
  "incident {} is closed already": "事件 {1} 已经关闭",
  "there is no open task {}": "没有未完成的任务 {1}",
  "it is {}: only a draft is waiting to be sent": "其状态为 {1}：只有草稿（draft）在等待发送",
  "there is nobody to write to": "没有可以致信的联系人",
  "contact {} is {}; verify it first: tocsin institution verify {}":
    "联系人 {1} 的状况为 {2}；请先核实：tocsin institution verify {3}",
  '"{}" means nothing while the alert is {}': "通报处于 {2} 状态时，“{1}”没有意义",
  "nothing was sent that could be answered": "没有发出过可供答复的内容",
  "it is still affected: the thread goes on": "仍受影响：通报继续",
  "its end is being told": "正在告知其结束",
  "an approval needs a name": "批准需要署名",
  "{} drafted it: another person must say yes": "由 {1} 起草：须由另一人批准",
  "{} has said yes: another person must, too": "{1} 已经批准：还须另一人批准",
  "no answer came in time; the reminder follows": "未及时收到答复；接着发提醒",
  "it was reminded: once a rung": "已经提醒过：每级一次",
  "the next rung was told": "已通知下一级",
  "there is no rung above": "没有更高的一级",
  "whoever closes says why": "关闭时须说明原因",
  "everything is held: the kill switch is on": "紧急开关已开启：全部暂停",
  "say either --arrived or --not-arrived": "请指定 --arrived 或 --not-arrived 之一",
  // 消息与渠道
  "alert {} has nobody to write to: its contact is gone":
    "通报 {1} 没有可以致信的人：其联系人已不存在",
  "no message goes by {}": "没有经 {1} 发送的消息",
  "nothing of alert {} may be told to {}: {}{}": "不得将通报 {1} 的任何内容告知 {2}：{3}{4}",
  "the outbox has no message {}": "发件箱中没有消息 {1}",
  "{} has no mail address": "{1} 没有邮件地址",
  'smtp.security: "none" is for a server on this machine, not for {}':
    "smtp.security：none 只可用于本机上的服务器，不可用于 {1}",
  "answers.tls: false is for a server on this machine, not for {}":
    "answers.tls：false 只可用于本机上的服务器，不可用于 {1}",
  "alerting.team.replyTo: {} is too long to have an alert's number put into it":
    "alerting.team.replyTo：{1} 过长，无法加入通报编号",
  "tocsin.yaml has no alerting section: it must say in whose name messages are sent":
    "tocsin.yaml 没有 alerting 部分：须说明以谁的名义发送消息",
  // 密钥
  "our OpenPGP key cannot be read; is the passphrase right?":
    "无法读取本方的 OpenPGP 密钥；口令是否正确？",
  "our OpenPGP key can sign nothing at this date": "本方的 OpenPGP 密钥在此日期不能签名",
  "our S/MIME key is not that of its certificate, or not RSA or EC":
    "本方的 S/MIME 密钥与证书不符，或不是 RSA 或 EC",
  "{} has no Ed25519 private key in PEM": "{1} 中没有 PEM 形式的 Ed25519 私钥",
  "the secret in {} has fewer than {} bytes": "{1} 中的密钥少于 {2} 字节",
  "{} is there already, and stays": "{1} 已存在，保持原样",
  "the passphrase in {} is empty": "{1} 中的口令为空",
  // 机构与联系人
  '"{}" is no id of small letters, digits and hyphens':
    "“{1}”不是由小写字母、数字和连字符组成的标识",
  "there is an institution {}": "已有机构 {1}",
  "there is no institution {}": "没有机构 {1}",
  "{} has open incidents": "{1} 有未关闭的事件",
  "{} has more than one line": "{1} 多于一行",
  '"{}" is no address of the channel {}': "“{1}”不是渠道 {2} 的地址",
  "{} has no contact {}": "{1} 没有联系人 {2}",
  '"{}" is nothing to answer for': "“{1}”不是可以负责的对象",
  "{} does not answer for {}": "{1} 不负责 {2}",
  "nothing in it could be taken{}": "其中没有可以采用的内容{1}",
  "a verification needs who did it, and how": "核实须说明由谁、以何种方式进行",
  "{} is superseded: nobody is to write to it any more": "{1} 已被取代：不得再向其致信",
  "{} ended at {}": "{1} 已于 {2} 终止",
  "there is no contact {}": "没有联系人 {1}",
  "{} is a contact of several: {}": "{1} 是多个机构的联系人：{2}",
  'no directory has the form "{}"; known: {}': "没有形式为“{1}”的名录；已知形式：{2}",
  "name a file of the form {}": "请指定形式为 {1} 的文件",
  "{} takes one file at a time": "{1} 每次只接受一个文件",
  "the file has more than 256 MiB": "文件超过 256 MiB",
  // 在网络上查询
  "{} is no address, AS number or domain": "{1} 不是地址、AS 号或域名",
  "no registry is known for {}": "不知道 {1} 属于哪个注册机构",
  "{} wants to be left alone for {} s": "{1} 要求等待 {2} 秒",
  "{} wanted to be left alone for a while": "{1} 曾要求稍候再询问",
  "the look-up was stopped": "查询已被停止",
  "{} knows nothing of it": "{1} 没有相关信息",
  "{} answered with {} and no JSON document": "{1} 的回答为 {2}，且不是 JSON 文档",
  "{} is no domain": "{1} 不是域名",
  "{} has no security.txt": "{1} 没有 security.txt",
  "{} leads where we do not go: {}": "{1} 指向我们不会前往的地方：{2}",
  "{} is an address inside": "{1} 是内部地址",
  "{} cannot be asked: {}": "无法询问 {1}：{2}",
  // 规则与抑制
  "an inhibition needs a reason": "抑制须说明原因",
  "{} is over already": "{1} 已经过去",
  "there is no inhibition {}": "没有抑制 {1}",
  "{} names no kind of threat, such as threat:c2-server/zeus":
    "{1} 没有指明威胁的类别，例如 threat:c2-server/zeus",
  '"{}" is no network, AS number, domain, institution:ID or threat:KIND/FAMILY':
    "“{1}”不是网段、AS 号、域名、institution:标识 或 threat:类别/家族",
  "{} was never tried dry": "{1} 从未试运行",
  "there are no rules {}": "没有通报规则 {1}",
  "more than one version begins with {}": "有多个版本以 {1} 开头",
  // 案件的存储
  "there is no {} {}": "没有 {1} {2}",
  "work that only reads may change nothing": "只读的工作不得更改任何内容",
  "the cases have tables of version {}; this program knows version {}":
    "案件的表为版本 {1}；本程序只认识版本 {2}",
  "the address of the database is not of the form postgres://user:password@host/database":
    "数据库地址不是 postgres://用户:口令@主机/数据库 的形式",
  "the cases contradict a change: {}": "案件与更改相矛盾：{1}",
  "the disk of the database server is full": "数据库服务器的磁盘已满",
  "the database server refuses: {}": "数据库服务器拒绝：{1}",
  "the cases are damaged: {}": "案件已损坏：{1}",
  "the database server: {}": "数据库服务器：{1}",
};
