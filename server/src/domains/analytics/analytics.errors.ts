import { defineErrors } from '../../kernel/errors.ts'

export const analyticsFail = defineErrors('analytics', {
  unknownBoard: { status: 404, title: '没有这个看板' },
  codeTaken: { status: 409, title: '编码“{code}”已被使用' },
  fault: { status: 422, title: '看板定义有误：{fault}' },
  noDraft: { status: 409, title: '没有待发布的修改' },
  changed: { status: 409, title: '{by} 刚改过这个看板，请重新打开再改' },
  modelFault: { status: 422, title: '体检模型有误：{fault}' },
  modelChanged: { status: 409, title: '{by} 刚改过体检模型，请刷新后再改' },
  unknownSnapshot: { status: 404, title: '没有这份快照；存满保留期的快照会自动清理' },
  snapshotLarge: { status: 422, title: '明细超过 {most} 件，请缩小时间或加上筛选再存快照' },
  snapshotOrders: { status: 422, title: '只有工单明细可以存快照' },
  unknownEvent: { status: 404, title: '没有这个热点事件' },
  eventChanged: { status: 409, title: '{by} 刚改过这个热点事件，请重新打开再改' },
  eventDecided: { status: 409, title: '已{state}的热点事件不能修改，请先恢复为草稿' },
  eventEmpty: { status: 422, title: '热点事件至少要留一件工单' },
  unknownOrder: { status: 404, title: '没有这件工单' },
  unknownScreen: { status: 404, title: '没有这块大屏' },
  screenBoard: { status: 422, title: '没有“{code}”这个看板' },
  screenCode: { status: 422, title: '接入码不正确' },
  noStart: { status: 422, title: '没有起始日（发布日期）的事件或政策无法评估' },
  notDelivered: { status: 409, title: '这不是随产品交付的看板，没有可恢复的原样' },
})
