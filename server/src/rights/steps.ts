import type { Words } from "@stork/contract/common.ts";

/** What the proof log says of each step, by its code. */
const steps: Readonly<Record<string, Words>> = {
  opened: { zh: "收到请求，开始计时", en: "Received; the clock started" },
  verified: { zh: "已核实是本人", en: "Identity verified" },
  assigned: { zh: "已分派", en: "Assigned" },
  extended: { zh: "延长一次期限并说明理由", en: "Deadline extended once, with a reason" },
  refused: { zh: "依法拒绝并说明理由", en: "Refused on a legal ground" },
  "taken-back": { zh: "她收回了请求", en: "Taken back by her" },
  "copy-made": { zh: "下载了副本", en: "Copy downloaded" },
  "link-made": { zh: "生成一次性链接", en: "One-time link made" },
  "copy-handed": { zh: "她经链接取走了副本", en: "Copy fetched through the link" },
  explained: { zh: "打开了自动化决策说明", en: "Explanation opened" },
  "carried-out": { zh: "已办理", en: "Carried out" },
  erasing: {
    zh: "开始删除；已记下标识的散列和授权凭据",
    en: "Deletion begun; hashes and receipts of consent noted",
  },
  held: {
    zh: "法律保全期间不能删除，已停止一切使用",
    en: "A legal hold stands in the way; all use has stopped",
  },
  "hold-over": { zh: "保全解除，继续删除", en: "The hold is over; deletion goes on" },
  searched: {
    zh: "删除后搜索两个引擎、文件和日志：没有找到；稍后再查一次",
    en: "Searched both engines, files and logs after deleting: nothing found; will look once more",
  },
  "left-over": { zh: "搜索仍找到残留，见各处数量", en: "The search still found something; see the places" },
  erased: { zh: "第二次搜索也没有找到，删除完成", en: "A second search found nothing either: deleted" },
  "nothing-left": { zh: "已经没有可删除的内容", en: "Nothing was left to delete" },
  returned: {
    zh: "旧备份恢复后她又出现，按账本重新删除",
    en: "A restored backup brought her back; deleted again by the ledger",
  },
};

export const stepWords = (step: string): Words => steps[step] ?? { zh: step, en: step };

/** Places that people know by another name than that of their table. */
const places: Readonly<Record<string, Words>> = {
  "postgres: node": { zh: "标识（加密）", en: "Identifiers, sealed" },
  "postgres: edge": { zh: "标识之间的关联", en: "Ties between identifiers" },
  "postgres: person_move": { zh: "合并与拆分的记录", en: "Merges and splits" },
  "postgres: vault_trait": { zh: "姓名、地址等（加密）", en: "Name, address and the like, sealed" },
  "postgres: trait_again": { zh: "再次说到姓名等的时间", en: "When a name and the like was said again" },
  "postgres: child": { zh: "宝宝资料", en: "Children" },
  "postgres: consent": { zh: "授权", en: "Consents" },
  "postgres: message": { zh: "发送记录", en: "Send log" },
  "postgres: reveal_log": { zh: "查看记录里她的编号", en: "Her number in the log of looks" },
  "postgres: rights_request": { zh: "权利请求里她的编号和附言", en: "Her number and notes in requests" },
  "postgres: quarantine (sealed)": { zh: "拒收数据（加密）", en: "Refused items, sealed" },
  "postgres: webhook_delivery (bodies)": { zh: "推送内容", en: "Bodies told to webhooks" },
  // As it was called until alerts had parts; proofs of then say so.
  "postgres: quality_alert (examples)": { zh: "告警里的例子", en: "Examples in alerts" },
  "postgres: quality_alert_part (examples)": { zh: "告警里的例子", en: "Examples in alerts" },
  "files: raw": { zh: "导入的原文件（加密）", en: "Original files of imports, sealed" },
  "files: uploads": { zh: "等待导入的上传", en: "Uploads waiting to be imported" },
  "files: cold": { zh: "归档月份", en: "Archived months" },
  "clickhouse: event": { zh: "行为与订单", en: "Events and orders" },
  "clickhouse: trait": { zh: "属性", en: "Traits" },
  "clickhouse: record_version": { zh: "业务记录", en: "Records of the company's systems" },
  "clickhouse: membership": { zh: "所在人群", en: "Segments she was in" },
  "clickhouse: membership_change": { zh: "进出人群的记录", en: "Entering and leaving segments" },
  "clickhouse: child": { zh: "宝宝日期的副本", en: "Copies of children's dates" },
  "clickhouse: node": { zh: "标识编号的副本", en: "Copies of the numbers of identifiers" },
  "clickhouse: person_of": { zh: "标识归属的副本", en: "Copies of whose they are" },
};

/** How the places of a deletion are called. */
export const placeWords = (place: string): Words => {
  const known = places[place];
  if (known !== undefined) return known;
  const table = /^(postgres|clickhouse): (.*)$/.exec(place);
  if (table === null)
    return { zh: place.replace("files: ", "文件 "), en: place.replace("files: ", "Files, ") };
  return table[1] === "postgres"
    ? { zh: `状态库 ${table[2]}`, en: `State: ${table[2]}` }
    : { zh: `事实库 ${table[2]}`, en: `Facts: ${table[2]}` };
};
