import { defineTexts } from '../../kit/texts.ts'

export const t = defineTexts({
  title: '积分', off: '这里没有开通积分', offText: '提交和评价诉求不受影响。', back: '返回我的', balance: '现有积分', count: '{n} 分', today: '今天已得', todayOf: '{n} 分，每天最多 {max} 分', total: '累计', totals: '获得 {earned}，兑换 {redeemed}，撤单冲销 {offset}', rules: '怎样得分', store: '可兑换', storeNone: '现在没有可兑换的商品', cost: '{n} 分', left: '剩 {n} 件', limit: '每人限 {n} 件', until: '{day} 截止', redeem: '兑换', redeemOf: '兑换“{name}”', pieces: '件数',
  receiver: '收货信息', receiverHint: '加密保存，只用于寄送。', name: '收货人', phone: '电话', address: '收货地址', sure: '将用去 {n} 分。虚拟权益兑换后不能取消；实物在发货前可以取消。', cancel: '取消', done: '兑换成功', mine: '我的兑换', mineNone: '还没有兑换', code: '兑换编号 {code}', parcel: '{carrier} {tracking}', drop: '取消兑换', dropOf: '取消兑换“{name}”', dropText: '积分会退回。', dropped: '已取消，积分已退回', keep: '不取消', entries: '积分明细', entriesNone: '还没有积分', after: '余 {n}', more: '更多', pieceCount: '{n} 件',
} as const)
