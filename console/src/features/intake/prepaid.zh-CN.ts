import { defineTexts } from '../../ui/texts.ts'

const zh = {
  title: '企业预充值', sub: '按单价逐件计费，到账通知自动入账；默认关闭。', off: '本中心没有开启企业预充值，不计费。', noPrice: '单价为 0，不计费。', noGateway: '没有接入支付平台，企业还不能充值。', settings: '打开参数', statement: '对账', accounts: '账户', searchHint: '企业名称或信用代码', noAccounts: '还没有账户', noAccountsHint: '企业第一次充值或计费时建立。',
  enterprise: '企业', creditCode: '信用代码', balance: '余额（元）', low: '低', toppedUp: '充值（元）', charges: '计费件数', charged: '计费（元）', last: '最近变动', month: '按月', day: '按日', on: '所在日期', sum: '{period}：计费 {charges} 件 {charged} 元，充值 {toppedUp} 元', noLines: '这段时间没有收支', opening: '期初（元）', closing: '期末（元）', orders: '提交工单', ordersOf: '{n}（未计费 {free}）', agrees: '核对', yes: '一致', no: '不一致',
  xlsx: '导出 Excel', pdf: '导出 PDF', ledger: '收支明细', seq: '序号', at: '时间', kind: '类别', amount: '金额（元）', of: '工单或通知编号', newest: '只列最近 {n} 笔，更早的由企业下载或按期对账', gateway: '支付平台接入', path: '通知地址', signed: '签名', signedHow: '对 noticeId、creditCode、amount、way、paidAt 五个值，每个一行，按下面的算法签名，写成 64 位十六进制', algorithm: '签名算法', secret: '签名密钥', secretHint: '至少 16 位，与支付平台约定', secretKept: '已设置；不填则不变', accept: '接收到账通知', save: '保存', saved: '已保存',
} as const
export const t = defineTexts(zh)
