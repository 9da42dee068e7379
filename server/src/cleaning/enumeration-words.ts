import type { EnumerationField } from "./enumeration-fields.ts";

/**
 * What the words of exports mean, by column. Small letters, blanks as "-". Digits (0, 1, 2) are no
 * words: their meaning differs between systems, and people decide it for each source.
 */
export const meanings: Readonly<Record<EnumerationField, Readonly<Record<string, string>>>> = {
  gender: {
    female: "f 女 女宝 女宝宝 女孩 女婴 女士 小公主 girl woman women she 女性 妈妈",
    male: "m 男 男宝 男宝宝 男孩 男婴 先生 小王子 boy man men he 男性 爸爸",
    unknown:
      "未知 保密 不详 未填 未填写 无 其他 other secret undisclosed unspecified n/a null none 待出生 未出生",
  },
  "order-status": {
    unpaid: "等待买家付款 待付款 未付款 待支付 未支付 wait-buyer-pay unpaid pending-payment 等待付款",
    paid: "买家已付款 已付款 已支付 待发货 等待卖家发货 买家已付款,等待卖家发货 待出库 等待出库 备货中 拣货中 待接单 待配货 待处理 wait-seller-send-goods processing 已接单 待成团 待分享 部分发货 已审核 待提货",
    shipped:
      "卖家已发货 已发货 待收货 等待确认收货 卖家已发货,等待买家确认 运输中 配送中 已出库 等待买家确认 wait-buyer-confirm-goods in-transit 已揽件 派送中 待签收 已发货,待收货",
    completed:
      "交易成功 已完成 完成 已签收 已收货 交易完成 确认收货 订单完成 已妥投 妥投 trade-finished finished done success delivered 已评价 待评价 已自提 已核销",
    cancelled:
      "交易关闭 已关闭 已取消 取消 关闭 订单取消 用户取消 付款以后用户退款成功,交易自动关闭 付款以前,卖家或买家主动关闭交易 trade-closed closed canceled cancel 未成团 拼单失败 锁定 已作废 作废",
    refunding:
      "退款中 申请退款 待退款 退货中 售后中 售后处理中 refund-pending refund-requested 待商家处理 换货中",
    refunded:
      "退款成功 已退款 全额退款 退货退款成功 已退货 refund refund-success 售后完成 退款完成 已退款,已取消 未发货,退款成功 已发货,退款成功",
  },
  "payment-method": {
    alipay: "支付宝 花呗 蚂蚁花呗 余额宝",
    wechat: "微信 微信支付 wechatpay wxpay 零钱 财付通 tenpay 小程序支付",
    card: "银行卡 信用卡 借记卡 网银 云闪付 银联 unionpay credit-card debit-card bank-card 网银在线",
    douyin: "抖音支付 抖音月付 doupay",
    jd: "京东支付 京东白条 白条 jdpay",
    cash: "现金 cash-payment",
    "on-delivery": "货到付款 cod",
    points: "积分 积分兑换 礼品卡 储值 储值卡 余额 预存款 e卡 购物卡",
    other: "其他 其它 others",
  },
  channel: {
    tmall: "天猫 天猫旗舰店 tmall.com 天猫国际",
    taobao: "淘宝 淘宝网 taobao.com c店",
    jd: "京东 京东商城 京东自营 京东pop jd.com jingdong",
    pinduoduo: "拼多多 pdd",
    douyin: "抖音 抖店 抖音小店 抖音电商 tiktok 今日头条",
    kuaishou: "快手 快手小店",
    xiaohongshu: "小红书 red 薯店 rednote",
    youzan: "有赞 有赞商城 youzan.com",
    wechat:
      "微信 微信小店 微信小商店 视频号 视频号小店 小程序 微商城 公众号 企微 企业微信 mini-program miniprogram weapp",
    store: "门店 线下 线下门店 实体店 pos 专柜 offline 直营店 加盟店",
    web: "官网 网站 h5 pc端 website 网页",
    app: "app端 ios android 安卓 客户端",
    other: "其他 其它 others",
  },
  device: {
    ios: "iphone ipad 苹果 ios端 iphone-os",
    android: "安卓 android端 harmonyos 鸿蒙",
    web: "pc 电脑 windows mac macos linux 网页 pc端 h5 浏览器",
    "mini-program": "小程序 miniprogram weapp 微信小程序",
    other: "其他 其它 未知 unknown",
  },
  "yes-no": {
    yes: "是 有 真 对 true y 已 是的 √ ✓ ✔ 同意 已同意 开启 on 需要 已开 已认证",
    no: "否 无 没有 假 false n 未 不是 × ✗ 不 不同意 关闭 off 不需要 未开 未认证",
  },
  "ticket-status": {
    open: "待处理 新建 未处理 待受理 待分配 new pending 待回复 未解决 unresolved",
    "in-progress": "处理中 受理中 跟进中 已受理 进行中 processing working on-hold 挂起 待跟进",
    resolved: "已解决 已处理 已回复 解决 solved done 处理完成 待评价",
    closed: "已关闭 关闭 已完结 已完成 完结 completed finished 结案 已结案",
  },
  sentiment: {
    good: "好评 满意 非常满意 很满意 好 赞 推荐 推荐者 positive satisfied promoter",
    neutral: "中评 一般 中立 普通 被动者 passive average",
    bad: "差评 不满意 非常不满意 很不满意 差 不推荐 贬损者 negative dissatisfied detractor",
  },
};
