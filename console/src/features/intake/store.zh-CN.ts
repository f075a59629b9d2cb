import { defineTexts } from '../../ui/texts.ts'

const zh = {
  title: '积分商城', sub: '诉求得分、封顶和冲销按参数；这里维护可兑换的商品，处理兑换单。', off: '本中心没有开启积分，公众看不到商城。', settings: '打开参数', add: '新建商品', edit: '修改', offer: '上架', stop: '下架', remove: '删除', removeAsk: '还没有人兑换过，删除后不能恢复。', removed: '已删除', saved: '已保存', points: '积分', accounts: '得分人数', earned: '累计获得', redeemed: '累计兑换', offset: '撤单冲销', balance: '未用积分',
  items: '商品', none: '还没有商品', noneHint: '新建后上架，公众才能兑换。', name: '名称', kind: '种类', goods: '实物', virtual: '虚拟权益', cost: '积分', stock: '库存', perPerson: '每人限兑', perPersonHint: '0 为不限', untilOn: '截止日期', untilHint: '不填则长期', description: '说明', usageNote: '使用办法', usageHint: '兑换后显示给本人，例如领取地点、使用方法', state: '状态', taken: '已兑换', persons: '人数', unlimited: '不限', stockNote: '库存填现在还剩的件数；兑换会随时减少它。',
  redemptions: '兑换单', searchHint: '兑换编号', item: '商品', code: '编号', pieces: '件数', by: '兑换人', receiver: '收货人', parcel: '快递', at: '兑换时间', ended: '完成时间', 'state.placed': '待发货', 'state.sent': '已发货', 'state.delivered': '已签收', 'state.done': '兑换成功', 'state.cancelled': '已取消', send: '发货', deliver: '登记签收', cancel: '取消兑换', carrier: '快递公司', tracking: '快递单号', reason: '原因', reasonShown: '兑换人会看到；积分和库存退回。', reveal: '查看收货信息', purpose: '用途', revealNote: '查看会记入审计记录。', phone: '电话', address: '地址', close: '关闭', noRedemptions: '还没有人兑换',
} as const
export const t = defineTexts(zh)
