export const zh = {
  "data.tabs": "数据的各个部分",
  "data.sources": "数据源",
  "data.imports": "导入",
  "data.quarantine": "隔离区",
  "data.quality": "质量",
  "data.dictionary": "字典",
  "data.storage": "存储",
} as const;
