import { defineTexts } from '../../kit/texts.ts'

export const t = defineTexts({
  title: '账户余额', balance: '余额', low: '余额不足', price: '收费', each: '每件诉求 {price}', how: '充值办法', yuan: '{n} 元', warns: '余额不足时照常受理，记为欠费。', blocks: '余额不足一件的费用时不能提交，请先充值。',
  ledger: '收支明细', statements: '对账单', none: '还没有收支', after: '余额 {balance}', more: '更多', download: '下载明细（CSV）', by: '期间', month: '按月', day: '按日', agrees: '已核对', differs: '不一致，请联系中心', charged: '计费 {n} 件，共 {sum}', toppedUp: '充值 {sum}', uncharged: '未计费 {n} 件', from: '期初 {opening}，期末 {closing}',
} as const)
