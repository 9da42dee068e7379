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

/** How the places of a deletion are called where an eraser does not say. */
export const placeWords = (place: string): Words => {
  const table = /^(postgres|clickhouse): (.*)$/.exec(place);
  if (table === null)
    return { zh: place.replace("files: ", "文件 "), en: place.replace("files: ", "Files, ") };
  return table[1] === "postgres"
    ? { zh: `状态库 ${table[2]}`, en: `State: ${table[2]}` }
    : { zh: `事实库 ${table[2]}`, en: `Facts: ${table[2]}` };
};
